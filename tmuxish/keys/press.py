"""A key that was pressed, as the bindings' commands, modes, menus and prompts see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tmuxish.keys.mouse import MouseInput
    from tmuxish.model.client import Client
    from tmuxish.model.session import Session, Winlink


class Presser(NamedTuple):
    """Who pressed a key, and what it is about: the client, its session, the window there."""

    client: Client
    session: Session
    winlink: Winlink


class MouseEvent:
    """Where a mouse event was.

    report: as the terminal said it, positions on the terminal. key: what it counts as (MouseDown1Pane...).
    pane_id, window_id: what is there, None for nothing; session_id: -1 for none. x, y: the place in the
    pane, -1 outside of one. status_line: line of the status area, None elsewhere; status_range: what is
    drawn there.
    """

    __slots__ = (
        "key",
        "pane_id",
        "report",
        "session_id",
        "status_line",
        "status_range",
        "window_id",
        "x",
        "y",
    )

    def __init__(self, report: MouseInput, key: int) -> None:
        self.report = report
        self.key = key
        self.session_id = -1
        self.window_id: int | None = None
        self.pane_id: int | None = None
        self.x = self.y = -1
        self.status_line: int | None = None
        self.status_range: str | None = None


class KeyPress:
    """The event of a binding's commands: the key, and for the mouse where it was (None for a key proper)."""

    __slots__ = ("key", "mouse")

    def __init__(self, key: int, mouse: MouseEvent | None = None) -> None:
        self.key = key
        self.mouse = mouse
