"""What a target leads to, and what is current without one.

Current is what the client looks at, else the session around the pane in which it runs, else the session used
last. Which of several is best is decided by activity alone.
"""

from __future__ import annotations

from tmuxish.grammar.command import PREFER_UNATTACHED
from tmuxish.numbers import UINT_MAX, NumberError, parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session, Winlink
    from tmuxish.model.window import Window

    _Thing = TypeVar("_Thing")


class TargetError(Exception):
    """No such thing; `str()` is the message for the user, empty where the lookup was to be quiet."""


class Found:
    """Session, window and pane that a target names.

    All three are set, save where a command's target may fail or names a new window: then what could not be
    found is None. index: the window index named (WINDOW_INDEX), None if none was.
    """

    __slots__ = ("index", "pane", "session", "winlink")

    def __init__(
        self,
        session: Session | None = None,
        winlink: Winlink | None = None,
        pane: Pane | None = None,
        index: int | None = None,
    ) -> None:
        self.session = session
        self.winlink = winlink
        self.pane = pane
        self.index = index

    @property
    def window(self) -> Window | None:
        return self.winlink.window if self.winlink is not None else None

    def __repr__(self) -> str:
        return f"<Found {self.session!r} {self.winlink!r} {self.pane!r} index={self.index}>"

    def is_valid(self, model: Model) -> bool:
        """Whether all of it is set, still exists and still belongs together."""
        session, winlink, pane = self.session, self.winlink, self.pane
        return (
            session is not None
            and winlink is not None
            and pane is not None
            and model.sessions.get(session.id) is session
            and session.winlinks.get(winlink.index) is winlink
            and pane in winlink.window.panes
        )


def from_session(session: Session) -> Found:
    """The session with its current window and that window's active pane."""
    return from_winlink(session.current) if session.current is not None else Found(session)


def from_winlink(winlink: Winlink) -> Found:
    return Found(winlink.session, winlink, winlink.window.active)


def from_window(model: Model, window: Window, flags: int = 0) -> Found | None:
    """A window in the best of its sessions; None if no session has it."""
    session = best_session(model.sessions_of(window), flags)
    winlink = session.winlink_of(window) if session is not None else None
    return None if winlink is None else from_winlink(winlink)


def from_pane(model: Model, pane: Pane, flags: int = 0) -> Found | None:
    """A pane in the best session of its window; None if no session has that."""
    found = from_window(model, pane.window, flags)
    if found is not None:
        found.pane = pane
    return found


def from_client(model: Model, client: Client | None, flags: int = 0) -> Found | None:
    """What is current for a client: what it looks at; the session around the pane it runs in, and there
    the active pane; or the session used last. None if there is no session."""
    if client is not None:
        if client.session is not None:
            found = from_session(client.session)
            if found.winlink is not None:
                found.pane = client.active_pane(found.winlink.window)
            return found
        pane = pane_around(model, client)
        session = best_session(model.sessions_of(pane.window), flags) if pane is not None else None
        if session is not None:
            return from_session(session)
    session = best_session(model.sessions.values(), flags)
    return from_session(session) if session is not None else None


def best_session(sessions: Iterable[Session], flags: int = 0) -> Session | None:
    """The session used last, by name where that is equal; PREFER_UNATTACHED: first of those without
    clients."""
    if flags & PREFER_UNATTACHED:
        sessions = list(sessions)
        sessions = [session for session in sessions if not session.attached] or sessions
    best: Session | None = None
    # Of hundreds this asks for every call, often several times: no sorting, and no call for each.
    latest = -float("inf")
    for session in sessions:
        activity = session.activity
        if activity > latest or (activity == latest and best is not None and session.name < best.name):
            best, latest = session, activity
    return best


def pane_around(model: Model, client: Client) -> Pane | None:
    """The pane in whose terminal, or else with whose $TMUX_PANE, a client was started."""
    if client.tty:
        for pane in model.panes.values():
            if pane.tty == client.tty and not pane.dead:
                return pane
    return by_id(model.panes, client.tmux_pane, "%")


def best_client(model: Model, session: Session | None) -> Client | None:
    """The client used last: of the session's if it has any, else of all that are attached."""
    if session is not None and not session.attached:
        session = None
    best: Client | None = None
    for client in model.clients.values():
        if client.session is None or (session is not None and client.session is not session):
            continue
        if best is None or client.activity > best.activity:
            best = client
    return best


def current_client(model: Model, client: Client | None) -> Client | None:
    """Whom a command without a client target means: an attached caller itself, else the best client of the
    session around the pane it runs in, else of the session used last."""
    if client is not None and client.session is not None:
        return client
    pane = pane_around(model, client) if client is not None else None
    sessions = model.sessions_of(pane.window) if pane is not None else model.sessions.values()
    session = best_session(sessions)
    return best_client(model, session) if session is not None else None


def find_client(model: Model, name: str, *, quiet: bool = False) -> Client | None:
    """The attached client of this name or terminal (with or without /dev/); a colon at the end is ignored.

    None if there is none and `quiet`, else TargetError.
    """
    name = name.removesuffix(":")
    for client in model.clients.values():
        if client.session is None:
            continue
        tty = client.tty
        if name == client.name or (tty and name in (tty, tty.removeprefix("/dev/"))):
            return client
    if quiet:
        return None
    raise TargetError(f"can't find client: {name}")


def by_id(things: dict[int, _Thing], text: str, sigil: str) -> _Thing | None:
    """What `$1`, `@2` or `%3` names."""
    if not text.startswith(sigil):
        return None
    try:
        return things.get(parse_number(text[1:], 0, UINT_MAX))
    except NumberError:
        return None
