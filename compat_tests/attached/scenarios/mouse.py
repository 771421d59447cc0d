"""The mouse: every default binding of the root table, drags, and what programs in panes hear of it.

Scrollbars are in the group of that name.
"""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Pause,
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

TEXT = "printf 'first word\\nsecond-line here\\nlast\\n'; exec cat"
COUNT = "seq -f 'line %.0f' 50; exec cat"
OVER = Pause(0.5)
"""A double click has come to its end, and what it copies with a delay is copied."""
SELECT_TIME = Pause(0.35)


def hears(*modes: int) -> str:
    """A program that shows what it is sent, with these private modes set."""
    codes = "".join(f"\\033[?{mode}h" for mode in modes)
    return f"stty raw -echo; printf '{codes}ready '; exec cat -v"


def split(program: str, *flags: str) -> Command:
    return ("split-window", *flags, "-t", "s:", program)


def window(name: str, *flags: str) -> Command:
    return ("new-window", *flags, "-t", "s:", "-n", name, f"printf 'in {name}\\n'; exec cat")


def at(event: str, *places: tuple[int, int]) -> list[Step]:
    """An event at each place, and a look after each."""
    return [step for x, y in places for step in (mouse((event, x, y)), look())]


def click(x: int, y: int, button: int = 1, modifier: str = "", times: int = 1) -> Step:
    return mouse(*((f"{modifier}Down{button}", x, y), (f"{modifier}Up{button}", x, y)) * times)


def opened(x: int, y: int, button: int, modifier: str = "") -> list[Step]:
    """A press that opens a menu, and then the release."""
    return [
        mouse((f"{modifier}Down{button}", x, y)),
        look(),
        mouse((f"{modifier}Up{button}", x, y)),
        look(),
    ]


def drag(*places: tuple[int, int]) -> list[Step]:
    """Press at the first place, move to each other one, release at the last; a look after each move."""
    start, end = places[0], places[-1]
    moves = [step for place in places[1:] for step in (mouse(("Drag1", *place)), look())]
    return [mouse(("Down1", *start)), *moves, mouse(("Up1", *end)), look()]


def scene(name: str, setup: Sequence[Command], *steps: Step, program: str = TEXT, cols: int = 60) -> Scenario:
    return Scenario(
        name,
        list(steps),
        (("set", "-g", "mouse", "on"), *setup),
        program=program,
        cols=cols,
        needs=("copy-mode", "display-menu"),
    )


def drag_and_lose(name: str, setup: Command, drag: Step, pane: str) -> Scenario:
    """A drag whose pane is killed before it ends."""
    rest: list[Step] = [look(), call("kill-pane", "-t", pane), look()]
    for event in ("Drag1", "Up1"):
        rest += [mouse((event, 8, 1)), look()]
    return scene(name, (setup,), drag, *rest)


RIGHT = split("printf 'right\\n'; exec cat", "-h")
BELOW = split("printf 'below\\n'; exec cat", "-v")
THREE = (RIGHT, BELOW)
WINDOWS = (window("second", "-d"), window("third", "-d"))
FLOATING = ("new-pane", "-t", "s:", "-x20", "-y6", "-X10", "-Y4", "printf 'floats\\n'; exec cat")
BORDER_TOP = ("set", "-wg", "pane-border-status", "top")
STATUS_TOP = ("set", "-g", "status-position", "top")

PANES = [
    scene("click-selects-pane", THREE, click(5, 5), look(), click(40, 2), look(), click(40, 12), look()),
    scene("click-in-the-same-pane", (RIGHT,), click(40, 5), look()),
    scene("control-click-swaps", (RIGHT,), click(5, 5, modifier="C-"), look()),
    scene("click-unmarks", (RIGHT, ("select-pane", "-m", "-t", "s:.1")), click(30, 5), look()),
    scene(
        "prefix-and-click",
        (RIGHT,),
        keys("prefix"),
        click(5, 5),
        look(),
        typed("typed"),
        until("typed"),
        look(),
    ),
    scene("click-and-prefix-table", (RIGHT,), click(5, 5), keys("prefix", "o"), look()),
    scene(
        "focus-follows-mouse",
        (*THREE, ("set", "-g", "focus-follows-mouse", "on")),
        *at("Move", (5, 5), (45, 3), (45, 12), (30, 5), (5, 15)),
    ),
    scene(
        "middle-click-pastes",
        (RIGHT, ("set-buffer", "pasted")),
        click(5, 5, button=2),
        until("pasted"),
        look(),
    ),
    scene("switched-on-and-off", (RIGHT,), click(5, 5), look(), call("set", "-g", "mouse", "off"), look()),
    scene("click-ends-message", (RIGHT,), keys("prefix", "i"), until("current"), click(5, 5), look()),
    scene(
        "zoom-and-kill-in-border",
        (*THREE, *titled(3), BORDER_TOP),
        look(),
        click(25, 0),
        look(),
        OVER,
        click(55, 0),
        look(),
        OVER,
        mouse(("Down1", 28, 0)),
        look(),
        typed("n"),
        look(),
        mouse(("Up1", 28, 0)),
        OVER,
        mouse(("Down1", 28, 0)),
        look(),
        typed("y"),
        look(),
    ),
]

