"""Files that commands read and write: they belong to the client, which has its caller's rights and pipes.

Errors travel as errno values; the server has the words.
"""

from __future__ import annotations

import errno
import os
import select

from tmuxish.wire import frames

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.cli.requests import Peer

STDIN, STDOUT = 0, 1

# Descriptors of standard streams that a command has used up: tmux gives each of them to one file only.
_used: set[int] = set()

# The file that WRITE frames with WRITE_MORE are filling, and the first error met doing so.
_open_writes: dict[bytes, tuple[int, int]] = {}


def read(peer: Peer, path: bytes) -> None:
    """Sends the file's bytes and DATA_END; stops early if the server has something to say."""
    try:
        fd = _open(path, STDIN, os.O_RDONLY)
    except OSError as error:
        peer.send(frames.DATA_END, frames.pack_number(error.errno or errno.EIO))
        return
    try:
        _send_all(peer, fd)
    finally:
        if fd != STDIN:
            os.close(fd)


def _send_all(peer: Peer, fd: int) -> None:
    server = peer.connection.fileno()
    while True:
        readable, _, _ = select.select([fd, server], [], [])
        if fd not in readable:
            return
        try:
            data = os.read(fd, frames.CHUNK)
        except BlockingIOError:
            continue
        except OSError:
            # tmux reports any failure to read as this one.
            peer.send(frames.DATA_END, frames.pack_number(errno.EIO))
            return
        if not data:
            peer.send(frames.DATA_END, frames.pack_number(0))
            return
        try:
            peer.send(frames.DATA, data)
        except ConnectionError:  # the server wants no more of it, and has said why
            return


def write(peer: Peer, flags: int, path: bytes, data: bytes) -> None:
    """Writes one piece of a file; after the last one sends WRITE_DONE with the first error there was."""
    fd, problem = _open_writes.pop(path, (-1, 0))
    if fd == -1 and not problem:
        mode = os.O_APPEND if flags & frames.WRITE_APPEND else os.O_TRUNC
        try:
            fd = _open(path, STDOUT, os.O_WRONLY | os.O_CREAT | mode)
        except OSError as error:
            problem = error.errno or errno.EIO
    if fd != -1 and not problem:
        problem = _write_all(fd, data)
    if flags & frames.WRITE_MORE:
        _open_writes[path] = fd, problem
        return
    if fd not in (-1, STDOUT):
        os.close(fd)
    peer.send(frames.WRITE_DONE, frames.pack_number(problem))


def _write_all(fd: int, data: bytes) -> int:
    """The errno, 0 if all is written."""
    while data:
        try:
            data = data[os.write(fd, data) :]
        except BlockingIOError:
            select.select([], [fd], [])
        except OSError as error:
            return error.errno or errno.EIO
    return 0


def _open(path: bytes, stream: int, mode: int) -> int:
    if path != b"-":
        # Without O_NONBLOCK a FIFO without its other end would hold us here.
        return os.open(path, mode | getattr(os, "O_NONBLOCK", 0), 0o644)
    if stream in _used:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    _used.add(stream)
    return stream
