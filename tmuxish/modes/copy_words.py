"""Words, paragraphs, brackets and prompts in text: where the next or the previous one is.

Blanks separate words, and so does each character of `separators`; a run of those is a word itself. With no
separators these are the "space" commands. A word may go on in the next row where the line wraps; elsewhere
a row ends in a blank, the column behind its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes.copy_rows import WHITESPACE, Position
from tmuxish.modes.copy_steps import left, right

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.modes.copy_rows import CopyRows

OPENING = "{[("
CLOSING = "}])"

# Kinds of cells.
_BLANK = 0
_SEPARATOR = 1
_LETTER = 2


class _Walk:
    """A place that moves forward through the text, row after row; `ended` below the last row."""

    def __init__(self, rows: CopyRows, at: Position, separators: str) -> None:
        self.rows = rows
        self.x, self.y = at
        self.separators = separators
        self.ended = False
        self._end = self._row_end()
        self._enter_row()

    def _row_end(self) -> int:
        """The last column that counts in this row."""
        return self.rows.cols - 1 if self.rows.wrapped(self.y) else self.rows.length(self.y)

    def _enter_row(self) -> None:
        while self.x > self._end:
            if self.y == self.rows.last:
                self.ended = True
                return
            self.x = 0
            self.y += 1
            self._end = self._row_end()

    def advance(self, columns: int = 1) -> None:
        self.x += columns
        self._enter_row()

    @property
    def at(self) -> Position:
        return Position(self.x, self.y)

    @property
    def kind(self) -> int:
        return _kind(self.rows, self.at, self.separators)

    def skip(self, kind: int) -> None:
        """Past all cells of a kind from here on."""
        while not self.ended and self.kind == kind:
            self.advance()


def _kind(rows: CopyRows, at: Position, separators: str) -> int:
    if rows.in_set(*at, WHITESPACE):
        return _BLANK
    return _SEPARATOR if rows.in_set(*at, separators) else _LETTER


def next_word(rows: CopyRows, at: Position, separators: str) -> Position:
    """Where the next word begins."""
    walk = _Walk(rows, at, separators)
    if not walk.ended and (kind := walk.kind) != _BLANK:
        walk.skip(kind)
    while not walk.ended and (columns := rows.in_set(*walk.at, WHITESPACE)):
        walk.advance(columns)
    return walk.at


def _behind_word(rows: CopyRows, at: Position, separators: str) -> Position:
    walk = _Walk(rows, at, separators)
    walk.skip(_BLANK)
    if not walk.ended:
        walk.skip(walk.kind)
    return walk.at


def next_word_end(rows: CopyRows, at: Position, separators: str, *, vi: bool) -> Position:
    """Where the next word ends: behind it, or with vi keys at its last character."""
    if not vi:
        return _behind_word(rows, at, separators)
    if not rows.in_set(*at, WHITESPACE):
        at = right(rows, at, wrap=False, all_columns=False, past_end=False)
    return left(rows, _behind_word(rows, at, separators))


def previous_word(
    rows: CopyRows, at: Position, separators: str, *, leave: bool, stop_at_line_end: bool
) -> Position:
    """Where the word begins that the place is in; if it is in none, or `leave` is set, the one before.

    stop_at_line_end: a line above that ends in blanks is not passed, but gives the place behind its end.
    """
    x, y = at
    kind = _kind(rows, at, separators)
    if leave or kind == _BLANK:
        while True:
            if x > 0:
                x -= 1
                kind = _kind(rows, Position(x, y), separators)
                if kind != _BLANK:
                    break
            elif y == 0:
                return Position(0, 0)
            else:
                y -= 1
                x = rows.length(y)
                if stop_at_line_end and x > 0 and rows.in_set(x - 1, y, WHITESPACE):
                    return Position(x, y)
    return _run_start(rows, Position(x, y), kind, separators)


def _run_start(rows: CopyRows, at: Position, kind: int, separators: str) -> Position:
    """The first of the cells of this kind that end at `at`."""
    while True:
        x, y = at
        if x == 0:
            if y == 0 or not rows.wrapped(y - 1):
                return at
            x, y = rows.cols, y - 1
        before = Position(x - 1, y)
        if _kind(rows, before, separators) != kind:
            return at
        at = before


def previous_paragraph(rows: CopyRows, at: Position) -> Position:
    """The empty row above this paragraph (from an empty row: above the one before); else the top."""
    y = at.y
    while y > 0 and rows.length(y) == 0:
        y -= 1
    while y > 0 and rows.length(y) > 0:
        y -= 1
    return Position(0, y)


def next_paragraph(rows: CopyRows, at: Position) -> Position:
    """The empty row below this paragraph (from an empty row: below the next); the end if there is none."""
    y = at.y
    while y < rows.last and rows.length(y) == 0:
        y += 1
    while y < rows.last and rows.length(y) > 0:
        y += 1
    return Position(rows.length(y), y)


def next_prompt(rows: CopyRows, y: int, *, output: bool = False) -> int | None:
    """The next row below y where a shell's prompt starts, or the output of a command."""
    return next(filter(_starts(rows, output), range(y + 1, rows.last + 1)), None)


