"""Standard input and output as control mode uses them, neither of them blocking, on Unix."""

from __future__ import annotations

import os
import sys

from tmuxish.cli.streams import write_all

assert sys.platform != "win32"

STDIN, STDOUT = 0, 1


class Lines:
    """Lines in and out. raw (-CC): both use the terminal on standard input, which is raw meanwhile; raises
    Failure if there is none.
    """

    def __init__(self, *, raw: bool) -> None:
        self._terminal = None
        if raw:
            from tmuxish.cli.terminal_lines import LineTerminal

            self._terminal = LineTerminal()
        self.input = STDIN
        self.output = STDIN if raw else STDOUT
        self._blocking = {fd: os.get_blocking(fd) for fd in (STDIN, STDOUT)}

    def start(self) -> None:
        """Block no more."""
        for fd in self._blocking:
            os.set_blocking(fd, False)

    def read(self, limit: int) -> bytes | None:
        """Up to `limit` bytes; None if there are none now, b"" at the end."""
        try:
            return os.read(STDIN, limit)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def write(self, data: bytes | bytearray) -> int | None:
        """The number of bytes taken; None if nobody reads them any more."""
        try:
            return os.write(self.output, data)
        except BlockingIOError:
            return 0
        except OSError:
            return None

    def finish(self, data: bytes, last: bytes) -> None:
        """Write what is left, and the last line to standard output, waiting where it must."""
        for fd, blocking in self._blocking.items():
            os.set_blocking(fd, blocking)
        write_all(self.output, data)
        write_all(STDOUT, last)

    def close(self) -> None:
        """Put back what belongs to whoever started us."""
        for fd, blocking in self._blocking.items():
            os.set_blocking(fd, blocking)

    def restore(self) -> None:
        """Give the terminal back as it was found."""
        if self._terminal is not None:
            self._terminal.restore()
