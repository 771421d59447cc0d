"""A key that was pressed, as the bindings' commands, modes, menus and prompts see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.grammar.keys import UNKNOWN

if TYPE_CHECKING:
    from tmuxish.keys.mouse import MouseInput
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session, Winlink


class Presser(NamedTuple):
    """Who pressed a key, and what it is about: the client, its session, the window there."""

    client: Client
    session: Session
    winlink: Winlink


class MouseEvent:
    """One mouse event, and where it was.

    report: as the terminal said it, positions on the terminal. key: what it counts as (MouseDown1Pane...).
    session_id; window_id: None for the session's current window; pane_id: None where it was at no pane.
    x, y: the place in that pane (or the window's active one), -1 outside of it. status_at, status_lines: the
    terminal's first line of the status and how many there are, None and 0 for none. status_line: the line
    of the status the mouse is at, None elsewhere; status_range: what is drawn there, as
    #{mouse_status_range} calls it. offset: column and row of the window at the terminal's upper left.
    made_up: the terminal reported nothing, time went by (a double click that did not become a triple one).
    """

    __slots__ = (
        "key",
        "made_up",
        "offset",
        "pane_id",
        "report",
        "session_id",
        "status_at",
        "status_lines",
        "status_range",
        "window_id",
        "x",
        "y",
    )

    def __init__(self, report: MouseInput, key: int = UNKNOWN) -> None:
        self.report = report
        self.key = key
        self.made_up = False
        self.session_id = -1
        self.window_id: int | None = None
        self.pane_id: int | None = None
        self.x = self.y = -1
        self.offset = (0, 0)
        self.status_at: int | None = None
        self.status_lines = 0
        self.status_range: str | None = None

    @property
    def status_line(self) -> int | None:
        """The line of the status at which the mouse is."""
        if self.status_at is None or not 0 <= self.report.y - self.status_at < self.status_lines:
            return None
        return self.report.y - self.status_at

    def in_window(self, *, last: bool = False) -> tuple[int, int]:
        """Column and row of the window, below it at a status there. `last`: of the report before."""
        report = self.report
        x, y = (report.lx, report.ly) if last else (report.x, report.y)
        x, y = x + self.offset[0], y + self.offset[1]
        if self.status_at == 0 and y >= self.status_lines:
            y -= self.status_lines
        return x, y

    def dragged_to(self, *, last: bool = False) -> tuple[int, int]:
        """The same, but the status below the window counts as the window's last line."""
        x, y = self.in_window(last=last)
        return x, min(y, self.status_at - 1) if self.status_at else y

    def in_pane(self, pane: Pane, *, last: bool = False) -> tuple[int, int] | None:
        """Column and row of the pane, None where that is outside of it."""
        x, y = self.in_window(last=last)
        x, y = x - pane.xoff, y - pane.yoff
        return (x, y) if 0 <= x < pane.cols and 0 <= y < pane.rows else None


class KeyPress:
    """The event of a binding's commands: the key, and for the mouse where it was (None for a key proper).

    typed: pressed on a terminal, not sent by a command.
    """

    __slots__ = ("key", "mouse", "typed")

    def __init__(self, key: int, mouse: MouseEvent | None = None, *, typed: bool = False) -> None:
        self.key = key
        self.mouse = mouse
        self.typed = typed
