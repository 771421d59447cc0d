"""Steps of the cursor through text: to the next or previous cell, to an end of a line, to its indentation.

A line is a row with the rows it goes on in. All take and give a Position; none knows of a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.rows import PAD, TAB
from tmuxish.modes.copy_rows import Position

if TYPE_CHECKING:
    from tmuxish.modes.copy_rows import CopyRows


def left(rows: CopyRows, at: Position, *, wrap: bool = True) -> Position:
    """One cell back; from the start of a row to the end of the one above, where `wrap` is set or the line
    began there. From the middle of a wide character it goes by its first column."""
    x, y = at
    while x > 0 and rows.cell(x, y) == PAD:
        x -= 1
    if x == 0 and y > 0 and (wrap or rows.wrapped(y - 1)):
        return Position(rows.length(y - 1), y - 1)
    return Position(max(x - 1, 0), y)


def right(rows: CopyRows, at: Position, *, wrap: bool, all_columns: bool, past_end: bool) -> Position:
    """One character forward, at the end of a row to the start of the next one if `wrap` is set.

    The row ends behind its text (past_end), at the last character of it, or where the screen ends
    (all_columns).
    """
    x, y = at
    end = rows.cols if all_columns else rows.length(y) if past_end else max(rows.length(y) - 1, 0)
    if x >= end:
        return Position(0, y + 1) if wrap and y < rows.last else at
    x += 1
    while x < end and rows.cell(x, y) == PAD:
        x += 1
    return Position(x, y)


def line_start(rows: CopyRows, y: int) -> int:
    """The first row of the line that row y is part of."""
    while y > 0 and rows.wrapped(y - 1):
        y -= 1
    return y


def line_end(rows: CopyRows, y: int) -> int:
    """The last row of the line that row y is part of."""
    while y < rows.last and rows.wrapped(y):
        y += 1
    return y


def start_of_line(rows: CopyRows, at: Position) -> Position:
    """Where the line begins."""
    return Position(0, line_start(rows, at.y))


def end_of_line(rows: CopyRows, at: Position, *, all_columns: bool = False) -> Position:
    """Behind the last character of the line, or at the edge of the screen."""
    y = line_end(rows, at.y)
    return Position(rows.cols if all_columns else rows.length(y), y)


def indentation(rows: CopyRows, at: Position) -> Position:
    """The line's first character that is no blank; `at` if there is none."""
    start = line_start(rows, at.y)
    for y in range(start, line_end(rows, start) + 1):
        for x in range(rows.length(y)):
            if rows.cell(x, y) not in (" ", TAB, PAD):
                return Position(x, y)
    return at
