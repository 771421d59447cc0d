"""Prompts: every editing key in both sets of status-keys, history, what each flag of command-prompt does."""

from __future__ import annotations

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    attach,
    call,
    gone,
    keys,
    look,
    mouse,
    resize,
    start,
    typed,
    until,
    until_call,
)

VI: Command = ("set", "-g", "status-keys", "vi")
NEEDS = ("command-prompt", "confirm-before")


def say(*flags: str) -> Command:
    """M-p asks, and @said becomes the answer."""
    return ("bind", "-n", "M-p", "command-prompt", *flags, "set -g @said '<%%>'")


def said(answer: str) -> Step:
    """Wait for that answer."""
    return until_call(f"<{answer}>\n", "show", "-gv", "@said")


def each(*names: str) -> list[Step]:
    """Keys, and text behind a quote, with a look after each."""
    return [
        step for name in names for step in (typed(name[1:]) if name.startswith("'") else keys(name), look())
    ]


SAY = say("-p", "say")
OPEN: list[Step] = [keys("M-p"), look()]
LONG = "0123456789" * 5

EDITING = [
    Scenario(
        "emacs",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("one two-three four"),
            *each("C-a", "C-f", "Right", "x", "C-b", "Left", "C-d", "M-f", "M-f", "C-Right", "C-Left", "M-b"),
            *each("C-t", "C-e", "C-t", "C-w", "Home", "C-y", "DC", "End", "BSpace", "C-h", "C-b", "C-k"),
            *each("C-v", "C-a", "C-v", "BSpace", "C-v", "Enter", "C-b", "C-u", "C-y", "C-x", "M-x", "F5"),
            *each("PPage", "IC", "C-Up", "M-Left", "C-r", "C-s", "C-_", "Space"),
            keys("Enter"),
            look(),
            said("foru "),
        ],
    ),
    Scenario(
        "emacs-ends",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("C-b", "C-f", "C-a", "C-e", "BSpace", "C-d", "C-k", "C-t", "C-w", "M-b", "M-f", "C-y"),
            *each("a", "C-t", "b", "C-t", "C-a", "C-t", "C-t"),
            keys("Escape"),
            look(),
            *OPEN,
            *each("C-g"),
            *OPEN,
            *each("C-c"),
        ],
    ),
    Scenario(
        "vi-entry",
        setup=[VI, SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("one two-three four"),
            *each("C-a", "C-f", "Right", "x", "C-b", "Left", "C-d", "M-f", "C-Right", "C-Left", "M-b"),
            *each("C-t", "C-e", "C-w", "Home", "C-y", "DC", "End", "BSpace", "C-h", "C-k", "C-v", "C-a"),
            *each("C-u", "C-y", "C-r", "C-n", "C-p", "Up", "Down"),
            keys("Enter"),
            look(),
        ],
    ),
    Scenario(
        "vi-command",
        setup=[VI, SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("one two-three four,  five"),
            keys("Escape"),
            look(),
            *each("0", "w", "w", "w", "W", "w", "w", "w", "b", "b", "B", "B", "b", "^", "e", "e", "e", "E"),
            *each("E", "e", "$", "h", "Left", "BSpace", "l", "Right", "x", "DC", "X", "i", "Y", "Escape"),
            look(),
            *each("a", "Z", "Escape"),
            *each("I", "1", "Escape"),
            *each("A", "2", "Escape"),
            *each("0", "l", "C", "q", "Escape"),
            *each("s", "r", "Escape", "Escape", "z", "C-a", "C-x", "C-k"),
            *each("S", "a", "b", "Escape", "D", "p", "d", "p"),
            *each("i", "C-w", "k", "C-w", "Escape", "p", "k", "Up", "j", "Down", "C-h"),
            keys("Enter"),
            look(),
            *OPEN,
            keys("Escape"),
            look(),
            *each("q"),
            *OPEN,
            keys("Escape"),
            look(),
            *each("C-c"),
        ],
    ),
    Scenario(
        "word-separators",
        setup=[("set", "-g", "word-separators", "-@"), SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("a--b.c @@d  "),
            *each("M-b", "M-b", "M-b", "M-b", "M-b", "M-f", "M-f", "M-f", "M-f", "M-f", "C-w", "C-w", "C-w"),
        ],
    ),
    Scenario(
        "keypad",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("\x1bOp\x1bOq\x1bOy\x1bOo\x1bOj\x1bOm\x1bOk\x1bOn"),
            look(),
            typed("\x1bOM"),
            look(),
            said("019/*-+."),
        ],
    ),
    Scenario(
        "buffer",
        setup=[SAY, ("set-buffer", "-b", "one", "line one\nline two"), ("set-buffer", "\nempty")],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("C-y", "x"),
            call("delete-buffer", "-b", "buffer0"),
            *each("C-y", "C-b", "C-y"),
            call("set-buffer", "中e\u0301文\x7f"),
            *each("C-y", "C-a", "C-w", "C-y", "C-f", "C-w", "C-y"),
        ],
    ),
    Scenario(
        "pasted",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("\x1b[200~some 中 text\x1b[201~"),
            look(),
            typed("\x1b[200~ one\recho two\rthree\x1b[201~"),
            until("three"),
            look(),
            said("some 中 text one"),
        ],
    ),
    Scenario(
        "wide",
        setup=[SAY],
        cols=24,
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("中文字e\u0301x中文字中文字"),
            look(),
            *each("C-a", "C-f", "C-f", "C-d", "C-t", "End", "BSpace", "y", "z", "C-b", "C-b", "C-b", "C-b"),
            *each("C-b", "C-v", "C-v", "C-v", "BSpace"),
        ],
    ),
    Scenario(
        "longer-than-the-line",
        setup=[SAY],
        cols=24,
        needs=NEEDS,
        steps=[
            *OPEN,
            typed(LONG[:18]),
            *each("8", "9", "0", "C-b", "C-b", "C-b", "C-b", "C-a", "C-e", "C-v", "C-a"),
            keys("Enter"),
            look(),
        ],
    ),
]

