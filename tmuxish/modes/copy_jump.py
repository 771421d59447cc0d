"""Jumps to a character within a line: onto it or just before it, forward or backward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_steps import left, right

if TYPE_CHECKING:
    from tmuxish.modes.copy_rows import CopyRows


def _forward(rows: CopyRows, char: str, x: int, y: int) -> Position | None:
    """The first cell from column x on, in what is left of the line, that holds just `char`."""
    while True:
        for column in range(x, rows.length(y)):
            if rows.cell(column, y) == char:
                return Position(column, y)
        if y == rows.last or not rows.wrapped(y):
            return None
        x, y = 0, y + 1


def _backward(rows: CopyRows, char: str, x: int, y: int) -> Position | None:
    """The last cell up to column x, in the line so far, that holds just `char`."""
    while True:
        for column in range(x, -1, -1):
            if rows.cell(column, y) == char:
                return Position(column, y)
        if y == 0 or not rows.wrapped(y - 1):
            return None
        y -= 1
        x = rows.length(y) - 1


def jump_forward(rows: CopyRows, at: Position, char: str) -> Position | None:
    """The next place of `char` in the line."""
    return _forward(rows, char, at.x + 1, at.y)


def jump_backward(rows: CopyRows, at: Position, char: str) -> Position | None:
    """The previous place of `char` in the line."""
    return _backward(rows, char, *left(rows, at, wrap=False))


def jump_to_forward(rows: CopyRows, at: Position, char: str) -> Position | None:
    """The cell before the next place of `char`, not counting one right behind the cursor."""
    found = _forward(rows, char, at.x + 2, at.y)
    return None if found is None else left(rows, found)


def jump_to_backward(rows: CopyRows, at: Position, char: str, *, past_end: bool) -> Position | None:
    """The cell behind the previous place of `char`, not counting one right before the cursor.

    past_end: the cursor may stand behind the last character of a row (as with mode-keys emacs).
    """
    found = _backward(rows, char, *left(rows, left(rows, at, wrap=False), wrap=False))
    if found is None:
        return None
    return right(rows, found, wrap=True, all_columns=False, past_end=past_end)
