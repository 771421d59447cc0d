"""Memory of the server: history, sessions, and whether five hundred of them are still served."""

from __future__ import annotations

from compat_tests.bench.figures import Goal
from compat_tests.bench.subject import Run, Subject
from compat_tests.clients.sandbox import Result, Sandbox, wait_until

LINES, FEW_LINES = 50_000, 10_000
SESSIONS, FEW_SESSIONS = 50, 20
HELD, FEW_HELD = 500, 20
AT_ONCE = 50
"""Sessions, and answers, that one call asks for."""
LINE = "line %g of the scrollback that a build would print to its terminal"
TYPED = "typed into %s"
CALLS = (("has-session",), ("capture-pane", "-p"), ("send-keys", "BSpace"))


def memory(run: Run) -> None:
    """Memory that only the server has: with one session, for each more, for a long history."""
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
    """Many sessions at once: what they take, whether each answers, and how fast."""
    names = [f"s{number}" for number in range(run.count(HELD, FEW_HELD))]
    with run.subjects() as subjects:
        for subject in subjects:
            hold(subject, names).ok()
        values = [subject.settled_memory() / 1024 for subject in subjects]
        run.report.add("memory", f"server with {len(names)} sessions", "MiB", values)
        goal = Goal(value=len(names), higher=True)
        answers = [answering(subject, names) for subject in subjects]
        run.report.add("memory", f"of {len(names)} sessions, answering", "", answers, goal)
        for call, *more in CALLS:
            times: list[list[float]] = [[] for _ in subjects]
            for name in names:
                for subject, found in zip(subjects, times, strict=True):
                    found.append(subject.timed(call, "-t", name, *more))
            run.report.add_times("memory", f"{call}, each of {len(names)} sessions", times)
            if call == "capture-pane":
                slowest = [max(found) for found in times]
                run.report.add("memory", f"slowest answer of {len(names)} sessions", "ms", slowest)


def hold(tmux: Sandbox, names: list[str]) -> Result:
    """Make sessions that show what is typed into them, until one can't be made; the last call's result."""
    for some in _portions(names):
        words = [word for name in some for word in ("new-session", "-d", "-s", name, "cat", ";")]
        result = tmux.run("-f", "/dev/null", *words[:-1], timeout=60)
        if result.code:
            break
    return result


def answering(tmux: Sandbox, names: list[str]) -> int:
    """How many sessions are there, take a line and show it."""
    for some in _portions(names):
        words = [
            word
            for name in some
            for word in ("has-session", "-t", name, ";", "send-keys", "-t", name, TYPED % name, "Enter", ";")
        ]
        tmux.run(*words[:-1]).ok()

    def count() -> int:
        return sum(_shown(tmux, some) for some in _portions(names))

    wait_until(lambda: count() == len(names), "an answer of every session", timeout=60)
    return count()


def _shown(tmux: Sandbox, names: list[str]) -> int:
    words = [word for name in names for word in ("capture-pane", "-p", "-t", f"{name}:", ";")]
    lines = set(tmux.run(*words[:-1]).ok().splitlines())
    return sum(TYPED % name in lines for name in names)


def _portions(names: list[str]) -> list[list[str]]:
    return [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
