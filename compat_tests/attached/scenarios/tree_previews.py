"""choose-tree: previews, sizes, help, the mouse and its menus."""

from __future__ import annotations

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    keys,
    look,
    mouse,
    pause,
    resize,
)
from compat_tests.attached.tree_setup import (
    ALONE,
    APART,
    MANY,
    OPEN,
    SESSIONS,
    looked,
    pane,
    side_by_side,
    tree,
)

SPLITS: tuple[Command, ...] = tuple(
    command
    for number in range(4)
    for command in (
        ("split-window", "-d", "-t", "s:first", pane(f"split {number}")),
        ("select-layout", "-t", "s:first", "tiled"),
    )
)
COLOURS = (
    "printf '\\033[31mred \\033[1;44mbold on blue\\033[0m \\346\\227\\245\\346\\234\\254 e\\314\\201 "
    "\\033[4munder\\033[0m\\tafter a tab\\n\\033[7mreverse\\033[0m'; "
    'for i in 1 2 3 4 5 6 7 8 9; do printf "\\nline $i\\346\\227\\245\\346\\234\\254\\350\\252\\236'
    '\\346\\227\\245\\346\\234\\254\\350\\252\\236 and a long text behind that"; done; exec cat'
)


def contents(name: str, cols: int, rows: int) -> Scenario:
    """What is in windows, in colours, previewed on a terminal of that size."""
    return Scenario(
        name,
        steps=[
            call("choose-tree", "-t", "s:1"),
            call("select-window", "-t", "s:1"),
            look(),
            *looked("g", "j", "j"),
        ],
        setup=[("new-window", "-d", "-t", "s:", "-n", "second", pane("in second"))],
        program=COLOURS,
        cols=cols,
        rows=rows,
    )


PREVIEWS = [
    side_by_side("scroll-windows", MANY, *looked("g", ">", ">", ">", "<", ">", ">", ">", ">", "j", "k")),
    side_by_side("scroll-windows-wide", MANY, *looked("g", ">", "<"), cols=130, rows=40),
    side_by_side("scroll-panes", SPLITS, *looked("g", "j", ">", ">", ">", "<", "j"), cols=80, rows=24),
    side_by_side(
        "current-in-the-middle",
        (*MANY, ("select-window", "-t", "s:4")),
        *looked("g", ">", "<", "<"),
    ),
    side_by_side("current-at-the-end", (*MANY, ("select-window", "-t", "s:7")), *looked("g", "<")),
    side_by_side("narrow", MANY, *looked("g", ">", ">"), cols=22, rows=30),
    side_by_side("very-narrow", MANY, *looked("g", ">", ">"), cols=9, rows=30),
    contents("contents", 70, 30),
    contents("contents-narrow", 27, 24),
    Scenario(
        "labels",
        steps=[OPEN, look(), *looked("g", "j")],
        setup=[
            *SESSIONS,
            ("set", "-g", "tree-mode-preview-format", "#[fg=red]a rather long label for #{window_name}"),
            ("set", "-g", "tree-mode-preview-style", "bg=yellow,bold"),
            ("set", "-g", "mode-style", "fg=white,bg=blue,underscore"),
        ],
        program=ALONE,
        cols=80,
        rows=24,
    ),
    Scenario(
        "no-labels",
        steps=[OPEN, look(), *looked("g")],
        setup=[*SESSIONS, ("set", "-g", "tree-mode-preview-format", "")],
        program=ALONE,
        cols=80,
        rows=24,
    ),
    Scenario(
        "titles-and-wide-names",
        steps=[OPEN, look(), *looked("g", "M--", "M-+", "t")],
        setup=[
            *SESSIONS,
            ("select-pane", "-t", "s:0.0", "-T", "a title"),
            ("rename-window", "-t", "s:second", "日本語 #[fg=red]x"),
            ("rename-session", "-t", "t", "tête"),
        ],
        program=ALONE,
        cols=80,
        rows=24,
    ),
    Scenario(
        "beside-another-pane",
        steps=[call("choose-tree", "-t", "s:0.1"), look(), keys("x"), look(), *looked("n", "v", "q")],
        setup=SESSIONS,
        program=ALONE,
        cols=80,
        rows=24,
    ),
]

SIZES = [
    tree(
        "resized", resize(60, 30), look(), resize(30, 10), look(), resize(120, 50), look(), keys("q"), look()
    ),
    tree("wide", *looked("g", "j", "j", "G"), cols=140, rows=50),
    tree(
        "help",
        *looked("C-h", "x", "F1", "Escape"),
        keys("q"),
        look(),
        cols=90,
        rows=40,
        needs=["display-popup"],
    ),
    tree("help-without-room", *looked("F1", "j")),
    tree(
        "changes-around-it",
        call("new-window", "-d", "-t", "t:", "-n", "new", pane("new")),
        call("rename-window", "-t", "s:first", "other"),
        look(),
        call("kill-session", "-t", "t"),
        call("rename-window", "-t", "s:0", "another"),
        look(),
        keys("q"),
        look(),
    ),
]

MOUSE = [
    tree(
        "mouse-select",
        mouse(("Down1", 10, 0), ("Up1", 10, 0)),
        look(),
        pause(APART),
        mouse(("Down1", 10, 3), ("Up1", 10, 3)),
        look(),
        pause(APART),
        mouse(("Down1", 10, 11), ("Up1", 10, 11)),
        look(),
        mouse(("WheelDown", 10, 3)),
        look(),
        mouse(("WheelUp", 10, 3)),
        look(),
        setup=[("set", "-g", "mouse", "on")],
    ),
    tree(
        "mouse-choose",
        mouse(("Down1", 10, 8), ("Up1", 10, 8), ("Down1", 10, 8), ("Up1", 10, 8)),
        look(),
        setup=[("set", "-g", "mouse", "on")],
    ),
    tree(
        "mouse-preview",
        *looked("g"),
        mouse(("Down1", 60, 18), ("Up1", 60, 18)),
        look(),
        setup=[("set", "-g", "mouse", "on")],
    ),
    side_by_side(
        "mouse-scroll-preview",
        (*MANY, ("set", "-g", "mouse", "on")),
        *looked("g"),
        mouse(("Down1", 77, 18), ("Up1", 77, 18)),
        look(),
        pause(APART),
        mouse(("Down1", 77, 18), ("Up1", 77, 18)),
        look(),
        pause(APART),
        mouse(("Down1", 3, 18), ("Up1", 3, 18)),
        look(),
        pause(APART),
        mouse(("Down1", 40, 18), ("Up1", 40, 18)),
        look(),
    ),
]


def menu(name: str, x: int, y: int, *steps: Step) -> Scenario:
    """The menu at a place."""
    return tree(
        name,
        mouse(("Down3", x, y)),
        look(),
        *steps,
        setup=[("set", "-g", "mouse", "on")],
        needs=["display-menu"],
    )


MENUS = [
    menu("menu-on-line", 20, 2, *looked("Down", "Down", "Enter")),
    menu("menu-cancelled", 3, 3, *looked("Escape")),
    menu("menu-tag", 20, 2, *looked("t")),
    menu("menu-expand", 40, 0, *looked("Right")),
    menu("menu-beyond-lines", 40, 14, *looked("q")),
    menu("menu-on-preview", 40, 20, *looked("q")),
    menu("menu-select", 20, 4, keys("Enter"), look()),
]

SCENARIOS = [*PREVIEWS, *SIZES, *MOUSE, *MENUS]
