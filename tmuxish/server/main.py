"""The server process from its first line to its last."""

from __future__ import annotations

import contextlib
import locale
import signal
import sys
from typing import TYPE_CHECKING

from tmuxish.server import config
from tmuxish.server.log import log, open_log, toggle_log
from tmuxish.server.server import Server
from tmuxish.wire import frames
from tmuxish.wire.unix_listener import BACKLOG, peer_uid

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

# Clients waiting to be accepted in one turn of the loop.
ACCEPTS_PER_TURN = 64
# Seconds without accepting after it has failed (tmux waits as long).
ACCEPT_PAUSE = 1.0


class Acceptor:
    """The listening socket; SIGUSR1 puts a new one in place of a deleted one."""

    def __init__(
        self, server: Server, listener: socket.socket, recreate: Callable[[], socket.socket]
    ) -> None:
        self._server = server
        self._recreate = recreate
        self._listener = listener
        self._watch()

    def _watch(self) -> None:
        self._listener.setblocking(False)
        self._server.loop.add_reader(self._listener.fileno(), self._accept)

    def _accept(self) -> None:
        for _ in range(ACCEPTS_PER_TURN):
            try:
                connection, _ = self._listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                log(f"accept: {error}")
                self._pause()
                return
            uid = peer_uid(connection)
            if uid is None or self._server.access.allows(uid):
                self._server.accepted(connection)
            else:
                _refuse(connection)

    def _pause(self) -> None:
        """No descriptor can be had for who waits: look again a little later, not all the time."""
        self._server.loop.remove_reader(self._listener.fileno())
        self._server.loop.call_later(ACCEPT_PAUSE, self._watch)

    def replace(self) -> None:
        """Make the socket again (SIGUSR1)."""
        try:
            listener = self._recreate()
        except OSError as error:
            log(f"socket: {error}")
            return
        self.close()
        self._listener = listener
        self._watch()

    def close(self) -> None:
        self._server.loop.remove_reader(self._listener.fileno())
        self._listener.close()


def _refuse(connection: socket.socket) -> None:
    """Send a client of another user away, in tmux's words."""
    connection.setblocking(False)
    with contextlib.suppress(OSError):  # gone already
        connection.send(frames.encode(frames.EXIT, frames.pack_exit(1, b"access not allowed")))
    connection.close()


def serve(
    listener: socket.socket,
    socket_path: str,
    *,
    recreate: Callable[[], socket.socket],
    config_files: list[str] | None = None,
    verbosity: int = 0,
    folder: str = "/",
    starter: socket.socket | None,
) -> None:
    """Serve until there is nothing left to serve, or SIGTERM.

    listener: bound and listening. recreate: makes it again after somebody deleted the socket. config_files:
    from -f; None means the usual ones. folder: where the log goes. starter: the connection of the client that
    has started it; without one the server is in the foreground (-D), and stays without sessions.

    The socket is left behind, as tmux leaves it: whoever starts the next server replaces it, and it may
    already be that server's.
    """
    # Linux tells clients who has called this last, and that is to be this process, not the one that made it.
    listener.listen(BACKLOG)
    open_log(folder, verbosity)
    with contextlib.suppress(locale.Error):  # a locale that this host does not have: names of days in English
        locale.setlocale(locale.LC_TIME, "")
    server = Server(socket_path)
    if starter is None:
        server.model.server_options.set("exit-empty", 0)
    else:
        server.accepted(starter)
    acceptor = Acceptor(server, listener, recreate)
    _install_signals(server, acceptor, folder)
    server.loop.spawn(config.load(server, config_files))
    try:
        server.loop.run()
    finally:
        acceptor.close()
        server.loop.close()


def _install_signals(server: Server, acceptor: Acceptor, folder: str) -> None:
    actions: dict[int, Callable[[], None]] = {signal.SIGTERM: server.stop, signal.SIGINT: server.stop}
    if sys.platform != "win32":
        actions[signal.SIGUSR1] = acceptor.replace
        actions[signal.SIGUSR2] = lambda: toggle_log(folder)
        actions[signal.SIGCHLD] = server.children_changed
        for ignored in (
            signal.SIGHUP,
            signal.SIGPIPE,
            signal.SIGTSTP,
            signal.SIGCONT,
            signal.SIGTTIN,
            signal.SIGTTOU,
        ):
            signal.signal(ignored, signal.SIG_IGN)
    for number, action in actions.items():
        signal.signal(number, _deferred(server, action))


def _deferred(server: Server, action: Callable[[], None]) -> Callable[[int, object], None]:
    """A handler that runs `action` on the loop: nothing is safe to do between two bytecodes."""

    def handler(number: int, frame: object) -> None:
        server.loop.call_soon_threadsafe(action)

    return handler
