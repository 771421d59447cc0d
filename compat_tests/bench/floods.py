"""Output without end: how fast it goes through a pane, and what it does to everybody else's calls."""

from __future__ import annotations

import os
import random
import select
import time
from pathlib import Path

from compat_tests.bench.figures import Goal, median, p95
from compat_tests.bench.subject import Run, Subject, alternate

SIZE = 20_000_000
QUICK_SIZES = {"plain": 8_000_000, "colour": 3_000_000, "utf8": 2_000_000, "tui": 3_000_000}
"""Each takes a fraction of a second: with less, what pipes and buffers hold would count."""
FLOOD_SIZE = 1_000_000
"""Bytes that a flood repeats."""
RUNS, FEW_RUNS = 3, 2
LIMIT = 300.0
"""Seconds after which a flood that has not ended never will."""
GOAL = Goal(ratio=1.0, higher=True)

TEXT = "the quick brown fox jumps over lazy dog error warning compile build test module function return value"
WORDS = TEXT.split()
SGR = ["1;31", "32", "38;5;208", "0", "1", "38;2;10;20;30", "4"]
WIDE = ["日本語", "é", "→", "✓ ok ", "naïve ", "🎉"]

PROGRAMS = {"yes": "yes the quick brown fox", "colour": "while :; do cat {colour}; done"}
ROUNDS, FEW_ROUNDS = 150, 20
OTHERS_GOAL = Goal(ratio=1.0)


def workload(kind: str, size: int) -> bytes:
    """Lines of one kind (plain, colour, utf8, tui), the same in every run."""
    dice = random.Random(1)
    out: list[str] = []
    length = 0
    while length < size:
        if kind == "plain":
            line = " ".join(dice.choice(WORDS) for _ in range(dice.randint(4, 14))) + "\n"
        elif kind == "colour":
            pieces = dice.randint(4, 10)
            line = (
                "".join(f"\x1b[{dice.choice(SGR)}m{dice.choice(WORDS)}\x1b[0m " for _ in range(pieces)) + "\n"
            )
        elif kind == "utf8":
            line = "".join(dice.choice(WIDE) for _ in range(dice.randint(8, 24))) + "\n"
        else:
            line = "".join(
                f"\x1b[{dice.randint(1, 24)};{dice.randint(1, 70)}H\x1b[K{dice.choice(WORDS)}"
                for _ in range(10)
            )
        out.append(line)
        length += len(line.encode())
    return "".join(out).encode()


def floods(run: Run) -> None:
    """MB/s through a detached pane of 80x24, the best of several runs; the executables take turns."""
    for kind, quick_size in QUICK_SIZES.items():
        data = workload(kind, run.count(SIZE, quick_size))
        with run.subjects() as subjects:
            sources = [Source(subject, data) for subject in subjects]
            rates = [
                [len(data) / source.flow() / 1e6 for source in sources]
                for _ in range(run.count(RUNS, FEW_RUNS))
            ]
            for source in sources:
                source.close()
        run.report.add("floods", kind, "MB/s", [max(found) for found in zip(*rates, strict=True)], GOAL)


class Source:
    """A pane in which `cat` prints a file whenever it is told to.

    It is told, and tells its end, through pipes: a client for that would take time of its own.
    """

    def __init__(self, subject: Subject, data: bytes) -> None:
        (subject.work / "data").write_bytes(data)
        self._go, self._done = (_pipe(subject.work / name) for name in ("go", "done"))
        loop = "while read word <go; do cat data; echo over >done; done"
        subject.start("new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "-c", str(subject.work), loop)

    def flow(self) -> float:
        """Seconds that `cat` takes to get rid of all of it."""
        started = time.perf_counter()
        os.write(self._go, b"go\n")
        if not select.select([self._done], [], [], LIMIT)[0]:
            raise TimeoutError("the flood does not end")
        taken = time.perf_counter() - started
        os.read(self._done, 100)
        return taken

    def close(self) -> None:
        os.close(self._go)
        os.close(self._done)


def _pipe(path: Path) -> int:
    """A new named pipe, open in both directions: neither end waits for the other."""
    os.mkfifo(path)
    return os.open(path, os.O_RDWR)


def others(run: Run) -> None:
    """Calls of others while a pane floods."""
    for kind, program in PROGRAMS.items():
        with run.subjects() as subjects:
            found: list[list[float]] = []
            for subject in subjects:  # one flood at a time: two would fight for the machine
                path = subject.work / "colour"
                path.write_bytes(workload("colour", FLOOD_SIZE))
                subject.start("new-session", "-d", "-s", "q", "sh")
                flood = program.format(colour=path)
                subject.run("new-session", "-d", "-s", "f", "-x", "80", "-y", "24", flood).ok()
                count = run.count(ROUNDS, FEW_ROUNDS)
                found += alternate([subject], ("capture-pane", "-p", "-t", "q"), count)
                subject.run("kill-session", "-t", "f").ok()
            name = f"capture-pane beside {kind}"
            run.report.add("others", f"{name}, p50", "ms", [median(times) for times in found])
            run.report.add("others", f"{name}, p95", "ms", [p95(times) for times in found], OTHERS_GOAL)
