"""Who is it that holds the socket and does not answer as our server would? Loaded only when that is the
question.
"""

from __future__ import annotations

import sys

from tmuxish.wire import foreign

if sys.platform == "win32":
    from tmuxish.wire import pipe_socket as transport
else:
    from tmuxish.wire import unix_socket as transport

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.wire.transport import Connection

# A server that is alive answers a probe at once, mostly.
ANSWER_SECONDS = 2.0

REAL_TMUX = """\
a real tmux server is running on {path}, and tmuxish cannot talk to it
use another socket (tmux -L NAME ...), or the real tmux; `tmuxish doctor` tells which tmux is first on PATH"""

UNKNOWN_SERVER = """\
the server on {path} does not answer as tmux does
use another socket (tmux -L NAME ...), or end the program that holds this one"""


def foreign_server(path: str) -> str | None:
    """What to tell the user if the server at `path` is not ours; None if it is, or if it has just gone."""
    try:
        connection = transport.connect(path)
    except OSError:
        return None
    if sys.platform == "win32":  # it has shown that it is ours, or `connect` would have raised SocketError
        connection.close()
        return None
    busy = _is_called_a_server(connection)
    answer = ask(connection)
    if foreign.answered_by_us(answer) or (busy and not answer):
        return None
    text = REAL_TMUX if foreign.answered_by_tmux(answer) else UNKNOWN_SERVER
    return text.format(path=path)


def _is_called_a_server(connection: Connection) -> bool:
    """Whether the process behind the socket has a server's name: it may be stopped, or at work for long."""
    if sys.platform == "win32":
        return False
    from tmuxish.wire import unix_listener

    try:
        with open(f"/proc/{unix_listener.peer_pid(connection)}/comm", "rb") as name:
            return name.read().rstrip() == unix_listener.SERVER_NAME
    except OSError:
        return False


def ask(connection: Connection) -> bytes:
    """A server's answer to a probe, closing the connection: 16 bytes if it is a tmux of any kind."""
    connection.settimeout(ANSWER_SECONDS)
    answer = b""
    try:
        connection.sendall(foreign.probe())
        while len(answer) < foreign.HEADER_SIZE:
            data = connection.recv(foreign.HEADER_SIZE - len(answer))
            if not data:
                break
            answer += data
    except OSError:
        return b""
    finally:
        connection.close()
    return answer
