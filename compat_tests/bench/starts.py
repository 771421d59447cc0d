"""Starting: the server itself, and one session after the other."""

from __future__ import annotations

from compat_tests.bench.figures import Goal
from compat_tests.bench.subject import Run, Subject
from compat_tests.clients.sandbox import wait_until

STARTS, FEW_STARTS = 15, 3
SESSIONS, FEW_SESSIONS = 200, 10
COLD_GOAL = Goal(value=50.0)


def starts(run: Run) -> None:
    """The first new-session, which starts the server; the executables in turn."""
    with run.subjects() as subjects:
        found: list[list[float]] = [[] for _ in subjects]
        for _ in range(run.count(STARTS, FEW_STARTS)):
            for subject, times in zip(subjects, found, strict=True):
                times.append(subject.timed("-f", "/dev/null", "new-session", "-d", "-s", "s", "sleep 100"))
                end_server(subject)
    run.report.add_times("starts", "the first new-session -d", found, COLD_GOAL)


def end_server(subject: Subject) -> None:
    """Let the server end, and wait until it has."""
    pid = subject.server_pid()
    subject.run("kill-server").ok()
    wait_until(lambda: pid not in subject.processes(), "the server's end")


def sessions(run: Run) -> None:
    """Many sessions, a call each."""
    count = run.count(SESSIONS, FEW_SESSIONS)

    with run.subjects() as subjects:
        for subject in subjects:
            subject.start("new-session", "-d", "-s", "first", "sleep 1000")
        found: list[list[float]] = [[] for _ in subjects]
        for number in range(count):
            for subject, times in zip(subjects, found, strict=True):
                times.append(subject.timed("new-session", "-d", "-s", f"s{number}", "sleep 1000"))
    run.report.add_times("starts", f"new-session among up to {count}", found)
