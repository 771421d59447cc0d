"""Gives back the terminal of a client that was killed, which could not do so itself.

Real tmux holds every client's terminal open and writes to it itself. Our server does not, so it opens the
terminal by name, makes sure that it is the same one (names mean something else in another container, and
soon after in this one: the system gives the next terminal the number of one that is gone), and leaves alone
the modes that somebody has changed since: a shell may be reading its next line already.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from tmuxish import users
from tmuxish.server.log import log
from tmuxish.wire import frames

if TYPE_CHECKING:
    from tmuxish.model.client import Client


def give_back(client: Client, found: bytes, last: bytes) -> None:
    """Write `last`, which undoes what was switched on, and restore the modes `found` there before."""
    # Whoever else was let in must not have us write to the terminals of our own user.
    if sys.platform == "win32" or client.uid != users.own_uid() or not client.tty:
        return
    import termios

    *terminal, modes = frames.unpack_found(found)
    try:
        fd = os.open(client.tty, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:  # gone with its client
        log(f"{client.tty}: {error.strerror}")
        return
    try:
        facts = os.fstat(fd)
        if [facts.st_dev, facts.st_ino, facts.st_ctime_ns] != terminal:
            return
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
