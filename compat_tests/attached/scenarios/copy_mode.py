"""Copy mode on a terminal: every binding of copy-mode and copy-mode-vi, pressed (`test_copy_bindings` sees to
it that none is left out), and what highlighting, line numbers, prompts and the mouse show meanwhile.

What each command does in every corner of the text is in `compat_tests/modes`; here it is that the key gives
the command, and that the screen shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    gone,
    keys,
    look,
    mouse,
    pause,
    resize,
    typed,
    until,
    until_call,
)

_LINES = (
    "first line of all",
    "def walk(tree):",
    "    for node in tree:",
    "        if (node[0] == {1, 2}):",
    "            yield node",
    "",
    "alpha beta gamma alpha",
    "one,two;three --- four",
    "\\033[31mred alpha\\033[0m and \\033[1;44mbold alpha on blue\\033[0m.",
    "日本語 テキスト alpha 한국어",
    "tab\\there\\tand there",
    "",
    "The quick brown fox jumps over the lazy dog, then it goes home along the river bank to sleep.",
    "alphabet ALPHA Alpha",
    "((nested) [brackets {here}])",
    "",
    "x=1 y=2 z=3",
    "row of dots ..........",
    "almost the end",
    "alpha again",
    "last line ",
)
PROGRAM = "printf '" + "\\n".join(_LINES) + "'; exec cat"

#: No times in the position.
_POSITION = (
    "set",
    "-g",
    "copy-mode-position-format",
    "#[align=right][#{copy_position}/#{copy_position_limit}]",
)
_VI = (("set", "-g", "mode-keys", "vi"), _POSITION)
_EMACS = (("set", "-g", "mode-keys", "emacs"), _POSITION)


def copying(
    name: str,
    setup: Sequence[Command],
    *steps: Step,
    needs: Sequence[str] = (),
    cols: int = 44,
    rows: int = 12,
) -> Scenario:
    """A scenario that begins in copy mode."""
    begin: list[Step] = [until("last"), keys("prefix", "["), look()]
    return Scenario(
        name,
        steps=[*begin, *steps],
        setup=setup,
        cols=cols,
        rows=rows,
        needs=["copy-mode", *needs],
        program=PROGRAM,
    )


def each(*names: str) -> list[Step]:
    """Keys with a look after each."""
    return [step for name in names for step in (keys(name), look())]


def asked(key: str, answer: str) -> list[Step]:
    """A key that opens a prompt, a look at that, the answer and a look."""
    return [*each(key), typed(answer), look()]


def copied(text: str) -> Step:
    """Wait until the newest buffer is a text, as list-buffers shows it."""
    return until_call(f"<{text}>", "display-message", "-p", "<#{buffer_sample}>")


BACK: list[Step] = [keys("prefix", "["), look()]

VI = [
    copying("vi-words", _VI, *each("g", "w", "W", "e", "E", "j", "j", "w", "w", "W", "b", "B")),
    copying("vi-line", _VI, *each("g", "j", "j", "$", "0", "^", "End", "Home", "l", "h", "Right", "Left")),
    copying(
        "vi-columns",
        _VI,
        *each("g", "4", "l", "BSpace", "C-h", "j", "k", "Down", "Up"),
        needs=["command-prompt"],
    ),
    copying("vi-pages", _VI, *each("C-b", "C-f", "PPage", "NPage", "C-u", "C-d", "G", "g")),
    copying("vi-scroll", _VI, *each("C-y", "K", "C-Up", "C-e", "J", "C-Down", "H", "L", "M", "z")),
    copying("vi-paragraphs", _VI, *each("{", "{", "}", "}", "g", "}", "%")),
    copying("vi-brackets", _VI, *each("{", "{", "j", "%", "%", "l", "%", "%")),
    copying(
        "vi-select",
        _VI,
        *each("k", "Space", "h", "h", "o", "k", "v", "v", "Escape"),
        *each("Space", "l", "C-["),
    ),
    copying(
        "vi-rectangle",
        _VI,
        *each("g", "j", "Space", "v", "j", "j", "l", "l", "o", "C-v", "C-v"),
        *each("Enter"),
    ),
    copying(
        "vi-select-lines",
        _VI,
        *each("k", "V", "k", "k", "o", "j"),
        keys("Enter"),
        look(),
        copied(r"row of dots ..........\nalmost the end\nalpha again\nlast line"),
    ),
    copying("vi-copy-enter", _VI, *each("0", "Space", "e", "Enter"), copied("last")),
    copying("vi-copy-line-feed", _VI, *each("0", "Space", "w", "C-j"), copied("last l")),
    copying("vi-copy-to-end", _VI, *each("k", "0", "D"), copied("alpha again")),
    copying(
        "vi-append",
        _VI,
        *each("0", "Space", "e", "Enter"),
        *BACK,
        *each("k", "0", "Space", "e", "A"),
        until_call("lastalpha", "list-buffers", "-F", "#{buffer_sample}"),
    ),
    copying("vi-leave-q", _VI, *each("q")),
    copying("vi-leave-control-c", _VI, *each("C-c")),
    copying("vi-mark", _VI, *each("g", "X", "G", "M-x", "M-x")),
    copying("vi-position", _VI, *each("P", "P", "r")),
    copying(
        "vi-jumps",
        _VI,
        *each("k", "0"),
        *asked("f", "a"),
        *each(";", ";", ","),
        *asked("F", "a"),
        *asked("t", "g"),
        *asked("T", "p"),
        needs=["command-prompt"],
    ),
    copying("vi-goto-line", _VI, *asked(":", "5\r"), *asked(":", "999\r"), needs=["command-prompt"]),
    copying(
        "vi-search",
        _VI,
        *asked("?", "alpha\r"),
        *each("n", "n", "N"),
        *asked("/", "[a-z]+ing\r"),
        *asked("/", "the\r"),
        *each("n", "n", "q"),
        needs=["command-prompt"],
    ),
    copying("vi-search-word", _VI, *each("k", "0", "#", "#", "*", "n")),
    copying(
        "vi-search-nothing",
        _VI,
        *asked("/", "nowhere\r"),
        *asked("?", "Escape-me"),
        keys("Escape"),
        look(),
        needs=["command-prompt"],
    ),
    copying(
        "vi-search-wrapped",
        (*_VI, ("set", "-g", "wrap-search", "off")),
        *asked("/", "first\r"),
        *asked("?", "first\r"),
        needs=["command-prompt"],
    ),
    *(
        copying(f"vi-repeat-{digit}", _VI, *each(digit), typed("k"), look(), needs=["command-prompt"])
        for digit in "123456789"
    ),
    copying(
        "vi-repeat-more", _VI, *each("1", "2"), keys("k"), look(), *each("3", "h"), needs=["command-prompt"]
    ),
]

EMACS = [
    copying(
        "emacs-words", _EMACS, *each("M-<", "M-f", "M-f", "M-f", "M-b", "C-n", "C-n", "M-f", "M-b", "M-b")
    ),
    copying(
        "emacs-line", _EMACS, *each("M-<", "C-n", "C-n", "C-e", "C-a", "M-m", "End", "Home", "C-f", "C-b")
    ),
    copying("emacs-cursor", _EMACS, *each("C-p", "Up", "C-n", "Down", "Left", "Right")),
    copying(
        "emacs-pages", _EMACS, *each("M-v", "C-v", "PPage", "NPage", "M-Up", "M-Down", "M-<", "Space", "M->")
    ),
    copying("emacs-scroll", _EMACS, *each("C-Up", "C-Down", "M-R", "M-r", "M-l", "C-l", "C-l", "C-l")),
    copying("emacs-paragraphs", _EMACS, *each("M-{", "M-{", "M-}", "M-}")),
    copying("emacs-brackets", _EMACS, *each("M-{", "M-{", "C-n", "C-M-f", "C-M-b", "C-f", "C-M-f", "C-M-b")),
    copying("emacs-select", _EMACS, *each("C-p", "C-Space", "C-b", "C-b", "C-p", "R", "R", "C-g")),
    copying("emacs-copy-w", _EMACS, *each("C-a", "C-Space", "M-f", "C-w"), copied("last")),
    copying("emacs-copy-meta-w", _EMACS, *each("C-a", "C-Space", "M-f", "M-w"), copied("last")),
    copying("emacs-copy-to-end", _EMACS, *each("C-p", "C-a", "C-k"), copied("alpha again")),
    copying("emacs-leave-q", _EMACS, *each("q")),
    copying("emacs-leave-escape", _EMACS, *each("Escape")),
    copying("emacs-leave-control-c", _EMACS, *each("C-c")),
    copying("emacs-leave-bracket", _EMACS, *each("C-[")),
    copying("emacs-mark", _EMACS, *each("M-<", "X", "M->", "M-x", "M-x")),
    copying("emacs-position", _EMACS, *each("P", "P", "r")),
    copying(
        "emacs-jumps",
        _EMACS,
        *each("C-p", "C-a"),
        *asked("f", "a"),
        *each(";", ";", ","),
        *asked("F", "a"),
        *asked("t", "g"),
        *asked("T", "p"),
        needs=["command-prompt"],
    ),
    copying("emacs-goto-line", _EMACS, *asked("g", "5\r"), *asked("g", "0\r"), needs=["command-prompt"]),
    copying(
        "emacs-search-up",
        _EMACS,
        *each("C-r", "a", "l", "p"),
        keys("C-r"),
        look(),
        keys("C-r"),
        look(),
        keys("C-s"),
        look(),
        typed("\r"),
        look(),
        *each("n", "N", "C-p"),
        needs=["command-prompt"],
    ),
    copying(
        "emacs-search-down",
        _EMACS,
        *each("M-<", "C-s", "a", "l"),
        keys("C-s"),
        look(),
        typed("x"),
        look(),
        keys("BSpace"),
        look(),
        keys("Enter"),
        look(),
        *each("n", "n", "N"),
        needs=["command-prompt"],
    ),
    copying(
        "emacs-search-again",
        _EMACS,
        *each("C-r"),
        typed("line\r"),
        look(),
        *each("q"),
        *BACK,
        *each("n", "C-r", "Enter"),
        needs=["command-prompt"],
    ),
    *(
        copying(
            f"emacs-repeat-{digit}",
            _EMACS,
            *each(f"M-{digit}"),
            keys("C-p"),
            look(),
            needs=["command-prompt"],
        )
        for digit in "123456789"
    ),
]

_ON = ("set", "-g", "mouse", "on")


def _mouse(keys_: str, setup: tuple[Command, ...]) -> list[Scenario]:
    setup = (*setup, _ON)
    double = (("Down1", 2, 9), ("Up1", 2, 9), ("Down1", 2, 9), ("Up1", 2, 9))
    return [
        copying(
            f"{keys_}-mouse-wheel",
            setup,
            mouse(("WheelUp", 5, 5)),
            look(),
            mouse(("WheelUp", 5, 5)),
            look(),
            mouse(("WheelDown", 5, 5)),
            look(),
        ),
        copying(
            f"{keys_}-mouse-drag",
            setup,
            mouse(("Down1", 6, 9), ("Drag1", 6, 9), ("Drag1", 2, 8)),
            look(),
            mouse(("Drag1", 0, 8), ("Up1", 0, 8)),
            look(),
        ),
        copying(f"{keys_}-mouse-click", setup, mouse(("Down1", 4, 4), ("Up1", 4, 4)), look()),
        copying(f"{keys_}-mouse-double", setup, mouse(*double), pause(0.5), look(), copied("alpha")),
        copying(
            f"{keys_}-mouse-triple", setup, mouse(*double, ("Down1", 2, 9), ("Up1", 2, 9)), pause(0.7), look()
        ),
    ]


def _numbers(kind: str) -> Scenario:
    setup = (*_VI, ("set", "-g", "copy-mode-line-numbers", kind))
    return copying(
        f"numbers-{kind}", setup, *each("k", "C-u", "$", "Space", "j", "v", "Escape", "C-y"), *each("G", "q")
    )


_STYLES = (
    ("set", "-g", "copy-mode-match-style", "fg=green,underscore"),
    ("set", "-g", "copy-mode-current-match-style", "bg=magenta,bold"),
    ("set", "-g", "copy-mode-mark-style", "bg=yellow"),
    ("set", "-g", "copy-mode-selection-style", "fg=white,bg=colour88"),
    ("set", "-g", "copy-mode-position-style", "fg=cyan,italics"),
)


def command(*words: str) -> list[Step]:
    """A command of the mode, and a look."""
    return [call("send-keys", "-t", "s:", "-X", *words), look()]


SHOWN = [
    copying("default-position", (("set", "-g", "mode-keys", "vi"),), *each("g", "C-d", "G")),
    copying(
        "styles",
        (*_VI, *_STYLES),
        *command("search-backward", "alpha"),
        *command("set-mark"),
        *command("begin-selection"),
        *command("cursor-up"),
        *command("end-of-line"),
    ),
    copying(
        "matches-vi",
        _VI,
        *command("history-top"),
        *command("search-forward", "al[a-z]+"),
        *command("search-again"),
        *command("page-down"),
        *command("cursor-up"),
    ),
    copying(
        "matches-emacs",
        _EMACS,
        *command("history-top"),
        *command("search-forward", "al[a-z]+"),
        *command("search-again"),
        *command("page-down"),
        *command("cursor-up"),
    ),
    copying(
        "matches-wide",
        _VI,
        *command("search-backward", "テキ"),
        *command("search-backward", "本語 .."),
        *command("search-backward", "there|tab"),
        *command("search-backward-text", "\t"),
    ),
    copying(
        "matches-wrapped",
        _VI,
        *command("search-backward", "lazy dog, then"),
        *command("search-forward", "o[^ ]*"),
    ),
    copying(
        "selection-over-wide",
        _VI,
        *command("search-backward", "語"),
        *command("begin-selection"),
        *command("cursor-right"),
        *command("cursor-right"),
        *command("rectangle-on"),
        *command("cursor-down"),
        *command("cursor-left"),
    ),
    copying(
        "selection-backwards",
        _EMACS,
        *command("begin-selection"),
        *command("page-up"),
        *command("other-end"),
        *command("stop-selection"),
        *command("page-up"),
    ),
    copying(
        "select-word-and-line",
        _VI,
        *command("search-backward", "fox"),
        *command("select-word"),
        *command("next-word"),
        *command("next-word"),
        *command("select-line"),
        *command("cursor-down"),
    ),
    copying(
        "resized",
        _VI,
        *each("P"),  # tmux draws but a part of the position on the wider screen
        *command("search-backward", "quick"),
        *command("begin-selection"),
        resize(30, 9),
        look(),
        resize(70, 14),
        look(),
        *command("search-again"),
    ),
    copying("wide-cut-at-edge", _VI, *command("search-backward", "語"), cols=7, rows=8),
    copying(
        "output-meanwhile",
        _VI,
        *command("cursor-up"),
        call("send-keys", "-t", "s:", "-X", "cancel"),
        typed("more\r"),
        look(),
        keys("prefix", "["),
        look(),
        *each("k", "k"),
    ),
    copying("nested-entry", _VI, *each("C-u"), keys("prefix", "["), look(), keys("prefix", "PPage"), look()),
    copying(
        "no-position", _VI, keys("q"), gone("[0/"), call("copy-mode", "-H", "-t", "s:"), look(), *each("k")
    ),
    copying(
        "exits-at-the-bottom",
        _VI,
        keys("q"),
        gone("[0/"),
        call("copy-mode", "-e", "-t", "s:"),
        look(),
        *each("C-y", "C-e"),
    ),
    copying("small", _VI, *each("k", "l", "C-u"), *command("search-backward", "a"), cols=12, rows=4),
    *(_numbers(kind) for kind in ("default", "absolute", "relative", "hybrid")),
]

MOUSE = [*_mouse("vi", _VI), *_mouse("emacs", _EMACS)]
SCENARIOS = [*VI, *EMACS, *MOUSE, *SHOWN]
