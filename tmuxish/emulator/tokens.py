"""Cutting a program's output into text and what stands between: controls, escape and control sequences."""

from __future__ import annotations

import re

from .csi import Sequence, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

# Kinds of tokens. The first four are what floods are made of; the loop of emulator.py does them itself.
SGR: Final = 0
NEW_LINE: Final = 1
MOVE: Final = 2
CLEAR_TO_LINE_END: Final = 3
#: A line end and, after it, lines of nothing but printable ASCII, each with its line end.
LINES: Final = 4
CONTROL: Final = 5
CONTROL_SEQUENCE: Final = 6
ESCAPE_SEQUENCE: Final = 7
#: An escape sequence that is not both complete and ordinary, and all text after it.
UNKNOWN: Final = 8

LINE_END: Final = "\r\n"

#: Tokens remembered, and how long one may be for that.
MAX_TOKENS: Final = 4096
MAX_TOKEN_TEXT: Final = 32

_CSI = r"\x1b\[[ -?]*[@-~]"
_ESCAPE = r"\x1b(?:[ -/]+[0-~]|[0-OQ-WYZ\\`-jl-~])"
_CONTROLS = "|".join(re.escape(chr(code)) for code in (*range(0x1B), *range(0x1C, 0x20), 0x7F))

#: All alternatives begin with literals: that makes the search for the next one fast.
SEPARATORS: Final[re.Pattern[str]] = re.compile(
    rf"({_CSI}|\r\n(?:[ -~]*\r\n)*|{_CONTROLS}|{_ESCAPE}|\x1b.*)", re.S
)

_COMPLETE_SGR = re.compile(r"\x1b\[[0-9:;]*m")
_COMPLETE_CSI = re.compile(_CSI)
_COMPLETE_ESCAPE = re.compile(_ESCAPE)


class Token:
    """What stands between two runs of text. `row` and `col` are what MOVE asks for, counted from 0."""

    __slots__ = ("col", "kind", "row", "sequence")

    def __init__(self, kind: int, sequence: Sequence | None = None) -> None:
        self.kind: int = kind
        #: Of control sequences what they are, None otherwise.
        self.sequence: Sequence | None = sequence
        self.row: int = 0 if sequence is None else sequence.row
        self.col: int = 0 if sequence is None else sequence.col


#: Tokens by their text, but for SGR: pens remember that.
tokens: Final[dict[str, Token]] = {}

_SGR: Final = Token(SGR)
_LINES: Final = Token(LINES)
_UNKNOWN: Final = Token(UNKNOWN)


def token(text: str) -> Token:
    """The meaning of a match of SEPARATORS."""
    found = tokens.get(text)
    if found is None:
        found = _interpret(text)
        if found not in (_SGR, _LINES, _UNKNOWN) and len(text) <= MAX_TOKEN_TEXT:
            if len(tokens) >= MAX_TOKENS:
                tokens.clear()
            tokens[text] = found
    return found


def _interpret(text: str) -> Token:
    if text[0] != "\x1b":
        if text == LINE_END:
            return Token(NEW_LINE)
        return _LINES if len(text) > 1 else Token(CONTROL)
    if _COMPLETE_SGR.fullmatch(text):
        return _SGR
    if _COMPLETE_CSI.fullmatch(text):
        return _control_sequence(parse(text[2:]))
    return Token(ESCAPE_SEQUENCE) if _COMPLETE_ESCAPE.fullmatch(text) else _UNKNOWN


def _control_sequence(sequence: Sequence) -> Token:
    kind = CONTROL_SEQUENCE
    if sequence.name in ("H", "f"):
        kind = MOVE
    elif sequence.name == "K" and not sequence.text:
        kind = CLEAR_TO_LINE_END
    return Token(kind, sequence)
