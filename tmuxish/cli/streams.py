"""Standard input, output and error as tmux treats them."""

from __future__ import annotations

import os
import sys


def occupy_standard_streams() -> None:
    """Puts what can be neither read nor written in the place of each standard stream that is closed.

    The connection to the server, or the server's own socket, would take its number.
    """
    if sys.platform == "win32":
        return
    for fd in (0, 1, 2):
        try:
            os.get_inheritable(fd)
        except OSError:
            os.open("/", os.O_RDONLY)


def write_all(fd: int, data: bytes) -> None:
    """Writes to standard output or error, waiting where it must. To tmux it is no error if nobody reads."""
    try:
        while data:
            try:
                data = data[os.write(fd, data) :]
            except BlockingIOError:
                import select

                select.select([], [fd], [])
    except OSError:
        return
