"""display-popup: how popups look, where they are put, what is typed into them, and the mouse on them."""

from __future__ import annotations

from compat_tests.attached.script import (
    Input,
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
    until_call,
)

LINE = "中文字中文字 text in line $i 中文字中文字中文"
TEXT = f"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo {LINE}; done; exec cat"
HELLO = "printf 'Hello \\033[31mred\\033[m 中文字中文字中文字中文字\\n\\033[44mblue\\033[K\\033[m'; exec cat"
SHOWS_KEYS = "stty raw -echo; printf 'ready\\r\\n'; exec cat -v"
MOUSE = ("set", "-g", "mouse", "on")
BOX = ("-x", "10", "-y", "12", "-w", "30", "-h", "8")
"""Columns 10 to 39, rows 4 to 11."""


def opened(*argv: str, program: str = HELLO, there: str = "Hello") -> list[Step]:
    return [start("display-popup", *argv, program), until(there), look()]


def closed(there: str = "Hello") -> list[Step]:
    return [call("display-popup", "-C"), gone(there)]


def drawn(
    name: str, *variants: tuple[str, ...], setup: tuple[tuple[str, ...], ...] = (), program: str = HELLO
) -> Scenario:
    """How popups look over text with wide characters."""
    steps: list[Step] = [until("line 12")]
    for argv in variants:
        steps += [*opened(*argv, program=program), *closed()]
    return Scenario(f"look-{name}", [*steps, look()], setup, program=TEXT)


def escape() -> list[Step]:
    """Until the terminal has said who it is, an Escape may be the beginning of an answer for long."""
    return [keys("Escape"), pause(0.6)]


PLAIN = TEXT.replace(LINE, "some quite long text in line $i and more of it")
"""Under a popup and its menu. (Which halves of wide characters tmux leaves to the terminal is chance.)"""


def dragged(
    name: str, *events: Input, flags: tuple[str, ...] = BOX, program: str = HELLO, text: str = TEXT
) -> Scenario:
    there = "ready" if program == SHOWS_KEYS else "Hello"
    steps: list[Step] = [until("line 12"), *opened(*flags, program=program, there=there)]
    for event in events:
        steps += [event, look()]
    return Scenario(f"mouse-{name}", steps, [MOUSE], program=text)


