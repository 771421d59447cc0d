"""The user's own terminal while a client is attached, on Unix.

The terminal is opened anew by its name where that is allowed, so that non-blocking mode, which belongs to
the open file, is not left behind on the shell's standard input, not even if this process is killed.
"""

from __future__ import annotations

import fcntl
import os
import sys
import termios

from tmuxish.cli import events_posix
from tmuxish.cli.terminal_base import CONTINUED, HUNG_UP, RESET, RESIZED, TERMINATED, TerminalError
from tmuxish.early import signal, suppress
from tmuxish.wire import frames

assert sys.platform != "win32"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Signals = events_posix.Signals
wait = events_posix.wait

__all__ = ["RESET", "Terminal", "TerminalError", "control_chars", "found", "size", "wait"]

# termios' attribute list.
IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CHARACTERS = range(7)

# What raw mode takes away, as tmux does: flow control and every translation, echo, signals and line editing.
RAW_IFLAGS = (
    termios.IXON
    | termios.IXOFF
    | termios.ICRNL
    | termios.INLCR
    | termios.IGNCR
    | termios.IMAXBEL
    | termios.ISTRIP
)
RAW_OFLAGS = termios.OPOST | termios.ONLCR | termios.OCRNL | termios.ONLRET
RAW_LFLAGS = (
    termios.IEXTEN
    | termios.ICANON
    | termios.ECHO
    | termios.ECHOE
    | termios.ECHONL
    | termios.ECHOCTL
    | termios.ECHOPRT
    | termios.ECHOKE
    | termios.ISIG
)


# What any terminal can do, whatever its kind: nothing is certain.
FEATURES = ()


def kind(term: str) -> str:
    """The terminal's kind, where $TERM is `term`."""
    return term


def size(fd: int) -> tuple[int, int, int, int]:
    """(columns, rows, pixels wide, pixels high); zeros are what a terminal without a size says, or none."""
    try:
        packed = fcntl.ioctl(fd, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return 0, 0, 0, 0
    rows, cols, xpixel, ypixel = memoryview(packed).cast("H")
    return cols, rows, xpixel, ypixel


def control_chars(fd: int) -> bytes:
    """The terminal's special characters (c_cc), empty if it is none."""
    try:
        characters = termios.tcgetattr(fd)[CHARACTERS]
    except termios.error:
        return b""
    # Python shows two of them as numbers while the terminal is raw.
    return b"".join(bytes((each,)) if isinstance(each, int) else each for each in characters)


def found(fd: int) -> bytes:
    """What the server needs to give the terminal back should this process be killed; empty if it is none."""
    try:
        modes = termios.tcgetattr(fd)[:CHARACTERS]
        facts = os.fstat(fd)
    except (termios.error, OSError):
        return b""
    return frames.pack_found(facts.st_dev, facts.st_ino, facts.st_ctime_ns, modes)


class Terminal:
    """The terminal on standard input, read and written without blocking. Raises TerminalError if it is
    none.
    """

    def __init__(self, name: str) -> None:
        try:
            self._saved: list[Any] = termios.tcgetattr(0)
        except termios.error as error:
            raise TerminalError(error.args[1]) from None
        try:
            self._fd = os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:  # no name in this container, or a terminal that belongs to somebody else (su)
            self._fd = 0
            os.set_blocking(0, False)

    def signals(self) -> Signals:
        """What happens to client and terminal from outside; those that stop a process do not from now on."""
        caught = Signals(TERMINATED, HUNG_UP, CONTINUED, RESIZED)
        for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            signal.signal(number, signal.SIG_IGN)
        return caught

    def suspend(self) -> None:
        """Stop this process, as job control does, until somebody has it go on."""
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    def fileno(self) -> int:
        return self._fd

    def size(self) -> tuple[int, int, int, int]:
        return size(self._fd)

    def enter_raw(self) -> None:
        """From now on every key arrives as it is typed, and output is not translated."""
        mode = termios.tcgetattr(self._fd)
        mode[IFLAG] = mode[IFLAG] & ~RAW_IFLAGS | termios.IGNBRK
        mode[OFLAG] &= ~RAW_OFLAGS
        mode[LFLAG] &= ~RAW_LFLAGS
        mode[CHARACTERS][termios.VMIN] = 1
        mode[CHARACTERS][termios.VTIME] = 0
        termios.tcsetattr(self._fd, termios.TCSANOW, mode)

    def restore(self) -> None:
        """The mode it was found in; nothing happens if the terminal is gone."""
        with suppress(OSError, termios.error):
            termios.tcsetattr(self._fd, termios.TCSAFLUSH, self._saved)

    def read(self, limit: int) -> bytes | None:
        """Typed bytes; None if there are none now, b"" if the terminal is gone."""
        try:
            return os.read(self._fd, limit)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def write(self, data: bytes | bytearray | memoryview) -> int | None:
        """The number of bytes taken, 0 if the terminal is slow; None if it is gone."""
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0
        except OSError:
            return None

    def close(self) -> None:
        if self._fd == 0:
            os.set_blocking(0, True)
        else:
            os.close(self._fd)
