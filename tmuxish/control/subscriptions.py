"""Subscriptions (refresh-client -B): formats looked at every second, and told when they have changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tmuxish.targets import Found, from_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tmuxish.model.client import Client
    from tmuxish.model.session import Session, Winlink
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server

# Seconds between two looks.
INTERVAL = 1.0
# What a subscription is about; anything else is the session.
_PANE = re.compile(r"%\s*\+?(\d+)")
_WINDOW = re.compile(r"@\s*\+?(\d+)")
# In which order the kinds are looked at.
_SESSION, _ONE, _PANES, _WINDOWS = range(4)


class Subscription:
    """One of them: `what` is `%3`, `%*`, `@3`, `@*`, or anything else for the session."""

    __slots__ = ("format", "kind", "last", "name", "pane", "window")

    def __init__(self, name: str, what: str, format: str) -> None:
        self.name = name
        self.format = format
        self.pane: int | None = None
        self.window: int | None = None
        self.last: dict[tuple[int, int], str] = {}  # what was told, by pane (or window) and index
        self.kind = _SESSION
        if what == "%*":
            self.kind = _PANES
        elif what == "@*":
            self.kind = _WINDOWS
        elif found := _PANE.match(what):
            self.kind, self.pane = _ONE, int(found[1])
        elif found := _WINDOW.match(what):
            self.kind, self.window = _ONE, int(found[1])


class Subscriptions:
    """Those of one client."""

    def __init__(self, server: Server, client: Client, tell: Callable[[str], None]) -> None:
        self._server = server
        self._client = client
        self._tell = tell
        self._all: dict[str, Subscription] = {}
        self._timer: Timer | None = None

    def update(self, text: str) -> None:
        """`name:what:format` starts one, or another of that name; `name` alone ends it."""
        name, colon, rest = text.partition(":")
        if not colon:
            self._all.pop(name, None)
            if not self._all:
                self.close()
            return
        what, colon, format = rest.partition(":")
        if not colon:
            return
        self._all[name] = Subscription(name, what, format)
        if self._timer is None:
            self._timer = self._server.loop.call_later(INTERVAL, self._due)

    def close(self) -> None:
        """No more looks."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        self._timer = self._server.loop.call_later(INTERVAL, self._due)
        session = self._client.session
        if session is None:
            return
        ordered = sorted(self._all.values(), key=lambda each: each.name.encode("utf-8", "surrogateescape"))
        for kind in (_SESSION, _ONE):
            for subscription in ordered:
                if subscription.kind == kind:
                    self._look(subscription, self._places(subscription, session))
        for kind, places in ((_PANES, _all_panes), (_WINDOWS, _all_windows)):
            chosen = [subscription for subscription in ordered if subscription.kind == kind]
            for place in places(session) if chosen else ():
                for subscription in chosen:
                    self._look(subscription, iter((place,)))

    def _look(self, subscription: Subscription, places: Iterator[Found]) -> None:
        for found in places:
            value = self._server.expand(subscription.format, found, self._client)
            window, pane, index = "-", "-", "-"
            place = 0, 0
            if subscription.kind != _SESSION and found.winlink is not None:
                window, index = found.winlink.window.ref, str(found.winlink.index)
                place = found.winlink.window.id, found.winlink.index
                if found.pane is not None:
                    pane = found.pane.name
                    place = found.pane.id, found.winlink.index
            if subscription.last.get(place) != value:
                subscription.last[place] = value
                assert found.session is not None  # all places are in the client's
                where = f"{found.session.ref} {window} {index} {pane}"
                self._tell(f"%subscription-changed {subscription.name} {where} : {value}")

    def _places(self, subscription: Subscription, session: Session) -> Iterator[Found]:
        """Where one subscription is to be looked at."""
        model = self._server.model
        if subscription.kind == _SESSION:
            yield from_session(session)
            return
        pane = model.panes.get(subscription.pane) if subscription.pane is not None else None
        window = model.windows.get(subscription.window) if subscription.window is not None else None
        if pane is not None and self._server.panes.process_of(pane) is not None:
            window = pane.window
        if window is not None:
            for winlink in window.winlinks:
                if winlink.session is session:
                    yield Found(session, winlink, pane)


def _winlinks(session: Session) -> list[Winlink]:
    return session.sorted_winlinks()


def _all_panes(session: Session) -> Iterator[Found]:
    for winlink in _winlinks(session):
        for pane in winlink.window.panes:
            yield Found(session, winlink, pane)


def _all_windows(session: Session) -> Iterator[Found]:
    for winlink in _winlinks(session):
        yield Found(session, winlink)
