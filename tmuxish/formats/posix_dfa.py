"""A regular expression's program run on sets of instructions, remembered as states: one look-up for each
character once the states are known.

Searching thousands of rows is what it is for. Conditions on words (`\\<`, `\\b`) depend on two characters at
once and stay with the automaton that made the program; start and end of the text are known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: Transitions that are remembered; then all are forgotten.
MAX_TRANSITIONS = 50_000

#: Steps that finding the start of a match may take.
MAX_STEPS = 5_000_000


class TooHard(Exception):
    """A limit was reached."""


#: The conditions that are understood, in Python's syntax: start of the text, end of it, never.
START = r"\A"
END = r"\Z"
NEVER = "(?!)"


class Step:
    """One instruction. It tests a character and goes on behind itself, or goes on at all `targets` without
    reading, if its `condition` (START, END, NEVER, "" for none) holds."""

    __slots__ = ("condition", "source", "targets", "test")

    def __init__(
        self,
        targets: tuple[int, ...],
        test: Callable[[str], bool] | None = None,
        source: str = "",
        condition: str = "",
    ) -> None:
        self.targets = targets
        self.test = test
        #: The characters that the test takes, in Python's syntax; "" if that cannot say it.
        self.source = source
        self.condition = condition


class _State:
    """Where all threads are. matched: one has come to the end of the program; matches_at_end: one would, if
    the text ended here."""

    __slots__ = ("matched", "matches_at_end", "next", "tests")

    def __init__(self, tests: frozenset[int], matched: bool, matches_at_end: bool) -> None:
        self.tests = tests
        self.matched = matched
        self.matches_at_end = matches_at_end
        self.next: dict[str, _State] = {}


class StateMachine:
    """Finds the leftmost, longest match. `steps` is the program; one behind its last step is its end."""

    def __init__(self, steps: Sequence[Step], ignore_case: bool) -> None:
        self._steps = steps
        self._left = 0
        self._forget()
        first = {steps[at].source for at in self._start.tests | self._inside.tests}
        self._first: re.Pattern[str] | None = None
        if first and "" not in first:
            self._first = re.compile(
                "|".join(sorted(first)), re.DOTALL | (re.IGNORECASE if ignore_case else 0)
            )

    def find(self, text: str) -> tuple[int, int] | None:
        """Where the match begins and ends. Raises TooHard."""
        if not self._exists(text):
            return None
        self._left = MAX_STEPS
        for start in self._candidates(text):
            end = self._longest(text, start)
            if end is not None:
                return start, end
        return None

    def _forget(self) -> None:
        self._states: dict[tuple[bool, frozenset[int], bool, bool], _State] = {}
        self._transitions = 0
        self._start = self._state([0], at_start=True, seeking=False)
        self._inside = self._state([0], at_start=False, seeking=False)
        self._seeking_start = self._state([0], at_start=True, seeking=True)
        self._seeking = self._state([0], at_start=False, seeking=True)

    def _candidates(self, text: str) -> Iterable[int]:
        """Where a match may begin."""
        if self._first is None or self._start.matches_at_end or self._inside.matches_at_end:
            return range(len(text) + 1)
        return (match.start() for match in self._first.finditer(text))

    def _exists(self, text: str) -> bool:
        state = self._seeking_start
        idle = self._seeking
        first = self._first
        position, end = 0, len(text)
        while not state.matched:
            if state is idle and first is not None:
                candidate = first.search(text, position)
                position = end if candidate is None else candidate.start()
            if position >= end:
                return state.matches_at_end
            char = text[position]
            state = state.next.get(char) or self._advance(state, char, True)
            if self._seeking is not idle:  # everything was forgotten
                idle = self._seeking
            position += 1
        return True

    def _longest(self, text: str, start: int) -> int | None:
        """The end of the longest match that begins at `start`."""
        state = self._start if start == 0 else self._inside
        best = None
        position = start
        for position in range(start, len(text)):
            if state.matched:
                best = position
            if not state.tests:
                break
            char = text[position]
            state = state.next.get(char) or self._advance(state, char, False)
        else:
            if state.matches_at_end:
                best = len(text)
        self._left -= position - start + 1
        if self._left < 0:
            raise TooHard("search takes too long")
        return best

    def _advance(self, state: _State, char: str, seeking: bool) -> _State:
        """The state after a character; seeking: a match may also begin behind it."""
        reached = []
        for at in state.tests:
            test = self._steps[at].test
            if test is not None and test(char):
                reached.append(at + 1)
        if self._transitions >= MAX_TRANSITIONS:
            self._forget()
        self._transitions += 1
        following = self._state(reached + [0] * seeking, at_start=False, seeking=seeking)
        state.next[char] = following
        return following

    def _state(self, reached: list[int], *, at_start: bool, seeking: bool) -> _State:
        tests, matched = self._closure(reached, at_start, False)
        matches_at_end = matched or self._closure(reached, at_start, True)[1]
        key = (seeking, tests, matched, matches_at_end)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = _State(tests, matched, matches_at_end)
        return state

    def _closure(self, reached: list[int], at_start: bool, at_end: bool) -> tuple[frozenset[int], bool]:
        """The tests that threads come to without reading, and whether one comes to the program's end."""
        seen: set[int] = set()
        tests: set[int] = set()
        matched = False
        pending = list(reached)
        while pending:
            at = pending.pop()
            if at in seen:
                continue
            seen.add(at)
            if at == len(self._steps):
                matched = True
                continue
            step = self._steps[at]
            if step.test is not None:
                tests.add(at)
            elif (
                not step.condition
                or (step.condition == START and at_start)
                or (step.condition == END and at_end)
            ):
                pending.extend(step.targets)
        return frozenset(tests), matched
