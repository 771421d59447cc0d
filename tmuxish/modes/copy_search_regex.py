r"""Search for regular expressions in rows.

Each row is looked at by itself, blank up to the edge of the screen, together with the rows that its line goes
on in. So "^" is the start of a row, and "$" comes after all its blanks. Text without ASCII capitals is found
whatever the case. A match that reads nothing is none.

Where a match begins or ends behind a wide character, its column is that character's second one, as in tmux.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.emulator.rows import PAD, TAB
from tmuxish.formats.patterns import Expression, regular_expression
from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_search_literal import Match, ignores_case, typed_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.emulator.rows import Row
    from tmuxish.modes.copy_rows import CopyRows

#: A line that wraps is looked at for about as many columns.
MAX_LINE = 2000

#: Without any of these an expression is plain text.
SPECIAL = frozenset("^$*+()?[].\\")


class InvalidExpression(ValueError):
    """The text is no regular expression."""


class _Span(NamedTuple):
    """A match, in columns from the start of the row that it begins in; `end` may be in a row below."""

    start: int
    end: int


class Regex:
    """A regular expression to search for. Raises InvalidExpression."""

    #: Rows that are quickly marked.
    block_rows = 16

    def __init__(self, text: str) -> None:
        row = typed_row(text)
        source = _characters(row, len(row.text))
        fold = ignores_case(text)
        at_start = regular_expression(source, fold)
        further = regular_expression(source, fold, False)
        if at_start is None or further is None:
            raise InvalidExpression(text)
        self._at_start: Expression = at_start
        #: The same where "^" does not match.
        self._further: Expression = further

    def first(self, rows: CopyRows, at: Position, last: int) -> Position | None:
        """The first match that begins at `at` or behind it, in row `last` at most."""
        x = at.x
        for y in range(at.y, last + 1):
            span = self._first_in_row(rows, x, y)
            if span is not None:
                return Position(span.start, y)
            x = 0
        return None

    def last(self, rows: CopyRows, at: Position, first: int) -> Position | None:
        """The last match that begins at `at` or before it, in row `first` at least."""
        limit = at.x + 1
        for y in range(at.y, first - 1, -1):
            span = self._last_in_row(rows, y, limit)
            if span is not None:
                return self._longest(rows, span, y, first)
            limit = rows.cols
        return None

    def matches(self, rows: CopyRows, top: int, bottom: int) -> Iterator[Match]:
        """The matches that begin in rows top..bottom-1. Within a row none overlaps another; each row is
        looked at from its start."""
        for y in range(top, bottom):
            x = 0
            while (span := self._first_in_row(rows, x, y)) is not None:
                width = max(span.end - span.start, 1)
                end = span.start + width - 1
                if end < rows.cols and rows.cell(end, y) == TAB:
                    width += rows.tab_end(end, y) - end - 1
                yield Match(span.start, y, width)
                x = span.start + width

    def _first_in_row(self, rows: CopyRows, x: int, y: int) -> _Span | None:
        """The first match from column x on."""
        if x >= rows.cols:
            return None
        text = _line(rows, x, y)
        found = (self._further if x else self._at_start).search(text)
        if found is None or found[0][0] == found[0][1]:
            return None
        columns = _Columns(rows, x, y)
        span = _Span(columns.of(found[0][0]), columns.of(found[0][1]))
        return span if span.start < rows.cols else None

    def _last_in_row(self, rows: CopyRows, y: int, limit: int) -> _Span | None:
        """The last match before column `limit`, or the one that reaches it, found one after the other from
        the start of the row; "^" matches behind each of them."""
        text = _line(rows, 0, y)
        columns = _Columns(rows, 0, y)
        start = 0
        last = None
        while (found := self._at_start.search(text[start:])) is not None:
            begin, end = found[0]
            if begin == end:
                break
            span = _Span(columns.of(start + begin), columns.of(start + end))
            if span.start >= min(limit, rows.cols):
                break
            last = span
            if span.end >= limit or span.end >= rows.cols:
                break
            start += end
        return last

    def _longest(self, rows: CopyRows, span: _Span, y: int, first: int) -> Position:
        """Where the match begins, or the longest one with the same end that begins in rows above, if it
        starts with the row."""
        best = Position(span.start, y)
        end = y * rows.cols + span.end
        while span.start == 0 and y > first and rows.wrapped(y - 1):
            y -= 1
            above = self._last_in_row(rows, y, rows.cols)
            if above is None or y * rows.cols + above.end != end:
                break
            span = above
            best = Position(span.start, y)
        return best


def _characters(row: Row, end: int, start: int = 0) -> str:
    """What stands in columns start..end-1, blanks where nothing does."""
    text = row.text[start:end]
    blanks = " " * (end - max(len(row.text), start))
    if row.marks:
        marks = row.marks
        text = "".join([char + marks.get(x, "") for x, char in enumerate(text, start)])
    return (text.replace(PAD, "") if not text.isascii() else text) + blanks


def _line(rows: CopyRows, x: int, y: int) -> str:
    """What stands in the line from column x of row y on, for about MAX_LINE columns."""
    cols = rows.cols
    text = _characters(rows.rows[y], cols, x)
    if not rows.wrapped(y):
        return text
    length = cols - x
    parts = [text]
    while length < MAX_LINE and y < rows.last and rows.wrapped(y):
        y += 1
        parts.append(_characters(rows.rows[y], cols))
        length += cols
    return "".join(parts)


class _Columns:
    """Finds the column (counted from the start of row y) for an offset in what `_line` returned."""

    def __init__(self, rows: CopyRows, x: int, y: int) -> None:
        self._rows = rows
        self._x = x
        self._y = y
        self._offset = 0
        self._column = x

    def of(self, offset: int) -> int:
        """The column right behind the cell that the character before `offset` is in. Offsets must not
        become smaller from call to call."""
        cols = self._rows.cols
        while self._offset < offset:
            rest, x = divmod(self._column, cols)
            row = self._rows.rows[self._y + rest]
            if (row.text.isascii() and not row.marks) or x >= len(row.text):
                step = min(offset - self._offset, cols - x)
                self._column += step
                self._offset += step
                continue
            cell = row.cell(x)
            self._offset += 0 if cell == PAD else len(cell)
            self._column += 1
        return self._column
