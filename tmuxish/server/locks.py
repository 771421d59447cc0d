"""Locking: a session's lock-command has the terminals of its clients until it ends, when somebody asks for it
or when the session has been idle for lock-after-time."""

from __future__ import annotations

import os

from tmuxish.wire import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.session import Session
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server


class Locks:
    """Locks the clients of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._timers: dict[int, Timer] = {}

    def lock(self, client: Client) -> None:
        """Run its session's lock-command on its terminal, if there is one."""
        clients = self._server.clients
        view = clients.view(client)
        if view is None or client.session is None or client.suspended:
            return
        command = client.session.options.get_string("lock-command")
        if command:
            client.suspended = True
            view.lock()
            clients.connection(client).send(frames.LOCK, frames.pack_string(os.fsencode(command)))
            self._server.surroundings.changed()

    def lock_session(self, session: Session) -> None:
        """Lock every client of the session."""
        for client in self._server.clients.attached_to(session):
            self.lock(client)

    def restart_timer(self, session: Session) -> None:
        """lock-after-time counts from the last activity of an attached session."""
        timer = self._timers.pop(session.id, None)
        if timer is not None:
            timer.cancel()
        seconds = session.options.get_number("lock-after-time") if session.attached else 0
        if seconds:
            self._timers[session.id] = self._server.loop.call_later(
                seconds, lambda: self.lock_session(session)
            )
