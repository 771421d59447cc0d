"""Printing a string so that the parser reads it back: the quoting of list-keys, show-hooks and friends."""

from __future__ import annotations

from tmuxish.early import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_WANTS_DOUBLE = pattern(r"[ #';${}%]")
# Nothing but these needs no closer look, which takes patterns that a starting server has not loaded yet.
_HARMLESS = frozenset(" ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=./,:@")
_NAMED = {"\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
# Lone bytes that are no UTF-8 arrive as surrogates U+DC80..U+DCFF (PEP 383).
_SPECIAL = pattern(r"[\x00-\x1f\x7f\\\udc80-\udcff]")
_SPECIAL_IN_DOUBLE = pattern(r"[\x00-\x1f\x7f\\\"\udc80-\udcff]|\$(?=[A-Za-z_{])")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in '\\"$':
        return "\\" + char
    return _NAMED.get(char) or f"\\{ord(char) & 0xFF:03o}"


# Texts whose quoted form is kept: much is quoted again and again.
CACHE_SIZE = 4096
_known: dict[str, str] = {}


def quote(text: str) -> str:
    """`text` as one word of the command language, bare if it can be.

    Double quotes where blanks, comments, separators or expansions would bite; single quotes only around
    text whose one problem is a double quote; one special character alone is escaped.
    """
    quoted = _known.get(text)
    if quoted is None:
        if len(_known) >= CACHE_SIZE:
            _known.clear()
        quoted = _known[text] = _quote(text)
    return quoted


def _quote(text: str) -> str:
    if not text:
        return "''"
    if _HARMLESS.issuperset(text):
        return text if " " not in text else f'"{text}"'
    double = _WANTS_DOUBLE.search(text) is not None
    single = not double and '"' in text
    if len(text) == 1 and text != " " and (double or single or text == "~"):
        return "\\" + text
    escaped = (_SPECIAL_IN_DOUBLE if double else _SPECIAL).sub(_escape, text)
    if single:
        return f"'{escaped}'"
    if escaped.startswith("~"):
        escaped = "\\" + escaped
    return f'"{escaped}"' if double else escaped


def quote_argv(argv: list[str]) -> str:
    """An argument vector as one line."""
    return " ".join(map(quote, argv))
