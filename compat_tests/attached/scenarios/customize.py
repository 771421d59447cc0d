"""customize-mode: what it lists and tells, and every key that changes something."""

from __future__ import annotations

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    keys,
    look,
    mouse,
    resize,
    typed,
)

NEEDS = ("customize-mode", "command-prompt")


def each(*names: str) -> list[Step]:
    """Keys, and text behind a quote, with a look after each."""
    return [
        step for name in names for step in (typed(name[1:]) if name.startswith("'") else keys(name), look())
    ]


def only(name: str) -> str:
    """A filter for one option."""
    return f"#{{||:#{{is_key}},#{{==:#{{option_name}},{name}}}}}"


def opened(*flags: str) -> list[Step]:
    return [call("customize-mode", "-t", "s:", *flags), look()]


def option(
    name: str, *names: str, setup: tuple[Command, ...] = (), group: int = 0, rows: int = 30
) -> Scenario:
    """One option alone in its group, the keys pressed there."""
    return Scenario(
        f"option-{name}",
        setup=setup,
        needs=NEEDS,
        cols=80,
        rows=rows,
        steps=[*opened("-f", only(name)), keys(*["Down"] * group), look(), *each("Right", "Down", *names)],
    )


LISTS = [
    Scenario(
        "default",
        needs=NEEDS,
        cols=80,
        rows=30,
        steps=[
            keys("prefix", "C"),
            look(),
            *each("Right", "Down", "Down", "Down", "Right", "Down", "v", "v", "v", "q"),
        ],
    ),
    Scenario(
        "groups",
        needs=NEEDS,
        cols=80,
        rows=40,
        steps=[
            *opened(),
            *each("M-+", "NPage", "NPage", "NPage", "NPage", "NPage", "NPage", "NPage", "G", "PPage", "g"),
            *each("M--", "H", "M-+", "NPage"),
        ],
    ),
    Scenario(
        "small", needs=NEEDS, cols=40, rows=17, steps=[*opened(), *each("Right", "Down", "v", "v", "v")]
    ),
    Scenario("narrow", needs=NEEDS, cols=24, rows=30, steps=[*opened(), *each("Right", "Down", "End")]),
    Scenario(
        "no-preview", needs=NEEDS, cols=80, rows=20, steps=[*opened("-N"), *each("Right", "Down", "Enter")]
    ),
    Scenario(
        "format",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[("set", "-t", "s:", "status", "2")],
        steps=[
            *opened(
                "-F",
                "#{option_name}|#{option_is_global}|#{option_is_array}|#{option_unit}|#{option_scope}|#{key}|#{key_note}|#{is_key}#{is_option}",
            ),
            *each("M-+", "NPage", "NPage"),
        ],
    ),
    Scenario(
        "zoomed",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[("split-window", "-t", "s:", "exec cat")],
        steps=[*opened("-Z"), *each("Right"), resize(60, 20), look(), *each("q")],
    ),
    Scenario(
        "local",
        needs=NEEDS,
        cols=80,
        rows=40,
        setup=[
            ("set", "-t", "s:", "status-left", "x"),
            ("set", "-w", "-t", "s:", "mode-keys", "vi"),
            ("set", "-p", "-t", "s:", "window-style", "bg=red"),
            ("set", "-w", "-t", "s:", "window-style", "bg=blue"),
            ("set", "-g", "@user", "one two"),
            ("set", "-w", "-t", "s:", "@win", "three"),
            ("set", "-p", "-t", "s:", "@pane", "#{pane_id}"),
            ("set", "-s", "@server", "four"),
        ],
        steps=[
            *opened(),
            *each("H", "M-+", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down"),
        ],
    ),
    Scenario(
        "search",
        needs=NEEDS,
        cols=80,
        rows=30,
        steps=[
            *opened(),
            keys("/"),
            look(),
            typed("lock-after\r"),
            look(),
            *each("n", "N"),
            keys("f"),
            look(),
            *each("Escape"),
        ],
    ),
    Scenario(
        "filter",
        needs=NEEDS,
        cols=80,
        rows=30,
        steps=[
            *opened(),
            keys("f"),
            look(),
            typed(only("status") + "\r"),
            look(),
            *each("Down", "Right", "Down"),
        ],
    ),
    Scenario(
        "mouse",
        needs=(*NEEDS, "display-menu"),
        cols=80,
        rows=30,
        setup=[("set", "-g", "mouse", "on")],
        steps=[
            *opened(),
            mouse(("Down1", 10, 1), ("Up1", 10, 1)),
            look(),
            mouse(("Down3", 10, 2)),
            look(),
            *each("q"),
        ],
    ),
    Scenario("help", needs=NEEDS, cols=80, rows=40, steps=[*opened(), *each("F1", "q")]),
]

OPTIONS = [
    option("exit-empty", "s", "Enter", "d", "y", "u", "y", "w", "S", "W"),
    option("set-clipboard", "s", "s", "s", "s", "d", "n"),
    option("escape-time", "Enter", "C-u", "5", "Enter", "d", "y", "u", "y"),
    option("message-limit", "Enter", "x", "Enter", "Enter", "C-u", "Enter"),
    option("backspace", "Enter", "C-u", "C-v", "Enter"),
    option(
        "command-alias",
        "Right",
        "Down",
        "Enter",
        "x",
        "Enter",
        "d",
        "u",
        "y",
        "s",
        "C-c",
        "Left",
        "Enter",
        "C-u",
        "n",
        "Enter",
        "Right",
        "End",
    ),
    option(
        "user-keys", "Enter", "a", "Enter", "Enter", "b", "Enter", "Right", "Down", "Down", "Down", "u", "y"
    ),
    option("status", "s", "s", "S", "u", "y", "S", "D", "U", group=1),
    option("status-style", "s", "C-c", "S", "C-u", "r", "e", "d", "Enter", group=1),
    option(
        "display-panes-colour",
        "S",
        "C-u",
        "r",
        "e",
        "d",
        "Enter",
        "s",
        "C-u",
        "1",
        "Enter",
        "d",
        "y",
        group=1,
    ),
    option("default-shell", "s", "x", "Enter", group=1, setup=(("set", "-g", "default-shell", "/bin/sh"),)),
    option("status-left", "s", "C-u", "x", "Enter", "S", "C-u", "y", "Enter", "d", "y", group=1),
    option("lock-after-time", "s", "1", "Enter", "u", "y", group=1),
    option("mode-keys", "s", "s", "S", "u", "y", group=2),
    option(
        "window-style",
        "s",
        "C-u",
        "'bg=red",
        "Enter",
        "w",
        "C-u",
        "'bg=green",
        "Enter",
        "S",
        "C-c",
        "d",
        "y",
        "d",
        "y",
        group=2,
    ),
    option("pane-colours", "s", "'red", "Enter", "Right", group=2),
    option("cursor-colour", "w", "C-u", "r", "e", "d", "Enter", group=2),
    option("@mine", "s", "x", "Enter", "u", "y", setup=(("set", "-s", "@mine", "value #{session_name}"),)),
    option(
        "@session",
        "s",
        "x",
        "Enter",
        "S",
        "y",
        "Enter",
        "u",
        "y",
        setup=(("set", "-g", "@session", "a b"),),
        group=1,
    ),
    option(
        "@pane", "s", "x", "Enter", "w", "y", "Enter", "d", "y", setup=(("set", "-g", "@pane", "v"),), group=2
    ),
    option("status-format", "Right", "Down", "Down", group=1, rows=40),
]

KEYS = [
    Scenario(
        "key",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[
            ("unbind", "-a", "-T", "copy-mode"),
            ("unbind", "-a", "-T", "copy-mode-vi"),
            ("unbind", "-a", "-T", "root"),
            ("unbind", "-a", "-T", "prefix"),
            ("bind", "-N", "Say it", "a", "display-message", "hi", ";", "display-message", "ho"),
            ("bind", "-r", "c", "new-window"),
            ("bind", "-T", "mine", "#", "list-keys"),
        ],
        steps=[
            *opened(),
            keys("Down", "Down", "Down"),
            look(),
            *each("Right", "Down", "Right", "Down", "Down", "Down", "Enter", "Up", "Enter"),
            typed(" or not"),
            keys("Enter"),
            look(),
            *each("Up", "s", "C-u"),
            typed("no-such-thing"),
            keys("Enter"),
            look(),
            *each("x", "Enter", "C-u"),
            typed("display-message 'x y'"),
            keys("Enter"),
            look(),
            *each("w", "S", "d", "y", "t", "Up", "t", "t", "Up", "u", "n", "u", "y", "U"),
        ],
    ),
    Scenario(
        "keys-default",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[
            ("bind", "x", "kill-server"),
            ("bind", "-N", "note", "z", "kill-server"),
            ("bind", "Z", "kill-server"),
        ],
        steps=[
            *opened(),
            *each("Up", "Up", "Right"),
            keys(*["Down"] * 3),
            look(),
            keys("/"),
            look(),
            typed("Z\r"),
            look(),
            *each("d", "y"),
            keys("/"),
            look(),
            typed("x\r"),
            look(),
            *each("d", "y", "u", "y"),
        ],
    ),
    Scenario(
        "tagged",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[
            ("set", "-s", "escape-time", "7"),
            ("set", "-s", "message-limit", "8"),
            ("set", "-s", "focus-events", "on"),
        ],
        steps=[
            *opened("-f", "#{||:#{is_key},#{m/r:^(escape-time|message-limit|focus-events)$,#{option_name}}}"),
            *each("Right", "Down", "t", "t", "T", "C-t", "D", "n", "D", "y", "U", "y"),
        ],
    ),
    Scenario(
        "gone",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[("set", "-s", "@gone", "x")],
        steps=[
            *opened("-f", only("@gone")),
            *each("Right", "Down"),
            call("set", "-su", "@gone"),
            *each("s", "Down"),
        ],
    ),
    Scenario(
        "accept",
        needs=NEEDS,
        cols=80,
        rows=30,
        setup=[("set", "-s", "escape-time", "7")],
        steps=[*opened("-y", "-f", only("escape-time")), *each("Right", "Down", "u")],
    ),
]

SCENARIOS = [*LISTS, *OPTIONS, *KEYS]
