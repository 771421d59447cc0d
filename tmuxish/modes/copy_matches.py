"""The matches of a search that are on the screen, cell by cell: which match a cell is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.rows import PAD

if TYPE_CHECKING:
    from tmuxish.modes.copy_rows import CopyRows
    from tmuxish.modes.copy_search_literal import Match

#: Numbers of matches fit in a byte. They only have to tell neighbours from each other.
_MAX_NUMBER = 255


class MatchMap:
    """For each cell of the screen the number of the match it is part of, 0 for none.

    A place on the screen is an index, row after row. top: the first row of `rows` that is on the screen.
    """

    def __init__(self, rows: CopyRows, top: int) -> None:
        self._rows = rows
        self._top = top
        self._cols = rows.cols
        self._numbers = bytearray(rows.cols * rows.height)
        self._next = 1

    def index(self, x: int, y: int) -> int | None:
        """The index of a cell, None for a row that is not on the screen."""
        if not self._top <= y < self._top + self._rows.height:
            return None
        return (y - self._top) * self._cols + x

    def number(self, index: int) -> int:
        """The number of the match there."""
        return self._numbers[index] if 0 <= index < len(self._numbers) else 0

    def add(self, match: Match) -> None:
        """Mark what of a match is on the screen. A cell stays with the match it was first part of."""
        start = self.index(match.x, match.y)
        if start is None:
            return
        for index in range(start, min(start + match.width, len(self._numbers))):
            if not self._numbers[index]:
                self._numbers[index] = self._next
        self._next = self._next % _MAX_NUMBER + 1

    def extent(self, index: int) -> range:
        """The indexes of the match at `index`."""
        number = self.number(index)
        start = end = index
        while start > 0 and self._numbers[start - 1] == number:
            start -= 1
        while end + 1 < len(self._numbers) and self._numbers[end + 1] == number:
            end += 1
        return range(start, end + 1)

    def text(self, indexes: range) -> str:
        """What stands in these cells."""
        cells = (self._rows.cell(index % self._cols, self._top + index // self._cols) for index in indexes)
        return "".join(cell for cell in cells if cell != PAD)

    def row(self, y: int) -> bytes:
        """The numbers of row y of the screen."""
        return bytes(self._numbers[y * self._cols : (y + 1) * self._cols])
