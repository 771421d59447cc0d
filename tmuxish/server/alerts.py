"""Bells, activity and silence in windows: noted, and a little later told where nobody looks.

What happened is kept with the window, whether or not it is monitored, until the next check; a check comes
after what runs now, once for all windows. Only where the window is not the current one of an attached session
does its link get a flag, but hooks, messages and bells go by the action options.
"""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.session import Session, Winlink
    from tmuxish.model.window import Window
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server

BELL = "bell"
ACTIVITY = "activity"
SILENCE = "silence"
KINDS = (BELL, ACTIVITY, SILENCE)


class Alerts:
    """The alerts of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._queued: dict[int, Window] = {}
        self._silence_timers: dict[int, Timer] = {}

    def activity(self, window: Window) -> None:
        """Somebody or something uses the window now."""
        window.activity = time.time()
        self.queue(window, ACTIVITY)

    def queue(self, window: Window, kind: str) -> None:
        """A bell, activity or silence in `window`: check it soon, if it is monitored."""
        self.restart_silence(window)
        if kind not in window.alerts:
            window.alerts += (kind,)
        if window.options.get_number(f"monitor-{kind}"):
            if not self._queued:
                self._server.loop.call_soon(self._check_queued)
            self._queued[window.id] = window

    def restart_silence(self, window: Window) -> None:
        """monitor-silence counts from now."""
        if SILENCE in window.alerts:
            window.alerts = tuple(kind for kind in window.alerts if kind != SILENCE)
        timer = self._silence_timers.pop(window.id, None)
        if timer is not None:
            timer.cancel()
        seconds = window.options.get_number("monitor-silence")
        if seconds:
            self._silence_timers[window.id] = self._server.loop.call_later(
                seconds, lambda: self.queue(window, SILENCE)
            )

    def clear(self, winlink: Winlink) -> None:
        """Somebody looks at the window: its alerts are over in all sessions."""
        winlink.window.alerts = ()
        for other in winlink.window.winlinks:
            if other.alerted:
                other.clear_alerts()
                self._server.clients.redraw_status(other.session)

    def check_session(self, session: Session) -> None:
        """Tell what was noted in the windows of a session that somebody has come to look at."""
        for winlink in session.sorted_winlinks():
            self._check(winlink.window)

    def forget(self, window: Window) -> None:
        """The window has gone."""
        self._queued.pop(window.id, None)
        timer = self._silence_timers.pop(window.id, None)
        if timer is not None:
            timer.cancel()

    def _check_queued(self) -> None:
        queued, self._queued = self._queued, {}
        for window in queued.values():
            self._check(window)
            window.alerts = ()

    def _check(self, window: Window) -> None:
        for kind in KINDS:
            if kind in window.alerts and window.options.get_number(f"monitor-{kind}"):
                self._tell(window, kind)

    def _tell(self, window: Window, kind: str) -> None:
        told: set[int] = set()
        for winlink in list(window.winlinks):
            session = winlink.session
            if kind != BELL and getattr(winlink, f"{kind}_flag"):
                continue
            if session.current is not winlink or not session.attached:
                setattr(winlink, f"{kind}_flag", True)
                self._server.clients.redraw_status(session)
            if not _applies(winlink, session.options.get_string(f"{kind}-action")):
                continue
            self._server.notify(f"alert-{kind}", session=session, window=window)
            if session.id not in told:
                told.add(session.id)
                self._tell_clients(winlink, kind)

    def _tell_clients(self, winlink: Winlink, kind: str) -> None:
        session = winlink.session
        visual = session.options.get_string(f"visual-{kind}")
        where = "current window" if session.current is winlink else f"window {winlink.index}"
        for client in self._server.clients.attached_to(session):
            if visual in ("off", "both"):
                self._server.clients.bell(client)
            if visual in ("on", "both"):
                self._server.clients.message(client, f"{kind.capitalize()} in {where}")


def _applies(winlink: Winlink, action: str) -> bool:
    current = winlink.session.current is winlink
    return action == "any" or (action == "current" and current) or (action == "other" and not current)
