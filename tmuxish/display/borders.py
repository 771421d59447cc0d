"""Which cells of a window are borders, what they join, whose they are, and which show the active pane.

Only tiled panes. Coordinates are the window's. The column right of the window and the row below it are
borders too: they show where a window smaller than the terminal ends; beyond them is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tmuxish.display.lines import (
    ARROW_DOWN,
    ARROW_LEFT,
    ARROW_RIGHT,
    ARROW_UP,
    BOTTOM_JOIN,
    KIND_OF_NEIGHBOURS,
    LEFT_JOIN,
    LEFT_RIGHT,
    OUTSIDE,
    RIGHT_JOIN,
    TOP_BOTTOM,
    TOP_JOIN,
)

# Side of a pane that a border cell is on.
NOT_ON, LEFT, RIGHT, TOP, BOTTOM = range(5)

# The arrow on each side of the active pane points at it.
ARROWS = {LEFT: ARROW_RIGHT, RIGHT: ARROW_LEFT, TOP: ARROW_DOWN, BOTTOM: ARROW_UP}


class Strip(NamedTuple):
    """Columns of the window that have one source: a pane (its number) or a scrollbar (its pane's ~number)."""

    source: int
    x: int
    cols: int


class Area(NamedTuple):
    """Where one visible pane is. `pane` is its number in the window's list of panes. `bar`: how many of the
    columns are its scrollbar, on the right or on the left."""

    pane: int
    x: int
    y: int
    cols: int
    rows: int
    bar: int = 0
    bar_at_left: bool = False

    @property
    def inner_x(self) -> int:
        """First column of the pane itself."""
        return self.x + self.bar if self.bar_at_left else self.x

    @property
    def inner_cols(self) -> int:
        """Columns of the pane itself."""
        return self.cols - self.bar

    def strips(self) -> list[Strip]:
        """The pane and its scrollbar, from left to right."""
        pane = Strip(self.pane, self.inner_x, self.inner_cols)
        if not self.bar:
            return [pane]
        if self.bar_at_left:
            return [Strip(~self.pane, self.x, self.bar), pane]
        return [pane, Strip(~self.pane, self.x + self.inner_cols, self.bar)]


class BorderCell(NamedTuple):
    """One border cell: its kind (see lines), the pane it belongs to (None: the window's own edge), whether
    it is drawn as the active pane's, whether it is a border of the marked pane, and its arrow (a special
    graphics letter) or ""."""

    kind: int
    pane: int | None
    active: bool
    marked: bool
    arrow: str


class Marking(NamedTuple):
    """How borders show which pane is which.

    active, marked: numbers of panes. status, indicators: values of pane-border-status and -indicators.
    split: "left-right" or "top-bottom" where the window has just two panes, which share one border.
    """

    active: int
    marked: int | None = None
    status: str = "off"
    indicators: str = "colour"
    split: str | None = None


class Borders:
    """The borders of one layout. Made anew when anything it was made from changes."""

    def __init__(self, cols: int, rows: int, areas: Sequence[Area], marking: Marking) -> None:
        """`areas`: the visible panes, top of the stack first."""
        active, marked, status, indicators, split = marking
        self.cols = cols
        self.rows = rows
        self._areas = list(areas)
        self._by_pane = {area.pane: area for area in areas}
        self._active = self._by_pane.get(active)
        self._active_is_first = active == 0
        self._marked = None if marked is None else self._by_pane.get(marked)
        self._status = status
        self._arrows = indicators in ("arrows", "both")
        self._coloured = indicators in ("colour", "both")
        self._split = split
        self._covered = [bytearray(cols) for _ in range(rows)]
        for area in areas:
            start, stop = max(area.x, 0), min(area.x + area.cols, cols)
            if stop <= start:
                continue  # beside the window; the slice below would shorten the row
            for y in range(max(area.y, 0), min(area.y + area.rows, rows)):
                self._covered[y][start:stop] = b"\1" * (stop - start)
        # With the status at the bottom, that row is the window's lower edge.
        self._edge = rows - 1 if status == "bottom" else rows

    def covered(self, x: int, y: int) -> bool:
        """Whether a pane is there."""
        return 0 <= x < self.cols and 0 <= y < self.rows and bool(self._covered[y][x])

    def cell(self, x: int, y: int) -> BorderCell:
        """What is drawn where no pane is."""
        if x > self.cols or y > self.rows:
            return BorderCell(OUTSIDE, None, False, False, "")
        if x == self.cols or y == self.rows:
            return BorderCell(self._kind(x, y), None, False, False, "")
        owner = self._owner(x, y)
        if owner is None:
            return BorderCell(OUTSIDE, None, False, False, "")
        kind = self._kind(x, y)
        active = self._active is not None and self._side(self._active, x, y) != NOT_ON
        marked = self._marked is not None and self._side(self._marked, x, y) != NOT_ON
        return BorderCell(kind, owner.pane, active, marked, self._arrow(owner, kind, x, y))

    # -- kinds ---------------------------------------------------------------------------------

    def _is_border(self, x: int, y: int) -> bool:
        if x > self.cols or y > self._edge:
            return False
        return x == self.cols or y == self._edge or not self.covered(x, y)

    def _kind(self, x: int, y: int) -> int:
        if x > self.cols or y > self._edge:
            return OUTSIDE
        neighbours = 0
        if x <= 0 or self._is_border(x - 1, y):
            neighbours |= 8
        if self._is_border(x + 1, y):
            neighbours |= 4
        # Lines go on beyond the upper edge, unless it is where the panes' status is.
        if y <= 0:
            neighbours |= 0 if self._status == "top" else 2
        elif self._is_border(x, y - 1):
            neighbours |= 2
        if self._is_border(x, y + 1) and not (self._status == "bottom" and y == self._edge):
            neighbours |= 1
        return KIND_OF_NEIGHBOURS.get(neighbours, OUTSIDE)

    # -- whose -----------------------------------------------------------------------------------

    def _owner(self, x: int, y: int) -> Area | None:
        """The first pane from the top whose border this is, starting where the cell is next to a pane."""
        areas = self._areas
        start = next((index for index, area in enumerate(areas) if _near(area, x, y)), 0)
        for area in areas[start:] + areas[:start]:
            if self._side(area, x, y) != NOT_ON:
                return area
        return None

    def _side(self, area: Area, x: int, y: int) -> int:
        """On which side of a pane the cell is. A border between just two panes is half the one's, half the
        other's, if borders show which pane is active."""
        right, below = area.x + area.cols, area.y + area.rows
        halves = self._split if self._coloured else None
        if (area.y == 0 or y >= area.y - 1) and y <= below:
            lower_half = y > area.rows // 2
            if area.x == 0:
                if x == area.cols and not (halves == "left-right" and lower_half):
                    return RIGHT
            elif x == area.x - 1 and (halves != "left-right" or lower_half):
                return LEFT
            elif x == right:
                return RIGHT
        if halves == "top-bottom" and self._status == "off":
            right_half = x > area.inner_cols // 2
            if area.y == 0 and y == area.rows and not right_half:
                return BOTTOM
            if area.y != 0 and y == area.y - 1 and right_half:
                return TOP
        elif (area.x == 0 or x >= area.x) and self._reaches(area, x):
            if self._status != "bottom" and area.y != 0 and y == area.y - 1:
                return TOP
            if self._status != "top" and y == below:
                return BOTTOM
        return NOT_ON

    def _reaches(self, area: Area, x: int) -> bool:
        """Whether a pane's upper and lower borders reach as far right as that: where it has a scrollbar, not
        to the corner (on the right) or beyond it (on the left)."""
        end = area.inner_x + area.inner_cols
        return x <= end or x < end + area.bar

    def _arrow(self, owner: Area, kind: int, x: int, y: int) -> str:
        """The arrow one cell along the owner's border, "" for none."""
        active = self._active
        along, down = x == owner.inner_x + 1, y == owner.y + 1
        if not self._arrows or active is None or not (along or down):
            return ""
        side = self._side(active, x, y)
        shown = False
        if along:
            if side == NOT_ON:
                if self._split is not None:
                    side, shown = (BOTTOM if self._active_is_first else TOP), True
            else:
                shown = (
                    kind == LEFT_RIGHT
                    or (kind == TOP_JOIN and side == BOTTOM)
                    or (kind == BOTTOM_JOIN and side == TOP)
                )
        if down:
            if side == NOT_ON:
                if self._split is not None:
                    side, shown = (RIGHT if self._active_is_first else LEFT), True
            elif (
                kind == TOP_BOTTOM
                or (kind == LEFT_JOIN and side == RIGHT)
                or (kind == RIGHT_JOIN and side == LEFT)
            ):
                shown = True
        return ARROWS[side] if shown else ""


def _near(area: Area, x: int, y: int) -> bool:
    return area.x - 1 <= x <= area.x + area.cols and area.y - 1 <= y <= area.y + area.rows
