"""The Unix transport, server side: the listening socket, its mode, and who has connected."""

from __future__ import annotations

import _socket
import os
import stat
import sys

from tmuxish.early import suppress
from tmuxish.wire.unix_socket import ENAMETOOLONG, MAX_PATH, SocketError

# What a server's process is called (Linux allows 15 bytes).
SERVER_NAME = b"tmux: server"

# Connections waiting to be accepted, as in tmux. A further client waits in connect().
BACKLOG = 128

# tmux's umask for the socket: the group may use one in the default folder (which is closed to it), nobody
# else may use any, and the x bits are kept to say whether a client is attached.
DEFAULT_UMASK = stat.S_IXUSR | stat.S_IXGRP | stat.S_IRWXO
PRIVATE_UMASK = stat.S_IXUSR | stat.S_IRWXG | stat.S_IRWXO

# macOS: the option that gives a peer's credentials, struct xucred (version, uid, ...).
SOL_LOCAL = 0
LOCAL_PEERCRED = 1
XUCRED_SIZE = 76


class UnixListener(_socket.socket):
    """A listening socket. (`socket.socket` would do, but `socket` takes 5 ms of a cold start.)"""

    def accept(self) -> tuple[_socket.socket, object]:
        """A client that has connected, and its address. Raises OSError."""
        fd, address = self._accept()  # type: ignore[attr-defined] # not in the stubs
        return _socket.socket(self.family, self.type, self.proto, fd), address


def listen(path: str, *, is_default: bool) -> UnixListener:
    """A non-blocking listening socket at `path`, in place of whatever was there. Raises OSError.

    `is_default`: the path lies in the user's own folder of sockets. The caller holds the start lock, or is
    the server whose socket it is.
    """
    if sys.platform == "win32":
        raise SocketError("no Unix sockets on this system")
    if len(os.fsencode(path)) > MAX_PATH:
        raise OSError(ENAMETOOLONG, os.strerror(ENAMETOOLONG))
    with suppress(FileNotFoundError):
        os.unlink(path)
    listener = UnixListener(_socket.AF_UNIX, _socket.SOCK_STREAM)
    mask = os.umask(DEFAULT_UMASK if is_default else PRIVATE_UMASK)
    try:
        listener.bind(path)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(mask)
    listener.setblocking(False)
    return listener


def show_attached(path: str, attached: bool) -> None:
    """Sets the socket's x bits while any client is attached, as tmux does for whoever lists the folder.

    A socket that somebody has deleted is left alone, and so is whatever has taken its place.
    """
    try:
        mode = os.lstat(path).st_mode
        if not stat.S_ISSOCK(mode):
            return
        mode = stat.S_IMODE(mode)
        readable = mode & (stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        executable = stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH
        # An x bit stands two places to the right of its r bit.
        os.chmod(path, mode | readable >> 2 if attached else mode & ~executable)
    except FileNotFoundError:
        return


def peer_uid(connection: _socket.socket) -> int | None:
    """The user at the other end, None if the system does not say."""
    if sys.platform == "linux":
        credentials = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)  # pid, uid, gid
        return int.from_bytes(credentials[4:8], sys.byteorder)
    if sys.platform == "darwin":
        credentials = connection.getsockopt(SOL_LOCAL, LOCAL_PEERCRED, XUCRED_SIZE)
        return int.from_bytes(credentials[4:8], sys.byteorder)
    return None


def peer_pid(connection: _socket.socket) -> int | None:
    """The process at the other end, None if the system does not say."""
    if sys.platform == "linux":
        credentials = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)
        return int.from_bytes(credentials[:4], sys.byteorder)
    return None
