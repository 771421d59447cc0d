"""Whole numbers and percentages as commands take them, with the texts tmux has for bad ones."""

from __future__ import annotations

from tmuxish.early import pattern

_NUMBER = pattern(r"[ \t\n\v\f\r]*[+-]?[0-9]+")

INT_MAX = 2**31 - 1
UINT_MAX = 2**32 - 1
_WIDEST = 2**63


class NumberError(ValueError):
    """Not the number wanted: "missing", "empty", "invalid", "too small" or "too large"."""


def parse_number(text: str, low: int, high: int) -> int:
    """A decimal number from `low` to `high`, both included; leading blanks and a sign are allowed."""
    if not (text.isascii() and text.isdigit()) and not _NUMBER.fullmatch(text):
        raise NumberError("invalid")
    number = int(text) if len(text) < 30 else (-_WIDEST if "-" in text else _WIDEST)
    if number < low:
        raise NumberError("too small")
    if number > high:
        raise NumberError("too large")
    return number


def parse_percentage(text: str, low: int, high: int, whole: int) -> int:
    """A number as above, or `N%` (0 to 100) of `whole`, rounded down."""
    if not text:
        raise NumberError("empty")
    if not text.endswith("%"):
        return parse_number(text, low, high)
    number = whole * parse_number(text[:-1], 0, 100) // 100
    if number < low:
        raise NumberError("too small")
    if number > high:
        raise NumberError("too large")
    return number
