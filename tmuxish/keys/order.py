"""The orders of list-keys: `-O key`, `modifier`, `name`, ... and -r.

tmux 3.7c hands qsort a comparison that contradicts itself (two bindings of one table are never equal, each
comes after the other), so what it prints also depends on how the C library sorts: by merging, in glibc. The
same rule and the same merging give the same lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats.sorting import INDEX, MODIFIER, NAME, NO_ORDER, ORDER
from tmuxish.grammar.keys import MASK_MODIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.keys.tables import Binding, KeyTable

    Row = tuple[KeyTable, Binding]
    Compare = Callable[[Row, Row], int]


def sort_bindings(rows: list[Row], order: str, reverse: bool) -> list[Row]:
    """`rows`, which come by table and key, in `order` (one of formats.sorting)."""
    if order == NO_ORDER:
        return rows
    if order == ORDER:
        return rows[::-1] if reverse else rows
    return _merge_sort(rows, _comparison(order, reverse))


def _comparison(order: str, reverse: bool) -> Compare:
    sign = -1 if reverse else 1

    def compare(left: Row, right: Row) -> int:
        result = 0
        if order == INDEX:
            result = _as_int(left[1].key - right[1].key)
        elif order == MODIFIER:
            result = _as_int((left[1].key & MASK_MODIFIERS) - (right[1].key & MASK_MODIFIERS))
        elif order == NAME:
            result = _same_table(left, right)
        return sign * (result or _same_table(left, right))

    return compare


def _same_table(left: Row, right: Row) -> int:
    return int(left[0].name.lower() == right[0].name.lower())


def _as_int(difference: int) -> int:
    """A difference of keys as C keeps it in an int: the modifiers, which are above, get lost."""
    low = difference & 0xFFFFFFFF
    return low - (1 << 32) if low >> 31 else low


def _merge_sort(rows: list[Row], compare: Compare) -> list[Row]:
    if len(rows) < 2:
        return rows
    middle = len(rows) // 2
    left, right = _merge_sort(rows[:middle], compare), _merge_sort(rows[middle:], compare)
    merged: list[Row] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if compare(left[i], right[j]) <= 0:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]
