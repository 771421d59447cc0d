"""Standard input and output as control mode uses them, neither of them blocking, on Windows.

A thread reads and another one writes, whatever the two are: pipes, files, or a console, which has lines of
its own making. Windows' line ends become those of control mode.
"""

from __future__ import annotations

import os
import threading

from tmuxish.channels import ByteChannel
from tmuxish.cli.arguments import Failure
from tmuxish.cli.streams import console_stream, write_all
from tmuxish.cli.terminal_windows import Terminal, TerminalError

STDIN, STDOUT = 0, 1
READ_SIZE = 4096
WRITE_SIZE = 64 << 10


class Lines:
    """Lines in and out. raw (-CC): both use the console, which is raw meanwhile; raises Failure if there is
    none.
    """

    def __init__(self, *, raw: bool) -> None:
        self._terminal: Terminal | None = None
        if raw:
            try:
                self._terminal = Terminal("", lines=True)
            except TerminalError as error:
                raise Failure(f"open terminal failed: {error}") from None
            self._terminal.enter_raw()
        self._channel = ByteChannel()
        self._ends = _LineEnds(b"\r" if raw else b"\r\n")
        self._writer: threading.Thread | None = None
        self.input = self.output = self._channel if self._terminal is None else self._terminal

    def start(self) -> None:
        """Begin to read and write."""
        if self._terminal is None:
            threading.Thread(target=self._read, name="standard input", daemon=True).start()
            self._writer = threading.Thread(target=self._write, name="standard output", daemon=True)
            self._writer.start()

    def _read(self) -> None:
        """In a thread: standard input, as it comes."""
        console = console_stream(STDIN, "rb")
        try:
            while data := os.read(STDIN, READ_SIZE) if console is None else console.read(READ_SIZE):
                if not self._channel.put(data):
                    return
        except OSError:  # a pipe whose other end was closed is at its end too
            pass
        self._channel.end()

    def _write(self) -> None:
        """In a thread: standard output, until nothing more will come."""
        console = console_stream(STDOUT, "wb") is not None
        try:
            while data := self._channel.take(WRITE_SIZE):
                if console:
                    write_all(STDOUT, data)
                    continue
                while data:
                    data = data[os.write(STDOUT, data) :]
        except OSError:
            self._channel.refuse()

    def read(self, limit: int) -> bytes | None:
        """Up to `limit` bytes; None if there are none now, b"" at the end."""
        data = self.input.read(limit)
        return self._ends.translate(data) or None if data else data

    def write(self, data: bytes | bytearray) -> int | None:
        """The number of bytes taken; None if nobody reads them any more."""
        if self._terminal is not None:
            return self._terminal.write(data)
        try:
            return self._channel.send(data)
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            return None

    def finish(self, data: bytes, last: bytes) -> None:
        """Write what is left, and the last line to standard output, waiting where it must."""
        if self._terminal is not None:
            while data and (written := self._terminal.write(data)):
                data = data[written:]
        elif self._writer is not None:
            self._channel.finish_output()
            self._writer.join()
            write_all(STDOUT, data)
        write_all(STDOUT, last)

    def close(self) -> None:
        """Read no more."""
        self._channel.close()

    def restore(self) -> None:
        """Give the console back as it was found."""
        if self._terminal is not None:
            self._terminal.restore()
            self._terminal.close()


class _LineEnds:
    """Turns one kind of line end into line feeds, wherever the bytes are cut."""

    def __init__(self, end: bytes) -> None:
        self._end = end
        self._rest = b""

    def translate(self, data: bytes) -> bytes:
        data = (self._rest + data).replace(self._end, b"\n")
        self._rest = b"\r" if len(self._end) > 1 and data.endswith(b"\r") else b""
        return data[: len(data) - len(self._rest)]
