"""What a format is expanded against: the sessions, windows, panes and clients its variables speak of.

A command makes one `Scope` per line it prints; loops over sessions, windows, panes and clients make their own
for each turn.
"""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Protocol

    from tmuxish.model.buffers import Buffer
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session, Winlink
    from tmuxish.model.window import Window

    # A value a caller adds: text, a time (float, seconds since the epoch), or what makes the text.
    Extra = str | float | Callable[[], str]

    class Host(Protocol):
        """Facts about the processes of panes; an implementation reads them once however many panes ask."""

        def command(self, pane: Pane) -> str | None: ...

        def path(self, pane: Pane) -> str | None: ...

    class Jobs(Protocol):
        """Runs `#()` commands in the background."""

        def output(self, command: str, expanded: str, scope: Scope) -> str:
            """The last line `command` printed so far, "" for none; it is started (as `expanded`) when it is
            time."""
            ...


def extra_text(value: Extra) -> str:
    """A value a caller added, as text."""
    if isinstance(value, str):
        return value
    return str(int(value)) if isinstance(value, (int, float)) else value()


class Mouse:
    """Where the mouse was for the key binding being run.

    pane, x, y: the pane under it and the cell within that pane (None, -1, -1 for none). status_line: line
    of the status area, None elsewhere; status_x: column there. status_range: the range under it as
    `#{mouse_status_range}` names it, None for none.
    """

    __slots__ = ("pane", "status_line", "status_range", "status_x", "x", "y")

    def __init__(
        self,
        pane: Pane | None = None,
        x: int = -1,
        y: int = -1,
        *,
        status_line: int | None = None,
        status_x: int = 0,
        status_range: str | None = None,
    ) -> None:
        self.pane = pane
        self.x = x
        self.y = y
        self.status_line = status_line
        self.status_x = status_x
        self.status_range = status_range


# What kind of thing a scope is about: decides session_format, window_format and pane_format.
UNKNOWN = ""
SESSION = "session"
WINDOW = "window"
PANE = "pane"


class Scope:
    """The subject of a format.

    Of client, session, winlink and pane the missing ones follow from the ones given, as a client's
    session, its current window and that window's active pane; `buffer` defaults to the newest automatic
    one. `requester` is the client whose `#()` jobs these are. `inherited` variables (a hook's, a source
    file's) hold in loops too, `extras` do not. `log` receives each step of the expansion
    (display-message -v). `tag` tells the same `#()` in different windows or panes apart; `status` says
    that a status line is drawn and wants to hear of new output, `force_jobs` that jobs must run again.
    """

    __slots__ = (
        "buffer",
        "client",
        "clock",
        "extras",
        "force_jobs",
        "host",
        "inherited",
        "jobs",
        "kind",
        "last",
        "log",
        "model",
        "mouse",
        "pane",
        "requester",
        "session",
        "status",
        "tag",
        "window",
        "winlink",
    )

    def __init__(
        self,
        model: Model,
        client: Client | None = None,
        session: Session | None = None,
        winlink: Winlink | None = None,
        pane: Pane | None = None,
        *,
        window: Window | None = None,
        buffer: Buffer | None = None,
        extras: Mapping[str, Extra] | None = None,
        inherited: Mapping[str, Extra] | None = None,
        host: Host | None = None,
        jobs: Jobs | None = None,
        requester: Client | None = None,
        mouse: Mouse | None = None,
        log: Callable[[str], None] | None = None,
        tag: str = "",
        status: bool = False,
        force_jobs: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if pane is not None:
            self.kind = PANE
        elif winlink is not None:
            self.kind = WINDOW
        else:
            self.kind = UNKNOWN if session is None else SESSION
        if session is None and client is not None:
            session = client.session
        if winlink is None and session is not None:
            winlink = session.current
        if window is None:
            if winlink is not None:
                window = winlink.window
            elif pane is not None:
                window = pane.window
        if pane is None and window is not None:
            pane = window.active
        self.model = model
        self.client = client
        self.session = session
        self.winlink = winlink
        self.window = window
        self.pane = pane
        self.buffer = buffer
        self.extras = extras
        self.inherited = inherited
        self.host = host
        self.jobs = jobs
        self.requester = requester
        self.mouse = mouse
        self.log = log
        self.tag = tag
        self.status = status
        self.force_jobs = force_jobs
        self.last = False
        self.clock = clock

    def turn(
        self,
        client: Client | None,
        session: Session | None,
        winlink: Winlink | None = None,
        pane: Pane | None = None,
        *,
        extras: Mapping[str, Extra] | None = None,
        requester: Client | None = None,
        tag: str = "",
        last: bool = False,
    ) -> Scope:
        """The scope of one turn of a loop started here."""
        scope = Scope(
            self.model,
            client,
            session,
            winlink,
            pane,
            extras=extras,
            inherited=self.inherited,
            host=self.host,
            jobs=self.jobs,
            requester=requester if requester is not None else self.requester,
            mouse=self.mouse,
            log=self.log,
            tag=tag,
            status=self.status,
            force_jobs=self.force_jobs,
            clock=self.clock,
        )
        # Once a loop is in its last turn every loop inside of that turn says so too.
        scope.last = self.last or last
        return scope

    def extra(self, name: str) -> Extra | None:
        """The value a caller, the pane's mode or the command queue added under that name."""
        if self.extras is not None and (value := self.extras.get(name)) is not None:
            return value
        if (
            self.pane is not None
            and self.pane.modes
            and (value := self.pane.modes[0].variables().get(name)) is not None
        ):
            return value
        return None if self.inherited is None else self.inherited.get(name)

    def added(self) -> dict[str, Extra]:
        """Everything `extra` knows."""
        added: dict[str, Extra] = dict(self.inherited or {})
        if self.pane is not None and self.pane.modes:
            added.update(self.pane.modes[0].variables())
        added.update(self.extras or {})
        return added
