"""The Unix transport, client side: where the server's socket is by tmux's rules, and connecting to it.

-S names the socket. Else, without -L, the first field of $TMUX does. Else it is the -L name ("default") in
the folder `tmux-UID` under $TMUX_TMPDIR, or under /tmp where that is unset or missing. The folder must be
ours and closed to others, or whoever shares the machine could put a server of their own there.
"""

from __future__ import annotations

import _socket
import os
import sys

DEFAULT_LABEL = "default"
TEMPORARY_FOLDER = "/tmp"

# The longest path in a socket address (sun_path less its NUL), and the error of a longer one. Importing
# `errno` for one number is not worth its time here.
MAX_PATH = 103 if sys.platform == "darwin" else 107
ENAMETOOLONG = 63 if sys.platform == "darwin" else 36

# What tmux does not say where there is no place for the folder, as in containers with a read-only root.
PLACE_HINT = "set TMUX_TMPDIR to a directory that can be written to"

# Others may not read, write or search the folder (tmux's TMUX_SOCK_PERM).
UNSAFE_MODE = 0o007

FILE_TYPE_MASK = 0o170000
DIRECTORY = 0o040000


class SocketError(Exception):
    """There is no usable place for the socket; its arguments are tmux's text and, maybe, how to mend it."""


def socket_path(path: str | None, label: str | None, tmux: str | None) -> tuple[str, bool]:
    """The socket's path, and whether it lies in the default folder (its mode depends on that).

    `path` is -S, `label` is -L, `tmux` is $TMUX. The default folder is made if it is missing. Raises
    SocketError.
    """
    if path is None and label is None and tmux and tmux[0] != ",":
        path = tmux.split(",", 1)[0]
    if path is not None:
        return path, False
    return f"{socket_folder()}/{label if label is not None else DEFAULT_LABEL}", True


def socket_folder() -> str:
    """The user's own folder of sockets, made and checked. Raises SocketError."""
    if sys.platform == "win32":
        raise SocketError("no Unix sockets on this system")
    folder = f"{_temporary_folder()}/tmux-{os.getuid()}"
    try:
        facts = os.lstat(folder)
    except OSError:
        facts = _make_folder(folder)
    if facts.st_mode & FILE_TYPE_MASK != DIRECTORY:
        raise SocketError(f"{folder} is not a directory")
    if facts.st_uid != os.getuid() or facts.st_mode & UNSAFE_MODE:
        raise SocketError(f"directory {folder} has unsafe permissions")
    return folder


def _make_folder(folder: str) -> os.stat_result:
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        pass  # another client was faster
    except OSError as error:
        raise SocketError(f"couldn't create directory {folder} ({error.strerror})", PLACE_HINT) from None
    try:
        return os.lstat(folder)
    except OSError as error:
        raise SocketError(f"couldn't read directory {folder} ({error.strerror})") from None


def _temporary_folder() -> str:
    for folder in (os.environ.get("TMUX_TMPDIR"), TEMPORARY_FOLDER):
        if not folder:
            continue
        try:
            return os.path.realpath(folder, strict=True).rstrip("/")
        except OSError:
            continue
    raise SocketError("no suitable socket path", PLACE_HINT)


def connect(path: str) -> _socket.socket:
    """A blocking connection. Raises OSError; ConnectionRefusedError and FileNotFoundError: no server."""
    if sys.platform == "win32":
        raise SocketError("no Unix sockets on this system")
    if len(os.fsencode(path)) > MAX_PATH:
        raise OSError(ENAMETOOLONG, os.strerror(ENAMETOOLONG))
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection
