"""The rows that copy mode looks at: history and screen as one sequence, counted from the oldest row.

Everything that finds a place in the text (words, brackets, searches) is a function of such rows and a
position in them, and gives a position or None; where the view is scrolled to is no concern of theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.emulator.rows import OUTPUT, PAD, PROMPT, TAB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.emulator.rows import Row

#: What separates words whatever the option word-separators says.
WHITESPACE = "\t "


class Position(NamedTuple):
    """A cell: column, and row counted from the oldest one. The column may be one behind the text."""

    x: int
    y: int


class CopyRows:
    """Rows that nobody changes, at least one, `cols` columns wide.

    rows: oldest first. height: how many of them, at the end, are the screen.
    """

    __slots__ = ("cols", "height", "rows")

    def __init__(self, rows: Sequence[Row], cols: int, height: int) -> None:
        self.rows = rows
        self.cols = cols
        self.height = height

    @property
    def last(self) -> int:
        """Number of the last row."""
        return len(self.rows) - 1

    @property
    def history(self) -> int:
        """How many rows are above the screen."""
        return len(self.rows) - self.height

    def cell(self, x: int, y: int) -> str:
        """The whole text of a cell, combining marks included: " " where nothing was written, PAD in the
        further columns of a wide character or a tab."""
        return self.rows[y].cell(x)

    def length(self, y: int) -> int:
        """How many columns the row's text takes, trailing blanks aside, the screen's width at most."""
        row = self.rows[y]
        end = min(row.size, self.cols)
        text = row.text[:end].rstrip(" ")
        if row.marks:
            return max([len(text), *(x + 1 for x, mark in row.marks.items() if mark and x < end)])
        return len(text)

    def wrapped(self, y: int) -> bool:
        """Whether the line goes on in the next row."""
        return self.rows[y].wrapped

    def starts_prompt(self, y: int) -> bool:
        """Whether a shell said (OSC 133) that its prompt starts in this row."""
        return bool(self.rows[y].flags & PROMPT)

    def starts_output(self, y: int) -> bool:
        """Whether a shell said (OSC 133) that a command's output starts in this row."""
        return bool(self.rows[y].flags & OUTPUT)

    def tab_start(self, x: int, y: int) -> int | None:
        """The column of the tab that a cell is part of, None if it is no tab's."""
        while x > 0 and self.cell(x, y) == PAD:
            x -= 1
        return x if self.cell(x, y) == TAB else None

    def tab_end(self, x: int, y: int) -> int:
        """The column behind the tab that starts at x."""
        x += 1
        while self.cell(x, y) == PAD:
            x += 1
        return x

    def in_set(self, x: int, y: int, characters: str) -> int:
        """How many columns from this one on are taken by one of `characters`: 0 for none of them, more than
        1 in a tab. Further columns of wide characters are in no set."""
        cell = self.cell(x, y)
        if "\t" in characters and (start := self.tab_start(x, y)) is not None:
            return self.tab_end(start, y) - x
        return int(cell != PAD and len(cell) == 1 and cell in characters)
