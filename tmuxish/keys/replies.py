"""What a terminal answers when it is asked who it is: recognised here, so that no pane ever sees it."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error

# An answer longer than this is none (a clipboard is as long as the user's selection).
MAX_REPLY = 128
MAX_CLIPBOARD = 16 * 1024 * 1024

PRIMARY_DA = "primary-da"  # list of numbers
SECONDARY_DA = "secondary-da"  # list of numbers
XTVERSION = "xtversion"  # text
FOREGROUND = "foreground"  # the colour's text, as in rgb:ffff/ffff/ffff
BACKGROUND = "background"
PALETTE = "palette"  # (index, the colour's text)
CLIPBOARD = "clipboard"  # (which, bytes)
SIZE_CELLS = "size-cells"  # (columns, rows)
SIZE_PIXELS = "size-pixels"  # (width, height)

Value = str | list[int] | tuple[int, int] | tuple[int, str] | tuple[str, bytes]


class Reply:
    """One answer of the terminal: a kind of the above and its value."""

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: Value) -> None:
        self.kind = kind
        self.value = value

    def __repr__(self) -> str:
        return f"Reply({self.kind!r}, {self.value!r})"


_DEVICE_ATTRIBUTES = re.compile(rb"\x1b\[([?>])([0-9;]*)c")
_XTVERSION = re.compile(rb"\x1bP>\|(.*?)\x1b\\", re.DOTALL)
_OSC = re.compile(rb"\x1b\](10|11|4|52);(.*?)(?:\x07|\x1b\\)", re.DOTALL)
_WINDOW_SIZE = re.compile(rb"\x1b\[(8|4);([0-9]+);([0-9]+)t")
_PALETTE = re.compile(r"([0-9]{1,3});(.*)", re.DOTALL)

# Beginnings that may still become an answer, from the second byte on.
_PARTIAL = re.compile(
    rb"\x1b(?:\[(?:[?>][0-9;]*|[48](?:;[0-9]*){0,2})?|P(?:>(?:\|.*)?)?|\](?:1|1[01]|4|5|52|(?:10|11|4|52);.*)?)",
    re.DOTALL,
)


def match_reply(data: bytes) -> tuple[Reply | None, int]:
    """The answer at the start of `data` and its length; (None, 0) if there is none there.

    An answer in proper form that says nothing useful has a length but no Reply.
    """
    if match := _DEVICE_ATTRIBUTES.match(data):
        kind = PRIMARY_DA if match[1] == b"?" else SECONDARY_DA
        return Reply(kind, [int(number or 0) for number in match[2].split(b";")]), match.end()
    if match := _XTVERSION.match(data):
        return Reply(XTVERSION, match[1].decode("utf-8", "replace")), match.end()
    if match := _OSC.match(data):
        return _osc(match[1], match[2]), match.end()
    if match := _WINDOW_SIZE.match(data):
        first, second = int(match[2]), int(match[3])
        return Reply(SIZE_CELLS if match[1] == b"8" else SIZE_PIXELS, (second, first)), match.end()
    return None, 0


def _osc(number: bytes, body: bytes) -> Reply | None:
    if number == b"52":
        which, semicolon, encoded = body.partition(b";")
        try:
            return Reply(CLIPBOARD, (which.decode("latin-1"), b64decode(encoded))) if semicolon else None
        except Base64Error:
            return None
    text = body.decode("utf-8", "replace")
    if number == b"4":
        match = _PALETTE.fullmatch(text)
        return Reply(PALETTE, (int(match[1]), match[2])) if match and int(match[1]) < 256 else None
    return Reply(FOREGROUND if number == b"10" else BACKGROUND, text)


def may_become_reply(data: bytes) -> bool:
    """Whether all of `data` could be the beginning of an answer."""
    if len(data) > MAX_REPLY and not data.startswith(b"\x1b]52;"):
        return False
    return len(data) <= MAX_CLIPBOARD and _PARTIAL.fullmatch(data) is not None
