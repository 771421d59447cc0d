"""Memory of the server: history, sessions, and whether five hundred of them are still served."""

from __future__ import annotations

from compat_tests.bench.figures import Goal
from compat_tests.bench.subject import Run, Subject

LINES, FEW_LINES = 50_000, 2_000
SESSIONS, FEW_SESSIONS = 50, 5
HELD, FEW_HELD = 500, 20
AT_ONCE = 10
LINE = "line %g of the scrollback that a build would print to its terminal"


def memory(run: Run) -> None:
    """Proportional set sizes: of a server, of each session more, of a long history."""
    lines, count = run.count(LINES, FEW_LINES), run.count(SESSIONS, FEW_SESSIONS)
    base, each, history = [], [], []
    for executable in run.executables:
        with Subject(executable) as subject:
            subject.start("new-session", "-d", "-s", "s", "sleep 1000")
            before = subject.settled_memory()
            base.append(before / 1024)
            for number in range(count):
                subject.run("new-session", "-d", "-s", f"m{number}", "sleep 1000").ok()
            after = subject.settled_memory()
            each.append((after - before) / count)
            subject.run("set-option", "-g", "history-limit", str(lines)).ok()
            fill = f"seq -f '{LINE}' {lines}; {subject.executable} wait-for -S full; sleep 1000"
            subject.run("new-session", "-d", "-s", "h", "-x", "80", "-y", "24", fill).ok()
            subject.run("wait-for", "full").ok()
            history.append((subject.settled_memory() - after) / 1024)
    run.report.add("memory", "server with one session", "MiB", base)
    run.report.add("memory", "one more session", "KiB", each, Goal(value=10.0))
    run.report.add("memory", f"{lines} lines of history", "MiB", history, Goal(ratio=1.0))


def held(run: Run) -> None:
    """Many sessions at once; the slowest answer of any of them."""
    count = run.count(HELD, FEW_HELD)

    def slowest(subject: Subject) -> float:
        for start in range(0, count, AT_ONCE):
            words: list[str] = []
            for number in range(start, start + AT_ONCE):
                words += ["new-session", "-d", "-s", f"s{number}", "cat", ";"]
            subject.start(*words[:-1])
        return max(subject.timed("capture-pane", "-p", "-t", f"s{number}:") for number in range(count))

    run.report.add("memory", f"slowest answer of {count} sessions", "ms", run.each(slowest))
