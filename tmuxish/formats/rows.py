"""Reading text back from a screen: what is in a row, the word or line under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.emulator import Emulator
    from tmuxish.emulator.rows import Row


def row_text(row: Row, end: int | None = None) -> str:
    """What stands in a row (up to column `end`), combining marks included, without what fills the columns of
    wide characters."""
    text = row.text[:end]
    if row.marks:
        return "".join(row.cell(x) for x, char in enumerate(text) if char != PAD)
    return text.replace(PAD, "") if PAD in text else text


def line_at(rows: Sequence[Row], y: int) -> str | None:
    """The text of row `y`, trailing blanks aside; None for an empty row."""
    return row_text(rows[y], _length(rows[y])) or None


def link_at(emulator: Emulator, x: int, y: int) -> str | None:
    """The address that a cell of the screen links to, None for none."""
    row = emulator.lines[y]
    while x and row.cell(x)[0] == PAD:
        x -= 1
    link = style_of(row.style_at(x)).link
    found = emulator.hyperlinks.get(link) if link else None
    return None if found is None else found[0]


def _length(row: Row) -> int:
    """How far a row reaches, trailing blanks aside."""
    return len(row.text.rstrip(" "))


def word_at(rows: Sequence[Row], x: int, y: int, separators: str) -> str | None:
    """The word around column `x` of row `y`, also where it wraps; None where a separator stands there."""

    def separates(cell: str) -> bool:
        return cell[0] in " \t" or cell in separators

    found = False
    while True:
        cell = rows[y].cell(x)
        if cell != PAD and separates(cell):
            found = True
            break
        if x == 0:
            if y == 0 or not rows[y - 1].wrapped:
                break
            x = _length(rows[y - 1])
            if x == 0:
                break
            y -= 1
        x -= 1
    out: list[str] = []
    while True:
        if found:
            end = _length(rows[y])
            if end == 0 or x == end - 1:
                if y == len(rows) - 1 or not rows[y].wrapped:
                    break
                y += 1
                x = 0
            else:
                x += 1
        found = True
        cell = rows[y].cell(x)
        if cell == PAD:
            continue
        if separates(cell):
            break
        out.append(cell)
    return "".join(out) or None
