r"""Matching text as the C library does: fnmatch(3) patterns and POSIX extended regular expressions.

A regular expression finds the leftmost, then *longest* match, which Python's `re` does not promise, and in
time that no pattern can blow up. Most expressions in real formats are plain enough for both to agree (single
characters, sets and repeats of those in a row): they go to `re`. The others run on a simulated automaton.
Back references alone must go to `re` as they are.

(For such a row of single characters, each fixed, optional or repeated, the greedy choice is the longest:
taking a character earlier leaves at every position at least the parts that any other choice has left.)
"""

from __future__ import annotations

import re
from functools import lru_cache

from tmuxish.formats.posix_automaton import Automaton, compile_automaton
from tmuxish.formats.posix_dfa import TooHard
from tmuxish.formats.posix_syntax import (
    Assertion,
    BackReference,
    Choice,
    Group,
    Node,
    Parser,
    PatternError,
    Repeat,
    Sequence,
    Set,
)

# Work `re` may do at worst, in characters looked at, before the automaton takes over.
_BACKTRACKING_LIMIT = 1_000_000


class Expression:
    """One regular expression. `at_start`: "^" matches where the text begins."""

    __slots__ = ("_automaton", "_compiled", "_groups", "_ignore_case", "_tree", "_unbounded")

    def __init__(self, text: str, ignore_case: bool, at_start: bool = True) -> None:
        parser = Parser(text, ignore_case, at_start)
        self._tree = parser.parse()
        self._groups = parser.groups
        self._ignore_case = ignore_case
        self._automaton: Automaton | None = None
        self._compiled: re.Pattern[str] | None = None
        self._unbounded = 0
        referring = _refers(self._tree)
        if referring or _is_row(self._tree):
            source = _python_source(self._tree)
            if source is not None:
                flags = re.DOTALL | (re.IGNORECASE if ignore_case else 0)
                self._compiled = re.compile(source, flags)
                self._unbounded = 0 if referring else _count_unbounded(self._tree)
        if self._compiled is None:
            if referring:
                raise PatternError("back reference to a set that cannot be expressed")
            self._automaton = compile_automaton(self._tree, self._groups, self._ignore_case)

    def search(self, text: str) -> list[tuple[int, int]] | None:
        """Where the match and its groups begin and end ((-1, -1): took no part); None without a match."""
        compiled = self._compiled
        if compiled is not None and len(text) ** (self._unbounded + 1) <= _BACKTRACKING_LIMIT:
            found = compiled.search(text)
            return None if found is None else list(found.regs)
        if self._automaton is None:
            self._automaton = compile_automaton(self._tree, self._groups, self._ignore_case)
        try:
            return self._automaton.search(text)
        except TooHard:
            return None


@lru_cache(maxsize=256)
def regular_expression(text: str, ignore_case: bool = False, at_start: bool = True) -> Expression | None:
    """The expression, or None where `text` is none. `at_start`: "^" matches where a text begins."""
    try:
        return Expression(text, ignore_case, at_start)
    except (PatternError, TooHard, RecursionError, re.error, OverflowError):
        return None


def _refers(node: Node) -> bool:
    if isinstance(node, BackReference):
        return True
    if isinstance(node, Sequence):
        return any(map(_refers, node.parts))
    if isinstance(node, Choice):
        return any(map(_refers, node.branches))
    return isinstance(node, (Repeat, Group)) and _refers(node.part)


def _is_row(node: Node) -> bool:
    """Whether it is a row of single characters, fixed or repeated, for which greedy is longest."""
    if isinstance(node, Sequence):
        return all(map(_is_row, node.parts))
    if isinstance(node, Group):
        return _is_row(node.part)
    if isinstance(node, Repeat):
        return isinstance(node.part, Set)
    return isinstance(node, (Set, Assertion))


def _count_unbounded(node: Node) -> int:
    """How many repeats could be tried at many lengths."""
    if isinstance(node, Sequence):
        return sum(map(_count_unbounded, node.parts))
    if isinstance(node, Group):
        return _count_unbounded(node.part)
    return int(isinstance(node, Repeat) and (node.high is None or node.high - node.low > 1))


