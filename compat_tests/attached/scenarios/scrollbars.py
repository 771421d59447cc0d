"""Scrollbars beside panes: where they are, what they look like, and their sliders.

Only of one column, and in windows seen as a whole: tmux draws no others properly (see deviations.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    keys,
    look,
    mouse,
    titled,
    typed,
    until,
)

SHORT = "seq 5; exec cat"


def bars(setting: str = "on", position: str = "right", style: str = "") -> tuple[Command, ...]:
    """Settings of scrollbars; `style` beyond that of tmux."""
    return (
        ("set", "-wg", "pane-scrollbars", setting),
        ("set", "-wg", "pane-scrollbars-position", position),
        *((("set", "-wg", "pane-scrollbars-style", style),) if style else ()),
    )


def lines(word: str) -> str:
    """A program that says more than fits."""
    return f"seq -f '{word} %.0f' 60; exec cat"


def split(*flags: str, word: str = "text") -> Command:
    return ("split-window", *flags, "-t", "s:", lines(word))


def full(setup: Sequence[Command]) -> list[Step]:
    """All panes have said what they have to say."""
    words = [word for word in ("line", "text", "more") if word in str(setup) or word == "line"]
    return [until(f"{word} 60") for word in words]


LINES = lines("line")
BOTH = (split("-h"), split("-v", word="more"))
INDICATORS = ("set", "-wg", "pane-border-indicators", "both")

PLACES = [
    Scenario(
        f"{position}-{name}",
        setup=(*bars(position=position, style=style), *setup),
        program=LINES,
        steps=[*full(setup), look()],
    )
    for position in ("right", "left")
    for name, style, setup in (
        ("alone", "", ()),
        ("unstyled", "default", ()),
        ("attributes", "fg=green,bg=default,underscore", ()),
        ("two", "", (split("-h"),)),
        ("stacked", "", (split("-v"),)),
        ("three", "", (*BOTH, INDICATORS)),
        ("status-in-borders", "", (*BOTH, *titled(3), ("set", "-wg", "pane-border-status", "top"))),
        ("status-at-bottom", "", (*BOTH, *titled(3), ("set", "-wg", "pane-border-status", "bottom"))),
        ("status-above", "", (split("-h"), ("set", "-g", "status-position", "top"))),
        ("zoomed", "", (split("-h", word="hid"), ("resize-pane", "-Z", "-t", "s:.0"))),
    )
]

# tmux leaves the scrollbar below a floating pane as it was: only a new drawing shows it as it is.
FLOATING = [
    Scenario(
        f"{position}-floating",
        setup=bars(position=position),
        program=LINES,
        steps=[
            until("line 60"),
            call("new-pane", "-t", "s:", "-x20", "-y6", "-X10", "-Y4", lines("text")),
            until("text 60"),
            keys("prefix", "r"),
            look(),
        ],
    )
    for position in ("right", "left")
]

OTHERS = [
    Scenario(
        "slider-shrinks",
        setup=bars(),
        program="seq 12; read x; seq 30; read x; seq 200; exec cat",
        steps=[
            until("12"),
            look(),
            typed("\r"),
            until("30"),
            look(),
            typed("\r"),
            until("200"),
            look(),
        ],
    ),
    Scenario("nothing-to-scroll", setup=bars(), program=SHORT, steps=[until("5"), look()]),
    Scenario(
        "alternate-screen",
        setup=bars(),
        program="seq 30; read x; printf '\\033[?1049hother'; read x; printf '\\033[?1049l'; exec cat",
        steps=[until("30"), look(), typed("\r"), until("other"), look(), typed("\r"), until("30"), look()],
    ),
    Scenario(
        "switched-on-and-off",
        program=LINES,
        steps=[
            until("line 60"),
            call("set", "-wg", "pane-scrollbars", "on"),
            look(),
            call("set", "-wg", "pane-scrollbars-position", "left"),
            look(),
            call("set", "-p", "-t", "s:", "pane-scrollbars-style", "bg=red"),
            look(),
            call("set", "-wg", "pane-scrollbars", "modal"),
            look(),
            call("set", "-wg", "pane-scrollbars", "off"),
            look(),
        ],
    ),
    Scenario(
        "modal",
        setup=(*bars("modal"), split("-h")),
        needs=("copy-mode",),
        program=LINES,
        steps=[
            until("line 60"),
            keys("prefix", "["),
            look(),
            keys("PPage"),
            look(),
            keys("q"),
            look(),
        ],
    ),
    Scenario(
        "scrolled",
        setup=bars(),
        needs=("copy-mode",),
        program=LINES,
        steps=[
            until("line 60"),
            keys("prefix", "["),
            look(),
            *(step for key in ("PPage", "PPage", "M-<", "NPage", "M->", "q") for step in (keys(key), look())),
        ],
    ),
]

MOUSE = [
    Scenario(
        f"mouse-pages-{position}",
        setup=(*bars(position=position), ("set", "-g", "mouse", "on")),
        needs=("copy-mode",),
        program=LINES,
        steps=[
            until("line 60"),
            mouse(("Down1", column, 1), ("Up1", column, 1)),
            look(),
            mouse(("Down1", column, 13), ("Up1", column, 13)),
            look(),
        ],
    )
    for position, column in (("right", 59), ("left", 0))
] + [
    Scenario(
        f"mouse-drags-slider-{place}",
        setup=(*bars(), ("set", "-g", "mouse", "on"), ("set", "-g", "status-position", place)),
        needs=("copy-mode",),
        program=LINES,
        steps=[
            until("line 60"),
            mouse(("Down1", 59, 13), ("Drag1", 59, 11)),
            look(),
            mouse(("Drag1", 30, 5)),
            look(),
            mouse(("Drag1", 59, 0)),
            look(),
            mouse(("Drag1", 59, 15)),
            look(),
            mouse(("Drag1", 59, 8), ("Up1", 59, 8)),
            look(),
        ],
    )
    for place in ("bottom", "top")
]

SCENARIOS = [*PLACES, *FLOATING, *OTHERS, *MOUSE]
