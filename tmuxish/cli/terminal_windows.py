"""The user's own terminal while a client is attached, on Windows: a console that understands sequences.

A thread waits for what the console reports and hands it on as the bytes that a terminal would send. Writing
is done at once: a console takes everything, unless its user is selecting text, and then there is nothing to
relay either. The console's own selection by mouse stays until the program shown asks for the mouse.
"""

from __future__ import annotations

import codecs
import contextlib
import sys
import threading

from tmuxish.channels import ByteChannel
from tmuxish.cli.console_input import Translator, Wishes
from tmuxish.cli.events_windows import Signals, wait
from tmuxish.cli.terminal_base import HUNG_UP, RESET, RESIZED, TerminalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from tmuxish.cli.console_input import Record

    class Console(Protocol):
        """What of `tmuxish.cli.console.Console` is used here."""

        def modes(self) -> tuple[int, int]: ...
        def set_input_mode(self, mode: int) -> None: ...
        def set_output_mode(self, mode: int) -> None: ...
        def size(self) -> tuple[int, int]: ...
        def read(self) -> tuple[list[Record], bool] | None: ...
        def interrupt(self) -> None: ...
        def write(self, text: str) -> None: ...
        def close(self) -> None: ...


__all__ = [
    "RESET",
    "Signals",
    "Terminal",
    "TerminalError",
    "control_chars",
    "found",
    "open_console",
    "size",
    "wait",
]

NOT_A_TERMINAL = "not a terminal"
NO_SEQUENCES = "this console does not understand escape sequences (Windows 10 or later does)"

# Modes of a console's input: what makes a line of what is typed, what tells of windows and mice, the user's
# own selection with the mouse (and the bit without which that is not set at all), and sequences.
PROCESSED_INPUT, LINE_INPUT, ECHO_INPUT = 0x01, 0x02, 0x04
WINDOW_INPUT, MOUSE_INPUT = 0x08, 0x10
QUICK_EDIT, EXTENDED_FLAGS = 0x40, 0x80
VIRTUAL_TERMINAL_INPUT = 0x200
COOKED = PROCESSED_INPUT | LINE_INPUT | ECHO_INPUT

# Modes of its output: control characters, the last column, sequences, and that a line feed is just that.
PROCESSED_OUTPUT, WRAP_AT_EOL = 0x01, 0x02
VIRTUAL_TERMINAL_PROCESSING, NO_AUTO_RETURN = 0x04, 0x08

# Bytes written in one go, so that keys get their turn.
WRITE_SIZE = 16 << 10
# How long the thread that reads may take to end.
STOP_SECONDS = 1.0


# What every console with escape sequences does, or leaves aside where it is too old for it.
FEATURES = (
    "256",
    "bpaste",
    "cstyle",
    "focus",
    "hyperlinks",
    "mouse",
    "RGB",
    "strikethrough",
    "sync",
    "title",
)
# What $TERM is on Windows where it tells nothing of the console: not set, or set for a console of long ago.
UNTOLD = ("", "cygwin")
USUAL_KIND = "xterm-256color"


def kind(term: str) -> str:
    """The terminal's kind, where $TERM is `term`. Programs on Windows do without that variable."""
    return USUAL_KIND if term in UNTOLD else term


def open_console() -> Console:
    """The console of this process. Raises TerminalError if there is none."""
    if sys.platform == "win32":
        from tmuxish.cli import console

        with contextlib.suppress(OSError):
            return console.Console()
    raise TerminalError(NOT_A_TERMINAL)


def size(fd: int) -> tuple[int, int, int, int]:
    """(columns, rows, 0, 0) of the console, whatever descriptor is asked about; zeros if there is none."""
    try:
        console = open_console()
    except TerminalError:
        return 0, 0, 0, 0
    try:
        return *console.size(), 0, 0
    except OSError:
        return 0, 0, 0, 0
    finally:
        console.close()


def control_chars(fd: int) -> bytes:
    """Consoles have none."""
    return b""


