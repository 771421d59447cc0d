"""The selection of copy mode: where it begins and ends, which end moves with the cursor, what is in it.

Its places count from the oldest row, so scrolling does not move it. What is drawn as selected and what is
copied differ by a column here and there between the emacs and vi keys; see `covers` and `selected_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.charsets import ACS
from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import CHARSET, style_of
from tmuxish.modes.copy_rows import WHITESPACE, Position
from tmuxish.modes.copy_words import next_word_end, previous_word

if TYPE_CHECKING:
    from tmuxish.emulator.rows import Row
    from tmuxish.modes.copy_rows import CopyRows
    from tmuxish.modes.copy_view import CopyView

# Which of its ends moves with the cursor.
NEITHER, END, START = range(3)
# Whole lines are selected: not, from the first on down, or from the last on up.
NO_LINES, DOWNWARD, UPWARD = range(3)

CHAR, WORD, LINE = "char", "word", "line"

ORIGIN = Position(0, 0)


class Selection:
    """What is selected, if anything.

    exists: there is one (it may be out of sight: hidden). tied: the end that the cursor drags. unit: what it
    grows by. lines: NO_LINES, DOWNWARD or UPWARD. rectangle: of columns; stays on when the selection goes.
    first_start, first_end, pressed: the word or line that dragging by words or lines began with, and where
    in it the cursor was. separators: of those words.
    """

    __slots__ = (
        "end",
        "exists",
        "first_end",
        "first_start",
        "hidden",
        "lines",
        "pressed",
        "rectangle",
        "separators",
        "start",
        "tied",
        "unit",
    )

    def __init__(self) -> None:
        self.exists = self.hidden = self.rectangle = False
        self.start = self.end = ORIGIN
        self.tied = NEITHER
        self.unit = CHAR
        self.lines = NO_LINES
        self.first_start = self.first_end = self.pressed = ORIGIN
        self.separators: str | None = None

    @property
    def is_rectangle(self) -> bool:
        """Whether there is a selection, and it is a rectangle."""
        return self.exists and self.rectangle

    def begin(self, view: CopyView) -> None:
        """Select from the cursor on."""
        self.start = self.end = view.cursor
        self.tied = END
        self._settle(view)

    def clear(self) -> None:
        """Select nothing."""
        self.exists = self.hidden = False
        self.loosen()

    def clamp(self, last: int) -> None:
        """Row `last` is the last one now: what it remembers of words and lines is in none behind it."""
        for name in ("first_start", "first_end", "pressed"):
            place: Position = getattr(self, name)
            setattr(self, name, place._replace(y=min(place.y, last)))

    def loosen(self) -> None:
        """Leave it where it is when the cursor moves."""
        self.tied = NEITHER
        self.lines = NO_LINES
        self.unit = CHAR

    def update(self, view: CopyView, *, keep_first: bool = False) -> None:
        """The cursor has moved. keep_first: the word or line it began with need not stay selected."""
        if self.exists or self.lines != NO_LINES:
            self._settle(view, keep_first=keep_first)

    def swap(self) -> Position:
        """Tie the other end to the cursor, and say where that is."""
        self.lines = {DOWNWARD: UPWARD, UPWARD: DOWNWARD}.get(self.lines, NO_LINES)
        self.tied = START if self.tied == END else END
        return self.start if self.tied == START else self.end

    def _settle(self, view: CopyView, *, keep_first: bool = False) -> None:
        if self.tied != NEITHER:
            self._drag(view, keep_first)
        bottom = view.top + view.height - 1
        ends = self.start.y, self.end.y
        if max(ends) < view.top or min(ends) > bottom:
            self.hidden = True
        else:
            self.exists, self.hidden = True, False

    def _drag(self, view: CopyView, keep_first: bool) -> None:
        place, backwards = view.cursor, self.tied == START
        if not keep_first:
            if self.unit == WORD:
                place, backwards = self._drag_word(view)
            elif self.unit == LINE:
                place, backwards = self._drag_line(view)
        if backwards:
            self.start = place
        else:
            self.end = place

    def _drag_word(self, view: CopyView) -> tuple[Position, bool]:
        """By words: the end that moves, and whether that is the start. The first word stays selected."""
        rows, at, separators = view.rows, view.cursor, self.separators or ""
        if (self.pressed.y, self.pressed.x) > (at.y, at.x):
            self.end = self.first_end
            return previous_word(rows, at, separators, leave=False, stop_at_line_end=True), True
        if at.x >= rows.length(at.y) or not rows.in_set(at.x + 1, at.y, WHITESPACE):
            at = next_word_end(rows, at, separators, vi=view.vi)
        self.start = self.first_start
        return at, False

    def _drag_line(self, view: CopyView) -> tuple[Position, bool]:
        """The same by lines."""
        y = view.y
        if self.pressed.y > y:
            self.end = self.first_end
            return Position(0, y), True
        y = max(y, self.first_end.y)
        self.start = self.first_start
        return Position(view.rows.length(y), y), False

    def covers(self, view: CopyView) -> list[tuple[int, int] | None]:
        """For each row of the view the columns (first, last) that are selected, None for none."""
        if not self.exists or self.hidden:
            return [None] * view.height
        start, end = (self._in_view(view, place) for place in (self.start, self.end))
        spans = _rectangle(start, end) if self.rectangle else _stream(start, end, view.cols, view.drawn_as_vi)
        return [spans.get(row) for row in range(view.height)]

    def _in_view(self, view: CopyView, place: Position) -> Position:
        """An end as place on the screen; out of sight it is at a corner (a rectangle keeps its column)."""
        x, row = place.x, place.y - view.top
        if row < 0:
            x, row = x if self.rectangle else 0, 0
        elif row >= view.height:
            x, row = x if self.rectangle else view.cols - 1, view.height - 1
        return Position(view.drawn_column(x), row)


def _rectangle(start: Position, end: Position) -> dict[int, tuple[int, int]]:
    columns = min(start.x, end.x), max(start.x, end.x)
    return dict.fromkeys(range(min(start.y, end.y), max(start.y, end.y) + 1), columns)


def _stream(start: Position, end: Position, cols: int, vi: bool) -> dict[int, tuple[int, int]]:
    """With emacs keys the character at the lower right end is not selected; at the start of a row it is, if
    that is the selection's end and not its start."""
    backwards = (end.y, end.x) < (start.y, start.x)
    first, last = (end, start) if backwards else (start, end)
    stop = last.x
    if not vi:
        stop = last.x - 1 if backwards else max(last.x - 1, 0)
    elif backwards and start.y != end.y and last.x == 0:
        stop = -1
    if first.y == last.y:
        return {first.y: (first.x, stop)}
    spans = dict.fromkeys(range(first.y + 1, last.y), (0, cols - 1))
    spans[first.y] = (first.x, cols - 1)
    spans[last.y] = (0, stop)
    return spans


