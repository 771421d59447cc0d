"""Finding one's way in the text of a format: where a part ends, what escapes mean, what counts as true.

A `#` before one of `, # { } :` escapes it; `#{` opens a replacement, `}` closes one. A separator counts only
outside of replacements.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ESCAPABLE = ",#{}:"

_NUMBER = re.compile(r"[ \t\n\v\f\r]*[+-]?[0-9]+")
# What strtod(3) reads to the end of the text; an empty text is 0 to it.
_FLOAT = re.compile(
    r"[ \t\n\v\f\r]*(?P<sign>[+-]?)(?:"
    r"(?P<hex>0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?[0-9]+)?)"
    r"|(?P<decimal>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<infinity>[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)"
    r"|(?P<nan>[nN][aA][nN](?:\([0-9A-Za-z_]*\))?)"
    r")"
)
# More digits than any number a format can mean; keeps int() away from huge texts.
_MAX_DIGITS = 30


@lru_cache(maxsize=64)
def _separators(ends: str) -> re.Pattern[str]:
    return re.compile(f"#[{_ESCAPABLE}]|[}}{re.escape(ends)}]")


def skip(text: str, start: int, ends: str) -> int:
    """Index of the first of `ends` at or after `start` that is in no `#{...}` and not escaped; -1 if none."""
    depth = 0
    for match in _separators(ends).finditer(text, start):
        token = match[0]
        if len(token) == 2:
            if token == "#{":
                depth += 1
            continue
        if token == "}":
            depth -= 1
        if depth == 0 and token in ends:
            return match.start()
    return -1


def split_two(text: str) -> tuple[str, str] | None:
    """The parts before and after the first comma; None without one."""
    comma = skip(text, 0, ",")
    return None if comma < 0 else (text[:comma], text[comma + 1 :])


def unescape(text: str) -> str:
    """`text` with escapes outside of `#{...}` resolved, as the `l` modifier shows it."""
    out: list[str] = []
    depth = 0
    position = 0
    while position < len(text):
        char = text[position]
        following = text[position + 1 : position + 2]
        if char == "#" and following == "{":
            depth += 1
        if depth == 0 and char == "#" and following in _ESCAPABLE:
            out.append(following)
            position += 2
            continue
        if char == "}":
            depth -= 1
        out.append(char)
        position += 1
    return "".join(out)


def strip_escapes(text: str) -> str:
    """`text` without the escaping `#` outside of `#{...}`: how `t/f/...` reads its time format."""
    out: list[str] = []
    depth = 0
    for position, char in enumerate(text):
        following = text[position + 1 : position + 2]
        if char == "#" and following == "{":
            depth += 1
        if char == "#" and following in _ESCAPABLE:
            if depth:
                out.append(char)
            continue
        if char == "}":
            depth -= 1
        out.append(char)
    return "".join(out)


def is_true(text: str | None) -> bool:
    """Whether a value counts as true: anything but nothing and `0`."""
    return bool(text) and text != "0"


def to_number(text: str, low: int, high: int) -> int | None:
    """`text` as a whole number from `low` to `high`; None if it is no such number."""
    if not _NUMBER.fullmatch(text) or len(text) > _MAX_DIGITS:
        return None
    number = int(text)
    return number if low <= number <= high else None


def to_float(text: str) -> float | None:
    """`text` as a number the way C reads one (hexadecimal, inf and nan too); None if it is none."""
    if not text:
        return 0.0
    match = _FLOAT.fullmatch(text)
    if match is None:
        return None
    try:
        if match["hex"]:
            value = float.fromhex(match["hex"])
        else:
            value = float(match["decimal"] or ("inf" if match["infinity"] else "nan"))
    except OverflowError:
        value = float("inf")
    return -value if match["sign"] == "-" else value


def encoded(text: str) -> bytes:
    """The bytes of `text`; bytes that were no UTF-8 travel as surrogates (PEP 383)."""
    return text.encode("utf-8", "surrogateescape")
