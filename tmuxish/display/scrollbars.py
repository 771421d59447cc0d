"""The scrollbars of panes: blanks beside the pane, those of the slider in reversed colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display.borders import Area
from tmuxish.display.frame import DEFAULT_STYLE
from tmuxish.display.pane_rows import Piece
from tmuxish.emulator.style import Style, intern_style
from tmuxish.formats.styles import style_from_option
from tmuxish.model.layout import scrollbar_size, shows_scrollbar
from tmuxish.model.scrollbars import Slider, slider_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.model.pane import Pane


def area_of(number: int, pane: Pane) -> Area:
    """Where a pane is with its scrollbar, which takes no more than the pane's part of the layout has."""
    cell, taken = pane.cell, 0
    if cell is not None and shows_scrollbar(pane.window, pane):
        taken = max(min(sum(scrollbar_size(pane)), cell.cols - pane.cols), 0)
    at_left = pane.window.options.get_string("pane-scrollbars-position") == "left"
    x = pane.xoff - taken * at_left
    return Area(number, x, pane.yoff, pane.cols + taken, pane.rows, taken, taken > 0 and at_left)


class ScrollbarRows:
    """The scrollbar of one pane, with the gap beside it, as pieces of a frame."""

    __slots__ = ("_key", "_pane", "_plain", "_slider", "_slider_piece")

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._key: object = None
        self._slider = Slider(0, 0)
        self._plain = self._slider_piece = Piece("", "", None, False)

    def update(self, area: Area, start: int, width: int) -> Sequence[int] | None:
        """Bring the pieces up to date; the rows that may have changed: none, or (None) all of them. `start`,
        `width`: the columns of scrollbar and gap that are to be shown."""
        style = self._style()
        padding = scrollbar_size(self._pane)[1]
        slider = slider_of(self._pane)
        key = (style.key(), slider, padding, area.bar, area.bar_at_left, start, width)
        if key == self._key:
            return ()
        self._key = key
        self._slider = slider
        self._plain = self._piece(area, style, padding).part(start, width)
        reversed_style = style.replace(fg=style.bg, bg=style.fg)
        self._slider_piece = self._piece(area, reversed_style, padding).part(start, width)
        return None

    def _style(self) -> Style:
        parsed = style_from_option(self._pane.options, "pane-scrollbars-style")
        return Style() if parsed is None else parsed.cell

    def _piece(self, area: Area, style: Style, padding: int) -> Piece:
        gap = DEFAULT_STYLE * min(padding, area.bar)
        bar = chr(intern_style(style)) * (area.bar - len(gap))
        styles = bar + gap if area.bar_at_left else gap + bar
        return Piece(" " * area.bar, styles, None, False)

    def piece(self, y: int, skip: int, width: int) -> Piece:
        """Row `y` without the first `skip` of its columns."""
        on_slider = self._slider.y <= y < self._slider.y + self._slider.rows
        piece = self._slider_piece if on_slider else self._plain
        return piece if not skip and width == len(piece.text) else piece.part(skip, width)
