"""View mode, and the ways into copy mode."""

from __future__ import annotations

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    keys,
    look,
    mouse,
    until,
    until_call,
)

NEEDS = ("copy-mode", "command-prompt")
VI: Command = ("set", "-g", "mode-keys", "vi")
PROGRAM = (
    "seq 40; printf 'alpha beta-gamma  (delta [eps] {x})\\n\\n  indented two\\n"
    "wide \\346\\274\\242\\345\\255\\227 \\tend\\n\\033[31mred\\033[0m and \\033[1;44mbold\\033[0m"
    " alpha\\n'; "
    "printf 'a long line %s that wraps (over)\\n' one two three four five six seven; exec cat"
)
ENTER: list[Step] = [keys("prefix", "["), look()]


def each(names: str) -> list[Step]:
    """Keys, blanks between their names, with a look after each."""
    return [step for name in names.split() for step in (keys(name), look())]


def buffer(text: str) -> Step:
    """Wait for that newest buffer."""
    return until_call(text, "show-buffer")


def copying(name: str, setup: list[Command], *steps: Step, cols: int = 50, rows: int = 14) -> Scenario:
    """A scenario that begins in copy mode."""
    return Scenario(
        name, setup=setup, needs=NEEDS, program=PROGRAM, steps=[*ENTER, *steps], cols=cols, rows=rows
    )


ENTERING = [
    copying(
        "frozen",
        [],
        call("send-keys", "-t", "s:", "-l", "xyz"),
        call("run-shell", "echo new output >#{pane_tty}"),
        look(),
        *each("C-p"),
        keys("r"),
        call("refresh-client"),  # tmux shows only now what is new
        look(),
        call("run-shell", "-C", "copy-mode -q"),
        look(),
    ),
    Scenario(
        "flags",
        setup=[VI],
        needs=NEEDS,
        program=PROGRAM,
        steps=[
            call("copy-mode", "-H"),
            look(),
            *each("q"),
            call("copy-mode", "-eu"),
            look(),
            *each("C-d C-d"),
            call("copy-mode", "-u"),
            call("copy-mode", "-d"),
            look(),
            *each("q"),
            call("split-window", "-h", "echo other; exec cat"),
            until("other"),
            call("copy-mode", "-s", "s:0.0", "-t", "s:0.1"),
            look(),
            *each("C-u C-u G"),
        ],
        cols=60,
        rows=14,
    ),
]

VIEW = [
    Scenario(
        "view-output",
        setup=[VI],
        needs=NEEDS,
        program=PROGRAM,
        steps=[
            call("run-shell", "-t", "s:", "printf 'one\\033[31mred\\033[0m\\n\\ttab\\n'; seq 20"),
            look(),
            *each("j w Space e C-f G"),
            call("run-shell", "-t", "s:", "echo more"),
            look(),
            *each("Escape r q"),
            call("run-shell", "-b", "echo in the background"),
            until("in the background"),
            look(),
            *each("q"),
        ],
        cols=50,
        rows=14,
    ),
    Scenario(
        "view-commands",
        setup=[
            (
                "bind",
                "-n",
                "F1",
                "show-options",
                "-g",
                "status-left",
                ";",
                "display-message",
                "-p",
                "a#[fg=red]b",
            ),
            ("bind", "-n", "F2", "list-windows", "-F", "#{window_name}"),
            ("bind", "-n", "F3", "run-shell", "echo out; echo err >&2; exit 2"),
            ("bind", "-n", "F4", "capture-pane", "-ep", "-S", "44", "-E", "45"),
        ],
        needs=NEEDS,
        program="printf 'a \\033[32mgreen\\033[0m word\\n'; exec cat",
        steps=[
            *each("F1 F2 F3 q F3 q"),
            keys("F2"),
            until("first"),
            *each("C-r Escape q"),
        ],
        cols=50,
        rows=14,
    ),
    Scenario(
        "view-empty-lines",
        setup=[
            ("bind", "-n", "F1", "run-shell", "printf 'a\\n\\nb\\n\\n\\n'"),
            ("bind", "-n", "F2", "run-shell", "-t", "s:", "printf 'c\\n\\nd\\n'"),
            ("bind", "-n", "F3", "run-shell", "-b", "printf 'e\\n\\nf\\n'"),
            ("bind", "-n", "F4", "display-message", "-p", "g\n\nh"),
            ("bind", "-n", "F5", "run-shell", "echo"),
            ("bind", "-n", "F6", "display-message", "-p", ""),
        ],
        needs=NEEDS,
        steps=[
            keys("F1"),
            until("b"),
            look(),
            keys("F2"),
            until("d"),
            look(),
            keys("F3"),
            until("f"),
            look(),
            *each("F4 q F5 F1 q F6 F4 q"),
        ],
        cols=50,
        rows=20,
    ),
]

COLOURS = [
    copying(
        "own-colours",
        [
            VI,
            ("set", "-g", "window-style", "fg=colour100,bg=colour20"),
            ("set", "-g", "copy-mode-line-numbers", "absolute"),
            ("set", "-g", "mode-style", "bg=yellow"),
            ("set", "-g", "pane-colours[3]", "#102030"),
        ],
        *each("k Space b X"),
        call("set", "-g", "pane-colours[1]", "#405060"),
        *each("k"),
    ),
]

LINK = "printf '\\033]8;;http://%s.test/\\033\\\\%s\\033]8;;\\033\\\\ text\\n' one one two two"
LINKS = [
    Scenario(
        "links",
        setup=[("split-window", "-h", f"{LINK.replace('one one', 'three three')}; exec cat")],
        needs=NEEDS,
        program=f"{LINK}; exec cat",
        steps=[
            until("three"),
            keys("prefix", "["),
            look(),
            call("copy-mode", "-q"),
            call("copy-mode", "-s", "s:0.0", "-t", "s:0.1"),
            look(),
            *each("C-p C-a"),
            until_call("http://one.test/\n", "display-message", "-p", "#{copy_cursor_hyperlink}"),
            call("clear-history", "-H", "-t", "s:0.0"),
            look(),
            *each("q"),
            call("run-shell", "-t", "s:0.1", LINK.replace("one one", "four four")),
            look(),
        ],
        cols=50,
        rows=10,
    ),
]

DRAGS = [
    Scenario(
        "drag-at-the-upper-edge",
        setup=[VI, ("set", "-g", "mouse", "on")],
        needs=NEEDS,
        program=PROGRAM,
        steps=[
            mouse(("Down1", 7, 3), ("Drag1", 8, 3)),
            until("[0/"),
            mouse(("Drag1", 15, 0)),
            until_call("45/45", "display-message", "-p", "#{scroll_position}/#{copy_position_limit}"),
            look(),
            mouse(("Drag1", 3, 6)),
            look(),
            mouse(("Drag1", 20, 7)),
            until_call("0/45", "display-message", "-p", "#{scroll_position}/#{copy_position_limit}"),
            look(),
            mouse(("Up1", 20, 7)),
            look(),
        ],
        cols=50,
        rows=9,
    ),
]

SCENARIOS = [*ENTERING, *COLOURS, *VIEW, *LINKS, *DRAGS]