HISTORY = [
    Scenario(
        "history",
        setup=[
            SAY,
            ("bind", "-n", "M-s", "command-prompt", "-T", "search", "-p", "find", "set -g @said '<%%>'"),
        ],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("Up", "Down"),
            typed("one\r"),
            said("one"),
            *OPEN,
            typed("two\r"),
            said("two"),
            *OPEN,
            typed("two\r"),
            said("two"),
            *OPEN,
            *each("Up", "C-p", "Up", "x", "Down", "C-n", "Down", "Up", "Enter"),
            keys("M-s"),
            look(),
            *each("Up", "a", "Enter"),
            keys("M-s"),
            look(),
            *each("Up", "Escape"),
            look(),
            keys("prefix", ":"),
            look(),
            *each("Up", "Up", "Escape"),
        ],
    ),
    Scenario(
        "history-limit",
        setup=[SAY, ("set", "-g", "prompt-history-limit", "2")],
        needs=NEEDS,
        steps=[
            *(step for word in ("a", "b", "c") for step in (*OPEN, typed(f"{word}\r"), said(word))),
            *OPEN,
            *each("Up", "Up", "Up"),
        ],
    ),
]

_SET = "{ set -g @a '<%%>' } ; set -gF @said '#{@a}'"

FLAGS = [
    Scenario(
        "opens",
        needs=NEEDS,
        steps=[
            keys("prefix", ":"),
            look(),
            typed("display-message hello"),
            look(),
            keys("Enter"),
            look(),
            keys("prefix", ":"),
            look(),
            typed("no-such-command\r"),
            look(),
            keys("prefix", ":"),
            look(),
            keys("Enter"),
            look(),
        ],
    ),
    Scenario(
        "several",
        setup=[
            (
                "bind",
                "-n",
                "M-p",
                "command-prompt",
                "-p",
                "one,two:,three",
                "-I",
                "1,,#S",
                "set -g @said '<%1 %2 %3 %%>'",
            ),
        ],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("Enter", "a", "Enter", "b", "Enter"),
            said("1 a sb 1"),
            *OPEN,
            *each("Enter", "C-c"),
        ],
    ),
    Scenario(
        "several-with-history",
        setup=[("bind", "-n", "M-p", "command-prompt", "-p", "one,two", "set -g @said '<%2%1>'")],
        needs=NEEDS,
        steps=[*OPEN, *each("a", "Enter", "Up", "Enter"), said("aa")],
    ),
    Scenario(
        "default-prompts",
        setup=[
            ("bind", "-n", "M-1", "command-prompt", "rename-window '%%'"),
            ("bind", "-n", "M-2", "command-prompt { rename-window -t s: '%%' }"),
            ("bind", "-n", "M-3", "command-prompt", "-l", "-p", "a,b", "-I", "c,d", "set -g @said '<%%>'"),
            ("bind", "-n", "M-4", "command-prompt", "-F", "set -g '@#{session_name}' '<%%>'"),
            (
                "bind",
                "-n",
                "M-5",
                "command-prompt",
                "-p",
                "#[fg=red]in#[default] #S #{prompt-input} %H%%",
                "",
            ),
        ],
        needs=NEEDS,
        steps=[
            *each("M-1", "a", "Enter", "M-2", "b", "Enter", "M-3", "Enter"),
            said("c,d"),
            *each("M-4", "v", "Enter"),
            until_call("<v>", "show", "-gv", "@s"),
            *each("M-5", "#", "S", "[", "C-c"),
        ],
        masks=((r"in s (\S* ?)\d\d%", r"in s \1HH%"),),
    ),
    Scenario(
        "single",
        setup=[say("-1", "-p", "key")],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("F5", "Up", "C-a"),
            said("\x01"),
            *OPEN,
            *each("BSpace"),
            *OPEN,
            *each("é"),
            said("é"),
        ],
    ),
    Scenario(
        "numeric",
        setup=[say("-N", "-I", "4", "-p", "number")],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("2", "7", "x"),
            said("427"),
            *OPEN,
            *each("Enter"),
            said("4"),
            *OPEN,
            *each("prefix", "%"),
        ],
    ),
    Scenario(
        "key-name",
        setup=[say("-k", "-p", "key")],
        needs=NEEDS,
        steps=[
            *(step for name in ("C-Up", "M-x", "F12") for step in (*OPEN, *each(name), said(name))),
            *OPEN,
            *each("Escape"),
            said("Escape"),
        ],
    ),
    Scenario(
        "incremental",
        setup=[say("-i", "-p", "search", "-I", "old")],
        needs=NEEDS,
        steps=[
            *OPEN,
            said("="),
            *each("C-s"),
            said("=old"),
            *each("C-s"),
            said("+old"),
            *each("C-r"),
            said("-old"),
            *each("x"),
            said("=oldx"),
            *each("C-b"),
            *each("C-u"),
            said("="),
            *each("C-r"),
            said("=old"),
            *each("C-y", "Enter"),
            said("=old"),
            *OPEN,
            *each("a", "Escape"),
            said("=a"),
        ],
    ),
    Scenario(
        "erase-ends",
        setup=[say("-e", "-p", "e")],
        needs=NEEDS,
        steps=[*OPEN, *each("a", "BSpace", "BSpace"), *OPEN, *each("C-h")],
    ),
    Scenario(
        "types",
        steps=[
            start("command-prompt", "-t", "<a>", "-T", "target", "-p", "where"),
            until("where"),
            look(),
            keys("C-c"),
            look(),
            start("command-prompt", "-t", "<a>", "-T", "window-target", "-p", "which"),
            until("which"),
            look(),
        ],
    ),
    Scenario(
        "waits",
        setup=[
            ("bind", "-n", "M-p", f"command-prompt -p say {_SET}"),
            ("bind", "-n", "M-b", f"command-prompt -b -p say {_SET}"),
        ],
        needs=NEEDS,
        steps=[
            keys("M-b"),
            look(),
            until_call("", "show", "-gv", "@said"),
            typed("one\r"),
            until_call("<one>", "show", "-gv", "@a"),
            *OPEN,
            typed("two\r"),
            said("two"),
            *OPEN,
            keys("C-c"),
            look(),
            *OPEN,
            keys("C-c", "x"),
            until("x"),
            look(),
        ],
    ),
    Scenario(
        "from-outside",
        steps=[
            start("command-prompt", "-t", "<a>", "-p", "ask", "display-message 'it is %%'"),
            until("ask"),
            call("command-prompt", "-t", "<a>", "-p", "another"),
            look(),
            typed("x\r"),
            until("it is x"),
            look(),
        ],
    ),
]