def _python_source(node: Node) -> str | None:
    """The tree in the syntax of `re`; None if that cannot say it."""
    if isinstance(node, (Set, Assertion)):
        return node.source or None
    if isinstance(node, BackReference):
        return f"(?:\\{node.number})"
    if isinstance(node, (Sequence, Choice)):
        children = node.parts if isinstance(node, Sequence) else node.branches
        sources = [_python_source(child) for child in children]
        if None in sources:
            return None
        joined = ("" if isinstance(node, Sequence) else "|").join(filter(None, sources))
        return f"(?:{joined})"
    inner = _python_source(node.part)
    if inner is None:
        return None
    if isinstance(node, Group):
        return f"({inner})"
    high = "" if node.high is None else str(node.high)
    return f"(?:{inner}){{{node.low},{high}}}"


# -- fnmatch ---------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _glob(pattern: str, ignore_case: bool) -> re.Pattern[str] | None:
    """An fnmatch(3) pattern for `re`, such that a star is never tried twice; None if nothing can match it."""
    segments: list[list[str]] = [[]]
    position = 0
    while position < len(pattern):
        char = pattern[position]
        position += 1
        if char == "*":
            segments.append([])
        elif char == "?":
            segments[-1].append(".")
        elif char == "[":
            source, position = _glob_bracket(pattern, position)
            segments[-1].append(source)
        elif char == "\\":
            if position == len(pattern):
                return None
            segments[-1].append(re.escape(pattern[position]))
            position += 1
        else:
            segments[-1].append(re.escape(char))
    sources = ["".join(segment) for segment in segments]
    text = sources[0]
    # The first place where a middle segment fits is as good as any later one: a lookahead that is then
    # repeated by reference takes it and never comes back.
    for number, source in enumerate(filter(None, sources[1:-1]), 1):
        text += f"(?=(.*?{source}))\\{number}"
    if len(sources) > 1:
        text += ".*" + sources[-1]
    return re.compile(text, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


_GLOB_CLASSES = {
    "alnum": r"^\W_",
    "alpha": r"a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": r"0-9",
    "graph": r"!-~",
    "lower": r"a-z",
    "print": r" -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "upper": r"A-Z",
    "xdigit": r"0-9a-fA-F",
}


def _glob_bracket(pattern: str, start: int) -> tuple[str, int]:
    """A bracket expression (`start` is behind its `[`) for `re`; an unclosed one is the character itself."""
    position = start
    negated = pattern[position : position + 1] in ("!", "^") and position < len(pattern)
    position += negated
    members: list[str] = []
    first = True
    while first or pattern[position : position + 1] != "]":
        first = False
        if position >= len(pattern):
            return r"\[", start
        if pattern.startswith("[:", position) and (end := pattern.find(":]", position)) > 0:
            members.append(_GLOB_CLASSES.get(pattern[position + 2 : end], ""))
            position = end + 2
            continue
        low, position = _glob_char(pattern, position)
        if pattern[position : position + 1] == "-" and pattern[position + 1 : position + 2] not in ("]", ""):
            high, position = _glob_char(pattern, position + 1)
            if low <= high:
                members.append(f"{re.escape(low)}-{re.escape(high)}")
        else:
            members.append(re.escape(low))
    position += 1
    positive = "|".join(f"[{member}]" for member in members if member)
    if not positive:
        return "." if negated else "(?!)", position
    return (f"(?!{positive})." if negated else f"(?:{positive})"), position


def _glob_char(pattern: str, position: int) -> tuple[str, int]:
    if pattern[position] == "\\" and position + 1 < len(pattern):
        position += 1
    return pattern[position], position + 1


def glob_matches(pattern: str, text: str, ignore_case: bool = False) -> bool:
    """Whether all of `text` matches the fnmatch(3) pattern; `/` and leading dots are nothing special."""
    compiled = _glob(pattern, ignore_case)
    return compiled is not None and compiled.fullmatch(text) is not None
