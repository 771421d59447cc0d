"""Calls of one process each: what scripts and pollers pay."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence

from compat_tests.bench.figures import Goal, median
from compat_tests.bench.subject import Run, Subject, alternate
from compat_tests.clients.sandbox import wait_until
from tmuxish.cli import programs

TEXT = "ls -la /usr/bin | head -50; echo all of it"
ROUNDS, FEW_ROUNDS = 200, 20
CALLS = {
    "has-session": ("has-session", "-t", "s"),
    "list-sessions -F": (
        "list-sessions",
        "-F",
        "#{session_name}:#{session_created}:#{session_attached}",
    ),
    "capture-pane -p": ("capture-pane", "-p", "-t", "s"),
    "send-keys": ("send-keys", "-t", "s", "x", "BSpace"),
    "display-message -p": (
        "display-message",
        "-p",
        "-t",
        "s",
        "#{pane_current_command} #{pane_current_path}",
    ),
}
OTHER_CALLS = {
    "-V": ("-V",),
    "capture-pane -p -e -J -S -": ("capture-pane", "-p", "-e", "-J", "-S", "-", "-t", "s"),
}
CALL_GOAL = Goal(ratio=0.8)

BEYOND = "has-session beyond its Python's start, p50"
BEYOND_GOAL = Goal(value=2.0)

POLLERS, POLLED = 8, 10
POLLS, FEW_POLLS = 150, 15
POLL_GOAL = Goal(ratio=1.3, higher=True)

MOVES, FEW_MOVES = 100, 10
LINES = 5000


def calls(run: Run) -> None:
    """Single calls, the executables in turn."""
    with run.subjects() as subjects:
        for subject in subjects:
            subject.start("new-session", "-d", "-s", "s", "-x", "80", "-y", "24", "sh")
            subject.run("send-keys", "-t", "s", TEXT, "Enter").ok()
            subject.until("\nall of it", "capture-pane", "-p", "-t", "s")
        for name, argv in {**CALLS, **OTHER_CALLS}.items():
            found = alternate(subjects, argv, run.count(ROUNDS, FEW_ROUNDS))
            goal = CALL_GOAL if name in CALLS else None
            run.report.add_times("calls", f"{name}, p50", found, goal)
        times = run.count(ROUNDS, FEW_ROUNDS)
        beyond = [_beyond_python(subject, CALLS["has-session"], times) for subject in subjects]
    if any(value is not None for value in beyond):
        run.report.add("calls", BEYOND, "ms", beyond, BEYOND_GOAL)


def _beyond_python(subject: Subject, argv: Sequence[str], times: int) -> float | None:
    """Milliseconds by which a call takes longer than `python -c pass`, in turn, by the Python that the
    executable is a script for; None of one that is no such script.
    """
    python = programs.interpreter(subject.executable)
    if python is None:
        return None
    pairs = [(subject.timed_program(python, "-c", "pass"), subject.timed(*argv)) for _ in range(times)]
    return median([call - bare for bare, call in pairs])


def pollers(run: Run) -> None:
    """Eight shells that do nothing but look at ten panes."""
    polls = run.count(POLLS, FEW_POLLS)

    def rate(subject: Subject) -> float:
        for number in range(POLLED):
            subject.start("new-session", "-d", "-s", f"p{number}", "-x", "120", "-y", "40", "sh")
        call = shlex.join([subject.executable, "capture-pane", "-p", "-t"])
        body = f"{call} p$((i % {POLLED})) >/dev/null || exit; i=$((i+1))"
        loop = f"i=0; while [ $i -lt {polls} ]; do {body}; done"
        together = " & ".join(f"({loop})" for _ in range(POLLERS))
        started = time.perf_counter()
        subject.shell(f"{together} & wait")
        return POLLERS * polls / (time.perf_counter() - started)

    run.report.add("pollers", f"{POLLERS} at once", "calls/s", run.each(rate), POLL_GOAL)


def copy_mode(run: Run) -> None:
    """Commands of copy mode, a call each, while nobody is attached."""
    moves = run.count(MOVES, FEW_MOVES)
    with run.subjects() as subjects:
        for subject in subjects:
            subject.start("new-session", "-d", "-s", "s", "-x", "80", "-y", "24", f"seq {LINES}; cat")
            wait_until(lambda subject=subject: str(LINES) in _screen(subject), "the text")  # type: ignore[misc]
            subject.run("copy-mode", "-t", "s").ok()
        for name, before in (
            ("moves", ()),
            ("moves with all selected", ("history-top", "begin-selection", "history-bottom")),
        ):
            for subject in subjects:
                for command in before:
                    subject.run("send-keys", "-t", "s", "-X", command).ok()
            values = [_moves(subject, moves) for subject in subjects]
            run.report.add("copy mode", f"{moves} {name}", "ms", values)


def _screen(subject: Subject) -> Sequence[str]:
    return subject.run("capture-pane", "-p", "-t", "s").out.split()


def _moves(subject: Subject, count: int) -> float:
    move = ("send-keys", "-t", "s", "-X")
    return sum(subject.timed(*move, "cursor-up" if turn % 2 else "cursor-down") for turn in range(count))