BORDERS = [
    scene("drag-right-border", (RIGHT,), *drag((30, 5), (35, 5), (50, 7), (58, 2), (59, 2), (1, 2), (20, 5))),
    scene("drag-lower-border", (BELOW,), *drag((5, 7), (5, 9), (20, 2), (20, 14), (20, 15))),
    scene("drag-corner", THREE, *drag((30, 7), (35, 9), (20, 3), (25, 12))),
    scene(
        "drag-between-three", (RIGHT, split(TEXT, "-h"), split(TEXT, "-h")), *drag((45, 3), (58, 3), (10, 3))
    ),
    scene("drag-with-status-at-top", (*THREE, STATUS_TOP), *drag((30, 3), (40, 5)), *drag((50, 8), (50, 4))),
    scene(
        "drag-with-status-in-borders",
        (*THREE, *titled(3), BORDER_TOP),
        *drag((30, 3), (40, 5)),
        *drag((50, 8), (50, 4)),
    ),
]

FLOATS = [
    scene("floating-moved", (FLOATING,), *drag((15, 3), (20, 5), (50, 12), (2, 1))),
    scene("floating-right-border", (FLOATING,), *drag((30, 6), (40, 6), (12, 6), (55, 6))),
    scene("floating-left-border", (FLOATING,), *drag((9, 6), (5, 6), (28, 6), (2, 6))),
    scene("floating-lower-border", (FLOATING,), *drag((20, 10), (20, 13), (20, 5), (20, 12))),
    scene("floating-lower-right", (FLOATING,), *drag((30, 10), (40, 13), (15, 6))),
    scene("floating-lower-left", (FLOATING,), *drag((9, 10), (5, 13), (20, 6))),
    scene("floating-upper-right", (FLOATING,), *drag((30, 3), (40, 1), (25, 6))),
    scene("floating-upper-left", (FLOATING,), *drag((9, 3), (5, 1), (20, 6))),
    scene(
        "floating-clicked",
        (
            FLOATING,
            ("new-pane", "-t", "s:", "-x20", "-y6", "-X20", "-Y6", "printf 'second\\n'; exec cat"),
        ),
        click(12, 5),
        look(),
        click(45, 3),
        look(),
        click(35, 9),
        look(),
    ),
]

STATUS = [
    scene(
        "click-window",
        WINDOWS,
        click(15, 15),
        look(),
        OVER,
        click(24, 15),
        look(),
        OVER,
        click(8, 15),
        look(),
    ),
    scene("click-window-at-top", (*WINDOWS, STATUS_TOP), click(15, 0), look()),
    scene(
        "click-beside-windows", WINDOWS, click(45, 15), look(), click(2, 15), look(), click(57, 15), look()
    ),
    scene("control-click-window", WINDOWS, click(15, 15, modifier="C-"), look()),
    scene(
        "wheel-on-window",
        WINDOWS,
        *at("WheelDown", (15, 15), (15, 15), (15, 15)),
        *at("WheelUp", (8, 15), (45, 15)),
    ),
    scene("window-menu", WINDOWS, *opened(15, 15, button=3), typed("q"), look()),
    scene("meta-window-menu", WINDOWS, *opened(15, 15, button=3, modifier="M-"), typed("q"), look()),
    scene("session-menu", WINDOWS, *opened(1, 15, button=3), typed("q"), look()),
    scene("meta-session-menu", WINDOWS, *opened(1, 15, button=3, modifier="M-"), typed("q"), look()),
]

