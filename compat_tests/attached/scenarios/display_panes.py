"""display-panes: how numbers look on panes of all sizes, and what keys do."""

from __future__ import annotations

from compat_tests.attached.script import (
    Scenario,
    Step,
    call,
    keys,
    look,
    mouse,
    pause,
    resize,
    start,
    typed,
)

CAT = "printf 'some text %.0s' 1 2 3 4 5 6 7 8 9 10; exec cat"
# Nothing wide: which halves of wide characters tmux leaves to the terminal is chance.
BASE = ("set", "-g", "pane-base-index", "8")
STAY = ("set", "-g", "display-panes-time", "60000")
RIGHT = ("split-window", "-h", "-t", "s:", CAT)
BELOW = ("split-window", "-v", "-t", "s:", CAT)
ZOOM = ("resize-pane", "-Z", "-t", "s:")


def shown(name: str, *setup: tuple[str, ...], cols: int = 60, rows: int = 16) -> Scenario:
    """Numbers over some panes."""
    steps: list[Step] = [start("display-panes", "-t", "<a>", "-d", "0"), look()]
    return Scenario(f"look-{name}", steps, [STAY, *setup], cols, rows, program=CAT)


def pressed(
    name: str, *steps: Step, argv: tuple[str, ...] = (), setup: tuple[tuple[str, ...], ...] = ()
) -> Scenario:
    return Scenario(
        f"keys-{name}",
        [start("display-panes", "-t", "<a>", *argv), look(), *steps],
        [STAY, RIGHT, BELOW, *setup],
        program="cat",
    )


SCENARIOS = [
    shown("one"),
    shown("three", RIGHT, BELOW),
    shown("two-digits", RIGHT, BELOW, BASE),
    shown("letters", ("set", "-g", "pane-base-index", "33"), RIGHT, BELOW),
    shown("numbers-beyond-letters", ("set", "-g", "pane-base-index", "99"), RIGHT, BELOW, rows=24),
    shown("low", BELOW, BELOW, rows=12),
    shown("lower", *([BELOW, ("select-layout", "-t", "s:", "even-vertical")] * 3), rows=14),
    shown("narrow", *([RIGHT, ("select-layout", "-t", "s:", "even-horizontal")] * 6), cols=50),
    shown("narrower", *([RIGHT, ("select-layout", "-t", "s:", "even-horizontal")] * 8), cols=40),
    shown(
        "colours",
        RIGHT,
        ("set", "-g", "display-panes-colour", "colour100"),
        ("set", "-g", "display-panes-active-colour", "#ff8000"),
    ),
    shown("zoomed", RIGHT, BELOW, ZOOM),
    shown("status-top", RIGHT, ("set", "-g", "status-position", "top"), ("set", "-g", "status", "2")),
    shown("borders", RIGHT, BELOW, ("set", "-g", "pane-border-status", "top")),
    shown("floating", RIGHT, ("new-pane", "-t", "s:.0", "-x", "20", "-y", "5", "-X", "22", "-Y", "3", CAT)),
    shown("even-rows", RIGHT, rows=17, cols=61),
    Scenario(
        "frozen",
        [
            start("display-panes", "-t", "<a>"),
            look(),
            call("send-keys", "-t", "s:", "output", "Enter"),
            look(),
            resize(50, 12),
            look(),
        ],
        [STAY, RIGHT],
    ),
    Scenario(
        "time-out", [start("display-panes", "-t", "<a>", "-d", "300"), look(), pause(0.5), look()], [RIGHT]
    ),
    Scenario(
        "binding",
        [keys("prefix", "q"), look(), keys("1"), look(), keys("prefix", "q"), look(), typed("typed"), look()],
        [STAY, RIGHT, BELOW],
        program="cat",
        needs=("display-panes",),
    ),
    pressed("select", keys("0"), look()),
    pressed("no-such-pane", keys("7"), look(), typed("typed"), look()),
    pressed(
        "letter",
        keys("b"),
        look(),
        setup=(("set", "-g", "pane-base-index", "9"), ("select-pane", "-t", "s:.9")),
    ),
    pressed("other", keys("Up"), typed("typed"), look()),
    pressed("meta", keys("M-a"), look()),
    pressed("ignored", keys("1"), look(), argv=("-N",)),
    pressed("template", keys("1"), look(), argv=("set -g status-left '[%%] '",)),
    pressed(
        "template-block",
        keys("1"),
        look(),
        argv=("{ set -g status-left '[%1] ' ; set -g status-right '%1' }",),
    ),
    pressed("bad-template", keys("1"), look(), argv=("no-such-command %%",)),
    pressed("background", keys("1"), look(), argv=("-b",)),
    pressed("zoomed", keys("0"), look(), setup=(ZOOM,)),
    pressed("mouse", mouse(("Down1", 2, 2), ("Up1", 2, 2)), look(), setup=(("set", "-g", "mouse", "on"),)),
    Scenario(
        "not-over-another",
        [
            start("display-panes", "-t", "<a>"),
            look(),
            call("display-panes", "-t", "<a>"),
            keys("1"),
            look(),
            look(),
        ],
        [STAY, RIGHT],
    ),
]