CONFIRM = [
    Scenario(
        "confirm",
        setup=[
            ("bind", "-n", "M-p", "confirm-before", "set -g @said '<y>'"),
            ("bind", "-n", "M-b", "confirm-before -b -c x -p '#S?' { set -g @said '<x>' }"),
            ("bind", "-n", "M-c", "confirm-before", "-y", "-p", "now?", "set -g @said '<cr>'"),
            ("bind", "-n", "M-d", "confirm-before", "-c", "xy", "set -g @said '<bad>'"),
            ("bind", "-n", "M-e", "confirm-before", "no-such-command"),
        ],
        needs=NEEDS,
        steps=[
            *OPEN,
            *each("n"),
            *OPEN,
            *each("Enter"),
            *OPEN,
            keys("Escape"),
            gone("Confirm"),
            look(),
            *OPEN,
            *each("y"),
            said("y"),
            *each("M-b", "y", "M-b", "x"),
            said("x"),
            *each("M-c", "y"),
            said("cr"),
            *each("M-b", "x"),
            said("x"),
            *each("M-c", "Enter"),
            said("cr"),
            *each("M-d", "x", "M-e", "x"),
        ],
    ),
    Scenario(
        "confirm-kill",
        setup=[("new-window", "-t", "s:", "-n", "second"), ("split-window", "-t", "s:")],
        needs=NEEDS,
        steps=[
            keys("prefix", "x"),
            look(),
            *each("n"),
            keys("prefix", "x"),
            look(),
            *each("y"),
            keys("prefix", "&"),
            look(),
            *each("y"),
        ],
    ),
]


