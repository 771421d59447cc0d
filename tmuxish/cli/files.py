"""Files that commands read and write: they belong to the client, which has its caller's rights and pipes.

Errors travel as errno values; the server has the words. While standard input is read the server may say
that it wants no more: on Windows, where nothing waits for a pipe and a connection at once, a thread reads.
"""

from __future__ import annotations

import errno
import os
import sys

from tmuxish.cli.streams import console_stream, write_all
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
    if sys.platform == "win32" and fd == STDIN:
        import threading

        threading.Thread(target=_send_input, args=(peer,), daemon=True).start()
        return
    try:
        _send_all(peer, fd)
    finally:
        if fd != STDIN:
            os.close(fd)


def _send_all(peer: Peer, fd: int) -> None:
    while True:
        if sys.platform != "win32":
            import select

            readable, _, _ = select.select([fd, peer.connection.fileno()], [], [])
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


def _send_input(peer: Peer) -> None:
    """In a thread: standard input, where that is a Windows console as UTF-8. The server's answer to its end
    has this process end too.
    """
    console = console_stream(STDIN, "rb")
    problem = 0
    while True:
        try:
            data = os.read(STDIN, frames.CHUNK) if console is None else console.read(frames.CHUNK)
        except OSError:
            data, problem = b"", errno.EIO
        try:
            if not data:
                peer.send(frames.DATA_END, frames.pack_number(problem))
                return
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
    if sys.platform == "win32" and fd == STDOUT and console_stream(STDOUT, "wb") is not None:
        write_all(STDOUT, data)
        return 0
    while data:
        try:
            data = data[os.write(fd, data) :]
        except BlockingIOError:
            import select

            select.select([], [fd], [])
        except OSError as error:
            return error.errno or errno.EIO
    return 0


def _open(path: bytes, stream: int, mode: int) -> int:
    if path != b"-":
        # Without O_NONBLOCK a FIFO without its other end would hold us here; without O_BINARY Windows would
        # translate what is in the file.
        plainly = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        return os.open(os.fsdecode(path), mode | plainly, 0o644)
    if stream in _used:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    _used.add(stream)
    return stream
