"""What becomes of what is typed: prefixes, tables, repeated keys, pastes, keys for programs."""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import Command, Pause, Scenario, Step, call, keys, look, typed, until

TEXT = "printf 'first\\n'; exec cat"
FAST = Pause(0.05)
SLOW = Pause(0.5)
RAW = "stty raw -echo; printf 'ready '; exec cat -v"


def hears(codes: str) -> str:
    """A program that shows what it is sent, after it has sent these."""
    return f"stty raw -echo; printf '{codes}ready '; exec cat -v"


def split(*flags: str) -> Command:
    return ("split-window", *flags, "-t", "s:", RAW)


def shows(key: str, text: str, *flags: str) -> Command:
    """A binding that shows what it is."""
    return ("bind", *flags, key, "display-message", "-d", "0", text)


def option(name: str, value: str, flag: str = "-g") -> Command:
    return ("set", flag, name, value)


def scene(
    name: str, setup: Sequence[Command], *steps: Step, program: str = RAW, term: str = "xterm-256color"
) -> Scenario:
    first = [until("ready")] if program.endswith("ready '; exec cat -v") else []
    return Scenario(name, [*first, *steps], setup, program=program, term=term, needs=("copy-mode",))


RIGHT = split("-h")
REPEATING = (RIGHT, option("repeat-time", "400"))
PASTE = "\x1b[200~pasted \x02c text\x1b[201~"

PREFIXES = [
    scene("send-prefix", (), keys("prefix", "prefix"), until("^B"), look()),
    scene(
        "second-prefix", (option("prefix2", "C-a"),), keys("C-a", "c"), look(), keys("prefix", "n"), look()
    ),
    scene("second-prefix-sent", (option("prefix2", "C-a"),), keys("C-a", "C-a"), look(), keys("x"), look()),
    scene("other-prefix", (option("prefix", "M-a"),), keys("prefix", "M-a", "c"), look()),
    scene("no-prefix", (option("prefix", "None"),), keys("prefix", "c"), look()),
    scene("meta-prefix-by-escape", (option("prefix", "M-a"),), typed("\x1ba"), keys("c"), look()),
    scene("prefix-and-unbound", (), keys("prefix", "F5", "x"), look()),
    scene(
        "prefix-timeout", (option("prefix-timeout", "200", "-s"),), keys("prefix"), SLOW, keys("c"), look()
    ),
    scene(
        "prefix-in-time", (option("prefix-timeout", "5000", "-s"),), keys("prefix"), FAST, keys("c"), look()
    ),
]

REPEATS = [
    scene("repeated", REPEATING, keys("prefix", "C-Left", "C-Left", "C-Left"), look()),
    scene("repeated-too-late", REPEATING, keys("prefix", "C-Left"), SLOW, keys("C-Left"), look()),
    scene("repeated-then-other", REPEATING, keys("prefix", "C-Left", "x"), look()),
    scene("repeated-then-unbound", REPEATING, keys("prefix", "C-Left", "F5"), look()),
    scene("repeated-then-prefix", REPEATING, keys("prefix", "C-Left", "prefix", "o"), look()),
    scene("repeated-another", REPEATING, keys("prefix", "C-Left", "M-Left"), look()),
    scene("not-repeated", (RIGHT,), keys("prefix", "C-Left", "C-Left"), look()),
    scene(
        "first-repeat-later",
        (*REPEATING, option("initial-repeat-time", "1500")),
        keys("prefix", "C-Left"),
        SLOW,
        keys("C-Left"),
        look(),
        SLOW,
        keys("C-Left"),
        look(),
    ),
]

TABLES = [
    scene(
        "other-table",
        (shows("a", "in mine", "-T", "mine"), shows("F6", "from root", "-n")),
        call("switch-client", "-c", "<a>", "-T", "mine"),
        keys("a"),
        look(),
        keys("a"),
        look(),
    ),
    scene(
        "unbound-in-other-table",
        (shows("a", "in mine", "-T", "mine"), shows("F6", "from root", "-n")),
        call("switch-client", "-c", "<a>", "-T", "mine"),
        keys("b", "c"),
        look(),
        call("switch-client", "-c", "<a>", "-T", "mine"),
        keys("F6"),
        look(),
    ),
    scene(
        "any-key",
        (shows("Any", "any", "-T", "mine"),),
        call("switch-client", "-c", "<a>", "-T", "mine"),
        keys("F6"),
        look(),
    ),
    scene(
        "sessions-own-table",
        (shows("a", "in mine", "-T", "mine"), option("key-table", "mine")),
        keys("a"),
        look(),
        keys("b"),
        look(),
        keys("a"),
        look(),
    ),
    scene(
        "sent-as-if-typed",
        (),
        call("send-keys", "-K", "-c", "<a>", "C-b", "c"),
        look(),
        call("send-keys", "-K", "-c", "<a>", "typed"),
        look(),
    ),
    scene(
        "user-keys",
        (
            ("set", "-s", "user-keys[0]", "\x1b[999~"),
            ("set", "-s", "user-keys[7]", "&%"),
            shows("User0", "user 0", "-n"),
            shows("User7", "user 7", "-n"),
        ),
        typed("\x1b[999~"),
        look(),
        typed("&%"),
        look(),
        typed("&x"),
        look(),
    ),
    scene(
        "unbound-user-key",
        (("set", "-s", "user-keys[0]", "\x1b[999~"),),
        typed("\x1b[999~"),
        typed("x"),
        look(),
    ),
]

