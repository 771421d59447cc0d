"""Every default binding of the prefix table, pressed (`test_bindings` sees to it that none is left out).

The root table binds mouse events only; those are in the group `mouse`. What each mode, prompt or menu then
does is in the groups of those; here stands that the key opens it and that it closes again.
"""

from __future__ import annotations

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    ends,
    keys,
    look,
    typed,
    until_call,
)


def pane(text: str) -> str:
    """A program that shows `text` and stays."""
    return f"printf '{text}\\n'; exec cat"


def split(text: str, *flags: str) -> Command:
    return ("split-window", *flags, "-t", "s:", pane(text))


def window(name: str, *flags: str) -> Command:
    return ("new-window", *flags, "-t", "s:", "-n", name, pane(f"in {name}"))


def pressed(*names: str) -> list[Step]:
    """Each key after a prefix of its own, and a look after each."""
    return [step for name in names for step in (keys("prefix", name), look())]


def opened(key: str, *then: Step) -> list[Step]:
    """The prefix and a key that opens something, a look at it, and what follows."""
    return [*pressed(key), *then]


TWO = (split("right", "-h"),)
FOUR = (*TWO, split("below", "-v"), ("select-pane", "-t", "s:.0"), split("fourth", "-v"))
WINDOWS = tuple(window(name, "-d") for name in ("second", "third"))
TEN = tuple(window(f"w{number}", "-d") for number in range(1, 10))
FIRST = pane("first")
BELL = "until read line; do :; done; printf '\\a'; exec cat"
MESSAGES = ((r"client-\d+", "client-PID"),)
# Only with all of them are there all default bindings to list.
EVERYTHING = (
    *("choose-buffer", "choose-client", "choose-tree", "clock-mode", "command-prompt", "confirm-before"),
    *("copy-mode", "customize-mode", "display-menu", "display-panes", "find-window"),
)
CLOSE: list[Step] = [typed("q"), look()]

LAYOUTS = [
    Scenario(
        "layouts-in-turn", setup=FOUR, program=FIRST, steps=[*pressed(*["Space"] * 7)], cols=70, rows=20
    ),
    Scenario(
        "layouts-by-number",
        setup=FOUR,
        program=FIRST,
        steps=pressed("M-1", "M-2", "M-3", "M-4", "M-5", "M-6", "M-7", "E"),
        cols=70,
        rows=20,
    ),
    Scenario(
        "resize-by-one", setup=FOUR, steps=pressed("C-Up", "C-Down", "C-Left", "C-Right"), program=FIRST
    ),
    Scenario(
        "resize-by-five", setup=FOUR, steps=pressed("M-Up", "M-Down", "M-Left", "M-Right"), program=FIRST
    ),
    Scenario(
        "resize-repeated",
        setup=[*TWO, ("set", "-g", "repeat-time", "2000")],
        steps=[keys("prefix", "C-Left", "C-Left", "C-Left"), look(), typed("x"), look()],
        program=FIRST,
    ),
    Scenario("zoom", setup=FOUR, steps=pressed("z", "z"), program=FIRST),
]

PANES = [
    Scenario("split-h", steps=[keys("prefix", "%"), look(), typed("echo hi\r"), look()]),
    Scenario("split-v", steps=[keys("prefix", '"'), look(), typed("echo hi\r"), look()]),
    Scenario("new-pane", steps=[keys("prefix", "*"), look(), typed("echo hi\r"), look()]),
    Scenario("break-pane", setup=TWO, steps=pressed("!"), program=FIRST),
    Scenario("select-by-arrows", setup=FOUR, steps=pressed("Up", "Left", "Down", "Right"), program=FIRST),
    Scenario("select-next-and-last", setup=FOUR, steps=pressed("o", "o", ";", ";"), program=FIRST),
    Scenario("swap", setup=FOUR, steps=pressed("{", "}"), program=FIRST),
    Scenario("rotate", setup=FOUR, steps=pressed("C-o", "M-o"), program=FIRST),
    Scenario("mark", setup=FOUR, steps=pressed("m", "o", "M"), program=FIRST),
    Scenario(
        "kill-pane",
        setup=TWO,
        program=FIRST,
        needs=["confirm-before"],
        steps=opened("x", typed("n"), look(), *opened("x", typed("y"), look())),
    ),
]

WINDOW_KEYS = [
    Scenario("new-window", steps=pressed("c")),
    Scenario("select-by-number", setup=TEN, steps=pressed(*"1234567890"), program=FIRST, cols=100),
    Scenario("next-previous-last", setup=WINDOWS, steps=pressed("n", "n", "n", "p", "l"), program=FIRST),
    Scenario(
        "next-with-alert",
        setup=[*WINDOWS, ("new-window", "-d", "-t", "s:", "-n", "bell", BELL)],
        program=FIRST,
        steps=[call("send-keys", "-t", "s:bell", "Enter"), look(), *pressed("M-n", "0", "M-p")],
    ),
    Scenario(
        "previous-with-alert",
        setup=[*WINDOWS, ("new-window", "-d", "-t", "s:", "-n", "bell", BELL)],
        program=FIRST,
        steps=[call("send-keys", "-t", "s:bell", "Enter"), look(), *pressed("M-p")],
    ),
    Scenario(
        "kill-window",
        setup=WINDOWS,
        program=FIRST,
        needs=["confirm-before"],
        steps=opened("&", typed("n"), look(), *opened("&", typed("y"), look())),
    ),
    Scenario(
        "rename-window",
        program=FIRST,
        needs=["command-prompt"],
        steps=opened(",", typed("-named\r"), look()),
    ),
    Scenario("move-window", program=FIRST, needs=["command-prompt"], steps=opened(".", typed("7\r"), look())),
    Scenario(
        "window-index",
        setup=WINDOWS,
        program=FIRST,
        needs=["command-prompt"],
        steps=opened("'", typed("2\r"), look()),
    ),
    Scenario(
        "find-window",
        setup=WINDOWS,
        program=FIRST,
        needs=["command-prompt", "find-window", "choose-tree"],
        steps=opened("f", typed("second\r"), look()),
    ),
]

