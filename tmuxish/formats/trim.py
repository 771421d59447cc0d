"""Widths of formats and how they are cut: styles (`#[...]`) take no room, escaped hashes count once.

A run of hashes stands for half as many (rounded up), except that before a `[` an odd one opens a style.
"""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from tmuxish.emulator.widths import WidthTable, width_table
from tmuxish.formats.text import skip

# Printable ASCII without hashes is as wide as it is long.
_SIMPLE = re.compile(r"[ !\"$-~]*")


class _Widths:
    """The width table in use. Loaded when it is first wanted: most formats are ASCII."""

    table: WidthTable | None = None


def use_widths(overrides: tuple[str, ...]) -> None:
    """Count with these entries of the option codepoint-widths from now on."""
    _Widths.table = width_table(overrides)


def char_width(char: str) -> int:
    """Columns of a character; 0 for one that shows nothing (controls, bytes that are no UTF-8)."""
    if char < "\x80":
        return 1 if " " <= char <= "~" else 0
    if "\ud800" <= char <= "\udfff":
        return 0
    table = _Widths.table
    if table is None:
        table = _Widths.table = width_table()
    return table.width(char)


def _shows(char: str) -> bool:
    """Whether a character is kept when text is cut: it is printable ASCII, or well-formed UTF-8."""
    return " " <= char <= "~" or (char >= "\x80" and not "\ud800" <= char <= "\udfff")


def text_width(text: str) -> int:
    """Columns of plain text, styles being nothing special."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(char_width, text))


class Hashes(NamedTuple):
    """A run of hashes: how many, the columns they take, and whether the last opens a style."""

    length: int
    width: int
    opens_style: bool


def hashes_at(text: str, start: int) -> Hashes:
    """The run of hashes at `start`."""
    end = start
    while text.startswith("#", end):
        end += 1
    count = end - start
    if not text.startswith("[", end):
        return Hashes(count, (count + 1) // 2, False)
    return Hashes(count, count // 2, count % 2 == 1)


def _style_end(text: str, hash_at: int) -> int:
    """Where the text after the style whose `#` is at `hash_at` begins; -1 if the style has no end."""
    return skip(text, hash_at + 2, "]") + 1 or -1


def width(text: str) -> int:
    """Columns of an expanded format; 0 if a style in it has no end."""
    if _SIMPLE.fullmatch(text):
        return len(text)
    total = position = 0
    while position < len(text):
        if text[position] != "#":
            total += char_width(text[position])
            position += 1
            continue
        run = hashes_at(text, position)
        total += run.width
        position += run.length
        if run.opens_style:
            position = _style_end(text, position - 1)
            if position < 0:
                return 0
    return total


def _escaped(count: int, run: Hashes) -> str:
    """Hashes that show as `count`."""
    return "#" if count and run.length == 1 else "##" * count


def trim_left(text: str, limit: int) -> str:
    """The first `limit` columns of an expanded format, with the styles among them."""
    return text[:limit] if _SIMPLE.fullmatch(text) else _cut(text, 0, limit)


def trim_right(text: str, limit: int) -> str:
    """The last `limit` columns of an expanded format, with all its styles."""
    surplus = width(text) - limit
    if surplus <= 0:
        return text
    return text[surplus:] if _SIMPLE.fullmatch(text) else _cut(text, surplus, sys.maxsize)


def _cut(text: str, start: int, end: int) -> str:
    """Columns `start` to `end` - 1, with the styles before `end`; one that is not closed ends it all."""
    out: list[str] = []
    total = position = 0
    while position < len(text) and total < end:
        char = text[position]
        if char != "#":
            if _shows(char):
                columns = char_width(char)
                if total >= start and total + columns <= end:
                    out.append(char)
                total += columns
            position += 1
            continue
        run = hashes_at(text, position)
        behind = total + run.width
        out.append(_escaped(max(0, min(behind, end) - max(total, start)), run))
        total = behind
        position += run.length
        if run.opens_style:
            style_end = _style_end(text, position - 1)
            if style_end < 0:
                break
            out.append(text[position - 1 : style_end])
            position = style_end
    return "".join(out)


def pad(text: str, columns: int) -> str:
    """`text` with blanks behind it, to at least `columns`."""
    return text + " " * (columns - text_width(text))


def pad_left(text: str, columns: int) -> str:
    """`text` with blanks before it, to at least `columns`."""
    return " " * (columns - text_width(text)) + text
