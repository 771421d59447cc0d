"""A window: panes in a layout, shared by every session that links it."""

from __future__ import annotations

import time

from tmuxish.early import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.layout import Cell
    from tmuxish.model.options import Options
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Winlink

# Limits of a window's width and height, in cells (WINDOW_MINIMUM and WINDOW_MAXIMUM of tmux).
WINDOW_MINIMUM = 1
WINDOW_MAXIMUM = 10000
DEFAULT_XPIXEL = 16
DEFAULT_YPIXEL = 32

_SIZE = pattern(r"\s*(\d+)x(\d+)")


def parse_size(text: str) -> tuple[int, int] | None:
    """`80x24` as two numbers."""
    cols, _, rows = text.partition("x")
    if text.isascii() and cols.isdigit() and rows.isdigit():
        return int(cols), int(rows)  # as nearly always; a starting server has not loaded the pattern yet
    match = _SIZE.match(text)
    return (int(match[1]), int(match[2])) if match else None


class Window:
    """Panes and how they share `cols` x `rows` cells."""

    __slots__ = (
        "active",
        "activity",
        "alerts",
        "cols",
        "created",
        "id",
        "last_floating",
        "last_layout",
        "last_panes",
        "latest",
        "layout",
        "manual_size",
        "name",
        "old_layout",
        "options",
        "panes",
        "pending_size",
        "rows",
        "saved_layout",
        "winlinks",
        "xpixel",
        "ypixel",
        "z_index",
        "zoomed",
    )

    def __init__(self, id: int, cols: int, rows: int, options: Options) -> None:
        self.id = id
        self.name = ""
        self.cols = cols
        self.rows = rows
        self.xpixel = DEFAULT_XPIXEL
        self.ypixel = DEFAULT_YPIXEL
        self.options = options  # parent: the global window options
        self.panes: list[Pane] = []  # in layout (index) order
        self.z_index: list[Pane] = []  # top first
        self.active: Pane | None = None
        self.last_panes: list[Pane] = []  # most recently active first, without the active one
        self.layout: Cell | None = None  # while zoomed: a single cell; the real tree is saved_layout
        self.saved_layout: Cell | None = None
        self.zoomed = False
        self.old_layout: str = ""  # what select-layout -o goes back to
        self.last_floating = 0, 0  # where the last floating pane was put that was not told where
        self.last_layout = -1  # index of the last named layout, for next-layout
        self.manual_size = (cols, rows)  # for window-size manual; changed by resize-window
        self.pending_size: tuple[int, int] | None = None  # what it is to have once it is looked at
        self.created = self.activity = time.time()
        self.alerts: tuple[str, ...] = ()  # "bell", "activity", "silence" that were not told yet
        self.winlinks: list[Winlink] = []
        self.latest: object | None = None  # the client that used it last (window-size latest)

    @property
    def ref(self) -> str:
        return f"@{self.id}"

    def pane_index(self, pane: Pane) -> int:
        """Position of `pane`, counted from the window's pane-base-index."""
        base = self.options.get_number("pane-base-index")
        return base + self.panes.index(pane)

    def pane_at_index(self, index: int) -> Pane | None:
        position = index - self.options.get_number("pane-base-index")
        return self.panes[position] if 0 <= position < len(self.panes) else None
