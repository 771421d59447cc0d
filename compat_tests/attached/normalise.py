"""What no two runs show alike is replaced on the screen, cell by cell, so that looks stay with their text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compat_tests.attached.terminal import Cell

TERMINALS = (r"/dev/pts/\d+", "/dev/pts/N")
MASKS = (
    (r"tmx[a-z0-9_]{8}", "tmx________"),
    TERMINALS,
    (r"\b\d\d:\d\d(:\d\d)?\b", "TIME"),
    (r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z][a-z] [ \d]\d TIME \d{4}\b", "DATE"),
    (r"\b\d\d-[A-Z][a-z][a-z]-\d\d\b", "DAY"),
    (r"(/dev/pts/N \(sort: [a-z, ]+\) (?:\(filter: [a-z ]+\) )?)─+┐", r"\1┐"),
)
"""(pattern, replacement): the sandbox's folder, terminals, times and dates, the edge of a preview that has
the name of a terminal in it. A row keeps its length."""


def mask_row(row: list[Cell], masks: Sequence[tuple[str, str]]) -> list[Cell]:
    """A row with every match of a pattern replaced, in the looks of the match's first cell."""
    for pattern, replacement in masks:
        columns = [x for x, cell in enumerate(row) for _ in cell.data]
        text = "".join(cell.data for cell in row)
        for match in reversed(list(re.finditer(pattern, text))):
            if match.start() == match.end():
                continue
            start, end = columns[match.start()], columns[match.end() - 1] + 1
            fresh = [row[start]._replace(data=char) for char in match.expand(replacement)]
            width = len(row)
            spare = end - start - len(fresh)
            gap = text.find("  ", match.end()) if (pattern, replacement) == TERMINALS else -1
            if gap >= 0 and spare > 0:  # what stands further right does not move
                at = columns[gap]
                fresh, end = [*fresh, *row[end:at], *[row[at]] * spare], at
            row = [*row[:start], *fresh, *row[end:]][:width]
            row += [row[-1]._replace(data=" ")] * (width - len(row))
    return row


def mask(rows: list[list[Cell]], masks: Sequence[tuple[str, str]]) -> list[list[Cell]]:
    """A screen's rows, masked: by a scenario's own masks also before the others have changed anything."""
    return [mask_row(row, (*masks, *MASKS, *masks)) for row in rows]
