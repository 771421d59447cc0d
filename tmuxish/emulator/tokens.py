"""Cutting a program's output into text and what stands between: controls, escape and control sequences.

First control characters cut it into segments, almost always at line ends, then escape sequences cut those.
EL (to the end of the line) and the control sequence before it are one token: programs that draw screens clear
what they are about to write, and gcc and grep do so after each change of colours.
"""

from __future__ import annotations

import re

from .csi import Sequence, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

# Kinds of tokens. The first three are what floods are made of; the loop of emulator.py does them itself.
SGR: Final = 0
MOVE: Final = 1
CLEAR_REST: Final = 2
CONTROL_SEQUENCE: Final = 3
ESCAPE_SEQUENCE: Final = 4
#: An escape sequence that is not both complete and ordinary, and all text after it.
UNKNOWN: Final = 5

ESC: Final = "\x1b"
CSI_START: Final = "\x1b["
LINE_END: Final = "\r\n"

#: Bytes that begin or are part of no control character but ESC.
NO_CONTROLS: Final = bytes((0x1B, *range(0x20, 0x7F), *range(0x80, 0x100)))

#: Line ends and single control characters.
CONTROLS: Final[re.Pattern[str]] = re.compile("(\r\n|[\0-\x1a\x1c-\x1f\x7f])")

#: Tokens remembered, and how long one may be for that.
MAX_TOKENS: Final = 4096
MAX_TOKEN_TEXT: Final = 32

_CSI = r"\[[ -?]*[@-~]"
_ESCAPE = r"[ -/]+[0-~]|[0-OQ-WYZ\\`-jl-~]"
_CLEAR = "\x1b[K"

#: Escape sequences; the group is what follows the ESC. One literal at the start makes the search fast.
SEQUENCES: Final[re.Pattern[str]] = re.compile(rf"\x1b({_CSI}(?:\x1b\[K|)|{_ESCAPE}|.*)", re.S)

#: The parameters of SGR.
PARAMETERS: Final[re.Pattern[str]] = re.compile("[0-9:;]*")

_COMPLETE_CSI = re.compile(_CSI)
_COMPLETE_ESCAPE = re.compile(_ESCAPE)


class Token:
    """What stands between two texts. `row` and `col` are what MOVE asks for, counted from 0."""

    __slots__ = ("clears", "col", "kind", "row", "sequence", "text")

    def __init__(self, kind: int, text: str, sequence: Sequence | None = None, clears: int = 0) -> None:
        self.kind: int = kind
        #: Without its ESC.
        self.text: str = text
        #: Of control sequences what they are, None otherwise.
        self.sequence: Sequence | None = sequence
        self.row: int = 0 if sequence is None else sequence.row
        self.col: int = 0 if sequence is None else sequence.col
        #: How often the rest of the line is to be cleared, by itself and by EL that follows.
        self.clears: int = clears


#: Tokens by their text, but for SGR: pens remember that.
tokens: Final[dict[str, Token]] = {}


def token(text: str) -> Token:
    """The meaning of a match of SEQUENCES."""
    found = tokens.get(text)
    if found is None:
        found = _interpret(text)
        if len(text) <= MAX_TOKEN_TEXT and ((found.kind < UNKNOWN and found.kind != SGR) or found.clears):
            if len(tokens) >= MAX_TOKENS:
                tokens.clear()
            tokens[text] = found
    return found


def _interpret(text: str) -> Token:
    clears = 1 if text.endswith(_CLEAR) else 0
    body = text[: -len(_CLEAR)] if clears else text
    if not _COMPLETE_CSI.fullmatch(body):
        return Token(ESCAPE_SEQUENCE if _COMPLETE_ESCAPE.fullmatch(text) else UNKNOWN, text)
    sequence = parse(body[1:])
    kind = CONTROL_SEQUENCE
    if sequence.name in ("H", "f"):
        kind = MOVE
    elif body == _CLEAR[1:]:
        kind = CLEAR_REST
        clears += 1
    elif sequence.name == "m":
        kind = SGR
    return Token(kind, body, sequence, clears)
