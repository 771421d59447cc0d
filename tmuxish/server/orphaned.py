"""Gives back the terminal of a client that was killed, which could not do so itself.

The modes that somebody has changed since are left alone: a shell may be reading its next line already.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from tmuxish.server.log import log
from tmuxish.server.own_terminal import open_terminal
from tmuxish.wire import frames

if TYPE_CHECKING:
    from tmuxish.model.client import Client


def give_back(client: Client, found: bytes, last: bytes) -> None:
    """Write `last`, which undoes what was switched on, and restore the modes `found` there before."""
    fd = open_terminal(client, found)
    if sys.platform == "win32" or fd is None:
        return
    import termios

    modes = frames.unpack_found(found)[3]
    try:
        with contextlib.suppress(BlockingIOError):  # it takes nothing: stopped
            os.write(fd, last)
        now = termios.tcgetattr(fd)
        if not now[3] & (termios.ISIG | termios.ICANON):  # as raw as the client made it
            before: list[int | list[bytes | int]] = [*modes]
            before.append([bytes((each,)) for each in client.control_chars])
            termios.tcsetattr(fd, termios.TCSANOW, before)
    except (OSError, termios.error) as error:
        log(f"{client.tty}: {error}")
    finally:
        os.close(fd)
