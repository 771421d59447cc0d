r"""POSIX extended regular expressions, as the C library reads them: text -> tree.

Formats (`m/r`, `C/r`, `s/.../`) and searches in copy mode promise these, not Python's: `[[:alpha:]]`, no
escapes in brackets, `\<` and `\>`, repeats that must follow something. What the GNU library adds
(`\w \s \b`, back references) is understood too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Union

# The highest count of an interval (RE_DUP_MAX).
MAX_REPEAT = 0x7FFF


class PatternError(ValueError):
    """The text is no regular expression."""


class Set(NamedTuple):
    """One character out of a set. `source` is the same in Python's syntax, "" if that cannot say it."""

    contains: Callable[[str], bool]
    source: str


class Sequence(NamedTuple):
    parts: tuple[Node, ...]


class Choice(NamedTuple):
    branches: tuple[Node, ...]


class Repeat(NamedTuple):
    """`part` from `low` to `high` times; None is no limit."""

    part: Node
    low: int
    high: int | None


class Group(NamedTuple):
    number: int
    part: Node


class Assertion(NamedTuple):
    """A condition on a position, in Python's syntax."""

    source: str


class BackReference(NamedTuple):
    number: int


Node = Union[Set, Sequence, Choice, Repeat, Group, Assertion, BackReference]  # noqa: UP007

_CLASSES: dict[str, tuple[Callable[[str], bool], str]] = {
    "alnum": (str.isalnum, r"^\W_"),
    "alpha": (str.isalpha, ""),
    "blank": (lambda char: char in " \t", " \t"),
    "cntrl": (lambda char: ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0, "\0-\x1f\x7f-\x9f"),
    "digit": (lambda char: char in "0123456789", "0-9"),
    "graph": (lambda char: char.isprintable() and not char.isspace(), ""),
    "lower": (str.islower, ""),
    "print": (str.isprintable, ""),
    "punct": (lambda char: char.isprintable() and not char.isalnum() and not char.isspace(), ""),
    "space": (str.isspace, r"\s"),
    "upper": (str.isupper, ""),
    "xdigit": (lambda char: char in "0123456789abcdefABCDEF", "0-9a-fA-F"),
}

_ESCAPED_SETS = {"w": r"\w", "W": r"\W", "s": r"\s", "S": r"\S"}
_ESCAPED_ASSERTIONS = {
    "<": r"\b(?=\w)",
    ">": r"\b(?<=\w)",
    "b": r"\b",
    "B": r"\B",
    "`": r"\A",
    "'": r"\Z",
}
_INTERVAL = re.compile(r"\{(?P<low>[0-9]*)(?P<comma>,(?P<high>[0-9]*))?\}")


def _one(char: str, ignore_case: bool) -> Set:
    if ignore_case and char.lower() != char.upper():
        both = {char, char.lower(), char.upper()}
        return Set(both.__contains__, re.escape(char))
    return Set(char.__eq__, re.escape(char))


