"""The parts of a control sequence: private marker and intermediates, parameters, final character."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

#: A parameter that is not there ("1;;2"), and one with colon parts, whose text is kept apart.
MISSING: Final = -1
COLON: Final = -2

#: Parameters beyond these limits make the whole sequence void, as in tmux.
MAX_PARAMS: Final = 23
MAX_PARAM_TEXT: Final = 63
MAX_INTERMEDIATES: Final = 3
MAX_VALUE: Final = 2147483647

Params = tuple[int, ...]

_BODY = re.compile(r"([<-?]?)([0-9:;]*)([ -/]*)([@-~])")


def split_params(text: str) -> tuple[Params, dict[int, str]] | None:
    """Parameters, and by position the text of those that have colons; None if the sequence is void."""
    if len(text) > MAX_PARAM_TEXT:
        return None
    if not text:
        return (), {}
    words = text.split(";")
    if len(words) > MAX_PARAMS:
        return None
    values: list[int] = []
    colons: dict[int, str] = {}
    for word in words:
        if not word:
            values.append(MISSING)
        elif ":" in word:
            if any(part and int(part) > MAX_VALUE for part in word.split(":")):
                word = ":"
            colons[len(values)] = word
            values.append(COLON)
        else:
            number = int(word)
            if number > MAX_VALUE:
                return None
            values.append(number)
    return tuple(values), colons


def get(params: Params, index: int, minimum: int, default: int) -> int:
    """A parameter: the default if missing, -1 if it has colons, else at least the minimum."""
    if index >= len(params):
        return default
    value = params[index]
    if value == MISSING:
        return default
    if value == COLON:
        return -1
    return max(value, minimum)


class Sequence:
    """A parsed control sequence.

    `name` is the final character after the private marker and intermediates ("H", "?h", "?$p"); "" if the
    sequence is void. `row` and `col` are what CUP asks for, counted from 0.
    """

    __slots__ = ("col", "name", "params", "row", "text")

    def __init__(self, name: str, text: str, params: Params) -> None:
        self.name: str = name
        self.text: str = text
        self.params: Params = params
        self.row: int = 0
        self.col: int = 0
        if name in ("H", "f"):
            self.row = get(params, 0, 1, 1) - 1
            self.col = get(params, 1, 1, 1) - 1
            if self.row < 0 or self.col < 0:
                self.name = ""


def parse(body: str) -> Sequence:
    """A sequence from what stands after CSI, final character included."""
    match = _BODY.fullmatch(body)
    if match is None:
        return Sequence("", "", ())
    private, text, intermediates, final = match.groups()
    split = split_params(text)
    if split is None or len(private) + len(intermediates) > MAX_INTERMEDIATES:
        return Sequence("", "", ())
    return Sequence(private + intermediates + final, text, split[0])
