"""Floating panes: a box of border cells around each, laid over whatever is below, within the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tmuxish.display.borders import ARROWS, BOTTOM, LEFT, RIGHT, TOP, Area, BorderCell, Marking
from tmuxish.display.lines import (
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    LEFT_RIGHT,
    TOP_BOTTOM,
    TOP_LEFT,
    TOP_RIGHT,
)

if TYPE_CHECKING:
    from tmuxish.display.border_rows import BorderRows

# A row of the plan, from left to right: borders as text and style, or (source as in a Strip, its row, columns
# of what is in view of it to leave out, width).
Segment = tuple[str, str] | tuple[int, int, int, int]


class Box:
    """The border of one floating pane. It joins no other border."""

    def __init__(self, area: Area, marking: Marking) -> None:
        self.area = area
        self.right = area.x + area.cols
        self.bottom = area.y + area.rows
        self._active = area.pane == marking.active
        self._marked = area.pane == marking.marked
        self._arrows = self._active and marking.indicators in ("arrows", "both")

    def holds(self, x: int, y: int) -> bool:
        """Whether a place of the window is the pane's or its border's."""
        return self.area.x - 1 <= x <= self.right and self.area.y - 1 <= y <= self.bottom

    def cell(self, x: int, y: int) -> BorderCell:
        """The border at a place that the box holds and the pane does not."""
        left, top = self.area.x - 1, self.area.y - 1
        arrow = ""
        if y in (top, self.bottom) and x in (left, self.right):
            upper, lower = (TOP_LEFT, BOTTOM_LEFT) if x == left else (TOP_RIGHT, BOTTOM_RIGHT)
            kind = upper if y == top else lower
        elif y in (top, self.bottom):
            kind = LEFT_RIGHT
            if x == self.area.inner_x + 1:
                arrow = ARROWS[TOP if y == top else BOTTOM]
        else:
            kind = TOP_BOTTOM
            if y == self.area.y + 1:
                arrow = ARROWS[LEFT if x == left else RIGHT]
        return BorderCell(kind, self.area.pane, self._active, self._marked, arrow if self._arrows else "")


def lay_over(
    row: list[Segment], box: Box, border_rows: BorderRows, y: int, view: tuple[int, int], cols: int
) -> list[Segment]:
    """Row `y` of the window with the box on top. `view`: first column of the window that is shown, and how
    many; `cols`: the window's width, beyond which nothing floats."""
    left, width = view
    area = box.area
    start, stop = max(area.x - 1, left, 0), min(box.right + 1, left + width, cols)
    if start >= stop or not area.y - 1 <= y <= box.bottom:
        return row
    over: list[Segment] = []
    if area.y <= y < box.bottom:
        if start < area.x:
            over.append(border_rows.segment(box, start, area.x, y, area.pane))
        for source, x, width_there in area.strips():
            inner_start, inner_stop = max(x, start), min(x + width_there, stop)
            if inner_start < inner_stop:
                skip = inner_start - max(x, left)
                over.append((source, y - area.y, skip, inner_stop - inner_start))
        if box.right < stop:
            over.append(border_rows.segment(box, box.right, stop, y, area.pane))
    else:
        over.append(border_rows.segment(box, start, stop, y, area.pane))
    return [*_cut(row, 0, start - left), *over, *_cut(row, stop - left, width)]


def _cut(row: Sequence[Segment], start: int, stop: int) -> Iterator[Segment]:
    """Columns `start` to `stop` of a row of the plan."""
    x = 0
    for segment in row:
        width = len(segment[0]) if len(segment) == 2 else segment[3]
        first, last = max(start - x, 0), min(stop - x, width)
        if first < last:
            if len(segment) == 2:
                yield segment[0][first:last], segment[1][first:last]
            else:
                yield segment[0], segment[1], segment[2] + first, last - first
        x += width