def looks(name: str, *options: Command, cols: int = 60, more: tuple[Step, ...] = ()) -> Scenario:
    """A prompt and a message with certain options, text typed into it, in vi's two modes."""
    return Scenario(
        f"looks-{name}",
        setup=[VI, SAY, *options],
        needs=NEEDS,
        cols=cols,
        steps=[*OPEN, typed("some text"), look(), keys("Escape"), look(), *more, keys("C-c"), look()],
    )


LOOKS = [
    looks("status-off", ("set", "-g", "status", "off")),
    looks("status-top", ("set", "-g", "status-position", "top")),
    looks("status-off-top", ("set", "-g", "status", "off"), ("set", "-g", "status-position", "top")),
    looks("three-lines", ("set", "-g", "status", "3"), ("set", "-g", "message-line", "1")),
    looks(
        "three-lines-top",
        ("set", "-g", "status", "3"),
        ("set", "-g", "message-line", "2"),
        ("set", "-g", "status-position", "top"),
    ),
    looks("beyond-lines", ("set", "-g", "status", "2"), ("set", "-g", "message-line", "4")),
    looks(
        "styles",
        ("set", "-g", "message-style", "fg=red,bold"),
        ("set", "-g", "message-command-style", "bg=blue,underscore"),
    ),
    looks("width", ("set", "-g", "message-style", "bg=yellow,fg=black,fill=yellow,width=30,align=right")),
    looks(
        "width-percent",
        ("set", "-g", "message-style", "bg=yellow,fg=black,fill=yellow,width=50%,align=centre"),
    ),
    looks(
        "format",
        ("set", "-g", "message-format", "#{?command_prompt,C,E}#[fg=blue]|#{message}|#[align=right]end"),
    ),
    looks("narrow", cols=6),
    looks("no-room", cols=4),
    looks(
        "cursor",
        ("set", "-g", "prompt-cursor-style", "blinking-bar"),
        ("set", "-g", "prompt-cursor-colour", "red"),
        ("set", "-g", "prompt-command-cursor-style", "underline"),
    ),
    Scenario(
        "tiny",
        setup=[SAY],
        needs=NEEDS,
        cols=2,
        rows=2,
        steps=[
            *OPEN,
            *each("'ab"),
            resize(60, 1),
            look(),
            *each("c"),
            resize(3, 3),
            look(),
            *each("Tab", "C-c"),
        ],
    ),
    Scenario(
        "message-over-prompt",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("abc"),
            look(),
            call("display-message", "-c", "<a>", "-d", "0", "over it"),
            look(),
            keys("d"),
            until("abcd"),
            keys("Enter"),
            look(),
            said("abcd"),
        ],
    ),
    Scenario(
        "frozen",
        setup=[SAY, ("bind", "-n", "M-c", "command-prompt", "-C", "-p", "thaw")],
        needs=NEEDS,
        steps=[
            *OPEN,
            call("send-keys", "-t", "s:", "echo out", "Enter"),
            until_call("out\n$", "capture-pane", "-p", "-t", "s:"),
            look(),
            *each("C-c"),
            keys("M-c"),
            look(),
            call("send-keys", "-t", "s:", "echo more", "Enter"),
            until("more\n"[:4]),
            look(),
        ],
    ),
    Scenario(
        "resized",
        setup=[SAY],
        needs=NEEDS,
        steps=[*OPEN, typed("abc"), resize(30, 10), look(), typed("d"), look(), keys("C-c"), look()],
    ),
    Scenario(
        "session-switched",
        setup=[SAY, ("new-session", "-d", "-s", "t", "-n", "other", "exec cat")],
        needs=NEEDS,
        steps=[
            *OPEN,
            typed("abc"),
            look(),
            call("switch-client", "-c", "<a>", "-t", "t"),
            look(),
            keys("Enter"),
            look(),
            said("abc"),
        ],
    ),
    Scenario(
        "two-clients",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            attach("b", 60, 16),
            look("b"),
            *OPEN,
            typed("abc"),
            look(),
            look("b"),
            typed("echo b\r", client="b"),
            look("b"),
            keys("Enter"),
            look(),
        ],
    ),
]

