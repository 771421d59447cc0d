"""How a client's terminal is divided, and which part of the window it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.modes import CURSOR

if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.options import Options
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window

# How many lines each value of the status option means.
STATUS_LINES = {"off": 0, "on": 1, "2": 2, "3": 3, "4": 4, "5": 5}


def status_size(options: Options, rows: int) -> int:
    """Number of status lines of a session on a terminal of `rows`: none where they would leave no room."""
    lines = STATUS_LINES[options.get_string("status")]
    return lines if lines < rows else 0


class Viewport:
    """The terminal's `cols` x `rows`, less `status_rows` at its top or bottom, is the body; it shows the
    window from column `x` and row `y` on. `bigger`: the window does not fit."""

    __slots__ = ("bigger", "body_top", "cols", "rows", "status_rows", "status_top", "x", "y")

    def __init__(self, cols: int, rows: int, status_rows: int, status_top: bool) -> None:
        self.cols = cols
        self.rows = rows
        self.status_rows = min(status_rows, rows)
        self.status_top = status_top
        self.body_top = self.status_rows if status_top else 0
        self.bigger = False
        self.x = self.y = 0

    @property
    def body_rows(self) -> int:
        return self.rows - self.status_rows

    @property
    def first_status_row(self) -> int:
        return 0 if self.status_top else self.body_rows

    def key(self) -> tuple[int, ...]:
        """Everything that decides what is where."""
        return (self.cols, self.rows, self.status_rows, self.status_top, self.x, self.y)

    def follow(self, client: Client, window: Window) -> bool:
        """Choose the part of the window to show: what the user panned to, else where the cursor is. Says
        whether it is another one now."""
        before = self.x, self.y
        cols, rows = self.cols, max(self.body_rows, 0)
        self.bigger = cols < window.cols or rows < window.rows
        if not self.bigger:
            client.pan = None  # seen as a whole: next time the cursor is followed again
            self.x = self.y = 0
        elif client.pan is not None and client.pan[0] == window.id:
            _, x, y = client.pan
            self.x = min(x, max(window.cols - cols, 0))
            self.y = min(y, max(window.rows - rows, 0))
        else:
            self._follow_cursor(client.active_pane(window), window, cols, rows)
        return (self.x, self.y) != before

    def _follow_cursor(self, pane: Pane | None, window: Window, cols: int, rows: int) -> None:
        if pane is None or not pane.shown.modes & CURSOR:
            self.x = self.y = 0
            return
        x, y = pane.xoff + pane.shown.cursor_x, pane.yoff + pane.shown.cursor_y
        if x < cols:
            self.x = 0
        elif x > window.cols - cols:
            self.x = window.cols - cols
        else:
            self.x = x - cols // 2
        if y < rows:
            self.y = 0
        elif y > window.rows - rows:
            self.y = window.rows - rows
        else:
            self.y = y - rows + 1
