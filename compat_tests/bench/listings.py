"""Listings as products ask for them: many sessions with a few facts, many panes with all there are."""

from __future__ import annotations

from libtmux.neo import get_output_format

from compat_tests.bench.figures import Goal
from compat_tests.bench.subject import Run, Subject, alternate

ROUNDS, FEW_ROUNDS = 30, 3
SESSIONS, FEW_SESSIONS = 200, 20
PANES, FEW_PANES = 50, 10
PANES_PER_WINDOW = 5
AT_ONCE = 10
"""Sessions that one call makes."""

GWQ = (
    "#{session_name}:#{session_created}:#{session_activity}:#{session_attached}:"
    "#{pane_current_command}:#{pane_current_path}"
)
LIBTMUX = get_output_format("list-panes", "3.7")[1]


def listings(run: Run) -> None:
    """The executables in turn."""
    sessions, panes = run.count(SESSIONS, FEW_SESSIONS), run.count(PANES, FEW_PANES)
    variables = LIBTMUX.count("#{")
    calls: dict[str, tuple[tuple[str, ...], Goal | None]] = {
        f"names of {sessions} sessions": (("list-sessions", "-F", "#{session_name}"), None),
        f"gwq's format, {sessions} sessions": (("list-sessions", "-F", GWQ), Goal(ratio=1.0)),
        f"libtmux's {variables} variables, {panes} panes": (
            ("list-panes", "-s", "-t", "panes", "-F", LIBTMUX),
            Goal(ratio=1.5),
        ),
        f"has-session among {sessions}": (("has-session", "-t", "agent-003"), Goal(ratio=0.8)),
    }
    with run.subjects() as subjects:
        for subject in subjects:
            build(subject, sessions, panes)
        for name, (argv, goal) in calls.items():
            found = alternate(subjects, argv, run.count(ROUNDS, FEW_ROUNDS))
            run.report.add_times("listings", name, found, goal)


def build(subject: Subject, sessions: int, panes: int) -> None:
    """Sessions of one window each, the last with many panes."""
    for start in range(0, sessions - 1, AT_ONCE):
        words: list[str] = []
        for number in range(start, min(start + AT_ONCE, sessions - 1)):
            words += ["new-session", "-d", "-s", f"agent-{number:03}", "cat", ";"]
        subject.start(*words[:-1])
    subject.run("new-session", "-d", "-s", "panes", "-x", "200", "-y", "100", "cat").ok()
    for window in range(panes // PANES_PER_WINDOW):
        if window:
            subject.run("new-window", "-d", "-t", f"panes:{window}", "cat").ok()
        for _ in range(PANES_PER_WINDOW - 1):
            subject.run("split-window", "-d", "-t", f"panes:{window}", "cat").ok()
            subject.run("select-layout", "-t", f"panes:{window}", "tiled").ok()
