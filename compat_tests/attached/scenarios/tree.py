"""choose-tree: its flags, and every key."""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    call,
    keys,
    look,
    typed,
    until_call,
)
from compat_tests.attached.tree_setup import ALONE, OPEN, SESSIONS, UNSPLIT, asked, looked, pane, tree


def flags(name: str, *argv: str, setup: Sequence[Command] = SESSIONS) -> Scenario:
    """choose-tree with these flags, looked at and left."""
    return Scenario(
        name,
        steps=[call("choose-tree", "-t", "s:0", *argv), look(), keys("q"), look()],
        setup=setup,
        program=ALONE,
        cols=80,
        rows=24,
    )


FLAGS = [
    flags("no-flags"),
    flags("sessions", "-s"),
    flags("windows", "-w"),
    flags("zoomed", "-Z"),
    flags("no-preview", "-N"),
    flags("big-preview", "-NN"),
    flags("reversed", "-r"),
    flags("by-name", "-O", "name"),
    flags("by-name-reversed", "-wr", "-O", "NAME"),
    flags("by-creation", "-O", "creation"),
    flags("format", "-F", "#[fg=red]#{session_name}#[default] #{?pane_format,#{pane_id},} ##x"),
    flags("format-aligned", "-F", "left#[align=right]right #[bg=blue]x"),
    flags("key-format", "-K", "#{?pane_format,,F#{e|+:#{line},1}}"),
    flags("no-keys", "-K", ""),
    flags("filter", "-f", "#{==:#{session_name},t}", setup=UNSPLIT),
    flags("filter-nothing", "-f", "#{==:#{session_name},x}", "-s", setup=UNSPLIT),
    flags("filter-panes", "-f", "#{==:#{pane_index},1}"),
    Scenario(
        "bad-order",
        steps=[keys("prefix", ":"), look(), typed("choose-tree -O what\r"), look()],
        needs=["choose-tree", "command-prompt"],
        program=ALONE,
        setup=[("set", "-g", "display-time", "0")],
    ),
    Scenario(
        "again",
        steps=[OPEN, look(), keys("g"), call("choose-tree", "-s", "-t", "s:0"), look(), keys("q"), look()],
        setup=SESSIONS,
        program=ALONE,
    ),
]

GROUPS = [
    Scenario(
        "grouped",
        setup=[
            ("new-session", "-d", "-s", "a", "-n", "w", pane("in a")),
            ("new-session", "-d", "-s", "b", "-t", "a"),
            ("new-session", "-d", "-s", "z", "-n", "w", pane("in z")),
        ],
        steps=[call("choose-tree", "-G", "-s", "-t", "s:0"), look(), keys("q")],
        program=ALONE,
        cols=80,
        rows=24,
    ),
]

MOVES = [
    tree("up-and-down", *looked("Up", "k", "C-p", "Down", "j", "C-n")),
    tree("around", *looked("g", "Up", "Down", "G", "Home", "k", "j", "End")),
    tree("pages", *looked("Home", "NPage", "C-f", "PPage", "C-b"), rows=8),
    # Two, as some terminals are asked again after five seconds, and then real tmux builds a tree anew.
    tree("small", *looked("Home", "j", "j", "j", "j", "j", "j"), rows=6, cols=30),
    tree("small-up", keys(*["Home", *"jjjjjj"]), look(), *looked("k", "k", "k", "k", "k"), rows=6, cols=30),
    tree("tiny", *looked("Home", "j", "v", "v", "v"), rows=3, cols=12),
    tree("left-and-right", *looked("Left", "Left", "Left", "Left", "Right", "Right", "Right", "Right")),
    tree("h-and-l", *looked("g", "h", "l", "l", "-", "+", "+", "l", "-", "-", "-")),
    tree("all", *looked("M--", "M-+", "g", "M--", "j", "M-+")),
    tree(
        "by-number", keys("4"), until_call("cat", "display-message", "-p", "#{pane_current_command}"), look()
    ),
    tree("home-pane", *looked("g", "H", "M--", "H")),
]

STATE = [
    tree("tags", *looked("g", "t", "t", "t", "t", "g", "t", "T")),
    tree("tag-all", *looked("C-t", "g", "t", "M--", "C-t")),
    tree("tag-below", *looked("g", "j", "t", "k", "t", "h")),
    tree("orders", *looked("O", "r", "r", "M--", "O", "O", "O")),
    tree("previews", *looked("v", "v", "v", "v")),
    tree("previews-tall", *looked("v", "v", "v"), rows=40, cols=100),
    tree("marks", *looked("g", "j", "j", "m", "M", "g", "m"), keys("q"), look()),
    tree("swap", *looked("g", "j", "S-Down", "J", "S-Up", "K", "g", "J"), keys("q"), look()),
    tree("swap-by-name", *looked("g", "j", "O", "S-Down", "S-Up"), keys("q"), look()),
]

