"""Finds out that part of a frame only moved up or down, so that the terminal can scroll it itself."""

from __future__ import annotations

from collections.abc import Sequence

from tmuxish.display.frame import Line

# First and last row of the part that moves, and by how many rows (up is positive).
Scroll = tuple[int, int, int]

# Scrolling has to save at least this many rows from being drawn again.
MINIMUM_SAVED = 2


def find_scroll(old: Sequence[Line], new: Sequence[Line], changed: Sequence[int]) -> Scroll | None:
    """The scroll that explains most of the `changed` rows, or None if drawing them is as good."""
    if len(changed) <= MINIMUM_SAVED:
        return None
    where: dict[Line, int] = {}
    for y in changed:
        where.setdefault(old[y], y)
    votes: dict[int, int] = {}
    for y in changed:
        line = new[y]
        source = where.get(line)
        if source is not None and source != y and not line.text.isspace():
            votes[source - y] = votes.get(source - y, 0) + 1
    if not votes:
        return None
    count = max(votes, key=lambda shift: votes[shift])
    return _region(old, new, changed, count)


def _region(old: Sequence[Line], new: Sequence[Line], changed: Sequence[int], count: int) -> Scroll | None:
    """The longest stretch of rows that moved by `count`."""
    best: Scroll | None = None
    best_saved = MINIMUM_SAVED - 1
    y = changed[0]
    end = changed[-1]
    wanted = set(changed)
    while y <= end:
        start, saved = y, 0
        while y <= end and 0 <= y + count < len(old) and old[y + count] == new[y]:
            saved += y in wanted and not new[y].text.isspace()
            y += 1
        if saved > best_saved:
            best_saved = saved
            best = (start, y - 1 + count, count) if count > 0 else (start + count, y - 1, count)
        if y == start:
            y += 1
    return best
