"""The server process from its first line to its last."""

from __future__ import annotations

import os
import sys

from tmuxish.early import signal, suppress
from tmuxish.server import config, garbage
from tmuxish.server.log import log, open_log, toggle_log
from tmuxish.server.server import Server
from tmuxish.wire import frames

if sys.platform == "win32":
    from tmuxish.server.console_events import ConsoleEvents
    from tmuxish.wire.pipe_listener import BACKLOG, peer_uid
else:
    from tmuxish.wire.unix_listener import BACKLOG, peer_uid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    if sys.platform == "win32":
        from tmuxish.wire.pipe_channel import PipeChannel as Peer
        from tmuxish.wire.pipe_listener import PipeListener as Listener
    else:
        from _socket import socket as Peer

        from tmuxish.wire.unix_listener import UnixListener as Listener

# Clients waiting to be accepted in one turn of the loop.
ACCEPTS_PER_TURN = 64
# Locales in which days are called what they are called without any.
ENGLISH = ("C", "POSIX", "C.UTF-8", "C.utf8")
# Seconds without accepting after it has failed (tmux waits as long).
ACCEPT_PAUSE = 1.0


class Acceptor:
    """The listening socket; SIGUSR1 puts a new one in place of a deleted one."""

    def __init__(self, server: Server, listener: Listener, recreate: Callable[[], Listener] | None) -> None:
        self._server = server
        self._recreate = recreate
        self._listener = listener
        self._closed = False
        self._watch()

    def _watch(self) -> None:
        if self._closed:
            return
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
        if self._closed or self._recreate is None:
            return
        try:
            listener = self._recreate()
        except OSError as error:
            log(f"socket: {error}")
            return
        self._close_listener()
        self._listener = listener
        self._watch()

    def close(self) -> None:
        """Listen no more; once is enough."""
        if not self._closed:
            self._closed = True
            self._close_listener()

    def _close_listener(self) -> None:
        self._server.loop.remove_reader(self._listener.fileno())
        self._listener.close()


def _refuse(connection: Peer) -> None:
    """Send a client of another user away, in tmux's words."""
    connection.setblocking(False)
    with suppress(OSError):  # gone already
        connection.send(frames.encode(frames.EXIT, frames.pack_exit(1, b"access not allowed")))
    connection.close()


def serve(
    listener: Listener,
    socket_path: str,
    *,
    recreate: Callable[[], Listener] | None,
    config_files: list[str] | None = None,
    verbosity: int = 0,
    folder: str = "/",
    starter: Peer | None = None,
    starter_pid: int | None = None,
) -> None:
    """Serve until there is nothing left to serve, or SIGTERM.

    listener: bound and listening. recreate: makes it again after somebody deleted the socket, where that can
    be done. config_files: from -f; None means the usual ones. folder: where the log goes. starter: the
    connection of the client that has started it, or starter_pid: its process, if it is still to connect;
    without either the server is in the foreground (-D), and stays without sessions.

    The socket is left behind, as tmux leaves it: whoever starts the next server replaces it, and it may
    already be that server's.
    """
    # Linux tells clients who has called this last, and that is to be this process, not the one that made it.
    listener.listen(BACKLOG)
    open_log(folder, verbosity)
    _use_locale()
    garbage.tune()
    server = Server(socket_path, folder if sys.platform == "win32" else None)
    if starter is not None:
        server.accepted(starter)
    elif starter_pid is not None:
        server.expect(starter_pid)
    else:
        server.model.server_options.set("exit-empty", 0)
    acceptor = Acceptor(server, listener, recreate)
    server.listen_no_more = acceptor.close
    if sys.platform == "win32":
        foreground = starter_pid is None
        events = ConsoleEvents(
            lambda: server.loop.call_soon_threadsafe(server.stop), interruptible=foreground
        )
    else:
        _install_signals(server, acceptor, folder)
    server.loop.spawn(config.load(server, config_files))
    try:
        server.loop.run()
    finally:
        acceptor.close()
        server.loop.close()
        if sys.platform == "win32":
            events.ended()


def _use_locale() -> None:
    """Names of days and months in the user's language, if this host has it."""
    get = os.environ.get
    if (get("LC_ALL") or get("LC_TIME") or get("LANG") or "C") not in ENGLISH:
        import locale

        with suppress(locale.Error):
            locale.setlocale(locale.LC_TIME, "")


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
