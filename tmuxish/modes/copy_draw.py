"""Draws copy mode: rows of text with their numbers, marks, matches and selection, and where in them one is.

A row that nothing is marked in is shown as it is kept, not a copy of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tmuxish.emulator.colours import DEFAULT
from tmuxish.emulator.rows import PAD, Row
from tmuxish.emulator.style import (
    CHARSET,
    DEFAULT_CHAR,
    DEFAULT_STYLE,
    NO_PALETTE,
    NOATTR,
    Style,
    intern_transient,
    style_of,
)
from tmuxish.formats.draw import draw
from tmuxish.formats.expand import expand
from tmuxish.formats.styles import apply_style

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.options import Options
    from tmuxish.modes.copy_rows import Position
    from tmuxish.modes.copy_view import CopyView

#: Stands at the edge for a cursor that is further right.
BEYOND_EDGE = "$"


#: The columns of a row of the view that are part of matches: first one, the one behind, and whether that is
#: the match at the cursor.
Matches = Callable[[int], list[tuple[int, int, bool]]]


class _Restyling(dict[int, int]):
    """What a change makes of styles, by their codes, for str.translate."""

    def __init__(self, change: Callable[[Style], Style]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, code: int) -> int:
        changed = self[code] = intern_transient(self._change(style_of(code)))
        return changed


class _Line:
    """A row while it is drawn: a cell and the code of a style per column."""

    def __init__(self, row: Row, width: int) -> None:
        self.cells = list(row.text[:width].ljust(width))
        for x, mark in (row.marks or {}).items():
            if x < width:
                self.cells[x] += mark
        self._has_pads = PAD in row.text
        if width < len(row.text) and row.text[width] == PAD:
            self._blank_cut(width - 1)
        self.codes = row.style[:width].ljust(width, DEFAULT_CHAR)

    def _blank_cut(self, x: int) -> None:
        """The wide character up to column x is cut."""
        while x >= 0:
            was_pad = self.cells[x] == PAD
            self.cells[x] = " "
            if not was_pad:
                return
            x -= 1

    def restyle(self, start: int, end: int, change: _Restyling) -> None:
        """Change the styles of columns start..end-1; a wide character's follow its first column."""
        start, codes = max(start, 0), self.codes
        self.codes = codes[:start] + codes[start:end].translate(change) + codes[max(end, start) :]
        if self._has_pads:
            fixed = list(self.codes)
            for x, cell in enumerate(self.cells):
                if cell == PAD and x:
                    fixed[x] = fixed[x - 1]
            self.codes = "".join(fixed)

    def put(self, x: int, cell: str, style: Style) -> None:
        """Write a cell over the one in a column."""
        at = x + 1
        while at < len(self.cells) and self.cells[at] == PAD:
            self.cells[at] = " "
            at += 1
        if self.cells[x] == PAD:
            self._blank_cut(x - 1)
        self.cells[x] = cell
        self.codes = self.codes[:x] + chr(intern_transient(style)) + self.codes[x + 1 :]

    def mend(self, before: list[str]) -> None:
        """Blank what is left of wide characters that something was drawn over. `before`: the cells then."""
        for x in range(1, len(self.cells)):
            base_is_new = self.cells[x - 1] != before[x - 1]
            if before[x] != PAD:
                continue
            if self.cells[x] != PAD and not base_is_new:
                self._blank_cut(x - 1)
            elif self.cells[x] == PAD and base_is_new:
                self.cells[x] = " "
                self.codes = self.codes[:x] + DEFAULT_CHAR + self.codes[x + 1 :]

    def row(self, wrapped: bool) -> Row:
        """It as a row."""
        marks = {x: cell[1:] for x, cell in enumerate(self.cells) if len(cell) > 1}
        text = "".join(cell[0] for cell in self.cells) if marks else "".join(self.cells)
        row = Row(text, self.codes, len(text), len(text))
        row.marks = marks or None
        row.wrapped = wrapped
        return row


