"""Which server is meant on Windows, where it is registered, and what its pipe is called.

As on Unix a server has a path: that of -S, or the first field of $TMUX, or the -L name ("default") in a
folder of the user, `%LOCALAPPDATA%\\tmuxish` (in $TMUX_TMPDIR, if that is set, its folder `tmuxish`). There
is no file of that path: it names the server, and users and programs hand it on as they do on Unix. It is
absolute and written with `/`, which survives shells, JSON and escapes that a `\\` does not.

What there is: `KEY.server` in `%LOCALAPPDATA%\\tmuxish`, the server's registration (path, process, secret),
where KEY is a hash of folder and path; and the pipe `\\\\.\\pipe\\tmuxish-KEY`. The registration vanishes
with the process that made it, however that ends.

Only builtins are used here: every short-lived client imports this module.
"""

from __future__ import annotations

import ntpath
import os
from _blake2 import blake2b

DEFAULT_LABEL = "default"
FOLDER = "tmuxish"
PIPE_PREFIX = "\\\\.\\pipe\\tmuxish-"
KEY_SIZE = 16

REGISTRATION_SUFFIX = ".server"
LOCK_SUFFIX = ".lock"
REGISTRATION_HEAD = "tmuxish server 1"
# More than any registration has: the longest path, its process, its secret.
REGISTRATION_LIMIT = 128 << 10

IMPOSTOR = "another program holds the pipe of {path}"
SILENT = "the server on {path} does not answer"
IMPOSTOR_HINT = "use another name (tmux -L NAME ...), or end that program"


class SocketError(Exception):
    """There is no usable place for a server; its arguments are the text and, maybe, how to mend it."""


class Registration:
    """What a server says of itself in its file."""

    __slots__ = ("path", "pid", "secret")

    def __init__(self, path: str, pid: int, secret: bytes) -> None:
        self.path = path
        self.pid = pid
        self.secret = secret

    def pack(self) -> bytes:
        lines = (REGISTRATION_HEAD, self.path, str(self.pid), self.secret.hex(), "")
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    @classmethod
    def unpack(cls, data: bytes) -> Registration | None:
        """None if that is no registration, or only a part of one: its server is just starting."""
        try:
            head, path, pid, secret, end = data.decode("utf-8", "surrogatepass").split("\n")
            if head != REGISTRATION_HEAD or end:
                return None
            return cls(path, int(pid), bytes.fromhex(secret))
        except ValueError:
            return None


def socket_path(path: str | None, label: str | None, tmux: str | None) -> tuple[str, bool]:
    """The server's path, and whether it was not given as a path. Raises SocketError.

    `path` is -S, `label` is -L, `tmux` is $TMUX.
    """
    if path is None and label is None and tmux and tmux[0] != ",":
        path = path_of_tmux(tmux)
    if path is not None:
        return normal(path), False
    return normal(f"{socket_folder()}/{label if label is not None else DEFAULT_LABEL}"), True


def path_of_tmux(tmux: str) -> str:
    """The path in a value of $TMUX: all before the server's process and the session. It may have commas."""
    parts = tmux.rsplit(",", 2)
    if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
        return parts[0]
    return tmux.split(",", 1)[0]


def normal(path: str) -> str:
    """The one way to write a path: absolute, with `/`. Without a drive it is on the system's, wherever we
    are.
    """
    drive, rest = ntpath.splitdrive(path)
    if not drive and rest[:1] in ("/", "\\"):
        path = os.environ.get("SYSTEMDRIVE", "C:") + rest
    return ntpath.abspath(path).replace("\\", "/")


def socket_folder() -> str:
    """The folder that -L names are in. Raises SocketError."""
    place = os.environ.get("TMUX_TMPDIR")
    return normal(f"{place}/{FOLDER}" if place else state_folder())


def state_folder() -> str:
    """Where servers are registered, whatever their paths. It may not exist yet. Raises SocketError."""
    place = os.environ.get("LOCALAPPDATA")
    if not place and os.environ.get("USERPROFILE"):
        place = os.environ["USERPROFILE"] + "\\AppData\\Local"
    if not place:
        raise SocketError("no suitable socket path", "set LOCALAPPDATA to a directory of your own")
    return f"{place}\\{FOLDER}"


def key_of(path: str) -> str:
    """What the files and the pipe of the server of that path are called by. Raises SocketError."""
    meant = f"{ntpath.normcase(ntpath.abspath(state_folder()))}\0{ntpath.normcase(path)}"
    return blake2b(meant.encode("utf-8", "surrogatepass"), digest_size=KEY_SIZE).hexdigest()


def pipe_name(path: str) -> str:
    """The pipe of the server of that path. Raises SocketError."""
    return PIPE_PREFIX + key_of(path)


def registration_file(path: str) -> str:
    """The file that the server of that path is registered in. Raises SocketError."""
    return f"{state_folder()}\\{key_of(path)}{REGISTRATION_SUFFIX}"


def lock_file(path: str) -> str:
    """The file that who starts the server of that path holds open. Raises SocketError."""
    return f"{state_folder()}\\{key_of(path)}{LOCK_SUFFIX}"
