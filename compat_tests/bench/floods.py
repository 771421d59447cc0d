"""Output without end: how fast it goes through a pane, and what it does to everybody else's calls."""

from __future__ import annotations

import random
import time
from pathlib import Path

from compat_tests.bench.figures import Goal, median, p95
from compat_tests.bench.subject import Run, Subject, alternate

SIZE, SMALL_SIZE = 20_000_000, 1_000_000
RUNS = 3
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
    """MB/s through a detached pane of 80x24, the best of several runs."""
    for kind in ("plain", "colour", "utf8", "tui"):
        data = workload(kind, run.count(SIZE, SMALL_SIZE))

        def rate(subject: Subject, data: bytes = data, kind: str = kind) -> float:
            path = subject.work / kind
            path.write_bytes(data)
            subject.start("new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "sh")
            return max(_through(subject, path, len(data)) for _ in range(run.count(RUNS, 1)))

        run.report.add("floods", kind, "MB/s", run.each(rate), GOAL)


def _through(subject: Subject, path: Path, size: int) -> float:
    started = time.perf_counter()
    subject.run("send-keys", "-t", "t", f"cat {path}; {subject.executable} wait-for -S done", "Enter").ok()
    subject.run("wait-for", "done", timeout=300).ok()
    return size / (time.perf_counter() - started) / 1e6


def others(run: Run) -> None:
    """Calls of others while a pane floods."""
    for kind, program in PROGRAMS.items():
        with run.subjects() as subjects:
            found: list[list[float]] = []
            for subject in subjects:  # one flood at a time: two would fight for the machine
                path = subject.work / "colour"
                path.write_bytes(workload("colour", SMALL_SIZE))
                subject.start("new-session", "-d", "-s", "q", "sh")
                flood = program.format(colour=path)
                subject.run("new-session", "-d", "-s", "f", "-x", "80", "-y", "24", flood).ok()
                count = run.count(ROUNDS, FEW_ROUNDS)
                found += alternate([subject], ("capture-pane", "-p", "-t", "q"), count)
                subject.run("kill-session", "-t", "f").ok()
            name = f"capture-pane beside {kind}"
            run.report.add("others", f"{name}, p50", "ms", [median(times) for times in found])
            run.report.add("others", f"{name}, p95", "ms", [p95(times) for times in found], OTHERS_GOAL)
