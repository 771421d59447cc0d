"""Search for plain text in rows, as fast as `str.find` allows.

Rows are laid side by side in one string, each exactly as wide as the screen, so that an offset is a place.
A match may run over from a row into the next one only where the line wraps. Cells are compared as wholes: "e"
is not found in "e" with an accent on it. Text without ASCII capitals is found whatever the case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tmuxish.emulator import Emulator
from tmuxish.emulator.rows import PAD, TAB, Row
from tmuxish.modes.copy_rows import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.modes.copy_rows import CopyRows

#: Rows laid side by side at a time, when looking for the next match only.
BLOCK_ROWS = 1000

# Stand-ins for cells of more than one character: surrogates that nothing decodes to, then private characters.
_STAND_INS = (range(0xD801, 0xDC00), range(0xDD00, 0xE000), range(0x100000, 0x10FFFE))

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Match(NamedTuple):
    """Where a match begins, and how many columns it takes (over the ends of rows that wrap)."""

    x: int
    y: int
    width: int


def ignores_case(text: str) -> bool:
    """tmux's rule: text without (ASCII) capitals matches both."""
    return not any("A" <= char <= "Z" for char in text)


def typed_row(text: str) -> Row:
    """The text as it would be laid out on a screen that it just fits; control characters are left out. A tab
    takes one column. No columns: nothing that could be searched for."""
    kept = "".join(char for char in text if (char >= " " and char != "\x7f") or char == TAB)
    if kept.isascii():
        return Row(kept, "", len(kept), len(kept))
    row = Row()
    for number, piece in enumerate(kept.split(TAB)):
        if number:
            row.text += TAB
        if piece:
            _append(row, piece)
    row.used = row.size = len(row.text)
    return row


def _append(row: Row, piece: str) -> None:
    emulator = Emulator(max(2 * len(piece), 2), 1)
    emulator.feed(piece.encode("utf-8", "surrogateescape"))
    start = len(row.text)
    laid = emulator.lines[0]
    row.text += laid.text[: emulator.cursor_x]
    if laid.marks:
        row.marks = {**(row.marks or {}), **{start + x: mark for x, mark in laid.marks.items() if mark}}


class Literal:
    """A plain text to search for."""

    #: Rows that are quickly marked.
    block_rows = 256

    def __init__(self, text: str) -> None:
        self._stand_ins: dict[str, str] = {}
        self._fold = ignores_case(text)
        row = typed_row(text)
        self._needle = self._cells(row, len(row.text))
        self.width = len(self._needle)
        self._pattern: re.Pattern[str] | None = None
        if TAB in self._needle:
            source = f"{TAB}{PAD}*".join(map(re.escape, self._needle.split(TAB)))
            self._pattern = re.compile(f"(?=({source}))")

    def first(self, rows: CopyRows, at: Position, last: int) -> Position | None:
        """The first match that begins at `at` or behind it, in row `last` at most."""
        start = min(at.x, rows.cols)
        for top in range(at.y, last + 1, BLOCK_ROWS):
            bottom = min(top + BLOCK_ROWS, last + 1)
            text = self._text(rows, top, bottom)
            found = self._find(rows, text, top, start, (bottom - top) * rows.cols)
            if found is not None:
                y, x = divmod(found[0], rows.cols)
                return Position(x, top + y)
            start = 0
        return None

    def last(self, rows: CopyRows, at: Position, first: int) -> Position | None:
        """The last match that begins at `at` or before it, in row `first` at least."""
        bottom = at.y + 1
        limit = min(at.x + 1, rows.cols)
        while bottom > first:
            top = max(bottom - BLOCK_ROWS, first)
            text = self._text(rows, top, bottom)
            end = (bottom - 1 - top) * rows.cols + limit
            found = self._rfind(rows, text, top, end)
            if found is not None:
                y, x = divmod(found, rows.cols)
                return Position(x, top + y)
            bottom = top
            limit = rows.cols
        return None

    def matches(self, rows: CopyRows, top: int, bottom: int) -> Iterator[Match]:
        """The matches that begin in rows top..bottom-1. Within a row none overlaps another; each row is
        looked at from its start."""
        text = self._text(rows, top, bottom)
        cols = rows.cols
        limit = (bottom - top) * cols
        start = 0
        while (found := self._find(rows, text, top, start, limit)) is not None:
            offset, width = found
            y, x = divmod(offset, cols)
            yield Match(x, top + y, width)
            start = min(offset + width, (y + 1) * cols)

    def _find(self, rows: CopyRows, text: str, top: int, start: int, limit: int) -> tuple[int, int] | None:
        """Offset and width of the first match from `start` on that begins before `limit`."""
        while True:
            width = self.width
            if self._pattern is None:
                offset = text.find(self._needle, start)
            elif match := self._pattern.search(text, start):
                offset = match.start()
                width = match.end(1) - offset
            else:
                offset = -1
            if not 0 <= offset < limit:
                return None
            if self._joined(rows, top, offset, width):
                return offset, width
            start = offset + 1

    def _rfind(self, rows: CopyRows, text: str, top: int, limit: int) -> int | None:
        """Offset of the last match that begins before `limit`."""
        if self._pattern is not None:
            offset = None
            for match in self._pattern.finditer(text):
                if match.start() >= limit:
                    break
                if self._joined(rows, top, match.start(), match.end(1) - match.start()):
                    offset = match.start()
            return offset
        while limit > 0:
            offset = text.rfind(self._needle, 0, limit - 1 + self.width)
            if offset < 0:
                return None
            if self._joined(rows, top, offset, self.width):
                return offset
            limit = offset
        return None

    def _joined(self, rows: CopyRows, top: int, offset: int, width: int) -> bool:
        """Whether the line goes on wherever the match passes the end of a row."""
        cols = rows.cols
        return all(rows.wrapped(top + y) for y in range(offset // cols, (offset + width - 1) // cols))

    def _text(self, rows: CopyRows, top: int, bottom: int) -> str:
        """Rows top..bottom-1 side by side, and those below that a match which begins in them may reach."""
        cols = rows.cols
        for _ in range(self._more_rows(cols)):
            if bottom > rows.last or not rows.wrapped(bottom - 1):
                break
            bottom += 1
        return "".join([self._cells(row, cols) for row in rows.rows[top:bottom]])

    def _more_rows(self, cols: int) -> int:
        """How many rows below its first one a match may reach at most."""
        return (self.width + cols - 2) // cols + self._needle.count(TAB)

    def _cells(self, row: Row, cols: int) -> str:
        """One character per column of a row."""
        text = row.text[:cols].ljust(cols)
        if row.marks:
            cells = list(text)
            for x, mark in row.marks.items():
                if mark and x < cols:
                    cells[x] = self._stand_in(cells[x] + mark)
            text = "".join(cells)
        if not self._fold:
            return text
        return text.lower() if text.isascii() else text.translate(_LOWER)

    def _stand_in(self, cell: str) -> str:
        """The one character that stands for a cell of several."""
        if cell not in self._stand_ins:
            number = len(self._stand_ins)
            for codes in _STAND_INS:
                if number < len(codes):
                    break
                number -= len(codes)
            self._stand_ins[cell] = chr(codes[number % len(codes)])
        return self._stand_ins[cell]
