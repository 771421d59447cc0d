"""Which pane lies beside another, at a point, or at a corner of its window.

Positions are those of the panes on the screen, a scrollbar counted as part of its pane. Past the edge of
the window one comes in again on the opposite side.
"""

from __future__ import annotations

from typing import NamedTuple

from tmuxish.model.layout import is_floating, scrollbar_size, shows_scrollbar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window


class Box(NamedTuple):
    """A rectangle of cells of a window."""

    x: int
    y: int
    cols: int
    rows: int


def outer_box(pane: Pane) -> Box:
    """The pane with its scrollbar."""
    if not shows_scrollbar(pane.window, pane):
        return Box(pane.xoff, pane.yoff, pane.cols, pane.rows)
    width = sum(scrollbar_size(pane))
    at_left = pane.window.options.get_string("pane-scrollbars-position") == "left"
    return Box(pane.xoff - width * at_left, pane.yoff, pane.cols + width, pane.rows)


def is_visible(pane: Pane) -> bool:
    """Whether the pane is not hidden by another that is zoomed."""
    return not pane.window.zoomed or pane is pane.window.active


def pane_above(pane: Pane) -> Pane | None:
    """The pane over this one's top border; of several, the one used last."""
    window = pane.window
    box = outer_box(pane)
    status = _border_status(window)
    edge = box.y
    if edge == (1 if status == "top" else 0):
        edge = window.rows + (status != "bottom")
    return _beside(pane, lambda other: other.y + other.rows + 1 == edge, _columns, (box.x, box.x + box.cols))


def pane_below(pane: Pane) -> Pane | None:
    """The pane under this one's bottom border; of several, the one used last."""
    window = pane.window
    box = outer_box(pane)
    status = _border_status(window)
    edge = box.y + box.rows + 1
    if edge >= window.rows - (status == "bottom"):
        edge = 1 if status == "top" else 0
    return _beside(pane, lambda other: other.y == edge, _columns, (pane.xoff, pane.xoff + pane.cols))


def pane_to_left(pane: Pane) -> Pane | None:
    """The pane at this one's left border; of several, the one used last."""
    box = outer_box(pane)
    edge = box.x or pane.window.cols + 1
    return _beside(pane, lambda other: other.x + other.cols + 1 == edge, _rows, (box.y, box.y + box.rows))


def pane_to_right(pane: Pane) -> Pane | None:
    """The pane at this one's right border; of several, the one used last."""
    box = outer_box(pane)
    edge = box.x + box.cols + 1
    if edge >= pane.window.cols:
        edge = 0
    return _beside(pane, lambda other: other.x == edge, _rows, (pane.yoff, pane.yoff + pane.rows))


def pane_at(window: Window, x: int, y: int) -> Pane | None:
    """The topmost pane at a cell of the window; right and lower borders belong to the pane they close."""
    status = _border_status(window)
    visible = [(pane, outer_box(pane)) for pane in window.z_index if is_visible(pane)]
    if status == "top":
        # A pane's status line rather than the border of the pane above it.
        for pane, box in visible:
            if not is_floating(pane) and box.x <= x <= box.x + box.cols and y == box.y - 1:
                return pane
    for pane, box in visible:
        floating = is_floating(pane)
        left = box.x - floating
        top = box.y - (floating or status == "top")
        if left <= x <= box.x + box.cols and top <= y <= box.y + box.rows:
            return pane
    return None


def pane_at_corner(window: Window, place: str) -> Pane | None:
    """The pane at "top", "bottom", "left", "right", "top-left", ... (in any case); None for other texts.

    At a side, the pane in the middle of it.
    """
    words = place.lower().split("-")
    vertical = words[0] if words[0] in ("top", "bottom") else None
    horizontal = words[-1] if words[-1] in ("left", "right") else None
    if len(words) != (vertical is not None) + (horizontal is not None):
        return None
    status = _border_status(window)
    x, y = window.cols // 2, window.rows // 2
    if vertical == "top":
        y = int(status == "top")
    elif vertical == "bottom":
        y = window.rows - 1 - (status == "bottom")
    if horizontal is not None:
        x = 0 if horizontal == "left" else window.cols - 1
    return pane_at(window, x, y)


def _border_status(window: Window) -> str:
    return window.options.get_string("pane-border-status")


def _columns(box: Box) -> tuple[int, int]:
    return box.x, box.x + box.cols - 1


def _rows(box: Box) -> tuple[int, int]:
    return box.y, box.y + box.rows - 1


def _beside(
    pane: Pane,
    at_edge: Callable[[Box], bool],
    extent: Callable[[Box], tuple[int, int]],
    wanted: tuple[int, int],
) -> Pane | None:
    """Of the panes `at_edge` whose extent touches `wanted`, the one that was active last."""
    first, last = wanted
    found: list[Pane] = []
    for other in pane.window.panes:
        box = outer_box(other)
        if other is pane or not at_edge(box):
            continue
        start, end = extent(box)
        # Not quite "they overlap": touching at the far border counts, a shared far border alone does not.
        if (start < first and end > last) or first <= start <= last or first <= end <= last:
            found.append(other)
    return max(found, key=lambda other: other.active_point, default=None)


BY_WORD = {
    "{up-of}": pane_above,
    "{down-of}": pane_below,
    "{left-of}": pane_to_left,
    "{right-of}": pane_to_right,
}