ASKED = [
    tree("search", *looked("g"), *asked("C-s", typed("two\r")), *looked("n", "N")),
    tree("search-slash", *looked("g"), *asked("/", typed("t\r")), *looked("n", "n", "n", "N", "N", "N")),
    tree("search-question", *looked("G"), *asked("?", typed("SECOND\r")), *asked("?", typed("second\r"))),
    tree("search-hidden", *looked("g", "h"), *asked("/", typed("cat\r")), *looked("n", "n")),
    tree("search-nothing", *asked("/", typed("nothing\r")), *asked("/", typed("\r")), *looked("n")),
    tree(
        "filter-asked",
        *asked("f", typed("#{==:#{session_name},t}\r")),
        *asked("f", keys("C-u"), typed("0\r")),
        *asked("f", keys("Escape")),
        sessions=UNSPLIT,
    ),
    tree(
        "filter-on-narrow",
        *asked("f", typed("1\r")),
        cols=44,
        sessions=UNSPLIT,
    ),
    tree("kill-window", *looked("g", "j", "j", "j", "j"), *asked("x", keys("n")), *asked("x", keys("y"))),
    tree("kill-pane", *looked("g", "j", "j"), *asked("x", keys("y"))),
    tree("kill-session", *looked("G", "Left", "Left", "Left"), *asked("x", keys("y"))),
    tree(
        "kill-renumbers",
        *looked("g", "j"),
        *asked("x", keys("y")),
        setup=[("set", "-g", "renumber-windows", "on"), ("select-window", "-t", "s:second")],
    ),
    tree(
        "kill-tagged",
        *looked("X", "G", "t", "k", "k", "t"),
        *asked("X", keys("n")),
        *asked("X", keys("y")),
    ),
    Scenario(
        "kill-at-once",
        steps=[call("choose-tree", "-y", "-t", "s:0"), look(), keys("G"), look(), keys("x"), look()],
        setup=SESSIONS,
        program=ALONE,
        cols=80,
        rows=24,
    ),
    tree(
        "command-on-current",
        *looked("G"),
        *asked(":", typed("rename-window -t '%%' renamed\r")),
        *asked(":", typed("set -g @x '%1'\r")),
        call("display-message", "-p", "#{@x}"),
    ),
    tree(
        "command-on-tagged",
        *looked("G", "t", "g", "j", "t"),
        *asked(":", typed("rename-window -t '%%' renamed\r")),
        *asked(":", typed("\r")),
        *asked(":", typed("rename-window {\r")),
    ),
]

ENDS = [
    tree("choose-session", keys("g"), look(), keys("G", "Left", "Left", "Left", "Enter"), look()),
    tree("choose-window", *looked("G", "Left"), keys("Enter"), look()),
    tree("choose-pane", *looked("g", "j", "j"), keys("Enter"), look()),
    tree("choose-by-line", keys("9"), look()),
    tree("choose-by-letter", keys("M-a"), look(), setup=[("new-window", "-d", "-t", "t:", pane("more"))]),
    tree(
        "cancel", keys("q"), look(), OPEN, look(), keys("Escape"), look(), OPEN, look(), keys("C-g"), look()
    ),
    tree("unknown-keys", *looked("a", "F5", "Space", "C-x", "Z")),
    Scenario(
        "template",
        steps=[
            call("choose-tree", "-t", "s:0", "display-message 'chose %% and %1'"),
            look(),
            keys("g", "Enter"),
            look(),
        ],
        setup=[*SESSIONS, ("set", "-g", "display-time", "0")],
        program=ALONE,
        cols=80,
        rows=24,
    ),
    Scenario(
        "template-wrong",
        steps=[
            call("choose-tree", "-t", "s:0", "no-such-command '%%'"),
            look(),
            keys("g", "Enter"),
            look(),
        ],
        setup=[*SESSIONS, ("set", "-g", "display-time", "0")],
        program=ALONE,
        cols=80,
        rows=24,
    ),
    tree(
        "stacked",
        call("choose-buffer", "-t", "s:0"),
        look(),
        *looked("q", "q"),
        setup=[("set-buffer", "-b", "one", "first text")],
        needs=["choose-buffer"],
    ),
]

SCENARIOS = [*FLAGS, *GROUPS, *MOVES, *STATE, *ASKED, *ENDS]