MANY: list[Command] = [
    ("new-session", "-d", "-s", "second", "-n", "w", "exec cat"),
    ("new-session", "-d", "-s", "seven", "-n", "w", "exec cat"),
    *(("new-window", "-d", "-t", "second:", "-n", f"w{number}", "exec cat") for number in range(1, 12)),
    ("new-window", "-d", "-t", "s:", "-n", "next", "exec cat"),
]
COLON: list[Step] = [keys("prefix", ":"), look()]


def completes(
    name: str, *names: str, setup: list[Command] | None = None, rows: int = 16, cols: int = 60
) -> Scenario:
    """What keys and text do at the command prompt."""
    needs = (*NEEDS, "display-menu")
    return Scenario(
        f"completes-{name}",
        setup=setup or [],
        needs=needs,
        rows=rows,
        cols=cols,
        steps=[*COLON, *each(*names)],
    )


def asks(name: str, kind: str, *names: str, setup: list[Command] | None = None) -> Scenario:
    """The same at a prompt of that kind."""
    return Scenario(
        f"completes-{name}",
        setup=[*MANY, *(setup or []), say("-T", kind, "-p", "where")],
        needs=(*NEEDS, "display-menu"),
        steps=[*OPEN, *each(*names)],
    )


COMPLETION = [
    completes("command", "'kill-serv", "Tab", "'x", "Tab", "C-u", "Tab", "'nosuch", "Tab"),
    completes("prefix", "'rename", "Tab", "'s", "Tab", "C-u", "'bind", "Tab", "C-u", "'show-p", "Tab"),
    completes("menu", "'kill-", "Tab", "Down", "j", "k", "Enter"),
    completes(
        "menu-keys", "'kill-", "Tab", "2", "C-u", "'list-", "Tab", "Escape", "Tab", "BSpace", "Tab", "q"
    ),
    completes("menu-tab", "'kill-s", "Tab", "Tab", "Tab", "Tab"),
    completes("menu-many", "'s", "Tab", "End", "Home", "NPage", "9"),
    completes(
        "alias",
        "'spl",
        "Tab",
        "C-u",
        "'foo",
        "Tab",
        setup=[("set", "-s", "command-alias[9]", "foobar=list-keys")],
    ),
    completes("option", "'set stat", "Tab", "Tab", "'-l", "Tab", "Down", "Enter", "' x", "Tab"),
    completes(
        "hook",
        "'set-hook after-new-s",
        "Tab",
        "C-u",
        "'select-layout even-h",
        "Tab",
        "C-u",
        "'select-layout ti",
        "Tab",
    ),
    completes("middle", "'set status-styl x", "Left", "Left", "Tab", "C-a", "Tab", "Right", "Tab"),
    completes("blanks", "'  ", "Tab", "'kill-serv  ", "Tab", "Left", "Tab", "Left", "Tab"),
    completes("long", "'" + "a" * 70, "Tab"),
    completes(
        "session",
        "'attach -ts",
        "Tab",
        "Tab",
        "Down",
        "Enter",
        "C-u",
        "'attach -tsec",
        "Tab",
        "C-u",
        "'attach -t",
        "Tab",
        "C-u",
        "'has -t$",
        "Tab",
        "1",
        setup=MANY,
    ),
    completes(
        "window",
        "'selectw -tsecond:",
        "Tab",
        "Down",
        "Enter",
        "C-u",
        "'selectw -s:",
        "Tab",
        "1",
        "C-u",
        "'selectw -tsecond:1",
        "Tab",
        "1",
        "C-u",
        "'selectw -tseven:",
        "Tab",
        "C-u",
        "'selectw -tnosuch:",
        "Tab",
        "C-u",
        "'x -ts:1.",
        "Tab",
        setup=MANY,
    ),
    completes("top", "'kill-", "Tab", "Enter", setup=[("set", "-g", "status-position", "top")]),
    completes("status-off", "'kill-", "Tab", "Enter", setup=[("set", "-g", "status", "off")]),
    completes(
        "width",
        "'kill-",
        "Tab",
        "Enter",
        setup=[("set", "-g", "message-style", "bg=yellow,fg=black,fill=yellow,width=30,align=right")],
    ),
    completes("low", "'kill-", "Tab", "Enter", rows=6),
    completes("too-low", "'kill-", "Tab", "Enter", rows=3),
    completes("narrow", "'kill-", "Tab", "Enter", cols=20),
    completes(
        "far-right",
        "'set -g status-l kill-",
        "Tab",
        "C-a",
        "C-u",
        "'new-window ; kill-w kill-",
        "Tab",
        "Enter",
        cols=30,
    ),
    asks("target", "target", "Tab", "Tab", "Down", "Enter", "C-u", "'se", "Tab", "Tab", "Enter", "'3", "Tab"),
    asks("window-target", "window-target", "Tab", "Down", "Enter", "C-u", "'1", "Tab", "'x", "Tab"),
    Scenario(
        "completes-vi",
        setup=[VI],
        needs=(*NEEDS, "display-menu"),
        steps=[*COLON, *each("'kill-", "Tab", "j", "Enter", "Escape"), look(), *each("Tab")],
    ),
    Scenario(
        "completes-mouse",
        setup=[("set", "-g", "mouse", "on")],
        needs=(*NEEDS, "display-menu"),
        steps=[
            *COLON,
            *each("'kill-", "Tab"),
            mouse(("Down1", 10, 10), ("Up1", 10, 10)),
            look(),
            mouse(("Down3", 10, 10)),
            look(),
        ],
    ),
]

SCENARIOS = [*COMPLETION, *EDITING, *HISTORY, *FLAGS, *CONFIRM, *LOOKS]
