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

PROMPT = ["command-prompt"]

VI = [
    copying(
        "vi-moves",
        _VI,
        *each("g", "w", "W", "e", "E", "j", "j", "w", "w", "W", "b", "B"),
        *each("$", "0", "^", "End", "Home", "l", "h", "Right", "Left"),
        *each("4", "l", "BSpace", "C-h", "k", "Down", "Up", "G"),
        *each("{", "{", "}", "{", "j", "%", "%", "l", "%", "%"),
        needs=PROMPT,
    ),
    copying(
        "vi-scroll",
        _VI,
        *each("C-b", "C-f", "PPage", "NPage", "C-u", "C-d", "G", "g"),
        *each("G", "C-y", "K", "C-Up", "C-e", "J", "C-Down", "H", "L", "M", "z"),
        *each("g", "X", "G", "M-x", "M-x", "P", "P", "r"),
    ),
    copying(
        "vi-select",
        _VI,
        *each("k", "Space", "h", "h", "o", "k", "v", "v", "Escape", "Space", "l", "C-["),
        *each("g", "j", "Space", "v", "j", "j", "l", "l", "o", "C-v", "C-v", "Enter"),
    ),
    copying(
        "vi-copy",
        _VI,
        *each("k", "V", "k", "k", "o", "j", "Enter"),
        copied(r"row of dots ..........\nalmost the end\nalpha again\nlast line"),
        *BACK,
        *each("0", "Space", "w", "C-j"),
        copied("last l"),
        *BACK,
        *each("k", "0", "D"),
        copied("alpha again"),
        *BACK,
        *each("0", "Space", "e", "Enter"),
        copied("last"),
        *BACK,
        *each("k", "0", "Space", "e", "A"),
        until_call("lastalpha", "list-buffers", "-F", "#{buffer_sample}"),
        *BACK,
        *each("q"),
        *BACK,
        *each("C-c"),
    ),
    copying(
        "vi-jumps",
        _VI,
        *each("k", "0"),
        *asked("f", "a"),
        *each(";", ";", ","),
        *asked("F", "a"),
        *asked("t", "g"),
        *asked("T", "p"),
        *asked(":", "5\r"),
        *asked(":", "999\r"),
        needs=PROMPT,
    ),
    copying(
        "vi-search",
        _VI,
        *asked("?", "alpha\r"),
        *each("n", "n", "N"),
        *asked("/", "[a-z]+ing\r"),
        *asked("/", "the\r"),
        *each("n", "n", "q"),
        *BACK,
        *each("k", "0", "#", "#", "*", "n"),
        *asked("/", "nowhere\r"),
        *asked("?", "Escape-me"),
        *each("Escape"),
        call("set", "-g", "wrap-search", "off"),
        *asked("/", "first\r"),
        *asked("?", "first\r"),
        needs=PROMPT,
    ),
    copying(
        "vi-repeat",
        _VI,
        *(step for digit in "123456789" for step in (*each(digit), typed("hl"[int(digit) % 2]), look())),
        *each("1", "2", "k", "3", "h"),
        needs=PROMPT,
    ),
]

EMACS = [
    copying(
        "emacs-moves",
        _EMACS,
        *each("M-<", "M-f", "M-f", "M-f", "M-b", "C-n", "C-n", "M-f", "M-b", "M-b"),
        *each("C-e", "C-a", "M-m", "End", "Home", "C-f", "C-b", "C-p", "Up", "C-n", "Down", "Left", "Right"),
        *each("M->", "M-{", "M-{", "C-n", "C-M-f", "C-M-b", "C-f", "C-M-f", "C-M-b", "M-}", "M-}"),
    ),
    copying(
        "emacs-scroll",
        _EMACS,
        *each("M-v", "C-v", "PPage", "NPage", "M-Up", "M-Down", "M-<", "Space", "M->"),
        *each("C-Up", "C-Down", "M-R", "M-r", "M-l", "C-l", "C-l", "C-l"),
        *each("M-<", "X", "M->", "M-x", "M-x", "P", "P", "r"),
    ),
    copying(
        "emacs-copy",
        _EMACS,
        *each("C-p", "C-Space", "C-b", "C-b", "C-p", "R", "R", "C-g", "q"),
        *BACK,
        *each("C-a", "C-Space", "M-f", "C-w"),
        copied("last"),
        *BACK,
        *each("C-p", "C-a", "C-Space", "M-f", "M-w"),
        copied("alpha"),
        *BACK,
        *each("C-p", "C-a", "C-k"),
        copied("alpha again"),
        *BACK,
        *each("Escape"),
        *BACK,
        *each("C-c"),
        *BACK,
        *each("C-["),
    ),
    copying(
        "emacs-jumps",
        _EMACS,
        *each("C-p", "C-a"),
        *asked("f", "a"),
        *each(";", ";", ","),
        *asked("F", "a"),
        *asked("t", "g"),
        *asked("T", "p"),
        *asked("g", "5\r"),
        *asked("g", "0\r"),
        needs=PROMPT,
    ),
    copying(
        "emacs-search",
        _EMACS,
        *each("C-r", "a", "l", "p", "C-r", "C-r", "C-s", "Enter", "n", "N", "C-p"),
        *each("M-<", "C-s", "BSpace", "BSpace", "l", "C-s", "x", "BSpace", "Enter", "n", "n", "N"),
        *each("C-r"),
        typed("\x15line\r"),
        look(),
        *each("q"),
        *BACK,
        *each("n", "C-r", "Enter"),
        needs=PROMPT,
    ),
    copying(
        "emacs-repeat",
        _EMACS,
        *(step for digit in "123456789" for step in (*each(f"M-{digit}"), keys("C-p"), look())),
        needs=PROMPT,
    ),
]