def found(fd: int) -> bytes:
    """Nothing: no other process can put back the modes of a console."""
    return b""


class Terminal:
    """The console of this process, read and written without blocking. Raises TerminalError if there is none,
    or one without escape sequences. lines: a line feed in the output also returns to the first column.
    """

    def __init__(self, name: str, console: Console | None = None, *, lines: bool = False) -> None:
        self._lines = lines
        self._console = open_console() if console is None else console
        self._wishes = Wishes()
        self._translator = Translator(self._wishes)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._channel = ByteChannel()
        self._signals: Signals | None = None
        self._reader: threading.Thread | None = None
        self._mouse = False
        try:
            self._saved = self._console.modes()
            self._set_output_mode()
            self._console.set_output_mode(self._saved[1])
        except OSError:
            self._console.close()
            raise TerminalError(NO_SEQUENCES) from None

    def signals(self) -> Signals:
        """What happens to the terminal from outside; also that its size is another."""
        self._signals = Signals(HUNG_UP, RESIZED)
        return self._signals

    def fileno(self) -> int:
        return self._channel.fileno()

    def size(self) -> tuple[int, int, int, int]:
        try:
            return *self._console.size(), 0, 0
        except OSError:
            return 0, 0, 0, 0

    # -- modes -----------------------------------------------------------------------------------------

    def enter_raw(self) -> None:
        """From now on every key arrives as it is typed, and sequences in the output are carried out."""
        with contextlib.suppress(OSError):  # gone: reading says so
            self._set_output_mode()
            self._set_input_mode()
        self._reader = threading.Thread(target=self._read_console, name="console", daemon=True)
        self._reader.start()

    def restore(self) -> None:
        """The modes it was found in; nothing happens if the console is gone."""
        reader, self._reader = self._reader, None
        if reader is not None:
            self._console.interrupt()
            reader.join(STOP_SECONDS)
        with contextlib.suppress(OSError):
            self._console.set_output_mode(self._saved[1])
        with contextlib.suppress(OSError):
            self._console.set_input_mode(self._saved[0] | EXTENDED_FLAGS)

    def _set_output_mode(self) -> None:
        mode = self._saved[1] | PROCESSED_OUTPUT | WRAP_AT_EOL | VIRTUAL_TERMINAL_PROCESSING
        try:
            self._console.set_output_mode(mode if self._lines else mode | NO_AUTO_RETURN)
        except OSError:  # the oldest consoles with sequences lack this mode
            self._console.set_output_mode(mode)

    def _set_input_mode(self) -> None:
        mode = self._saved[0] & ~COOKED | WINDOW_INPUT | EXTENDED_FLAGS
        mode = mode & ~QUICK_EDIT | MOUSE_INPUT if self._mouse else mode & ~MOUSE_INPUT
        try:
            self._console.set_input_mode(mode | VIRTUAL_TERMINAL_INPUT)
        except OSError:  # keys come as such
            self._console.set_input_mode(mode)

    # -- input -----------------------------------------------------------------------------------------

    def _read_console(self) -> None:
        """In a thread: what the console reports, until `restore`."""
        try:
            while (batch := self._console.read()) is not None:
                records, resized = batch
                if resized and self._signals is not None:
                    self._signals.post(RESIZED)
                self._channel.put(self._translator.feed(records))
        except OSError:
            self._channel.end()

    def read(self, limit: int) -> bytes | None:
        """Typed bytes; None if there are none now, b"" if the terminal is gone."""
        return self._channel.read(limit)

    # -- output ----------------------------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview) -> int | None:
        """The number of bytes taken; None if the terminal is gone."""
        part = bytes(data[:WRITE_SIZE])
        try:
            self._console.write(self._decoder.decode(part))
            self._wishes.read(part)
            if bool(self._wishes.mouse) != self._mouse:
                self._mouse = not self._mouse
                self._set_input_mode()
        except OSError:
            return None
        return len(part)

    def close(self) -> None:
        self._channel.close()
        self._console.close()
