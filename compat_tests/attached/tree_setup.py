"""What the scenarios of the tree modes begin with: sessions, windows and panes, and the list opened."""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    keys,
    look,
)


def pane(text: str) -> str:
    """A program that shows `text` and stays."""
    return f"printf '{text}\\n'; exec cat"


# Longer than the time in which two clicks are one double click.
APART = 0.4

# s: first with two panes, second; t: one with two panes, two.
SESSIONS: tuple[Command, ...] = (
    ("split-window", "-h", "-t", "s:", pane("right")),
    ("new-window", "-d", "-t", "s:", "-n", "second", pane("in second")),
    ("new-session", "-d", "-s", "t", "-n", "one", "-x", "60", "-y", "15", pane("in t")),
    ("split-window", "-t", "t:one", pane("below")),
    ("new-window", "-d", "-t", "t:", "-n", "two", pane("t two")),
)
# The same with one pane in each window, where 3.7c filters windows as it says.
UNSPLIT = tuple(command for command in SESSIONS if command[0] != "split-window")
ALONE = pane("first")
OPEN = call("choose-tree", "-t", "s:0", "-Z")


def looked(*names: str) -> list[Step]:
    """A look after each key."""
    return [step for name in names for step in (keys(name), look())]


def asked(name: str, *answer: Step) -> list[Step]:
    """A key that asks something, a look at that, what is answered, and a look at what comes of it."""
    return [keys(name), look(), *answer, look()]


def tree(
    name: str,
    *steps: Step,
    cols: int = 80,
    rows: int = 24,
    sessions: Sequence[Command] = SESSIONS,
    setup: Sequence[Command] = (),
    needs: Sequence[str] = (),
) -> Scenario:
    """choose-tree, opened, with sessions s and t."""
    return Scenario(
        name,
        steps=[OPEN, look(), *steps],
        setup=(*sessions, *setup),
        program=ALONE,
        cols=cols,
        rows=rows,
        needs=("choose-tree", *needs),
    )


MANY: tuple[Command, ...] = tuple(
    ("new-window", "-d", "-t", "s:", "-n", f"w{number}", pane(f"in w{number}")) for number in range(1, 8)
)


def side_by_side(
    name: str, setup: Sequence[Command], *steps: Step, cols: int = 80, rows: int = 24
) -> Scenario:
    """Many windows or panes, to be previewed beside each other."""
    return Scenario(
        name,
        steps=[call("choose-tree", "-Z", "-t", "s:0"), look(), *steps],
        setup=setup,
        program=ALONE,
        cols=cols,
        rows=rows,
    )