class Parser:
    """Parses one expression; afterwards `groups` is how many groups it has.

    at_start: "^" matches at the start of a text, not nowhere."""

    def __init__(self, text: str, ignore_case: bool, at_start: bool = True) -> None:
        self._text = text
        self._start = r"\A" if at_start else "(?!)"
        self._ignore_case = ignore_case
        self._position = 0
        self._depth = 0
        self._closed: set[int] = set()
        self.groups = 0

    def parse(self) -> Node:
        """The whole tree. Raises PatternError."""
        return self._choice()

    def _peek(self) -> str:
        return self._text[self._position : self._position + 1]

    def _choice(self) -> Node:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._position += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while (char := self._peek()) and char != "|" and not (char == ")" and self._depth):
            part = self._atom()
            if not isinstance(part, Assertion):
                part = self._repeats(part)
            parts.append(part)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeats(self, part: Node) -> Node:
        while True:
            char = self._peek()
            if char and char in "*+?":
                self._position += 1
                part = Repeat(part, 1 if char == "+" else 0, 1 if char == "?" else None)
            elif char == "{":
                part = self._interval(part)
            else:
                return part

    def _interval(self, part: Node) -> Node:
        match = _INTERVAL.match(self._text, self._position)
        if match is None or (not match["low"] and not match["comma"]):
            raise PatternError("invalid interval")
        self._position = match.end()
        low = int(match["low"] or 0)
        high: int | None = low
        if match["comma"]:
            high = int(match["high"]) if match["high"] else None
        if low > MAX_REPEAT or (high is not None and not low <= high <= MAX_REPEAT):
            raise PatternError("interval out of range")
        return Repeat(part, low, high)

    def _atom(self) -> Node:
        char = self._peek()
        self._position += 1
        if char in "*+?{":
            raise PatternError("nothing to repeat")
        if char == "(":
            return self._group()
        if char == "[":
            return self._bracket()
        if char == ".":
            return Set(lambda _: True, ".")
        if char == "^":
            return Assertion(self._start)
        if char == "$":
            return Assertion(r"\Z")
        if char == "\\":
            return self._escape()
        return _one(char, self._ignore_case)

    def _group(self) -> Node:
        self.groups += 1
        number = self.groups
        self._depth += 1
        inner = self._choice()
        self._depth -= 1
        if self._peek() != ")":
            raise PatternError("unmatched (")
        self._position += 1
        self._closed.add(number)
        return Group(number, inner)

    def _escape(self) -> Node:
        char = self._peek()
        if not char:
            raise PatternError("trailing backslash")
        self._position += 1
        if char in _ESCAPED_ASSERTIONS:
            return Assertion(_ESCAPED_ASSERTIONS[char])
        if char in _ESCAPED_SETS:
            source = _ESCAPED_SETS[char]
            match = re.compile(source).match
            return Set(lambda tested: match(tested) is not None, source)
        if char in "123456789":
            if int(char) not in self._closed:
                raise PatternError("invalid back reference")
            return BackReference(int(char))
        return _one(char, self._ignore_case)

    def _bracket(self) -> Node:
        """A bracket expression; the position is behind its `[`."""
        negated = self._peek() == "^"
        self._position += negated
        tests: list[Callable[[str], bool]] = []
        sources: list[str] = []
        first = True
        while first or self._peek() != "]":
            first = False
            name = self._class_name()
            if name is not None:
                test, source = _CLASSES[name]
                if self._ignore_case and name in ("lower", "upper"):
                    test = str.isalpha
                tests.append(test)
                sources.append(source)
                continue
            low = high = self._bracket_char()
            if self._peek() == "-" and self._text[self._position + 1 : self._position + 2] not in ("]", ""):
                self._position += 1
                high = self._bracket_char()
            if low > high:
                raise PatternError("invalid range end")
            tests.append(_range_test(low, high, self._ignore_case))
            sources.append(re.escape(low) if low == high else f"{re.escape(low)}-{re.escape(high)}")
        self._position += 1
        return _set_of(tests, sources, negated)

    def _class_name(self) -> str | None:
        if not self._text.startswith("[:", self._position):
            return None
        end = self._text.find(":]", self._position + 2)
        name = self._text[self._position + 2 : end] if end >= 0 else ""
        if name not in _CLASSES:
            raise PatternError("invalid character class name")
        self._position = end + 2
        return name

    def _bracket_char(self) -> str:
        for kind in "=.":
            if self._text.startswith("[" + kind, self._position):
                end = self._text.find(kind + "]", self._position + 2)
                char = self._text[self._position + 2 : end] if end >= 0 else ""
                if len(char) != 1:
                    raise PatternError("invalid collation character")
                self._position = end + 2
                return char
        char = self._peek()
        if not char:
            raise PatternError("unmatched [")
        self._position += 1
        return char


def _range_test(low: str, high: str, ignore_case: bool) -> Callable[[str], bool]:
    if ignore_case:
        return lambda char: low <= char.lower() <= high or low <= char.upper() <= high
    return lambda char: low <= char <= high


def _set_of(tests: list[Callable[[str], bool]], sources: list[str], negated: bool) -> Set:
    def contains(char: str) -> bool:
        return any(test(char) for test in tests) != negated

    if len(sources) == 1 and sources[0].startswith("^"):
        # A class that Python can only say as "none of".
        return Set(contains, "" if negated else f"[{sources[0]}]")
    if any(not source or source.startswith("^") for source in sources):
        return Set(contains, "")
    return Set(contains, f"[{'^' if negated else ''}{''.join(sources)}]")
