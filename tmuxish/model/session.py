"""A session: windows at indexes, one of them current, and who looks at it."""

from __future__ import annotations

import time

# The highest index of a window.
LAST_INDEX = 2**31 - 1

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.environment import Environment
    from tmuxish.model.options import Options
    from tmuxish.model.window import Window


def next_index(index: int) -> int:
    """The window index after this one; after the last comes 0."""
    return 0 if index == LAST_INDEX else index + 1


class Winlink:
    """One window at one index of one session, with that session's alert flags for it."""

    __slots__ = ("activity_flag", "bell_flag", "index", "session", "silence_flag", "window")

    def __init__(self, session: Session, index: int, window: Window) -> None:
        self.session = session
        self.index = index
        self.window = window
        self.bell_flag = False
        self.activity_flag = False
        self.silence_flag = False

    @property
    def alerted(self) -> bool:
        return self.bell_flag or self.activity_flag or self.silence_flag

    def clear_alerts(self) -> None:
        self.bell_flag = self.activity_flag = self.silence_flag = False


class SessionGroup:
    """Sessions that share one set of windows (new-session -t)."""

    __slots__ = ("name", "sessions")

    def __init__(self, name: str) -> None:
        self.name = name
        self.sessions: list[Session] = []


class Session:
    """One session. `winlinks` maps index to window; `current` is never None while the session is alive."""

    __slots__ = (
        "activity",
        "attached",
        "control_chars",
        "created",
        "current",
        "cwd",
        "environment",
        "group",
        "id",
        "last_attached",
        "last_windows",
        "name",
        "options",
        "winlinks",
    )

    def __init__(self, id: int, name: str, cwd: str, options: Options, environment: Environment) -> None:
        self.id = id
        self.name = name
        self.cwd = cwd
        self.options = options  # parent: the global session options
        self.environment = environment
        self.winlinks: dict[int, Winlink] = {}
        self.current: Winlink | None = None
        self.last_windows: list[Winlink] = []  # most recently current first, without the current one
        self.control_chars = b""  # special characters of the terminal it was made on, for its panes
        self.attached = 0  # number of clients
        self.created = self.activity = time.time()
        self.last_attached: float | None = None
        self.group: SessionGroup | None = None

    @property
    def ref(self) -> str:
        return f"${self.id}"

    def sorted_winlinks(self) -> list[Winlink]:
        """The winlinks in the order of their indexes."""
        return [self.winlinks[index] for index in sorted(self.winlinks)]

    def winlink_of(self, window: Window) -> Winlink | None:
        """The winlink that shows `window`: the current one if it does, else the lowest index."""
        if self.current is not None and self.current.window is window:
            return self.current
        return self.first_winlink_of(window)

    def first_winlink_of(self, window: Window) -> Winlink | None:
        """The winlink with the lowest index that shows `window`."""
        return next((winlink for winlink in self.sorted_winlinks() if winlink.window is window), None)

    def free_index(self, start: int | None = None) -> int:
        """The lowest unused index, from `start` or the session's base-index on; after the last comes 0."""
        index = self.options.get_number("base-index") if start is None else start
        while index in self.winlinks:
            index = next_index(index)
        return index