class CopyPainter:
    """Draws one view with the styles that hold now.

    mark: where jump-to-mark would go, if its row is to be shown.
    """

    def __init__(
        self, view: CopyView, options: Options, scope: Scope, mark: Position | None, matches: Matches
    ) -> None:
        self._view = view
        self._options = options
        self._scope = scope
        self._mark = mark
        self._matches = matches
        self._width = view.number_width
        self._content = max(view.cols - self._width, 1)
        self._styles: dict[str, Style] = {}
        self._paints: dict[str, _Restyling] = {}
        self._selecting = _Restyling(self._selected)
        self._inverting = _Restyling(_inverted)

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = apply_style(self._options, f"copy-mode-{name}-style", self._scope)
        return style

    def _paint(self, name: str) -> _Restyling:
        """Gives cells the colours and attributes of a style."""
        paint = self._paints.get(name)
        if paint is None:
            style = self._style(name)
            paint = self._paints[name] = _Restyling(
                lambda old: old.replace(fg=style.fg, bg=style.bg, attrs=style.attrs)
            )
        return paint

    def rows(self, position: bool) -> list[Row]:
        """The rows of the screen; position: with the indicator in the first."""
        selected = self._view.selection.covers(self._view)
        indicator = self._position() if position else ""
        return [
            self._row(number, span, indicator if number == 0 else "") for number, span in enumerate(selected)
        ]

    def _row(self, number: int, selected: tuple[int, int] | None, indicator: str) -> Row:
        view = self._view
        row = view.rows.rows[view.top + number]
        mark = self._mark.x if self._mark is not None and self._mark.y == view.top + number else None
        matches = self._matches(number)
        beyond = number == view.row and view.x >= self._content
        if not (selected or indicator or beyond or self._width or matches) and mark is None:
            return row
        line = _Line(row, self._content)
        self._draw_marks(line, mark, matches)
        if self._width:
            self._draw_number(line, number)
        if selected:
            first, last = selected
            line.restyle(max(first, min(self._width, view.cols - 1)), last + 1, self._selecting)
        if indicator:
            self._draw_position(line, indicator)
        if beyond:
            x = min(view.drawn_column(view.x), view.cols - 1)
            is_selected = selected is not None and selected[0] <= x <= selected[1]
            line.put(x, BEYOND_EDGE, self._selected(DEFAULT_STYLE) if is_selected else DEFAULT_STYLE)
        return line.row(row.wrapped and self._content == view.cols)

    def _draw_marks(self, line: _Line, mark: int | None, matches: list[tuple[int, int, bool]]) -> None:
        """The marked row, and what was found; the marked column is the other way round in either."""
        if mark is not None:
            line.restyle(0, self._content, self._paint("mark"))
        for first, end, is_current in matches:
            line.restyle(first, end, self._paint("current-match" if is_current else "match"))
        if mark is not None:
            line.restyle(mark, mark + 1, self._inverting)

    def _draw_number(self, line: _Line, number: int) -> None:
        view = self._view
        style = _own(self._style("current-line-number" if number == view.row else "line-number"))
        text = f"{self._row_number(number):>{self._width - 1}} "[: view.cols]
        codes = chr(intern_transient(style)) * len(text)
        first = style_of(line.codes[0])
        if line.cells[0] == " " and style.attrs == NO_PALETTE and not first.attrs and first.bg == style.bg:
            codes = codes[:-1] + line.codes[0]  # one blank with those that follow
        line.cells = (list(text) + line.cells)[: view.cols]
        line.codes = (codes + line.codes)[: view.cols]

    def _row_number(self, number: int) -> int:
        """By the value of copy-mode-line-numbers: how far above the last screen, the number from the oldest
        row on, or the distance from the cursor."""
        view, kind = self._view, self._view.numbering
        if kind == "default":
            return abs(view.offset - number)
        if kind == "absolute" or (kind == "hybrid" and number == view.row):
            return view.top + number + 1
        return abs(number - view.row)

    def _position(self) -> str:
        if self._view.height < 2:
            return ""
        text = self._options.get_string("copy-mode-position-format")
        return expand(text, self._scope) if text else ""

    def _draw_position(self, line: _Line, text: str) -> None:
        before = list(line.cells)
        start = min(self._width, len(line.cells) - 1)
        styles = [style_of(code) for code in line.codes]
        under = list(zip(line.cells, styles, strict=True))[start:]
        drawn = draw(text, self._content, _own(self._style("position")), background=under)
        line.cells[start:] = [char + drawn.marks.get(x, "") for x, char in enumerate(drawn.text)]
        codes = "".join(chr(intern_transient(style)) for style in drawn.styles)
        line.codes = line.codes[:start] + codes
        line.mend(before)

    def _selected(self, old: Style) -> Style:
        """A cell of the selection: its colours where the style has none, and its attributes unless the style
        says noattr."""
        style = self._style("selection")
        kept = old.attrs & CHARSET if style.attrs & NOATTR else old.attrs
        return Style(
            old.fg if style.fg == DEFAULT else style.fg,
            old.bg if style.bg == DEFAULT else style.bg,
            style.us,
            style.attrs | kept,
        )


def _own(style: Style) -> Style:
    """For what is not the pane's: its palette and default colours do not count."""
    return style.replace(attrs=style.attrs | NO_PALETTE)


def _inverted(old: Style) -> Style:
    return old.replace(fg=old.bg, bg=old.fg)
