"""display-menu: how menus look, where they are put, and what keys and the mouse do in them."""

from __future__ import annotations

from compat_tests.attached.script import (
    Scenario,
    Step,
    call,
    gone,
    keys,
    look,
    mouse,
    pause,
    resize,
    start,
    typed,
    until,
)


def saves(word: str) -> str:
    return f"set -g @chosen {word}"


ITEMS = (
    "First item", "f", saves("first"),
    "Second #[fg=red]red#[default] item", "C-x", saves("second"),
    "",
    "-Disabled", "d", saves("disabled"),
    "Wide 中文字 e\u0301", "w", saves("wide"),
    "",
    "Last", "", saves("last"),
)  # fmt: skip
MANY = tuple(
    word
    for number in range(18)
    for word in ((f"-No {number}" if number in (0, 6, 17) else f"Item {number}"), "", saves(str(number)))
)
TEXT = (
    "for i in 1 2 3 4 5 6 7 8 9 10 11; do echo 中文字中文字 some text in line $i 中文字中文字; done; exec cat"
)
CHOSEN = ("set", "-g", "status-left", "[#{@chosen}] ")
"""The status line shows what has been chosen."""


def shown(*argv: str, items: tuple[str, ...] = ITEMS, keys_too: tuple[str, ...] = ()) -> list[Step]:
    """A menu that is looked at, also after each key, and then closed."""
    steps: list[Step] = [start("display-menu", *argv, "--", *items), until("Wide"), look()]
    for key in keys_too:
        steps += [keys(key), look()]
    return [*steps, keys("C-c"), gone("Wide")]


def ascii_menu(*argv: str) -> list[Step]:
    items = ("One", "o", "", "", "-Two", "t", "", "Three", "C-t", "")
    return [start("display-menu", *argv, "--", *items), until("Three"), look(), keys("q"), gone("Three")]


def press(
    name: str, *groups: tuple[str, ...], items: tuple[str, ...] = ITEMS, flags: tuple[str, ...] = ()
) -> Scenario:
    """Groups of keys, each pressed in a menu of its own, with a look after each key."""
    steps: list[Step] = []
    for pressed in groups:
        steps += [start("display-menu", "-T", " #[bold]Title ", *flags, "--", *items), until("Title"), look()]
        for key in pressed:
            # Until the terminal has said who it is, an Escape may be the beginning of an answer for long.
            steps += [keys(key), *([pause(0.6)] if key == "Escape" else []), look()]
        steps += [keys("C-c"), gone("Title"), call("set", "-g", "@chosen", "")]
    return Scenario(f"keys-{name}", steps, [CHOSEN], rows=24)


def drawn(name: str, *variants: tuple[str, ...], setup: tuple[tuple[str, ...], ...] = ()) -> Scenario:
    """How menus look over text with wide characters."""
    steps: list[Step] = [until("line 11")]
    for argv in variants:
        steps += shown("-T", " #[bold]Title ", *argv, keys_too=("j",))
    return Scenario(f"look-{name}", [*steps, look()], setup, program=TEXT)


def placed(name: str, places: tuple[tuple[str, str], ...], *setup: tuple[str, ...]) -> Scenario:
    return Scenario(f"place-{name}", [step for x, y in places for step in shown("-x", x, "-y", y)], setup)


SPLIT = ("split-window", "-d", "-h", "-t", "s:", "cat")
TOP = ("set", "-g", "status-position", "top")
MOUSE = ("set", "-g", "mouse", "on")
FOUR_PANES = (SPLIT, ("split-window", "-d", "-v", "-t", "s:.0", "cat"), ("select-pane", "-t", "s:.2"))