def previous_prompt(rows: CopyRows, y: int, *, output: bool = False) -> int | None:
    """The next row above y where a shell's prompt starts, or the output of a command."""
    return next(filter(_starts(rows, output), range(y - 1, -1, -1)), None)


def _starts(rows: CopyRows, output: bool) -> Callable[[int], bool]:
    return rows.starts_output if output else rows.starts_prompt


def closing_near(rows: CopyRows, at: Position, *, vi: bool) -> Position | None:
    """The closing bracket that previous-matching-bracket starts from: at the cursor, with emacs keys also
    just before it."""
    if rows.cell(*at) in CLOSING:
        return at
    if not vi and at.x > 0 and rows.cell(at.x - 1, at.y) in CLOSING:
        return Position(at.x - 1, at.y)
    return None


def bracket_near(rows: CopyRows, at: Position, *, vi: bool) -> Position | None:
    """The bracket that next-matching-bracket starts from: an opening one at the cursor or, with emacs keys,
    just behind it; with vi keys the first of either kind from the cursor to the end of the line."""
    if not vi:
        places = (at, Position(at.x + 1, at.y)) if at.x <= rows.length(at.y) else (at,)
        return next((place for place in places if rows.cell(*place) in OPENING), None)
    x, y = at
    while True:
        end = rows.length(y)
        for column in range(x, max(end, x) + 2):
            if rows.cell(column, y) in OPENING + CLOSING:
                return Position(column, y)
        if y == rows.last or not rows.wrapped(y) or rows.rows[y].size > rows.cols:
            return None
        x, y = 0, y + 1


def opening_of(rows: CopyRows, at: Position) -> Position | None:
    """The partner of the closing bracket at `at`."""
    closing = rows.cell(*at)
    opening = OPENING[CLOSING.index(closing)]
    open_pairs = 1
    x, y = at
    while True:
        while x == 0:
            if y == 0:
                return None
            y -= 1
            x = rows.length(y)
        x -= 1
        cell = rows.cell(x, y)
        open_pairs += (cell == closing) - (cell == opening)
        if not open_pairs:
            return Position(x, y)


def closing_of(rows: CopyRows, at: Position) -> Position | None:
    """The partner of the opening bracket at `at`."""
    opening = rows.cell(*at)
    closing = CLOSING[OPENING.index(opening)]
    open_pairs = 1
    x, y = at.x + 1, at.y
    while True:
        for column in range(x, rows.length(y)):
            cell = rows.cell(column, y)
            open_pairs += (cell == opening) - (cell == closing)
            if not open_pairs:
                return Position(column, y)
        if y == rows.last:
            return None
        x, y = 0, y + 1
