"""What `-t` and `-s` mean: text -> session, window and pane, or client.

A target is `session:window.pane` in parts that may be missing. What is missing is taken from what is
current: the marked pane for some commands, else what the command queue last dealt with, else what the
client looks at, else the pane in which it runs, else the session used last.

The order of attempts (id, exact name, client, prefix, pattern) is part of the language: scripts rely on it.
"""

from __future__ import annotations

from tmuxish.current import (
    Found,
    TargetError,
    best_client,
    best_session,
    by_id,
    current_client,
    find_client,
    from_client,
    from_pane,
    from_session,
    from_window,
    from_winlink,
    pane_around,
)
from tmuxish.grammar.command import (
    CAN_FAIL,
    DEFAULT_MARKED,
    EXACT_SESSION,
    EXACT_WINDOW,
    PANE,
    QUIET,
    SESSION,
    WINDOW,
    WINDOW_INDEX,
)
from tmuxish.numbers import INT_MAX, NumberError, parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session, Winlink
    from tmuxish.model.window import Window

    class MousePlace(Protocol):
        """Where a mouse event happened, as ids; None where it was on no pane or no window."""

        session_id: int
        window_id: int | None
        pane_id: int | None

    class Event(Protocol):
        """A key event as far as targets care; `mouse` is None for a key proper."""

        mouse: MousePlace | None


__all__ = [
    "Event",
    "Found",
    "MousePlace",
    "TargetError",
    "best_client",
    "best_session",
    "current_client",
    "find_client",
    "from_client",
    "from_pane",
    "from_session",
    "from_window",
    "from_winlink",
    "mouse_pane",
    "mouse_winlink",
    "pane_around",
    "resolve",
]

_ACTIVE = ("@", "{active}", "{current}")
_MOUSE = ("=", "{mouse}")
_MARKED = ("~", "{marked}")
_WINDOW_WORDS = {"{start}": "^", "{last}": "!", "{end}": "$", "{next}": "+", "{previous}": "-"}
_PANE_WORDS = {
    "{last}": "!",
    "{next}": "+",
    "{previous}": "-",
    **{f"{{{place}}}": place for place in ("top", "bottom", "left", "right")},
    **{f"{{{v}-{h}}}": f"{v}-{h}" for v in ("top", "bottom") for h in ("left", "right")},
}


def mouse_winlink(model: Model, place: MousePlace) -> Winlink | None:
    """The window at which the mouse was, None if it is gone."""
    session = model.sessions.get(place.session_id)
    if session is None or place.window_id is None:
        return None if session is None else session.current
    shown = (each for each in session.sorted_winlinks() if each.window.id == place.window_id)
    return next(shown, None)


def mouse_pane(model: Model, place: MousePlace) -> Found | None:
    """The pane at which the mouse was, or the active one of the window; None if it is gone."""
    winlink = mouse_winlink(model, place)
    if winlink is None:
        return None
    pane = winlink.window.active if place.pane_id is None else model.panes.get(place.pane_id)
    if pane is None or pane.window is not winlink.window:
        return None
    return Found(winlink.session, winlink, pane)


def resolve(
    model: Model,
    text: str | None,
    kind: str,
    flags: int = 0,
    *,
    current: Found | None = None,
    client: Client | None = None,
    event: Event | None = None,
) -> Found:
    """What `text` names, read as a target of `kind` (SESSION, WINDOW or PANE) under `flags`.

    current: what the command queue deals with, used where it is still valid. client: who asks. event: what
    the mouse targets look at. Raise TargetError, unless flags have CAN_FAIL: then what was found before
    the first failing part is returned.
    """
    lookup = _Lookup(model, kind, flags)
    try:
        return lookup.run(text, current, client, event)
    except TargetError:
        if flags & CAN_FAIL:
            return lookup.found
        if flags & QUIET:
            raise TargetError("") from None
        raise


def _number(text: str) -> int | None:
    try:
        return parse_number(text, 0, INT_MAX)
    except NumberError:
        return None


def _offset(text: str) -> int:
    """How far `+`, `+2` or `-3` goes; 0 if it is no number, which leaves things where they are."""
    if len(text) == 1:
        return 1
    try:
        return parse_number(text[1:], 1, INT_MAX)
    except NumberError:
        return 0


def _glob_matches(pattern: str, text: str) -> bool:
    from tmuxish.formats.patterns import glob_matches  # a server's start does not pay for it

    return glob_matches(pattern, text)