MENUS = [
    scene("pane-menu", (RIGHT,), *opened(10, 1, button=3), typed("q"), look()),
    scene("pane-menu-of-other-pane", (RIGHT,), *opened(40, 0, button=3), typed("q"), look()),
    scene("meta-pane-menu", (RIGHT,), *opened(10, 1, button=3, modifier="M-"), typed("q"), look()),
    scene(
        "meta-pane-menu-over-program",
        (),
        until("ready"),
        *opened(10, 1, button=3, modifier="M-"),
        typed("q"),
        look(),
        program=hears(1000, 1006),
    ),
]

COPYING = [
    scene(
        "drag-selects",
        (),
        mouse(("Down1", 2, 0), ("Drag1", 4, 0)),
        look(),
        mouse(("Drag1", 6, 1)),
        look(),
        mouse(("Up1", 6, 1)),
        look(),
        keys("prefix", "]"),
        until("st word"),
        look(),
    ),
    scene(
        "drag-selects-in-other-pane",
        (RIGHT,),
        mouse(("Down1", 2, 0), ("Drag1", 4, 0), ("Drag1", 50, 0)),
        look(),
        mouse(("Up1", 50, 0)),
        look(),
    ),
    scene("double-click-selects", (), click(8, 0, times=2), OVER, keys("prefix", "]"), until("word"), look()),
    scene(
        "triple-click-selects",
        (),
        click(8, 1, times=3),
        OVER,
        keys("prefix", "]"),
        look(),
    ),
    scene(
        "wheel-scrolls",
        (),
        until("line 50"),
        *at("WheelUp", (5, 5), (5, 5), (5, 5)),
        *at("WheelDown", (5, 5), (5, 5), (5, 5)),
        program=COUNT,
    ),
    scene(
        "wheel-scrolls-other-pane",
        (RIGHT,),
        until("line 50"),
        *at("WheelUp", (5, 5)),
        typed("typed"),
        look(),
        program=COUNT,
    ),
    scene(
        "drag-beyond-the-edge",
        (),
        until("line 50"),
        mouse(("Down1", 3, 5), ("Drag1", 3, 4), ("Drag1", 3, 3)),
        look(),
        mouse(("Up1", 3, 3)),
        look(),
        program=COUNT,
    ),
    scene(
        "in-copy-mode",
        (RIGHT, ("copy-mode", "-t", "s:.0")),
        look(),
        click(4, 1),
        look(),
        click(45, 3),
        look(),
        mouse(("Down1", 2, 1), ("Drag1", 4, 1), ("Drag1", 9, 1)),
        look(),
        mouse(("Up1", 9, 1)),
        look(),
    ),
    *(
        scene(
            f"{name}-click-in-copy-mode{suffix}",
            (*setup, ("copy-mode", "-t", "s:.0")),
            look(),
            click(8, 1, times=times),
            OVER,
            OVER,
            look(),
            keys("prefix", "]"),
            look(),
        )
        for name, times in (("double", 2), ("triple", 3))
        for suffix, setup in (("", ()), ("-vi", (("setw", "-g", "mode-keys", "vi"),)))
    ),
    scene(
        "wheel-in-copy-mode-vi",
        (("setw", "-g", "mode-keys", "vi"),),
        until("line 50"),
        keys("prefix", "["),
        *at("WheelUp", (5, 5), (5, 5)),
        *at("WheelDown", (5, 5), (5, 5), (5, 5)),
        program=COUNT,
    ),
    scene(
        "in-copy-mode-vi",
        (("setw", "-g", "mode-keys", "vi"), ("copy-mode", "-t", "s:.0")),
        mouse(("Down1", 2, 1), ("Drag1", 4, 1), ("Drag1", 9, 0)),
        look(),
        mouse(("Up1", 9, 0)),
        look(),
        keys("prefix", "]"),
        look(),
    ),
]

