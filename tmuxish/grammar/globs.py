"""Matching names against shell patterns exactly as C's fnmatch(3) does without flags.

Python's fnmatch knows no backslash, no `[^...]` and no character classes.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = {
    "alnum": "A-Za-z0-9",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r" \t\n\v\f\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_BRACKET = re.compile(r"\[[!^]?\]?(?:\[:[a-z]*:\]|\\.|[^\]\\])*\]", re.DOTALL)
_MEMBER = re.compile(r"\[:(?P<class>[a-z]*):\]|\\?(?P<low>.)(?:-\\?(?P<high>[^\]]))?", re.DOTALL)


def glob_match(pattern: str, text: str) -> bool:
    """Whether the whole of `text` matches; `*` and `?` match slashes and leading dots, too."""
    compiled = _compile(pattern)
    return compiled is not None and compiled.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> re.Pattern[str] | None:
    """The pattern as a regular expression; None if it matches nothing."""
    parts: list[str] = []
    position = 0
    while position < len(pattern):
        char = pattern[position]
        position += 1
        if char == "*":
            if parts[-1:] != [".*"]:
                parts.append(".*")
        elif char == "?":
            parts.append(".")
        elif char == "\\":
            if position == len(pattern):
                return None
            parts.append(re.escape(pattern[position]))
            position += 1
        elif char == "[" and (bracket := _BRACKET.match(pattern, position - 1)):
            members = _members(bracket[0])
            if members is None:
                return None
            parts.append(members)
            position = bracket.end()
        else:
            parts.append(re.escape(char))
    return re.compile("".join(parts), re.DOTALL)


def _members(bracket: str) -> str | None:
    """A bracket expression as a set of the regular expression; None for an unknown class."""
    inner = bracket[1:-1]
    negated = inner[:1] in ("!", "^")
    members: list[str] = []
    for member in _MEMBER.finditer(inner, int(negated)):
        if member["low"] is None:
            if member["class"] not in _CLASSES:
                return None
            members.append(_CLASSES[member["class"]])
        elif member["high"] is None:
            members.append(re.escape(member["low"]))
        elif member["low"] <= member["high"]:
            members.append(f"{re.escape(member['low'])}-{re.escape(member['high'])}")
    if not members:
        return "." if negated else "(?!)"
    return f"[{'^' * negated}{''.join(members)}]"
