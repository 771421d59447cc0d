"""find-window: its flags."""

from __future__ import annotations

from compat_tests.attached.script import (
    Scenario,
    call,
    keys,
    look,
)
from compat_tests.attached.tree_setup import ALONE, UNSPLIT


def found(name: str, *argv: str) -> Scenario:
    """find-window with these arguments."""
    return Scenario(
        name,
        steps=[call("find-window", "-t", "s:0", *argv), look(), keys("q"), look()],
        setup=(*UNSPLIT, ("select-pane", "-t", "t:two", "-T", "a Title")),
        program=ALONE,
        cols=80,
        rows=24,
        needs=["choose-tree"],
    )


FIND_WINDOW = [
    found("find", "second"),
    found("find-zoomed", "-Z", "two"),
    found("find-contents", "-C", "in second"),
    found("find-name", "-N", "two"),
    found("find-title", "-T", "Title"),
    found("find-contents-and-name", "-CN", "second"),
    found("find-contents-and-title", "-CT", "Title"),
    found("find-name-and-title", "-NT", "Title"),
    found("find-any-case", "-i", "SECOND"),
    found("find-expression", "-r", "^sec"),
    found("find-expression-any-case", "-ri", "^SEC.*d$"),
    found("find-nothing", "nothing of the kind"),
]

SCENARIOS = [*FIND_WINDOW]
