"""Who is it that holds the socket and does not answer as our server would? Loaded only when that is the
question.
"""

from __future__ import annotations

import _socket

from tmuxish.wire import foreign, unix_socket

# A server that is alive answers a probe at once; this much is for a machine that is busy.
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
        connection = unix_socket.connect(path)
    except OSError:
        return None
    answer = ask(connection)
    if foreign.answered_by_us(answer):
        return None
    text = REAL_TMUX if foreign.answered_by_tmux(answer) else UNKNOWN_SERVER
    return text.format(path=path)


def ask(connection: _socket.socket) -> bytes:
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