def _mouse(keys_: str, setup: tuple[Command, ...]) -> list[Scenario]:
    setup = (*setup, ("set", "-g", "mouse", "on"))
    down, up = ("Down1", 2, 9), ("Up1", 2, 9)
    return [
        copying(
            f"{keys_}-mouse-drag",
            setup,
            mouse(("WheelUp", 5, 5)),
            look(),
            mouse(("WheelUp", 5, 5)),
            look(),
            mouse(("WheelDown", 5, 5)),
            look(),
            mouse(("Down1", 4, 4), ("Up1", 4, 4)),
            look(),
            pause(0.4),
            mouse(("Down1", 6, 9), ("Drag1", 6, 9), ("Drag1", 2, 8)),
            look(),
            mouse(("Drag1", 0, 8), ("Up1", 0, 8)),
            look(),
        ),
        copying(
            f"{keys_}-mouse-clicks",
            setup,
            mouse(down, up, down, up),
            gone("[0/"),
            look(),
            copied("alpha"),
            *BACK,
            mouse(down, up, down, up, down, up),
            gone("[0/"),
            look(),
            copied("alpha again" if keys_ == "emacs" else r"alpha again\n"),
        ),
    ]


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


NUMBERS = ("default", "absolute", "relative", "hybrid")

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
    *(
        copying(
            f"matches-{name}",
            setup,
            *command("history-top"),
            *command("search-forward", "al[a-z]+"),
            *command("search-again"),
            *command("page-down"),
            *command("cursor-up"),
            *command("search-backward", "テキ"),
            *command("search-backward", "本語 .."),
            *command("search-backward", "there|tab"),
            *command("search-backward-text", "\t"),
            *command("search-backward", "lazy dog, then"),
            *command("search-forward", "o[^ ]*"),
        )
        for name, setup in (("vi", _VI), ("emacs", _EMACS))
    ),
    *(
        copying(
            f"selections-{name}",
            setup,
            *command("search-backward", "語"),
            *command("begin-selection"),
            *command("cursor-right"),
            *command("cursor-right"),
            *command("rectangle-on"),
            *command("cursor-down"),
            *command("cursor-left"),
            *command("rectangle-off"),
            *command("page-down"),
            *command("other-end"),
            *command("stop-selection"),
            *command("page-up"),
            *command("clear-selection"),
            *command("search-backward", "fox"),
            *command("select-word"),
            *command("next-word"),
            *command("next-word"),
            *command("select-line"),
            *command("cursor-down"),
        )
        for name, setup in (("vi", _VI), ("emacs", _EMACS))
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
        "entered",
        _VI,
        *command("cursor-up"),
        call("send-keys", "-t", "s:", "-X", "cancel"),
        typed("more\r"),
        look(),
        keys("prefix", "["),
        look(),
        *each("k", "C-u"),
        keys("prefix", "["),
        look(),
        keys("prefix", "PPage"),
        look(),
        *each("q"),
        call("copy-mode", "-H", "-t", "s:"),
        look(),
        *each("k", "q"),
        call("copy-mode", "-e", "-t", "s:"),
        look(),
        *each("C-y", "C-e"),
    ),
    copying("small", _VI, *each("k", "l", "C-u"), *command("search-backward", "a"), cols=12, rows=4),
    copying(
        "numbers",
        _VI,
        *(
            step
            for kind in NUMBERS
            for step in (
                *each("q"),
                call("set", "-g", "copy-mode-line-numbers", kind),
                *BACK,
                *each("k", "C-u", "$", "Space", "j", "v", "Escape", "C-y", "G"),
            )
        ),
    ),
]

MOUSE = [*_mouse("vi", _VI), *_mouse("emacs", _EMACS)]
SCENARIOS = [*VI, *EMACS, *MOUSE, *SHOWN]
