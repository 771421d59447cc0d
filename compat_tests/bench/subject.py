"""An executable that is measured, in a world of its own, called with as little around it as can be."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compat_tests.bench.figures import Report
from compat_tests.clients.sandbox import Sandbox, wait_until

STEADY = 16
"""KiB by which memory that stays as it is may differ: what is shared with others changes with them."""
WARM_UP = 3
"""Calls of each kind that are made before those that count."""


class Subject(Sandbox):
    """One executable. `-f /dev/null` starts its servers: nobody's configuration is measured."""

    def __init__(self, executable: str) -> None:
        found = shutil.which(executable)
        if found is None:
            raise FileNotFoundError(f"no such executable: {executable}")
        super().__init__([os.path.abspath(found)])
        self.executable = self.command[0]
        self._null = os.open(os.devnull, os.O_RDWR)

    def __enter__(self) -> Subject:
        return self

    def close(self) -> None:
        os.close(self._null)
        super().close()

    def start(self, *argv: str) -> None:
        """A server with what a first command makes."""
        self.run("-f", "/dev/null", *argv).ok()

    def timed(self, *argv: str) -> float:
        """Milliseconds that one call takes, process and all; its output goes nowhere."""
        return self.timed_program(self.executable, *argv)

    def timed_program(self, *command: str) -> float:
        """The same of any program, by its path, in this world."""
        actions = [(os.POSIX_SPAWN_DUP2, self._null, number) for number in (0, 1, 2)]
        started = time.perf_counter()
        pid = os.posix_spawn(command[0], command, self.env, file_actions=actions)
        _, status = os.waitpid(pid, 0)
        taken = (time.perf_counter() - started) * 1000
        if status:
            raise RuntimeError(f"{command} failed: {self.call(command)}")
        return taken

    def own_memory(self) -> int:
        """KiB of memory that only the server has: its part of what is shared changes with every process."""
        text = Path(f"/proc/{self.server_pid()}/smaps_rollup").read_text()
        return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_"))

    def settled_memory(self, pause: float = 0.2) -> int:
        """The same once it no longer grows."""
        last = self.own_memory()

        def same() -> bool:
            nonlocal last
            time.sleep(pause)
            before, last = last, self.own_memory()
            return abs(last - before) <= STEADY

        wait_until(same, "memory that stays as it is", timeout=60)
        return last


@dataclass
class Run:
    """One run of the benchmarks: the executables, where figures go, and whether it is to be a quick one."""

    executables: list[str]
    report: Report
    quick: bool = False

    def count(self, many: int, few: int) -> int:
        """How often to do something."""
        return few if self.quick else many

    @contextlib.contextmanager
    def subjects(self) -> Iterator[list[Subject]]:
        """All executables in fresh worlds, side by side, which end with the block."""
        with contextlib.ExitStack() as stack:
            yield [stack.enter_context(Subject(executable)) for executable in self.executables]

    def each(self, measure: Callable[[Subject], float]) -> list[float]:
        """A figure of each executable, one after the other, each alone and in a fresh world."""
        values = []
        for executable in self.executables:
            with Subject(executable) as subject:
                values.append(measure(subject))
        return values


def alternate(subjects: Sequence[Subject], argv: Sequence[str], times: int) -> list[list[float]]:
    """Milliseconds of calls by executable, which take turns."""
    found: list[list[float]] = [[] for _ in subjects]
    for turn in range(WARM_UP + times):
        for subject, values in zip(subjects, found, strict=True):
            taken = subject.timed(*argv)
            if turn >= WARM_UP:
                values.append(taken)
    return found
