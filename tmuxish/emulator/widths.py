"""How many columns a character takes, by tmux's rules, and the tokeniser patterns that follow from them.

A `WidthTable` is built when the first character outside ASCII arrives (a few milliseconds), and again
for each other value of the option codepoint-widths.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from . import widths_table
from .rows import PAD, TAB, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

ZWJ: Final = "\u200d"
VS16: Final = "\ufe0f"
HANGUL_FILLER: Final = "\u3164"

REGIONAL_FIRST, REGIONAL_LAST = "\U0001f1e6", "\U0001f1ff"
SKIN_FIRST, SKIN_LAST = "\U0001f3fb", "\U0001f3ff"

#: Emoji that a skin tone modifier joins.
_SKIN_BASE_RANGES = (
    (0x1F44B, 0x1F450),
    (0x1F466, 0x1F469),
    (0x1F46E, 0x1F46E),
    (0x1F470, 0x1F478),
    (0x1F47C, 0x1F47C),
    (0x1F481, 0x1F483),
    (0x1F485, 0x1F487),
    (0x1F4AA, 0x1F4AA),
    (0x1F575, 0x1F575),
    (0x1F57A, 0x1F57A),
    (0x1F590, 0x1F590),
    (0x1F595, 0x1F596),
    (0x1F645, 0x1F647),
    (0x1F64B, 0x1F64F),
    (0x1F6B4, 0x1F6B6),
    (0x1F926, 0x1F926),
    (0x1F937, 0x1F939),
    (0x1F93D, 0x1F93E),
    (0x1F9B5, 0x1F9B6),
    (0x1F9B8, 0x1F9B9),
    (0x1F9CD, 0x1F9CF),
    (0x1F9D1, 0x1F9DF),
)

SKIN_BASES: Final = frozenset(
    chr(code) for first, last in _SKIN_BASE_RANGES for code in range(first, last + 1)
)

#: Emoji that tmux makes wide whatever the C library says.
TMUX_WIDE = (0x261D, 0x26F9, 0x270C, 0x270D, 0x1F3CB, 0x1F3CC, 0x1F574, 0x1F575, 0x1F590, 0x1FAF7, 0x1FAF8)

_BMP = 0x10000
_LAST = 0x10FFFF

#: Characters of which it is remembered what they are, one by one.
_MEMO_LIMIT = 4096

_OVERRIDE = re.compile(r"(?:U\+([0-9A-Fa-f]+)(?:-U\+([0-9A-Fa-f]+))?|(.))=([012])", re.S)

#: Text cut into what is written in one way each. The group numbers are the RUN constants.
_RUNS = r"([ -~{narrow}]+)|([{wide}]+)|(.)"
NARROW_RUN: Final = 1
WIDE_RUN: Final = 2


def _ranges(table: str) -> list[tuple[int, int]]:
    """The ranges of a table of widths_table, ascending, both ends included."""
    out = []
    for word in table.split():
        first, _, more = word.partition("+")
        start = int(first, 16)
        out.append((start, start + int(more or "0", 16)))
    return out


def parse_override(text: str) -> tuple[int, int, int] | None:
    """One entry of codepoint-widths ("U+1F600=1", "U+100-U+1FF=2", "x=0") as first, last, width."""
    match = _OVERRIDE.fullmatch(text)
    if match is None:
        return None
    first, last, char, width = match.groups()
    start = ord(char) if char else int(first, 16)
    end = int(last, 16) if last else start
    if start == 0 or end < start:
        return None
    return start, min(end, _LAST), int(width)


def _class(widths: bytearray, wanted: bytes) -> str:
    """A regular expression character class body of the BMP code points of one width."""
    out = []
    for match in re.finditer(wanted + b"+", widths):
        out.append(f"\\u{match.start():04x}-\\u{match.end() - 1:04x}")
    return "".join(out)


class WidthTable:
    """Widths of all code points above ASCII, for one value of codepoint-widths."""

    def __init__(self, overrides: tuple[str, ...] = ()) -> None:
        self._bmp: bytearray = bytearray(b"\1") * _BMP
        self._astral: dict[int, int] = {}
        self._wide: list[tuple[int, int]] = _ranges(widths_table.WIDE)
        self._zero: list[tuple[int, int]] = _ranges(widths_table.ZERO)
        self._overrides: list[tuple[int, int, int]] = []
        for ranges, width in ((self._wide, 2), (self._zero, 0)):
            for first, last in ranges:
                if first < _BMP:
                    self._fill(first, last, width)
        self._bmp[0x80:0xA0] = bytes(0x20)
        for code in TMUX_WIDE:
            self._set(code, code, 2)
        for text in overrides:
            parsed = parse_override(text)
            if parsed is not None:
                self._set(*parsed)
        self.narrow: re.Pattern[str]
        self.runs: re.Pattern[str]
        self._compile()
        #: What characters that join nothing are in a row: themselves, with a PAD if they are wide.
        self._cells: dict[str, str] = {}

    def _fill(self, first: int, last: int, width: int) -> None:
        last = min(last, _BMP - 1)
        self._bmp[first : last + 1] = bytes((width,)) * (last + 1 - first)

    def _set(self, first: int, last: int, width: int) -> None:
        if first < _BMP:
            self._fill(first, last, width)
        if last >= _BMP:
            self._overrides.append((max(first, _BMP), last, width))

    def _compile(self) -> None:
        widths = bytearray(self._bmp)
        # What the fast paths must not take: ASCII (spelled out in the patterns), surrogates (bytes that
        # are not UTF-8) with the placeholder among them, and the filler.
        widths[0:0x80] = b"\3" * 0x80
        widths[0xD800:0xE000] = b"\3" * 0x800
        widths[ord(HANGUL_FILLER)] = 3
        narrow = _class(widths, b"\1")
        #: Characters of the BMP that are one column wide and join nothing.
        self.narrow = re.compile(f"[ -~{narrow}]+")
        self.runs = re.compile(_RUNS.format(narrow=narrow, wide=_class(widths, b"\2")), re.S)

    def cells(self, text: str) -> str:
        """Printable text as a row stores it; "" if one of the characters might join another."""
        if self.narrow.fullmatch(text):
            return text
        cells = self._cells
        try:
            return "".join([cells[char] for char in text])
        except KeyError:
            return "".join([cells[char] for char in text]) if self._learn(text) else ""

    def _learn(self, text: str) -> bool:
        """See to it that the cells of all characters of `text` are known; False if some have none."""
        if len(self._cells) > _MEMO_LIMIT:
            self._cells.clear()
        for char in text:
            width = self.width(char)
            if width == 0 or is_special(char) or char == HANGUL_FILLER:
                return False
            self._cells[char] = char + PAD * (width - 1)
        return True

    def width(self, char: str) -> int:
        """Columns of one character: 0, 1 or 2."""
        code = ord(char)
        if code < 0x80:
            return 1
        if code < _BMP:
            return self._bmp[code]
        known = self._astral.get(code)
        if known is None:
            known = self._astral_width(code)
            if len(self._astral) >= _MEMO_LIMIT:
                self._astral.clear()
            self._astral[code] = known
        return known

    def _astral_width(self, code: int) -> int:
        for first, last, width in reversed(self._overrides):
            if first <= code <= last:
                return width
        for ranges, width in ((self._wide, 2), (self._zero, 0)):
            at = bisect_right(ranges, (code, _LAST)) - 1
            if at >= 0 and ranges[at][0] <= code <= ranges[at][1]:
                return width
        return 1


def cell_width(row: Row, x: int, widths: WidthTable) -> int:
    """Columns that the character at x of a row has by itself: 0 for a placeholder."""
    text = row.text
    if x >= len(text):
        return 1
    char = text[x]
    if char == PAD:
        return 0
    after = len(text) - x - 1 - len(text[x + 1 :].lstrip(PAD))
    if char == TAB:
        return 1 + after
    # A variation selector, skin tone or second half of a flag makes a narrow character wide.
    return 2 if after and row.marks and x in row.marks else widths.width(char)


@lru_cache(maxsize=8)
def width_table(overrides: tuple[str, ...] = ()) -> WidthTable:
    """The table for a value of codepoint-widths, shared."""
    return WidthTable(overrides)


def is_regional(char: str) -> bool:
    """Whether this is a regional indicator, half of a flag."""
    return REGIONAL_FIRST <= char <= REGIONAL_LAST


def is_skin_tone(char: str) -> bool:
    """Whether this is one of the five skin tone modifiers."""
    return SKIN_FIRST <= char <= SKIN_LAST


def is_special(char: str) -> bool:
    """Whether an astral character of nonzero width may join a neighbour."""
    return is_regional(char) or is_skin_tone(char)


def is_leading_jamo(char: str) -> bool:
    """Whether this is a Hangul choseong (or its filler): it always starts a cell."""
    return "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c"


def pair_joins(last: str, char: str) -> bool:
    """Whether `char` joins the cell holding `last`: two halves of a flag, or an emoji and its skin tone."""
    first = last[0]
    if is_regional(first) and is_regional(char):
        return sum(map(is_regional, last)) == 1
    return (is_skin_tone(char) and first in SKIN_BASES) or (is_skin_tone(first) and char in SKIN_BASES)