PROGRAMS = [
    *(
        scene(
            f"program-hears-{name}",
            (),
            until("ready"),
            click(10, 3),
            look(),
            click(12, 3, button=3, modifier="C-"),
            look(),
            mouse(("WheelUp", 5, 5), ("S-WheelDown", 5, 5)),
            look(),
            mouse(("Down1", 5, 5), ("Drag1", 6, 5), ("Drag1", 7, 6), ("Up1", 7, 6)),
            look(),
            program=hears(*modes),
        )
        for name, modes in {
            "clicks": (1000,),
            "clicks-sgr": (1000, 1006),
            "clicks-utf8": (1000, 1005),
            "drags": (1002,),
            "drags-sgr": (1002, 1006),
            "everything-sgr": (1003, 1006),
        }.items()
    ),
    scene(
        "program-hears-moves",
        (RIGHT, ("select-pane", "-t", "s:.0")),
        until("ready"),
        mouse(("Move", 5, 5), ("Move", 6, 5), ("Move", 40, 5), ("Move", 8, 5)),
        look(),
        program=hears(1003, 1006),
    ),
    scene(
        "program-far-right",
        (),
        until("ready"),
        mouse(("WheelUp", 230, 5), ("WheelUp", 100, 5)),
        look(),
        program=hears(1000),
        cols=240,
    ),
    scene(
        "program-far-right-utf8",
        (),
        until("ready"),
        mouse(("WheelUp", 230, 5), ("WheelUp", 100, 5)),
        look(),
        program=hears(1000, 1005),
        cols=240,
    ),
    scene(
        "program-without-option",
        (("set", "-g", "mouse", "off"), RIGHT, ("select-pane", "-t", "s:.0")),
        until("ready"),
        click(10, 3),
        look(),
        click(40, 3),
        look(),
        program=hears(1000, 1006),
    ),
    scene(
        "program-in-other-pane",
        (RIGHT,),
        until("ready"),
        click(10, 3),
        look(),
        mouse(("WheelUp", 10, 3)),
        look(),
        program=hears(1000, 1006),
    ),
    scene(
        "wheel-in-alternate-screen",
        (),
        until("ready"),
        mouse(("WheelUp", 10, 3), ("WheelDown", 10, 3)),
        look(),
        program=hears(1049),
    ),
    scene(
        "double-click-in-program",
        (),
        until("ready"),
        click(10, 3, times=2),
        OVER,
        look(),
        click(10, 3, times=3),
        OVER,
        look(),
        program=hears(1000, 1006),
    ),
    scene(
        "program-below-status",
        (STATUS_TOP,),
        until("ready"),
        click(10, 3),
        look(),
        program=hears(1000, 1006),
    ),
]

ODD = [
    scene(
        "drag-and-leave-mode",
        (),
        mouse(("Down1", 2, 0), ("Drag1", 4, 0)),
        look(),
        typed("q"),
        look(),
        mouse(("Drag1", 8, 1), ("Drag1", 9, 1), ("Up1", 9, 1)),
        look(),
    ),
    drag_and_lose("drag-and-lose-the-pane", RIGHT, mouse(("Down1", 2, 0), ("Drag1", 4, 0)), "s:.0"),
    drag_and_lose("drag-border-and-lose-the-pane", RIGHT, mouse(("Down1", 30, 5), ("Drag1", 35, 5)), "s:.0"),
    drag_and_lose("drag-floating-and-lose-it", FLOATING, mouse(("Down1", 15, 3), ("Drag1", 20, 5)), "s:.1"),
    scene(
        "drag-border-and-change-window",
        (RIGHT, *WINDOWS),
        mouse(("Down1", 30, 5), ("Drag1", 35, 5)),
        look(),
        keys("prefix", "n"),
        look(),
        mouse(("Drag1", 40, 5), ("Up1", 40, 5)),
        look(),
        keys("prefix", "p"),
        look(),
    ),
    scene(
        "drag-border-and-zoom",
        (RIGHT,),
        mouse(("Down1", 30, 5), ("Drag1", 35, 5)),
        look(),
        keys("prefix", "z"),
        mouse(("Drag1", 40, 5), ("Up1", 40, 5)),
        look(),
        keys("prefix", "z"),
        look(),
    ),
    scene("click-in-prompt", (RIGHT,), keys("prefix", ":"), look(), click(5, 5), look(), typed("a"), look()),
    scene(
        "click-in-window-choice",
        WINDOWS,
        keys("prefix", "w"),
        look(),
        click(10, 2),
        look(),
        typed("q"),
        look(),
    ),
    scene(
        "wheel-in-window-choice",
        WINDOWS,
        keys("prefix", "w"),
        look(),
        *at("WheelDown", (10, 2)),
        *at("WheelUp", (10, 2)),
    ),
    scene(
        "double-click-on-choice", WINDOWS, keys("prefix", "w"), look(), click(10, 2, times=2), OVER, look()
    ),
]

SCENARIOS = [*ODD, *PANES, *BORDERS, *FLOATS, *STATUS, *MENUS, *COPYING, *PROGRAMS]
