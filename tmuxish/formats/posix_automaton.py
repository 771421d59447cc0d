"""Leftmost-longest matching of a regular expression in time that grows with text and pattern only.

The tree becomes a program of character tests, jumps and assertions; all threads advance together, each
remembering where it began. Where groups matter, a second walk finds out how the program gets from the start
to the end of that match, preferring earlier branches and further repeats as the GNU library does, and never
trying the same instruction twice at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tmuxish.formats.posix_dfa import END, NEVER, START, StateMachine, Step, TooHard
from tmuxish.formats.posix_syntax import Assertion, Choice, Group, Node, Repeat, Sequence, Set

# The longest program (intervals are written out), and the steps one search may take.
MAX_PROGRAM = 50_000
MAX_STEPS = 1_000_000

_TEST = 0
_SPLIT = 1
_JUMP = 2
_ASSERT = 3
_SAVE = 4
_CHECK = 5  # an optional turn of a repeat must have read something
_MATCH = 6

Span = tuple[int, int]


class _Instruction:
    __slots__ = ("assertion", "kind", "slot", "source", "targets", "test")

    def __init__(
        self,
        kind: int,
        targets: tuple[int, ...] = (),
        test: Callable[[str], bool] | None = None,
        assertion: re.Pattern[str] | None = None,
        slot: int = -1,
        source: str = "",
    ) -> None:
        self.kind = kind
        self.targets = targets
        self.test = test
        self.assertion = assertion
        self.slot = slot
        self.source = source


@lru_cache(maxsize=16)
def _assertion(source: str) -> re.Pattern[str]:
    return re.compile(source)


class _Assembler:
    """Writes the program of a tree. `slots`: places to remember, two for each group, one for each repeat."""

    def __init__(self, groups: int) -> None:
        self.program: list[_Instruction] = []
        self.slots = 2 * groups

    def emit(self, instruction: _Instruction) -> int:
        if len(self.program) >= MAX_PROGRAM:
            raise TooHard("expression too large")
        self.program.append(instruction)
        return len(self.program) - 1

    def node(self, node: Node) -> None:
        if isinstance(node, Set):
            self.emit(_Instruction(_TEST, test=node.contains, source=node.source))
        elif isinstance(node, Assertion):
            self.emit(_Instruction(_ASSERT, assertion=_assertion(node.source)))
        elif isinstance(node, Group):
            self.emit(_Instruction(_SAVE, slot=2 * node.number - 2))
            self.node(node.part)
            self.emit(_Instruction(_SAVE, slot=2 * node.number - 1))
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
            split = self._optional_turn(node.part)
            self.emit(_Instruction(_JUMP, (split,)))
            splits = [split]
        else:
            splits = [self._optional_turn(node.part) for _ in range(node.high - node.low)]
        for split in splits:
            self.program[split].targets = (split + 1, len(self.program))

    def _optional_turn(self, part: Node) -> int:
        split = self.emit(_Instruction(_SPLIT))
        slot = self.slots
        self.slots += 1
        self.emit(_Instruction(_SAVE, slot=slot))
        self.node(part)
        self.emit(_Instruction(_CHECK, slot=slot))
        return split


class Automaton:
    """One expression, ready to search."""

    __slots__ = ("_groups", "_machine", "_program", "_slots")

    def __init__(self, program: list[_Instruction], groups: int, slots: int, ignore_case: bool) -> None:
        self._program = program
        self._groups = groups
        self._slots = slots
        self._machine = _state_machine(program, ignore_case)

    def search(self, text: str) -> list[Span] | None:
        """Where the match and its groups are, None without one. Raises TooHard."""
        span = self._find(text) if self._machine is None else self._machine.find(text)
        if span is None:
            return None
        if not self._groups:
            return [span]
        saved = self._retrace(text, *span)[: 2 * self._groups]
        return [span, *zip(saved[::2], saved[1::2], strict=True)]

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
            elif instruction.kind in (_SAVE, _CHECK):
                pending.append(at + 1)
            elif instruction.kind in (_SPLIT, _JUMP):
                pending.extend(instruction.targets)

    def _retrace(self, text: str, start: int, end: int) -> list[int]:
        """What the slots hold (-1: nothing) after the way from `start` to `end`."""
        saved = [-1] * self._slots
        tried: set[tuple[int, int]] = set()
        # What is left to try, the most preferred last: an instruction and a position, or (slot, what it
        # held) to restore on the way back.
        pending: list[tuple[int, int, bool]] = [(0, start, False)]
        while pending:
            at, position, restores = pending.pop()
            if restores:
                saved[at] = position
                continue
            if (at, position) in tried:
                continue
            tried.add((at, position))
            if len(tried) > MAX_STEPS:
                raise TooHard("groups take too long")
            instruction = self._program[at]
            kind = instruction.kind
            if kind == _TEST:
                assert instruction.test is not None
                if position < end and instruction.test(text[position]):
                    pending.append((at + 1, position + 1, False))
            elif kind == _SAVE:
                pending.append((instruction.slot, saved[instruction.slot], True))
                saved[instruction.slot] = position
                pending.append((at + 1, position, False))
            elif kind == _CHECK:
                if saved[instruction.slot] != position:
                    pending.append((at + 1, position, False))
            elif kind == _ASSERT:
                assert instruction.assertion is not None
                if instruction.assertion.match(text, position):
                    pending.append((at + 1, position, False))
            elif kind == _MATCH:
                if position == end:
                    break
            else:
                pending.extend((target, position, False) for target in reversed(instruction.targets))
        return saved


def _state_machine(program: list[_Instruction], ignore_case: bool) -> StateMachine | None:
    """The same program for faster searches; None if it has conditions that cannot be."""
    steps = []
    for at, instruction in enumerate(program[:-1]):
        condition = "" if instruction.assertion is None else instruction.assertion.pattern
        if condition not in ("", START, END, NEVER):
            return None
        targets = instruction.targets or (at + 1,)
        steps.append(Step(targets, instruction.test, instruction.source, condition))
    return StateMachine(steps, ignore_case)


def compile_automaton(tree: Node, groups: int, ignore_case: bool = False) -> Automaton:
    """The automaton of a tree without back references. Raises TooHard if it would be too large.

    ignore_case: as the tree was parsed.
    """
    assembler = _Assembler(groups)
    assembler.node(tree)
    assembler.emit(_Instruction(_MATCH))
    return Automaton(assembler.program, groups, assembler.slots, ignore_case)