SCENARIOS = [
    drawn(
        "lines",
        *((("-b", lines)) for lines in ("single", "double", "heavy", "rounded", "simple", "padded", "none")),
    ),
    drawn(
        "styles",
        ("-s", "fg=blue,bg=cyan,bold", "-S", "fg=green,bg=black", "-H", "bg=red,reverse"),
        ("-s", "nonsense", "-S", "fg=brightred"),
        ("-x", "7", "-y", "13"),
    ),
    drawn("choices", ("-C", "1"), ("-C", "-"), ("-C", "100"), ("-C", "3")),
    drawn(
        "options",
        (),
        setup=(
            ("set", "-g", "menu-style", "fg=yellow,bg=blue,italics"),
            ("set", "-g", "menu-selected-style", "fg=#{?client_readonly,red,black},bg=white,bold"),
            ("set", "-g", "menu-border-style", "fg=red,bold"),
            ("set", "-g", "menu-border-lines", "heavy"),
        ),
    ),
    drawn(
        "style-over-option",
        ("-s", "bg=red", "-S", "default"),
        setup=(("set", "-g", "menu-style", "fg=yellow,bg=blue,underscore"), ("set", "-g", "mouse", "on")),
    ),
    Scenario(
        "look-without-utf8",
        [step for lines in ("single", "double", "rounded", "simple") for step in ascii_menu("-b", lines)],
        env={"LANG": "C", "LC_ALL": "C"},
    ),
    Scenario(
        "look-on-a-vt220",
        [step for lines in ("single", "heavy") for step in ascii_menu("-b", lines, "-s", "fg=red,bg=blue")],
        term="vt220",
        env={"LANG": "C", "LC_ALL": "C"},
    ),
    Scenario(
        "look-restyled",
        [
            start("display-menu", *ITEMS),
            until("First"),
            call("set", "-g", "menu-style", "bg=green"),
            call("refresh-client", "-t", "<a>"),
            look(),
        ],
    ),
    Scenario(
        "look-long-names",
        [
            start(
                "display-menu",
                "a" * 50,
                "x",
                "",
                "b" * 50,
                "C-M-S-Up",
                "",
                "中" * 30,
                "",
                "",
                "-" + "c" * 50,
                "",
                "",
            ),
            until("aaa"),
            look(),
        ],
        cols=30,
    ),
    Scenario(
        "look-medium-names",
        [
            start("display-menu", "a" * 12, "C-M-S-PageUp", "", "b" * 30, "C-M-S-PageDown", ""),
            until("aaa"),
            look(),
        ],
        cols=30,
    ),
    Scenario(
        "look-sizes",
        [
            start("display-menu", "-T", "t" * 26, "a", "b", ""),
            until("ttt"),
            look(),
            keys("q"),
            gone("ttt"),
            call("display-menu", "-T", "t" * 27, "a", "b", ""),
            look(),
            resize(29, 9),
            start("display-menu", *ITEMS),
            until("First"),
            look(),
            keys("q"),
            gone("First"),
            resize(29, 8),
            look(),
            call("display-menu", *ITEMS),
            call("display-menu", "#{?0,a,}", "", ""),
            look(),
        ],
        cols=30,
    ),
    Scenario(
        "look-names-vanish",
        [
            start(
                "display-menu",
                "",
                "#{?pane_in_mode,in a mode,}",
                "x",
                "",
                "",
                "",
                "Here #{pane_id}",
                "h",
                "",
                "",
            ),
            until("Here"),
            look(),
        ],
    ),
    placed(
        "plain",
        (
            ("C", "C"),
            ("R", "S"),
            ("W", "W"),
            ("M", "M"),
            ("3", "20"),
            ("0", "0"),
            ("100", "100"),
            ("-5", "-5"),
            ("#{e|-:#{popup_centre_x},5}", "#{e|+:#{popup_height},2}"),
            ("x", "#{nothing}"),
        ),
    ),
    placed(
        "panes",
        (("P", "P"), ("R", "P"), ("#{popup_pane_left}", "#{popup_pane_top}")),
        *FOUR_PANES,
    ),
    placed("top", (("W", "W"), ("C", "S"), ("P", "P"), ("P", "#{popup_pane_top}")), TOP, SPLIT),
    Scenario(
        "place-second-window",
        [
            start("display-menu", "-t", "s:second", "-x", "W", "-y", "W", *ITEMS),
            until("First"),
            look(),
        ],
        [("new-window", "-d", "-n", "second", "cat"), ("set", "-g", "status", "3")],
    ),
    press("arrows", ("Down", "Down", "Down", "Down"), ("Up", "Up", "Up", "Up")),
    press("vi", ("j", "j", "k", "G", "g", "q"), ("End", "Home", "Escape")),
    press("enter", ("Down", "Enter"), ("Enter",)),
    press("without-choice", ("Enter",), ("Down", "Enter"), ("Up", "Enter"), flags=("-C", "-")),
    press("shortcuts", ("w",), ("C-x",), ("d", "Enter")),
    press("cancel", ("C-c",), ("C-g",), ("q",)),
    press("others", ("x", "F5", "Tab", "BSpace", "C-f", "BTab")),
    press(
        "pages",
        ("NPage", "NPage", "NPage", "PPage", "PPage", "PPage", "C-b"),
        ("Up", "Up", "Down", "Down"),
        items=MANY,
    ),
    press("pages-from-middle", ("NPage", "PPage"), items=MANY, flags=("-C", "7")),
    press("pages-without-choice", ("NPage",), ("PPage",), ("Down", "Down"), items=MANY, flags=("-C", "-")),
    press("short-pages", ("NPage", "PPage")),
    Scenario(
        "keys-bad-command",
        [start("display-menu", "Bad", "b", "no-such-command"), until("Bad"), keys("b"), look()],
    ),
    Scenario(
        "keys-block",
        [
            start("display-menu", "Two", "b", "{ set -g @chosen one ; set -ga @chosen two }"),
            until("Two"),
            keys("b"),
            look(),
        ],
        [CHOSEN],
    ),
    Scenario(
        "keys-nested",
        [
            start("display-menu", "Outer", "o", "display-menu Inner i 'set -g @chosen inner'"),
            until("Outer"),
            keys("o"),
            until("Inner"),
            look(),
            keys("i"),
            look(),
        ],
        [CHOSEN],
    ),
    Scenario(
        "keys-not-for-pane",
        [
            start("display-menu", "One", "o", ""),
            until("One"),
            keys("x", "y", "Left"),
            look(),
            keys("q"),
            typed("z"),
            look(),
        ],
        program="cat",
    ),
    Scenario(
        "output-below",
        [
            start("display-menu", "-x", "5", "-y", "10", *ITEMS),
            until("First"),
            call("send-keys", "-t", "s:", "seq 40", "Enter"),
            until("40"),
            look(),
            keys("q"),
            gone("First"),
            look(),
        ],
    ),
    Scenario(
        "second-menu-is-nothing",
        [start("display-menu", "One", "o", ""), until("One"), call("display-menu", "Two", "t", ""), look()],
    ),
    Scenario(
        "resized",
        [
            start("display-menu", "-x", "30", "-y", "15", *ITEMS),
            until("First"),
            resize(40, 12),
            look(),
            resize(60, 16),
            look(),
        ],
    ),
    Scenario(
        "message-above",
        [
            start("display-menu", *ITEMS),
            until("First"),
            call("display-message", "-d", "0", "hello"),
            look(),
            keys("j"),
            look(),
        ],
    ),
    Scenario(
        "prompt-ends-it",
        [
            start("display-menu", *ITEMS),
            until("First"),
            start("command-prompt", "-t", "<a>", "-p", "what"),
            until("what"),
            look(),
        ],
        needs=("command-prompt",),
    ),
    Scenario(
        "mouse-default",
        [
            start("display-menu", "-M", "-x", "10", "-y", "12", *ITEMS),
            until("First"),
            look(),
            mouse(("Drag1", 14, 5)),
            look(),
            mouse(("Drag1", 14, 7)),
            look(),
            mouse(("Drag1", 14, 13)),
            look(),
            mouse(("Drag1", 14, 6)),
            look(),
            mouse(("Up1", 14, 6)),
            look(),
        ],
        [CHOSEN],
    ),
    Scenario(
        "mouse-motion-chooses",
        [
            start("display-menu", "-M", "-x", "10", "-y", "12", *ITEMS),
            until("First"),
            mouse(("Down1", 14, 6)),
            look(),
            mouse(("Move", 14, 7)),
            look(),
        ],
        [CHOSEN],
    ),
    Scenario(
        "mouse-release-outside",
        [
            start("display-menu", "-M", *ITEMS),
            until("First"),
            mouse(("Down1", 0, 0)),
            look(),
            mouse(("Up1", 0, 0)),
            look(),
        ],
    ),
    Scenario(
        "mouse-stay-open",
        [
            start("display-menu", "-OM", "-x", "10", "-y", "12", *ITEMS),
            until("First"),
            mouse(("Up1", 0, 0)),
            look(),
            mouse(("Move", 14, 5)),
            look(),
            mouse(("WheelUp", 14, 6)),
            look(),
            mouse(("Move", 14, 8)),
            look(),
            mouse(("Down1", 14, 8)),
            look(),
            mouse(("Move", 35, 6)),
            look(),
            mouse(("Move", 36, 6)),
            look(),
            mouse(("Move", 14, 6), ("Down1", 14, 6)),
            look(),
        ],
        [CHOSEN],
    ),
    Scenario(
        "mouse-stay-open-press-outside",
        [start("display-menu", "-OM", *ITEMS), until("First"), mouse(("Down1", 0, 0)), look()],
    ),
    Scenario(
        "mouse-not-for-it",
        [
            start("display-menu", *ITEMS),
            until("First"),
            mouse(("Down1", 30, 7)),
            look(),
            mouse(("Up1", 30, 7)),
            look(),
        ],
        [MOUSE],
    ),
    Scenario(
        "focus-of-the-pane",
        [
            keys("x"),
            until("ready"),
            start("display-menu", "-x", "30", *ITEMS),
            until("First"),
            look(),
            keys("q"),
            gone("First"),
            look(),
        ],
        [("set", "-g", "focus-events", "on")],
        program="stty raw -echo; head -c1 >/dev/null; printf 'ready\\033[?1004h'; exec cat -v",
    ),
    Scenario(
        "focus-follows-mouse",
        [start("display-menu", *ITEMS), until("First"), look()],
        [MOUSE, ("set", "-g", "focus-follows-mouse", "on")],
    ),
    Scenario(
        "binding-window-menu",
        [keys("prefix", "<"), until("Swap"), look(), keys("q"), look()],
        rows=24,
        needs=("display-menu", "command-prompt"),
    ),
    Scenario(
        "binding-pane-menu",
        [keys("prefix", ">"), until("Horizontal"), look(), keys("h"), look()],
        rows=30,
        needs=("display-menu", "copy-mode"),
    ),
    Scenario(
        "binding-mouse-pane",
        [
            mouse(("Down3", 20, 5)),
            until("Horizontal"),
            look(),
            mouse(("Up3", 20, 5)),
            look(),
            pause(0.4),
            mouse(("Move", 20, 12)),
            look(),
        ],
        [MOUSE],
        rows=30,
        needs=("display-menu", "copy-mode"),
    ),
    Scenario(
        "binding-mouse-status",
        [mouse(("M-Down3", 8, 29)), until("Swap"), look()],
        [MOUSE],
        rows=30,
        needs=("display-menu", "command-prompt"),
    ),
    Scenario(
        "binding-mouse-status-left",
        [mouse(("Down3", 1, 29)), until("Next"), look()],
        [MOUSE],
        rows=30,
        needs=("display-menu", "command-prompt"),
    ),
]
