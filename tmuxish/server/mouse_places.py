"""What is under the mouse within a window: a pane, its border, its scrollbar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.grammar.keys import (
    AT_BORDER,
    AT_NOWHERE,
    AT_PANE,
    AT_SCROLLBAR_DOWN,
    AT_SCROLLBAR_SLIDER,
    AT_SCROLLBAR_UP,
)
from tmuxish.model.layout import is_floating, scrollbar_size, shows_scrollbar
from tmuxish.model.neighbours import is_visible
from tmuxish.model.scrollbars import slider_of

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane


class Part(NamedTuple):
    """A location as in grammar.keys (AT_PANE, ...), and for a slider the row of it that was hit."""

    location: int
    slider_row: int = 0


class _Sides(NamedTuple):
    """Columns and rows of the borders around a pane and its scrollbar; first column of the scrollbar
    proper, and how many it has."""

    left: int
    right: int
    top: int
    bottom: int
    bar: int
    bar_width: int


def _sides(pane: Pane) -> _Sides:
    width, padding = scrollbar_size(pane) if shows_scrollbar(pane.window, pane) else (0, 0)
    at_left = _at_left(pane)
    taken = width + padding
    return _Sides(
        pane.xoff - 1 - taken * at_left,
        pane.xoff + pane.cols + taken * (not at_left),
        pane.yoff - 1,
        pane.yoff + pane.rows,
        pane.xoff - taken if at_left else pane.xoff + pane.cols + padding,
        width,
    )


def _at_left(pane: Pane) -> bool:
    return pane.window.options.get_string("pane-scrollbars-position") == "left"


def part_of(pane: Pane, x: int, y: int) -> Part:
    """What a place of the window is, given that it is `pane` (see `neighbours.pane_at`) which is there."""
    sides = _sides(pane)
    if not _within(pane, sides, x, y):
        visible = (other for other in pane.window.panes if is_visible(other))
        on_border = any(_on_border(other, x, y, is_floating(pane)) for other in visible)
        return Part(AT_BORDER if on_border else AT_NOWHERE)
    if sides.bar <= x < sides.bar + sides.bar_width:
        return _part_of_scrollbar(pane, y)
    if is_floating(pane) and (x == sides.left or y in (sides.top, sides.bottom)):
        return Part(AT_BORDER)
    return Part(AT_PANE)


def _within(pane: Pane, sides: _Sides, x: int, y: int) -> bool:
    """Whether a place is within the pane, its scrollbar or the gap between."""
    status = pane.window.options.get_string("pane-border-status")
    if x >= (pane.xoff + pane.cols if _at_left(pane) else sides.right):
        return False
    if status != "off":
        status_row = sides.top if status == "top" else sides.bottom
        return y not in (status_row, sides.bottom)
    return pane.yoff <= y < sides.bottom


def _part_of_scrollbar(pane: Pane, y: int) -> Part:
    slider = slider_of(pane)
    row = y - pane.yoff - slider.y
    if row < 0:
        return Part(AT_SCROLLBAR_UP)
    if row < slider.rows:
        return Part(AT_SCROLLBAR_SLIDER, row)
    return Part(AT_SCROLLBAR_DOWN)


def _on_border(pane: Pane, x: int, y: int, from_floating: bool) -> bool:
    """Whether a place is on a border of `pane`. A left border is another pane's right one, unless the mouse
    is at a floating pane."""
    sides = _sides(pane)
    if sides.top <= y <= sides.bottom and (x == sides.right or (from_floating and x == sides.left)):
        return True
    return sides.left <= x <= pane.xoff + pane.cols and y in (sides.top, sides.bottom)
