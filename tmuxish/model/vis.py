"""Making bytes printable, the way tmux does it for names and samples: C escapes, octal for the rest."""

from __future__ import annotations

from tmuxish.early import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re


_NAMED = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 92: "\\\\"}
# Bytes that are no UTF-8 are surrogates U+DC80..U+DCFF here (PEP 383).
_UNPRINTABLE = pattern("[\x00-\x1f\x7f\\\\\udc80-\udcff]")
_CONTROL = pattern("[\x00-\x1f\x7f\udc80-\udcff]")
_SELDOM = pattern("[\x00-\x08\x0b-\x1f\x7f\udc80-\udcff]")
_OCTAL_DIGITS = "01234567"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0]) & 0xFF
    if code == 0:
        following = match.string[match.end() : match.end() + 1]
        # A digit after it would be read as part of the escape.
        return "\\000" if following and following in _OCTAL_DIGITS else "\\0"
    return _NAMED.get(code) or f"\\{code:03o}"


def vis(data: bytes) -> str:
    """`data` with control bytes and bytes that are no UTF-8 as escapes, and backslashes doubled."""
    return vis_text(data.decode("utf-8", "surrogateescape"))


def vis_text(text: str) -> str:
    """The same for text in which bytes that are no UTF-8 stand as surrogates."""
    return _UNPRINTABLE.sub(_escape, text)


def vis_line(text: str) -> str:
    """The same with backslashes, tabs and ends of lines left alone."""
    return _SELDOM.sub(_escape, text)


def clean_name(name: str) -> str | None:
    """A name for a session, window or buffer, with backslashes doubled; None if it cannot be one because
    it has control characters or is no UTF-8."""
    if name.isprintable() and "\\" not in name:
        return name  # as nearly always; a starting server has not loaded the patterns yet
    return None if _CONTROL.search(name) else vis_text(name)
