"""The terminal on standard input while it carries the lines of control mode (-CC), on Unix."""

from __future__ import annotations

import errno
import os
import sys
import termios

from tmuxish.cli.arguments import Failure

assert sys.platform != "win32"

STDIN, STDOUT = 0, 1
# Where termios' attribute list has the special characters.
CHARACTERS = 6


class LineTerminal:
    """Raw from the beginning, but for ends of lines. Raises Failure if standard input is no terminal."""

    def __init__(self) -> None:
        try:
            self._saved = termios.tcgetattr(STDIN)
        except termios.error as error:
            raise Failure(f"tcgetattr failed: {os.strerror(error.args[0])}") from None
        raw = list(self._saved)
        raw[:4] = (
            termios.ICRNL | termios.IXANY,
            termios.OPOST | termios.ONLCR,
            termios.CREAD | termios.CS8 | termios.HUPCL,
            0,
        )
        characters = list(self._saved[CHARACTERS])
        characters[termios.VMIN], characters[termios.VTIME] = 1, 0
        raw[CHARACTERS] = characters
        termios.tcsetattr(STDIN, termios.TCSANOW, raw)

    def restore(self) -> None:
        """Give it back as it was found; on standard output, as tmux does, if that is the terminal too."""
        try:
            termios.tcsetattr(STDOUT, termios.TCSAFLUSH, self._saved)
        except termios.error as error:
            if error.args[0] not in (errno.EIO, errno.ENOTTY):  # gone, or output went elsewhere
                raise