def selected_text(view: CopyView) -> bytes | None:
    """What copying the selection gives, None for nothing."""
    selection, rows = view.selection, view.rows
    first, last = selection.start, selection.end
    if (last.y, last.x) < (first.y, first.x):
        first, last = last, first
    length = rows.length(last.y)
    inner = view.cols
    left, right = 0, min(last.x, length) + view.vi
    begin = first.x
    if selection.rectangle:
        left, right = _copied_columns(view)
        begin, inner = left, right
    out = bytearray()
    for y in range(first.y, last.y + 1):
        out += _copied_line(rows, y, begin if y == first.y else left, right if y == last.y else inner).encode(
            "utf-8", "surrogateescape"
        )
    if not out:
        return None
    # The last line end is no part of it, but for vi keys with the cursor behind the line's text.
    trims = not view.vi or right <= length
    if trims and (not rows.wrapped(last.y) or right != length):
        del out[-1:]
    return bytes(out)


def _copied_columns(view: CopyView) -> tuple[int, int]:
    """Of a rectangle: the first column, and the one behind the last. Emacs keys leave the cursor's out if it
    is on the right."""
    selection = view.selection
    other = selection.start.x if selection.tied == END else selection.end.x
    if other < view.x:
        return other, view.x + view.vi
    return view.x, other + 1


def _copied_line(rows: CopyRows, y: int, start: int, end: int) -> str:
    """Columns start..end-1 of a row, with a line end unless the line goes on behind them."""
    if start > end:
        return ""
    row = rows.rows[y]
    wrapped = row.wrapped and row.size <= rows.cols
    length = row.size if wrapped else rows.length(y)
    end, start = min(end, length), min(start, length)
    text = _copied_text(row, start, end)
    return text if wrapped and end == length else text + "\n"


def _copied_text(row: Row, start: int, end: int) -> str:
    """What stands in columns start..end-1; line drawing characters as such."""
    if row.marks or any(style_of(char).attrs & CHARSET for char in set(row.style)):
        return "".join(_copied_cell(row, x) for x in range(start, end))
    text = row.text[start:end]
    blanks = end - max(start, len(row.text))
    return (text if text.isascii() else text.replace(PAD, "")) + " " * blanks


def _copied_cell(row: Row, x: int) -> str:
    cell = row.cell(x)
    if cell == PAD:
        return ""
    if len(cell) == 1 and style_of(row.style_at(x)).attrs & CHARSET:
        return ACS.get(cell, cell)
    return cell
