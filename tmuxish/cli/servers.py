"""`tmuxish ls`: every server in the user's socket folder, with its sessions."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TypedDict

from tmuxish.cli import diagnosis
from tmuxish.wire import foreign, frames

if sys.platform == "win32":
    from tmuxish.wire import pipe_socket as transport
else:
    from tmuxish.wire import unix_socket as transport

# A server that is asked for its sessions; it need not be waited for longer.
ANSWER_SECONDS = 5.0

FORMAT = "#{session_id}\t#{session_windows}\t#{session_attached}\t#{session_created}\t#{session_name}"

# What holds a socket.
OURS, REAL_TMUX, UNKNOWN = "tmuxish", "tmux", "unknown"


class Session(TypedDict):
    """One session; `attached` counts its clients, `created` is a time since the epoch."""

    id: str
    name: str
    windows: int
    attached: int
    created: int


class Server(TypedDict):
    """One server: its -L name, its socket, what it is, and its sessions if it is ours."""

    name: str
    socket: str
    kind: str
    sessions: list[Session]


class QueryError(Exception):
    """A server did not answer as it should; the text says how."""


def show(*, as_json: bool) -> int:
    """Prints the list; the exit status."""
    try:
        servers = running_servers()
    except transport.SocketError as error:
        print(*error.args, sep="\n", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(servers, indent=2))
        return 0
    for server in servers:
        print(_headline(server))
        for session in server["sessions"]:
            print(_line(session))
    if not servers:
        print("no servers are running")
    return 0


def _headline(server: Server) -> str:
    if server["kind"] == OURS:
        return server["name"] if server["sessions"] else f"{server['name']}: no sessions"
    who = "a real tmux" if server["kind"] == REAL_TMUX else "not a tmux"
    return f"{server['name']}: {who} holds {server['socket']}"


def _line(session: Session) -> str:
    windows = f"{session['windows']} window{'' if session['windows'] == 1 else 's'}"
    clients = f", {session['attached']} attached" if session["attached"] else ""
    return f"  {session['name']}: {windows}{clients}"


def running_servers() -> list[Server]:
    """The user's servers, by name: those in the folder of sockets, on Windows all. Sockets that nobody
    listens on are left out. Raises SocketError.
    """
    servers = []
    for name, path in sorted(_places()):
        kind = holder(path)
        if kind is not None:
            sessions = _sessions(path) if kind == OURS else []
            servers.append(Server(name=name, socket=path, kind=kind, sessions=sessions))
    return servers


def _places() -> list[tuple[str, str]]:
    """Names and paths of all servers that there may be. The name is that of -L, else the path itself."""
    if sys.platform == "win32":
        own = transport.socket_folder() + "/"
        return [(path.removeprefix(own), path) for path in transport.registered_paths()]
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        folder = transport.socket_folder()
        return [(name, os.path.join(folder, name)) for name in os.listdir(folder)]


def holder(path: str) -> str | None:
    """What holds a socket: OURS, REAL_TMUX or UNKNOWN; None if nobody listens there."""
    if sys.platform == "win32":
        try:
            transport.connect(path).close()
        except transport.SocketError:
            return UNKNOWN
        except OSError:
            return None
        return OURS
    try:
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            return None
        connection = transport.connect(path)
    except OSError:
        return None
    answer = diagnosis.ask(connection)
    if foreign.answered_by_us(answer):
        return OURS
    return REAL_TMUX if foreign.answered_by_tmux(answer) else UNKNOWN


def _sessions(path: str) -> list[Session]:
    try:
        status, output = query(path, ["list-sessions", "-F", FORMAT])
    except (OSError, QueryError):
        return []  # it ended between two questions
    sessions = []
    for line in output.splitlines() if status == 0 else []:
        id, windows, attached, created, name = line.split("\t", 4)
        sessions.append(
            Session(id=id, name=name, windows=int(windows), attached=int(attached), created=int(created))
        )
    return sessions


def query(path: str, argv: list[str]) -> tuple[int, str]:
    """Runs a command that only prints; (status, output). Raises OSError, QueryError."""
    connection = transport.connect(path)
    connection.settimeout(ANSWER_SECONDS)
    words = [os.fsencode(word) for word in argv]
    command = frames.Command(frames.FLAG_UTF8, b"/", b"", b"", b"", words)
    output = b""
    try:
        connection.sendall(frames.encode(frames.COMMAND, frames.pack_command(command)))
        decoder = frames.Decoder()
        while data := connection.recv(frames.CHUNK):
            for kind, payload in decoder.feed(data):
                if kind == frames.STDOUT:
                    output += payload
                elif kind == frames.EXIT:
                    return frames.unpack_exit(payload)[0], output.decode("utf-8", "replace")
    except frames.FrameError as error:
        raise QueryError(str(error)) from None
    finally:
        connection.close()
    raise QueryError("the server hung up")