SCENARIOS = [
    drawn(
        "lines",
        *(
            ("-T", " #[fg=green]title ", "-b", lines)
            for lines in ("single", "double", "heavy", "rounded", "simple", "padded", "none")
        ),
        ("-B", "-T", "title"),
    ),
    drawn(
        "styles",
        ("-s", "fg=yellow,bg=blue,bold", "-S", "fg=green,bg=black,reverse"),
        ("-s", "nonsense", "-S", "fg=brightred"),
        ("-B", "-s", "bg=red"),
        ("-T", "#{session_name} 中文字" + "-" * 40),
    ),
    drawn(
        "options",
        (),
        ("-s", "bg=green"),
        setup=(
            ("set", "-g", "popup-style", "fg=yellow,bg=blue,italics"),
            ("set", "-g", "popup-border-style", "fg=#{?client_readonly,red,cyan},bg=black,bold"),
            ("set", "-g", "popup-border-lines", "heavy"),
        ),
    ),
    drawn(
        "places",
        ("-w", "50%", "-h", "50%"),
        ("-w", "100%", "-h", "100%"),
        ("-w", "12", "-h", "5", "-x", "0", "-y", "0"),
        ("-w", "13", "-h", "5", "-x", "R", "-y", "S"),
        ("-w", "13", "-h", "5", "-x", "P", "-y", "P"),
        ("-w", "13", "-h", "5", "-x", "W", "-y", "W"),
        ("-w", "13", "-h", "5", "-x", "7", "-y", "9"),
        ("-w", "13", "-h", "5", "-x", "1000", "-y", "1000"),
        ("-w", "14", "-h", "5", "-x", "#{e|*:#{popup_width},2}", "-y", "#{popup_height}"),
        program="printf Hello; exec cat",
    ),
    Scenario(
        "look-smallest",
        [
            start("display-popup", "-w", "3", "-h", "3", "printf x; exec cat"),
            until("x"),
            look(),
            *closed("x"),
            start("display-popup", "-B", "-w", "1", "-h", "1", "printf x; exec cat"),
            until("x"),
            look(),
            *closed("x"),
            call("display-popup", "-w", "2", "-h", "5", "exec cat"),
            call("display-popup", "-w", "5", "-h", "2", "exec cat"),
            look(),
        ],
    ),
    Scenario(
        "look-lower-terminal",
        [
            *opened(*BOX),
            resize(36, 9),
            look(),
            resize(8, 3),
            look(),
            resize(2, 2),
            look(),
            resize(60, 16),
            look(),
        ],
    ),
    Scenario(
        "look-restyled",
        [
            *opened(),
            call("set", "-g", "popup-style", "bg=green"),
            call("set", "-g", "popup-border-style", "fg=red"),
            call("refresh-client", "-t", "<a>"),
            look(),
        ],
    ),
    Scenario(
        "look-palette",
        opened(program="printf 'Hello \\033[31mred\\033]4;1;blue\\007\\033]11;#303030\\007'; exec cat"),
    ),
    Scenario(
        "look-cursor",
        [
            *opened(program="printf 'Hello\\033[?25l'; exec cat"),
            *closed(),
            *opened(program="printf 'Hello\\033[5 q\\033]12;red\\007'; exec cat"),
            *closed(),
            look(),
        ],
    ),
    Scenario(
        "look-changed",
        [
            *opened(*BOX, "-T", "first"),
            call("display-popup", "-T", "second", "-b", "double", "-s", "bg=blue", "-S", "fg=red"),
            look(),
            call("display-popup", "-B"),
            look(),
            call("display-popup", "-b", "rounded", "-T", "third"),
            look(),
            call("display-popup", "-N"),
            look(),
            call("display-popup", "-s", "default"),
            look(),
        ],
    ),
    Scenario(
        "output",
        [
            start("display-popup", *BOX, "for i in 1 2 3 4 5 6 7 8 9; do echo popup $i; done; exec cat"),
            until("popup 9"),
            look(),
            call("send-keys", "-t", "s:", "seq 40", "Enter"),
            until("40"),
            look(),
            typed("more\r"),
            look(),
        ],
    ),
    Scenario(
        "shell",
        [
            start("display-popup", *BOX),
            until("│$"),
            typed("echo $COLUMNS $TERM; stty size\r"),
            until("28"),
            look(),
            typed("exit\r"),
            look(),
            keys("x"),
            look(),
            *escape(),
            look(),
        ],
    ),
    Scenario(
        "surroundings",
        [
            start(
                "display-popup",
                *BOX,
                "-d",
                "/",
                "-e",
                "ONE=1",
                "-e",
                "TWO=2",
                'echo $ONE $TWO $PWD; pwd; echo "[$TMUX_PANE]"; exec cat',
            ),
            until("[]"),
            look(),
        ],
    ),
    Scenario(
        "arguments", [start("display-popup", *BOX, "printf", "%s,", "a b", "$HOME"), until("a b"), look()]
    ),
    Scenario(
        "close-keys",
        [
            *opened(),
            *escape(),
            look(),
            *opened(),
            keys("C-c"),
            look(),
            *opened("-E"),
            keys("C-c"),
            look(),
            *opened("-E"),
            *escape(),
            look(),
            *closed(),
        ],
    ),
    Scenario(
        "close-at-exit",
        [
            *opened("-E", program="echo Hello; read x; exit 1"),
            typed("\r"),
            gone("Hello"),
            *opened("-EE", program="echo Hello; read x; exit 0"),
            typed("\r"),
            gone("Hello"),
            *opened("-EE", program="echo Hello; read x; exit 1"),
            typed("\r"),
            look(),
            typed("x"),
            look(),
            keys("C-c"),
            look(),
            *opened("-k", program="echo Hello; read x; exit 1"),
            typed("\r"),
            look(),
            typed("x"),
            look(),
        ],
    ),
    Scenario(
        "close-flags-changed",
        [
            *opened("-E", program="echo Hello; read x"),
            call("display-popup", "-N"),
            typed("\r"),
            look(),
            keys("C-c"),
            look(),
            *opened(program="echo Hello; read x"),
            call("display-popup", "-E"),
            typed("\r"),
            look(),
        ],
    ),
    Scenario(
        "keys",
        [
            *opened("-E", program=SHOWS_KEYS, there="ready"),
            keys("Up", "F5", "C-a", "M-x", "PPage", "C-Left", "BSpace", "prefix"),
            look(),
            typed("\x1b[200~pasted\x1b[201~"),
            look(),
            typed("中文"),
            look(),
        ],
    ),
    Scenario(
        "keys-modes",
        [
            *opened("-E", program=f"printf '\\033[?1h\\033[?2004h\\033='; {SHOWS_KEYS}", there="ready"),
            keys("Up", "Left"),
            typed("\x1b[200~pasted\x1b[201~"),
            look(),
        ],
    ),
    Scenario(
        "mouse-in-program",
        [
            *opened(*BOX, "-E", program=f"printf '\\033[?1000h\\033[?1006h'; {SHOWS_KEYS}", there="ready"),
            mouse(("Down1", 11, 5), ("Up1", 11, 5), ("WheelUp", 38, 10)),
            look(),
            mouse(("Down1", 10, 5), ("Up1", 10, 5), ("Down1", 0, 0), ("Up1", 0, 0)),
            look(),
        ],
    ),
    dragged(
        "moved-by-border",
        mouse(("Down1", 15, 4), ("Drag1", 16, 4)),
        mouse(("Drag1", 20, 6)),
        mouse(("Drag1", 0, 0)),
        mouse(("Drag1", 59, 15)),
        mouse(("Drag1", 30, 8)),
        mouse(("Up1", 30, 8)),
        mouse(("Drag1", 5, 5)),
    ),
    dragged(
        "moved-inside",
        mouse(("M-Down1", 20, 8), ("M-Drag1", 21, 8)),
        mouse(("M-Drag1", 25, 9)),
        mouse(("M-Up1", 25, 9)),
        flags=(*BOX, "-B"),
    ),
    dragged(
        "sized",
        mouse(("M-Down3", 30, 8), ("M-Drag3", 31, 8)),
        mouse(("M-Drag3", 50, 14)),
        mouse(("M-Drag3", 12, 6)),
        mouse(("M-Drag3", 13, 7)),
        mouse(("M-Up3", 13, 7)),
    ),
    dragged(
        "sized-by-border",
        mouse(("Down3", 39, 8), ("Drag3", 39, 9)),
        mouse(("Drag3", 45, 13)),
        mouse(("Up3", 45, 13)),
        program="stty size; printf Hello; exec cat",
    ),
    Scenario(
        "mouse-sized-then-terminal",
        [
            *opened(*BOX),
            mouse(("Down3", 39, 8), ("Drag3", 39, 9), ("Drag3", 56, 14), ("Up3", 56, 14)),
            look(),
            resize(40, 12),
            look(),
            resize(60, 16),
            look(),
        ],
        [MOUSE],
    ),
    dragged(
        "menu",
        mouse(("Down3", 10, 6)),
        mouse(("Drag3", 12, 7)),
        mouse(("Up3", 12, 7)),
        flags=(*BOX, "-E"),
        program="echo Hello; exec cat",
        text=PLAIN,
    ),
    dragged(
        "menu-released",
        mouse(("Down3", 10, 6)),
        mouse(("Up3", 10, 6)),
        mouse(("Down3", 2, 2)),
        keys("q"),
        flags=(*BOX, "-E"),
        program="echo Hello; exec cat",
        text=PLAIN,
    ),
    dragged(
        "menu-fill",
        mouse(("Down3", 20, 4)),
        keys("F"),
        typed("typed\r"),
        program="echo Hello; exec cat",
        text=PLAIN,
    ),
    dragged(
        "menu-centre",
        mouse(("Down3", 20, 4)),
        keys("C"),
        mouse(("Down3", 2, 2)),
        keys("Down"),
        keys("C-c"),
        program="echo Hello; exec cat",
        text=PLAIN,
    ),
    Scenario(
        "menu-paste",
        [*opened(*BOX), mouse(("Down3", 20, 4)), look(), keys("p"), look()],
        [MOUSE, ("set-buffer", "-b", "mine", "pasted text")],
    ),
    Scenario(
        "menu-to-pane",
        [
            *opened(*BOX, "-E", program="echo Hello; exec sh"),
            until("│$"),
            mouse(("Down3", 20, 4)),
            until("Horizontal"),
            keys("h"),
            gone("Horizontal"),
            look(),
            typed("echo again; stty size\r"),
            look(),
            call("display-popup", "-C"),
            typed("exit\r"),
            look(),
        ],
        [MOUSE],
    ),
    Scenario(
        "menu-to-pane-below",
        [
            *opened(*BOX, program="echo Hello; exec sh"),
            until("│$"),
            mouse(("Down3", 20, 4)),
            until("Vertical"),
            keys("v"),
            gone("Vertical"),
            look(),
            until_call("3", "display-message", "-p", "#{window_panes}"),
        ],
        [MOUSE, ("split-window", "-h", "cat"), ("resize-pane", "-Z")],
    ),
    Scenario(
        "menu-too-large",
        [*opened("-w", "18", "-h", "6"), mouse(("Down3", 0, 0)), look()],
        [MOUSE],
        cols=20,
        rows=9,
    ),
    Scenario(
        "errors",
        [
            keys("prefix", ":"),
            look(),
            typed("display-popup -w 61\r"),
            look(),
            keys("prefix", ":"),
            look(),
            typed("display-popup -h 101%\r"),
            look(),
            keys("prefix", ":"),
            look(),
            typed("display-popup -b wavy\r"),
            look(),
        ],
        needs=("command-prompt",),
    ),
    Scenario(
        "prompt-ends-it",
        [*opened(), start("command-prompt", "-t", "<a>", "-p", "what"), until("what"), look()],
        needs=("command-prompt",),
    ),
    Scenario(
        "menu-while-open",
        [
            *opened(),
            call("display-menu", "One", "o", ""),
            look(),
            call("display-message", "-d", "0", "hi"),
            look(),
            typed("x"),
            look(),
        ],
    ),
    Scenario(
        "status-top",
        opened("-x", "P", "-y", "P", "-w", "20", "-h", "6"),
        [
            ("set", "-g", "status-position", "top"),
            ("split-window", "-v", "cat"),
            ("select-pane", "-t", "s:.0"),
        ],
    ),
    Scenario(
        "links",
        opened(
            program="printf 'Hello \\033]8;;http://example.com\\033\\\\link\\033]8;;\\033\\\\ none'; exec cat"
        ),
    ),
]