class _Lookup:
    """One lookup. `found` grows part by part, and is what is left when a target that may fail fails."""

    def __init__(self, model: Model, kind: str, flags: int) -> None:
        self.model = model
        self.kind = kind
        self.flags = flags
        self.found = Found()
        self.current = Found()

    def run(
        self, text: str | None, current: Found | None, client: Client | None, event: Event | None
    ) -> Found:
        self.current = self.find_current(current, client)
        if not text:
            return self.take_current()
        if text in _ACTIVE:
            if client is None or client.session is None:
                raise TargetError("no current client")
            self.found = from_session(client.session)
        elif text in _MOUSE:
            self.find_mouse(event)
        elif text in _MARKED:
            marked = self.marked()
            if marked is None:
                raise TargetError("no marked target")
            self.found = marked
        else:
            self.find_parts(text)
        return self.found

    def find_current(self, current: Found | None, client: Client | None) -> Found:
        if self.flags & DEFAULT_MARKED and (marked := self.marked()) is not None:
            return marked
        if current is not None and current.is_valid(self.model):
            return current
        found = from_client(self.model, client, self.flags)
        if found is None:
            raise TargetError("no current target")
        return found

    def take_current(self) -> Found:
        current = self.current
        index = None if self.flags & WINDOW_INDEX else current.index
        self.found = Found(current.session, current.winlink, current.pane, index)
        return self.found

    def marked(self) -> Found | None:
        """The marked pane, if it is still where it was marked."""
        if self.model.marked is None:
            return None
        winlink, pane = self.model.marked
        return Found(winlink.session, winlink, pane)

    def find_mouse(self, event: Event | None) -> None:
        place = event.mouse if event is not None else None
        session = self.model.sessions.get(place.session_id) if place is not None else None
        if place is None or session is None:
            raise TargetError("no mouse target")
        at_pane = mouse_pane(self.model, place) if self.kind == PANE else None
        if at_pane is not None:
            self.found = at_pane
            return
        winlink = mouse_winlink(self.model, place)
        if winlink is None and place.window_id in (None, *self.model.windows):
            winlink = session.current  # where the session no longer has the window
        if winlink is None:
            raise TargetError("no mouse target")
        self.found = from_winlink(winlink)

    def find_parts(self, text: str) -> None:
        """A target made of the parts `session:window.pane`."""
        head, colon, tail = text.partition(":")
        session, window, pane = (
            (head, *tail.partition(".")[::2]) if colon else ("", *text.partition(".")[::2])
        )
        period = "." in (tail if colon else text)
        if not colon and not period:
            session, window, pane = self.single_part(text)
        if session.startswith("="):
            session = session[1:]
            self.flags |= EXACT_SESSION
        if window.startswith("="):
            window = window[1:]
            self.flags |= EXACT_WINDOW
        window = _WINDOW_WORDS.get(window, window)
        pane = _PANE_WORDS.get(pane, pane)
        if pane and self.flags & WINDOW_INDEX:
            raise TargetError("can't specify pane here")
        if session:
            self.find_in_session(session, window, pane)
        elif window:
            self.need(self.window(window, only=bool(colon)), WINDOW, window)
            if pane:
                self.need(self.pane_of_window(pane), PANE, pane)
            else:
                self.take_active_pane()
        elif pane:
            self.need(self.pane(pane, only=period), PANE, pane)
        else:
            self.take_current()

    def single_part(self, text: str) -> tuple[str, str, str]:
        """A target without separators: its first character, or else the kind wanted, says what it is."""
        kind = {"$": SESSION, "@": WINDOW, "%": PANE}.get(text[0], self.kind)
        return text if kind == SESSION else "", text if kind == WINDOW else "", text if kind == PANE else ""

    def find_in_session(self, session: str, window: str, pane: str) -> None:
        self.need(self.session(session), SESSION, session)
        if window:
            self.need(self.window_of_session(window), WINDOW, window)
            if pane:
                self.need(self.pane_of_window(pane), PANE, pane)
            else:
                self.take_active_pane()
        elif pane:
            self.need(self.pane_of_session(pane), PANE, pane)
        else:
            assert self.found.session is not None
            self.found.winlink = self.found.session.current
            self.take_active_pane()

    def need(self, done: bool, kind: str, name: str) -> None:
        if not done:
            raise TargetError(f"can't find {kind}: {name}")

    def take_active_pane(self) -> None:
        if self.found.winlink is not None:
            self.found.pane = self.found.winlink.window.active

    def take_winlink(self, winlink: Winlink | None) -> bool:
        self.found.winlink = winlink
        if winlink is None:
            return False
        self.found.index = winlink.index
        return True

    # The methods below fill in `found` and return whether they could.

    def session(self, text: str) -> bool:
        found = self.found
        if text.startswith("$"):
            found.session = by_id(self.model.sessions, text, "$")
            return found.session is not None
        found.session = self.model.session_named(text)
        if found.session is not None:
            return True
        client = find_client(self.model, text, quiet=True)
        if client is not None:
            found.session = client.session
            return True
        if self.flags & EXACT_SESSION:
            return False
        sessions = self.model.sessions.values()
        named = [each for each in sessions if each.name.startswith(text)] or [
            each for each in sessions if _glob_matches(text, each.name)
        ]
        if len(named) != 1:
            return False
        found.session = named[0]
        return True

    def best_session_of(self, window: Window) -> bool:
        found = self.found
        found.session = best_session(self.model.sessions_of(window), self.flags)
        return found.session is not None and self.take_winlink(found.session.winlink_of(window))

    def window(self, text: str, *, only: bool) -> bool:
        """A window of the current session or, unless `only`, a session."""
        if text.startswith("@"):
            window = by_id(self.model.windows, text, "@")
            return window is not None and self.best_session_of(window)
        self.found.session = self.current.session
        if self.window_of_session(text):
            return True
        if only or not self.session(text):
            return False
        assert self.found.session is not None
        winlink = self.found.session.current
        self.found.winlink = winlink
        if winlink is not None and not self.flags & WINDOW_INDEX:
            self.found.index = winlink.index
        return True

    def window_of_session(self, text: str) -> bool:
        """A window of the session found."""
        found = self.found
        session = found.session
        assert session is not None
        # The window of a target that only gives a new index, or that may fail at a bad window id.
        found.winlink = session.current
        if text.startswith("@"):
            window = by_id(self.model.windows, text, "@")
            winlink = session.winlink_of(window) if window is not None else None
            return winlink is not None and self.take_winlink(winlink)
        if not self.flags & EXACT_WINDOW:
            if text[0] in "+-":
                return self.window_at_offset(session, text)
            if text in ("!", "^", "$"):
                winlinks = session.last_windows if text == "!" else session.sorted_winlinks()
                return self.take_winlink((winlinks[-1] if text == "$" else winlinks[0]) if winlinks else None)
        if text[0] not in "+-" and (index := _number(text)) is not None:
            if self.take_winlink(session.winlinks.get(index)):
                return True
            if self.flags & WINDOW_INDEX:
                found.index = index
                return True
        named = self.windows_named(session, text)
        # Of several, a target that may fail is left with the first.
        return self.take_winlink(named[0] if named else None) and len(named) == 1

    def window_at_offset(self, session: Session, text: str) -> bool:
        """`+`, `-2`: by index where a new window is wanted, else along the windows there are."""
        offset = _offset(text) if text[0] == "+" else -_offset(text)
        current = session.current
        assert current is not None
        if self.flags & WINDOW_INDEX:
            index = current.index + offset
            if not 0 <= index <= INT_MAX:
                return False
            self.found.index = index
            return True
        winlinks = session.sorted_winlinks()
        return self.take_winlink(winlinks[(winlinks.index(current) + offset) % len(winlinks)])

    def windows_named(self, session: Session, text: str) -> list[Winlink]:
        winlinks = session.sorted_winlinks()
        exact = [each for each in winlinks if each.window.name == text]
        if exact or self.flags & EXACT_WINDOW:
            return exact
        return [each for each in winlinks if each.window.name.startswith(text)] or [
            each for each in winlinks if _glob_matches(text, each.window.name)
        ]

    def pane(self, text: str, *, only: bool) -> bool:
        """A pane of the current window or, unless `only`, a window or session."""
        found = self.found
        if text.startswith("%"):
            found.pane = by_id(self.model.panes, text, "%")
            return found.pane is not None and self.best_session_of(found.pane.window)
        found.session = self.current.session
        found.winlink = self.current.winlink
        found.index = self.current.index
        if self.pane_of_window(text):
            return True
        if only or not self.window(text, only=False):
            return False
        self.take_active_pane()
        return True

    def pane_of_session(self, text: str) -> bool:
        """A pane of the session's current window, or any of its panes by id."""
        found = self.found
        assert found.session is not None
        if text.startswith("%"):
            found.pane = by_id(self.model.panes, text, "%")
            return found.pane is not None and self.take_winlink(found.session.winlink_of(found.pane.window))
        return self.take_winlink(found.session.current) and self.pane_of_window(text)

    def pane_of_window(self, text: str) -> bool:
        """A pane of the window found."""
        found = self.found
        window = found.window
        assert window is not None
        if text.startswith("%"):
            found.pane = by_id(self.model.panes, text, "%")
            return found.pane is not None and found.pane.window is window
        found.pane = self.pane_in(window, text)
        return found.pane is not None

    def pane_in(self, window: Window, text: str) -> Pane | None:
        if text == "!":
            return window.last_panes[0] if window.last_panes else None
        from tmuxish.model import neighbours  # a server's start does not pay for it

        active = window.active
        if text in neighbours.BY_WORD:
            return neighbours.BY_WORD[text](active) if active is not None else None
        if text[0] in "+-" and active is not None:
            offset = _offset(text) if text[0] == "+" else -_offset(text)
            return window.panes[(window.panes.index(active) + offset) % len(window.panes)]
        index = _number(text)
        pane = window.pane_at_index(index) if index is not None else None
        return pane or neighbours.pane_at_corner(window, text)