SESSIONS = [
    Scenario(
        "sessions",
        setup=[("new-session", "-d", "-s", "t", "-n", "other", "-x", "60", "-y", "15", pane("in t"))],
        program=FIRST,
        steps=pressed(")", "(", "L"),
    ),
    Scenario(
        "rename-session",
        program=FIRST,
        needs=["command-prompt"],
        steps=opened("$", typed("-named\r"), look()),
    ),
    Scenario("detach", steps=[keys("prefix", "d"), ends()]),
    Scenario("message", steps=pressed("i"), setup=[("set", "-g", "display-time", "0")], program=FIRST),
    Scenario("refresh", steps=pressed("r"), program=FIRST),
    Scenario(
        "pan",
        setup=[("set", "-g", "window-size", "manual"), ("resize-window", "-t", "s:", "-x", "90", "-y", "40")],
        program="seq -f 'line %04.0f of the text 1234567890123456789012345678901234567890 end' 39; exec cat",
        steps=pressed("S-Up", "S-Right", "S-Down", "S-Left", "S-Up", "DC"),
    ),
    Scenario(
        "send-prefix", program="stty -echo; exec cat -v", steps=[keys("prefix", "C-b", "Enter"), look()]
    ),
]

BUFFERS = [
    Scenario(
        "paste", setup=[("set-buffer", "pasted")], program="exec cat", steps=[keys("prefix", "]"), look()]
    ),
    Scenario(
        "delete-buffer",
        setup=[("set-buffer", "-b", "kept", "one"), ("set-buffer", "two")],
        program=FIRST,
        steps=[
            keys("prefix", "-"),
            until_call("kept one", "list-buffers", "-F", "#{buffer_name} #{buffer_sample}"),
        ],
    ),
    Scenario(
        "list-buffers",
        setup=[("set-buffer", "one"), ("set-buffer", "two")],
        program=FIRST,
        needs=["copy-mode"],
        steps=opened("#", *CLOSE),
    ),
    Scenario(
        "choose-buffer",
        setup=[("set-buffer", "-b", "one", "first text"), ("set-buffer", "-b", "two", "second")],
        program=FIRST,
        needs=["choose-buffer"],
        steps=opened("=", *CLOSE),
        cols=80,
        rows=24,
    ),
]

OPENING = [
    Scenario("copy-mode", needs=["copy-mode"], steps=opened("[", *CLOSE), program="seq 100; exec cat"),
    Scenario("copy-mode-up", needs=["copy-mode"], steps=opened("PPage", *CLOSE), program="seq 100; exec cat"),
    Scenario("choose-sessions", needs=["choose-tree"], steps=opened("s", *CLOSE), program=FIRST, rows=24),
    Scenario(
        "choose-windows",
        setup=[*WINDOWS, *TWO],
        program=FIRST,
        needs=["choose-tree"],
        steps=opened("w", *CLOSE),
        cols=80,
        rows=24,
    ),
    Scenario(
        "choose-client",
        needs=["choose-client"],
        steps=opened("D", *CLOSE),
        program=FIRST,
        rows=24,
    ),
    Scenario(
        "customize", needs=["customize-mode"], steps=opened("C", *CLOSE), program=FIRST, cols=80, rows=24
    ),
    # Where there is no room for large digits the clock is plain text, which can be masked.
    Scenario("clock", needs=["clock-mode"], steps=opened("t", *CLOSE), program=FIRST, cols=28, rows=8),
    Scenario(
        "display-panes",
        setup=[*FOUR, ("set", "-g", "display-panes-time", "5000")],
        program=FIRST,
        needs=["display-panes"],
        steps=opened("q", typed("1"), look()),
        cols=80,
        rows=24,
    ),
    Scenario(
        "window-menu",
        setup=WINDOWS,
        program=FIRST,
        needs=["display-menu"],
        steps=opened("<", *CLOSE),
        cols=80,
        rows=24,
    ),
    Scenario(
        "pane-menu",
        setup=TWO,
        program=FIRST,
        needs=["display-menu"],
        steps=opened(">", *CLOSE),
        cols=80,
        rows=30,
    ),
    Scenario("list-keys", needs=EVERYTHING, steps=opened("?", *CLOSE), program=FIRST, cols=80, rows=24),
    Scenario(
        "describe-key",
        setup=[("set", "-g", "display-time", "0")],
        program=FIRST,
        needs=["command-prompt"],
        steps=opened("/", typed("c"), look()),
        cols=80,
    ),
    Scenario(
        "command-prompt",
        program=FIRST,
        needs=["command-prompt"],
        steps=opened(":", typed("rename-window by-hand\r"), look()),
    ),
    Scenario(
        "show-messages",
        needs=["copy-mode"],
        masks=MESSAGES,
        steps=opened("~", *CLOSE),
        program=FIRST,
        cols=200,
        rows=24,
    ),
]

SCENARIOS = [*LAYOUTS, *PANES, *WINDOW_KEYS, *SESSIONS, *BUFFERS, *OPENING]
