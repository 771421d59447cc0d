"""Leftmost-longest matching of a regular expression in time that grows with text and pattern only.

The tree becomes a program of character tests, jumps and assertions; all threads advance together, each
remembering where it began. Where groups matter, they are then laid out inside of the match found: each part,
from the left, as long as what follows still fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tmuxish.formats.posix_syntax import Assertion, Choice, Group, Node, Repeat, Sequence, Set

# The longest program (intervals are written out), and the steps one search may take.
MAX_PROGRAM = 50_000
MAX_STEPS = 1_000_000

_TEST = 0
_SPLIT = 1
_JUMP = 2
_ASSERT = 3
_MATCH = 4

Span = tuple[int, int]


class TooHard(Exception):
    """A limit was reached."""


class _Instruction:
    __slots__ = ("assertion", "kind", "targets", "test")

    def __init__(
        self,
        kind: int,
        targets: tuple[int, ...] = (),
        test: Callable[[str], bool] | None = None,
        assertion: re.Pattern[str] | None = None,
    ) -> None:
        self.kind = kind
        self.targets = targets
        self.test = test
        self.assertion = assertion


@lru_cache(maxsize=16)
def _assertion(source: str) -> re.Pattern[str]:
    return re.compile(source)


class _Assembler:
    """Writes the program of a tree."""

    def __init__(self) -> None:
        self.program: list[_Instruction] = []

    def emit(self, instruction: _Instruction) -> int:
        if len(self.program) >= MAX_PROGRAM:
            raise TooHard("expression too large")
        self.program.append(instruction)
        return len(self.program) - 1

    def node(self, node: Node) -> None:
        if isinstance(node, Set):
            self.emit(_Instruction(_TEST, test=node.contains))
        elif isinstance(node, Assertion):
            self.emit(_Instruction(_ASSERT, assertion=_assertion(node.source)))
        elif isinstance(node, Group):
            self.node(node.part)
        elif isinstance(node, Sequence):
            for part in node.parts:
                self.node(part)
        elif isinstance(node, Choice):
            self._choice(node)
        elif isinstance(node, Repeat):
            self._repeat(node)
        else:
            raise TypeError(f"no program for {node!r}")

    def _choice(self, node: Choice) -> None:
        split = self.emit(_Instruction(_SPLIT))
        starts, ends = [], []
        for branch in node.branches:
            starts.append(len(self.program))
            self.node(branch)
            ends.append(self.emit(_Instruction(_JUMP)))
        self.program[split].targets = tuple(starts)
        for end in ends:
            self.program[end].targets = (len(self.program),)

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.low):
            self.node(node.part)
        if node.high is None:
            split = self.emit(_Instruction(_SPLIT))
            self.node(node.part)
            self.emit(_Instruction(_JUMP, (split,)))
            self.program[split].targets = (split + 1, len(self.program))
            return
        splits = []
        for _ in range(node.high - node.low):
            splits.append(self.emit(_Instruction(_SPLIT)))
            self.node(node.part)
        for split in splits:
            self.program[split].targets = (split + 1, len(self.program))


class Automaton:
    """One expression, ready to search."""

    __slots__ = ("_groups", "_program", "_tree")

    def __init__(self, tree: Node, program: list[_Instruction], groups: int) -> None:
        self._tree = tree
        self._program = program
        self._groups = groups

    def search(self, text: str) -> list[Span] | None:
        """Where the match and its groups are, None without one. Raises TooHard."""
        span = self._find(text)
        if span is None:
            return None
        groups = [(-1, -1)] * self._groups
        if groups:
            _Layout(text, groups).place(self._tree, *span)
        return [span, *groups]

    def _find(self, text: str) -> Span | None:
        """The leftmost match, and of those that begin there the longest."""
        threads: dict[int, int] = {}  # instruction -> the leftmost start that reached it
        best: Span | None = None
        steps = 0
        for position in range(len(text) + 1):
            if best is None:
                self._add(threads, 0, position, text, position)
            elif not threads:
                break
            end = len(self._program) - 1
            if end in threads:
                start = threads.pop(end)
                if best is None or start <= best[0]:
                    best = (start, position)
                    threads = {at: began for at, began in threads.items() if began <= start}
            if position == len(text):
                break
            char = text[position]
            following: dict[int, int] = {}
            for at, start in threads.items():
                test = self._program[at].test
                if test is not None and test(char):
                    self._add(following, at + 1, start, text, position + 1)
            steps += len(threads) + 1
            if steps > MAX_STEPS:
                raise TooHard("search takes too long")
            threads = following
        return best

    def _add(self, threads: dict[int, int], at: int, start: int, text: str, position: int) -> None:
        """Add a thread at `at` and all it reaches without reading; the leftmost start wins."""
        pending = [at]
        while pending:
            at = pending.pop()
            if threads.get(at, start + 1) <= start:
                continue
            threads[at] = start
            instruction = self._program[at]
            if instruction.kind == _ASSERT:
                assert instruction.assertion is not None
                if instruction.assertion.match(text, position):
                    pending.append(at + 1)
            elif instruction.kind in (_SPLIT, _JUMP):
                pending.extend(instruction.targets)


class _Layout:
    """Lays the groups of an expression out inside of a match."""

    def __init__(self, text: str, groups: list[Span]) -> None:
        self._text = text
        self._groups = groups
        self._ends: dict[tuple[int, int], frozenset[int]] = {}
        self._kept: list[Node] = []  # keeps the nodes made here alive: _ends knows nodes by id
        self._steps = 0

    def ends(self, node: Node, start: int) -> frozenset[int]:
        """Everywhere a match of `node` that begins at `start` can end."""
        key = (id(node), start)
        known = self._ends.get(key)
        if known is None:
            known = self._ends[key] = frozenset(self._compute_ends(node, start))
            self._steps += len(known) + 1
            if self._steps > MAX_STEPS:
                raise TooHard("groups take too long")
        return known

    def _compute_ends(self, node: Node, start: int) -> set[int] | frozenset[int]:
        if isinstance(node, Set):
            fits = start < len(self._text) and node.contains(self._text[start])
            return {start + 1} if fits else set()
        if isinstance(node, Assertion):
            return {start} if _assertion(node.source).match(self._text, start) else set()
        if isinstance(node, Group):
            return self.ends(node.part, start)
        if isinstance(node, Choice):
            return set().union(*(self.ends(branch, start) for branch in node.branches))
        if isinstance(node, Sequence):
            reached = {start}
            for part in node.parts:
                reached = set().union(*(self.ends(part, at) for at in reached))
            return reached
        if isinstance(node, Repeat):
            return self._repeat_ends(node, start)
        raise TypeError(f"no groups for {node!r}")

    def _repeat_ends(self, node: Repeat, start: int) -> set[int]:
        reached = {start}
        found = {start} if node.low == 0 else set()
        count = 0
        while reached and (node.high is None or count < node.high):
            count += 1
            following: set[int] = set().union(*(self.ends(node.part, at) for at in reached))
            if count >= node.low:
                following -= found
                found |= following
            elif following == reached:
                # Only empty turns are left: they can be taken as often as needed.
                return found | following
            reached = following
        return found

    def place(self, node: Node, start: int, end: int) -> None:
        """Record the groups of `node`, which matches from `start` to `end`."""
        if isinstance(node, Group):
            self._groups[node.number - 1] = (start, end)
            self.place(node.part, start, end)
        elif isinstance(node, Choice):
            for branch in node.branches:
                if end in self.ends(branch, start):
                    self.place(branch, start, end)
                    return
        elif isinstance(node, Sequence):
            self._place_row(list(node.parts), start, end)
        elif isinstance(node, Repeat):
            self._place_repeat(node, start, end)

    def _place_row(self, parts: list[Node], start: int, end: int) -> None:
        for index, part in enumerate(parts):
            rest = Sequence(tuple(parts[index + 1 :]))
            self._kept.append(rest)
            for middle in sorted(self.ends(part, start), reverse=True):
                if middle <= end and end in self.ends(rest, middle):
                    self.place(part, start, middle)
                    start = middle
                    break

    def _place_repeat(self, node: Repeat, start: int, end: int) -> None:
        low, high = node.low, node.high
        while low > 0 or start < end:
            low = max(low - 1, 0)
            high = None if high is None else high - 1
            rest = Repeat(node.part, low, high)
            self._kept.append(rest)
            for middle in sorted(self.ends(node.part, start), reverse=True):
                if middle <= end and end in self.ends(rest, middle) and (middle > start or start == end):
                    self.place(node.part, start, middle)
                    start = middle
                    break
            else:
                return


def compile_automaton(tree: Node, groups: int) -> Automaton:
    """The automaton of a tree without back references. Raises TooHard if it would be too large."""
    assembler = _Assembler()
    assembler.node(tree)
    assembler.emit(_Instruction(_MATCH))
    return Automaton(tree, assembler.program, groups)
