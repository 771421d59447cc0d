"""VT100 line drawing: rows keep the code (a letter with style attribute CHARSET), displays show these."""

from __future__ import annotations

_CODES = "+,-.0`abcdefghijklmnopqrstuvwxyz{|}~"
_SHOWN = "→←↑↓▮◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"

#: Code -> character; codes that are not here stand for themselves.
ACS: dict[str, str] = dict(zip(_CODES, _SHOWN, strict=True))

_TABLE = str.maketrans(ACS)


def line_drawing(text: str) -> str:
    """The characters that cells with attribute CHARSET show."""
    return text.translate(_TABLE)