ESCAPES = [
    scene("escape-at-once", (shows("M-x", "meta x", "-n"),), typed("\x1bx"), look()),
    scene("escape-and-later", (shows("M-x", "meta x", "-n"),), typed("\x1b"), SLOW, typed("x"), look()),
    scene(
        "escape-time",
        (option("escape-time", "2000", "-s"), shows("M-x", "meta x", "-n")),
        typed("\x1b"),
        SLOW,
        typed("x"),
        look(),
    ),
    scene(
        "arrow-in-pieces", (option("escape-time", "2000", "-s"),), typed("\x1b["), FAST, typed("C"), look()
    ),
    scene("unknown-sequence", (), typed("\x1b[99~"), typed("x"), look()),
]

PASTES = [
    scene("paste", (), typed(PASTE), until("text"), look()),
    scene("paste-bracketed", (), typed(PASTE), until("text"), look(), program=hears("\\033[?2004h")),
    scene("paste-after-prefix", (), keys("prefix"), typed(PASTE), typed("x"), look()),
    scene(
        "paste-in-copy-mode",
        (("copy-mode", "-t", "s:"),),
        typed(PASTE),
        look(),
        typed("q"),
        look(),
        program=TEXT,
    ),
    scene(
        "paste-into-all",
        (RIGHT, ("set", "-w", "-t", "s:", "synchronize-panes", "on")),
        typed(PASTE),
        typed("x"),
        look(),
    ),
    scene("paste-in-pieces", (), typed(PASTE[:9]), FAST, typed(PASTE[9:-3]), FAST, typed(PASTE[-3:]), look()),
    scene(
        "fast-keys-are-a-paste", (option("assume-paste-time", "100"),), typed("ab\x02c"), look(), term="vt220"
    ),
    scene(
        "slow-keys-are-none",
        (option("assume-paste-time", "1"),),
        typed("ab"),
        SLOW,
        typed("\x02"),
        SLOW,
        typed("c"),
        look(),
        term="vt220",
    ),
    scene("fast-keys-with-brackets", (option("assume-paste-time", "100"),), typed("ab\x02c"), look()),
]

CSI_U = "\x1b[97;5u\x1b[13;2u\x1b[9;5u\x1b[105;5u\x1b[32;2u\x1b[233;3u"
XTERM = "\x1b[27;5;97~\x1b[27;2;13~\x1b[27;5;9~\x1b[27;6;65~"
FUNCTION = "\x1b[1;5A\x1b[1;2H\x1b[15;6~\x1bOP\x1b[1;3P\x1b[3;5~\x1b[Z\x1b[1;5Z"
CURSOR = "\x1bOA\x1b[A\x1bOa\x1b[a\x1b\x1b[A\x1bOH\x1b[1~\x1b[7~"
KEYPAD = "\x1bOp\x1bOM\x1bOj"
EXTENDED = (option("extended-keys", "on", "-s"),)

PROGRAMS = [
    scene(f"keys-{name}-{kind}", setup, typed(sent), typed("."), until("."), look(), program=hears(codes))
    for name, sent in (
        ("csi-u", CSI_U),
        ("xterm", XTERM),
        ("function", FUNCTION),
        ("cursor", CURSOR),
        ("keypad", KEYPAD),
        ("utf8", "é€\U0001f600\x1bé\x80"),
        ("control", "\x00\x01\x08\x09\x0a\x0d\x1c\x1f\x7f"),
    )
    for kind, setup, codes in (
        ("plain", (), ""),
        ("application", (), "\\033[?1h\\033="),
        ("extended", EXTENDED, "\\033[>4;1m"),
        ("extended-fully", EXTENDED, "\\033[>4;2m"),
        ("extended-xterm", (*EXTENDED, option("extended-keys-format", "xterm", "-s")), "\\033[>4;2m"),
        ("always", (option("extended-keys", "always", "-s"),), ""),
    )
] + [
    scene(
        "focus",
        (option("focus-events", "on", "-s"),),
        typed("\x1b[O"),
        typed("\x1b[I"),
        typed("."),
        until("."),
        look(),
        program=hears("\\033[?1004h"),
    ),
    scene(
        "focus-off",
        (),
        typed("s"),
        until("ready"),
        look(),
        typed("\x1b[O"),
        typed("\x1b[I"),
        typed("."),
        until("."),
        look(),
        program="stty raw -echo; head -c1 >/dev/null; printf '\\033[?1004hready\\r\\n'; exec cat -v",
    ),
    scene(
        "focus-of-panes",
        (option("focus-events", "on", "-s"), RIGHT),
        keys("prefix", "o"),
        look(),
        keys("prefix", "o"),
        look(),
        program=hears("\\033[?1004h"),
    ),
    scene(
        "typed-into-all",
        (RIGHT, ("set", "-w", "-t", "s:", "synchronize-panes", "on")),
        typed("abc\x1b[A"),
        look(),
    ),
    scene(
        "input-off",
        (("select-pane", "-d", "-t", "s:"),),
        typed("abc"),
        look(),
        call("select-pane", "-e", "-t", "s:"),
        typed("d"),
        look(),
    ),
]

SCENARIOS = [*PREFIXES, *REPEATS, *TABLES, *ESCAPES, *PASTES, *PROGRAMS]
