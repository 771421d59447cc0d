"""Border cells as text: characters by pane-border-lines, styles by pane, the status in pane borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display.lines import BORDER_LINES, OUTSIDE, SPECIAL_GRAPHICS_LINES, TOP_BOTTOM
from tmuxish.emulator.style import CHARSET, ISOLATED, REVERSE, Style, intern_style
from tmuxish.formats.draw import Range, draw
from tmuxish.formats.expand import expand_time
from tmuxish.formats.styles import add_style, apply_style
from tmuxish.formats.trim import char_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.display.borders import Area, BorderCell, Borders
    from tmuxish.display.floating import Box
    from tmuxish.display.status import MakeScope
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window

# The status in a border leaves this many columns of the line to its left, and to its right.
STATUS_MARGIN = 2
# Panes narrower than this have none.
STATUS_MINIMUM = 4


class BorderRows:
    """Draws border cells of one window for one client."""

    def __init__(self, *, isolates: bool = False) -> None:
        """`isolates`: vertical borders are to keep what is right of them out of text written from right to
        left."""
        self._isolates = isolates
        self._panes: list[Pane] = []
        self._lines = "single"
        self._fill = ""
        self._base = 0
        self._styles: dict[tuple[int | None, bool], Style] = {}
        self._texts: dict[int, str] = {}
        self._at_top = False
        self._active = -1
        # Floating pane (None: all the tiled ones) and row -> column -> character and style of the status in
        # the border.
        self._status: dict[tuple[int | None, int], dict[int, tuple[str, Style]]] = {}
        # Ranges for the mouse in each row, by column of the window.
        self.ranges: dict[int, list[tuple[Pane, Range]]] = {}

    def update(self, window: Window, areas: Sequence[Area], make_scope: MakeScope) -> None:
        """Read the options again; `key` says whether anything is drawn differently now."""
        options = window.options
        self._panes = window.panes
        self._lines = options.get_string("pane-border-lines")
        self._fill = options.get_string("fill-character")[:1]
        if self._fill and char_width(self._fill) != 1:
            self._fill = ""
        self._base = options.get_number("pane-base-index")
        self._styles = {
            (None, False): add_style(Style(), options, "pane-border-style", make_scope()),
        }
        where = options.get_string("pane-border-status")
        self._texts = {}
        for area in areas:
            pane = window.panes[area.pane]
            scope = make_scope(pane=pane, status=True)
            for active, name in ((False, "pane-border-style"), (True, "pane-active-border-style")):
                self._styles[area.pane, active] = apply_style(pane.options, name, scope)
            if where != "off":
                self._texts[area.pane] = expand_time(pane.options.get_string("pane-border-format"), scope)
        self._at_top = where == "top"

    def key(self) -> object:
        """Everything read by `update`."""
        styles = tuple((which, style.key()) for which, style in self._styles.items())
        texts = tuple(self._texts.items())
        return (self._lines, self._fill, self._base, styles, texts, self._at_top)

    def draw_status(
        self, window: Window, borders: Borders, areas: Sequence[Area], boxes: Sequence[Box], active: int
    ) -> None:
        """Draw the status in the borders of the tiled panes and of the floating ones (topmost last).
        `active`: number of the client's active pane."""
        self._active = active
        self._status = {}
        self.ranges = {}
        for area in areas:
            if area.pane in self._texts:
                self._draw_one(window, borders, area, None)
        for box in boxes:
            if box.area.pane in self._texts:
                self._draw_one(window, box, box.area, box.area.pane)

    def segment(
        self, borders: Borders | Box, start: int, stop: int, y: int, floating: int | None = None
    ) -> tuple[str, str]:
        """Columns `start` to `stop` of row `y`, where no pane is: text and style characters. `floating`: the
        floating pane whose border it is."""
        status = self._status.get((floating, y), {})
        text: list[str] = []
        style: list[str] = []
        for x in range(start, stop):
            char, cell_style = status.get(x) or self._cell(borders.cell(x, y))
            text.append(char)
            style.append(chr(intern_style(cell_style)))
        return "".join(text), "".join(style)

    def _cell(self, cell: BorderCell) -> tuple[str, Style]:
        key = (None, False) if cell.kind == OUTSIDE else (cell.pane, cell.active and cell.pane is not None)
        style = self._styles[key]
        if cell.marked:
            style = style.replace(attrs=style.attrs ^ REVERSE)
        if self._isolates and cell.kind == TOP_BOTTOM:
            style = style.replace(attrs=style.attrs | ISOLATED)
        if cell.arrow:
            return cell.arrow, style.replace(attrs=style.attrs | CHARSET)
        return self._char(cell.kind, cell.pane, style)

    def _char(self, kind: int, pane: int | None, style: Style) -> tuple[str, Style]:
        """The character of a border cell, and its style with or without the line drawing set."""
        if kind == OUTSIDE and self._fill:
            return self._fill, style
        if self._lines in BORDER_LINES:
            return BORDER_LINES[self._lines][kind], style
        if self._lines == "number" and kind != OUTSIDE:
            return ("*" if pane is None else str((self._base + pane) % 10)), style
        return SPECIAL_GRAPHICS_LINES[kind], style.replace(attrs=style.attrs | CHARSET)

    def _draw_one(self, window: Window, borders: Borders | Box, area: Area, floating: int | None) -> None:
        """pane-border-format over the pane's border line."""
        pane = window.panes[area.pane]
        start = area.inner_x + STATUS_MARGIN
        width = area.cols - STATUS_MARGIN if area.inner_cols >= STATUS_MINIMUM else 0
        width = min(width, max(window.cols - start, 0))
        y = area.y - 1 if self._at_top else area.y + area.rows
        if width <= 0 or y < 0:
            return
        style = self._styles[area.pane, area.pane == self._active]
        background = [
            self._char(borders.cell(x, y).kind, area.pane, style) for x in range(start, start + width)
        ]
        drawn = draw(self._texts[area.pane], width, style, background=background)
        cells = self._status.setdefault((floating, y), {})
        for column, (char, cell_style) in enumerate(zip(drawn.text, drawn.styles, strict=True)):
            cells[start + column] = (char, cell_style)
        shown = self.ranges.setdefault(y, [])
        shown[:0] = [  # what is drawn later covers what was before
            (pane, found._replace(start=found.start + start, end=found.end + start)) for found in drawn.ranges
        ]
