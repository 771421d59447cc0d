"""What is drawn without any key: borders, floating panes, status lines, messages, styles, terminals, sizes.

More of it, with the layouts that borders meet in, is in `compat_tests/display`; here are the things of which
more than one screen is to be seen: several clients, sizes that change, options that change.
"""

from __future__ import annotations

from compat_tests.attached.script import Command, Scenario, attach, call, keys, look, resize, typed, until


def pane(text: str) -> str:
    """A program that shows `text` and stays."""
    return f"printf '{text}\\n'; exec cat"


def option(name: str, value: str) -> Command:
    return ("set", "-g", name, value)


def change(name: str, value: str) -> Command:
    return ("set", "-t", "s:", name, value)


FIRST = pane("first")
RIGHT = ("split-window", "-h", "-t", "s:", pane("right"))
BELOW = ("split-window", "-v", "-t", "s:", pane("below"))
THREE = (RIGHT, BELOW)
SECOND = ("new-window", "-d", "-t", "s:", "-n", "second", pane("in second"))
THIRD = ("new-window", "-d", "-t", "s:", "-n", "third", pane("in third"))
FLOAT = ("new-pane", "-t", "s:.0", "-x", "24", "-y", "5", "-X", "10", "-Y", "3", pane("floats"))
WIDE = "printf '中文字中文字中文字中文字中文字中文字中文字\\n%.0s' 1 2 3 4 5 6 7 8; exec cat"
STYLES = (
    "printf '\\033[1mbold\\033[0m \\033[2mdim\\033[0m \\033[3mitalics\\033[0m \\033[4munder\\033[0m "
    "\\033[5mblink\\033[0m \\033[7mreverse\\033[0m \\033[8mhidden\\033[0m \\033[9mstrike\\033[0m "
    "\\033[53mover\\033[0m\\n\\033[4:2mdouble\\033[0m \\033[4:3mcurly\\033[0m \\033[4:4mdotted\\033[0m "
    "\\033[4:5mdashed\\033[0m \\033[4;58;5;196mcoloured\\033[0m\\n"
    "\\033[31mred\\033[0m \\033[91mbright\\033[0m \\033[38;5;208morange\\033[0m "
    "\\033[48;5;19mblue\\033[0m \\033[38;2;10;200;30mgreen\\033[0m \\033[48;2;200;0;90mpink\\033[0m\\n"
    "\\033]8;;http://example.com/\\033\\\\a link\\033]8;;\\033\\\\ \\033(0lqk\\033(B é 中\\n'; exec cat"
)
READ = 'stty -echo; while read line; do eval "$line"; done'


BORDERS = [
    Scenario(
        "border-lines",
        setup=[*THREE, option("pane-border-status", "top"), option("pane-border-format", "-#{pane_index}-")],
        program=FIRST,
        steps=[
            step
            for lines in ("double", "heavy", "simple", "number", "spaces", "single")
            for step in (call(*change("pane-border-lines", lines)), look())
        ],
    ),
    Scenario(
        "border-indicators",
        setup=THREE,
        program=FIRST,
        steps=[
            step
            for value in ("off", "arrows", "both", "colour")
            for step in (
                call(*change("pane-border-indicators", value)),
                look(),
                call("select-pane", "-t", "s:.+"),
                look(),
            )
        ],
    ),
    Scenario(
        "border-status",
        setup=[*THREE, option("pane-border-format", "#[fg=red]#{pane_index}#[align=right]#{pane_title}")],
        program=FIRST,
        steps=[
            call(*change("pane-border-status", "top")),
            call("select-pane", "-T", "a title", "-t", "s:.1"),
            look(),
            call(*change("pane-border-status", "bottom")),
            look(),
            call("set", "-p", "-t", "s:.1", "pane-border-format", "of this one"),
            look(),
            call("select-pane", "-t", "s:.0"),
            look(),
            call("resize-pane", "-Z", "-t", "s:.0"),
            look(),
        ],
    ),
    Scenario(
        "border-styles",
        setup=THREE,
        program=FIRST,
        steps=[
            call(*change("pane-border-style", "fg=colour240,bg=colour17")),
            call(*change("pane-active-border-style", "#{?pane_in_mode,fg=yellow,fg=magenta bold}")),
            look(),
            call("select-pane", "-t", "s:.0"),
            look(),
            call("set", "-p", "-t", "s:.2", "pane-border-style", "fg=red"),
            look(),
        ],
    ),
    Scenario(
        "floating",
        setup=[*THREE, FLOAT],
        program=WIDE,
        steps=[
            look(),
            call("select-pane", "-t", "s:.0"),
            look(),
            call("resize-pane", "-Z", "-t", "s:.3"),
            look(),
            call("resize-pane", "-Z", "-t", "s:.3"),
            look(),
            call(*change("pane-border-status", "top")),
            look(),
            call("kill-pane", "-t", "s:.3"),
            look(),
        ],
    ),
    Scenario(
        "floating-and-resize",
        setup=[FLOAT],
        program=WIDE,
        steps=[resize(40, 12), look(), resize(20, 6), look(), resize(60, 16), look()],
    ),
]

STATUS = [
    Scenario(
        "status-lines",
        setup=[
            SECOND,
            option("status-format[1]", "#[fg=red]one #{session_name}#[align=right]end"),
            option("status-format[3]", "#[bg=blue,fill=blue]three"),
        ],
        program=FIRST,
        steps=[
            step
            for value in ("2", "3", "4", "5", "off", "on")
            for step in (call(*change("status", value)), look())
        ],
    ),
    Scenario(
        "status-justify",
        setup=[SECOND, THIRD],
        program=FIRST,
        steps=[
            step
            for value in ("centre", "right", "absolute-centre", "left")
            for step in (call(*change("status-justify", value)), look())
        ],
    ),
    Scenario(
        "status-position",
        setup=THREE,
        program=FIRST,
        steps=[
            call(*change("status-position", "top")),
            look(),
            call(*change("status", "3")),
            look(),
            call("display-message", "-c", "<a>", "-d", "0", "on top"),
            look(),
        ],
    ),
    Scenario(
        "status-styles",
        setup=[SECOND, THIRD],
        program=FIRST,
        steps=[
            call(*change("status-style", "bg=colour235,fg=#ffcc00")),
            call(*change("status-left-style", "fg=red")),
            call(*change("status-right-style", "bg=blue,italics")),
            call("set", "-g", "window-status-style", "fg=cyan"),
            call("set", "-g", "window-status-current-style", "bg=yellow,fg=black,bold"),
            look(),
            keys("prefix", "n"),
            look(),
            call("set", "-g", "window-status-last-style", "underscore"),
            look(),
            call("set", "-g", "window-status-separator", "#[fg=green]|"),
            call("set", "-g", "window-status-format", "#I:#W#F."),
            look(),
        ],
    ),
    Scenario(
        "status-left-and-right",
        setup=[SECOND],
        program=FIRST,
        steps=[
            call(*change("status-left", "#[bg=red]a long text on the left side ")),
            call(*change("status-right", " and another on the right #[fg=red]#S")),
            look(),
            call(*change("status-left-length", "30")),
            look(),
            call(*change("status-right-length", "5")),
            look(),
        ],
    ),
    Scenario(
        "status-overflow",
        setup=[
            ("new-window", "-d", "-t", "s:", "-n", f"window{number}", pane(f"in {number}"))
            for number in range(1, 9)
        ],
        program=FIRST,
        steps=[step for key in ("4", "8", "6", "2") for step in (keys("prefix", key), look())],
    ),
    Scenario(
        "status-alerts",
        setup=[
            option("monitor-activity", "on"),
            option("activity-action", "none"),
            option("window-status-bell-style", "bg=red"),
            option("window-status-activity-style", "fg=yellow"),
            ("new-window", "-d", "-t", "s:", "-n", "bell", READ),
            ("new-window", "-d", "-t", "s:", "-n", "active", READ),
        ],
        program=FIRST,
        steps=[
            call("send-keys", "-t", "s:bell", "printf '\\a'", "Enter"),
            call("send-keys", "-t", "s:active", "echo output", "Enter"),
            look(),
            keys("prefix", "1"),
            look(),
            keys("prefix", "2"),
            look(),
        ],
    ),
    Scenario(
        "messages",
        setup=[option("status", "2")],
        program=FIRST,
        steps=[
            call("display-message", "-c", "<a>", "-d", "0", "plain"),
            look(),
            call(
                "display-message", "-c", "<a>", "-d", "0", "#[fg=red]a red #[reverse]word#[default] and more"
            ),
            look(),
            typed("x"),
            look(),
            call(*change("message-style", "bg=blue,fg=white,align=centre")),
            call("display-message", "-c", "<a>", "-d", "0", "centred"),
            look(),
            call(*change("message-line", "1")),
            look(),
            typed("x"),
            until("xx"),
            call("display-message", "-c", "<a>", "-d", "0", "much too long to be seen here " * 4),
            look(),
        ],
    ),
    Scenario(
        "message-without-status",
        setup=[option("status", "off"), BELOW],
        program=FIRST,
        steps=[
            call("display-message", "-c", "<a>", "-d", "0", "over the panes"),
            look(),
            typed("x"),
            look(),
        ],
    ),
    Scenario(
        "titles",
        setup=[option("set-titles", "on"), option("set-titles-string", "#S:#W:#T"), SECOND],
        program=READ,
        steps=[
            call("select-pane", "-T", "a title", "-t", "s:0.0"),
            look(),
            typed("printf '\\033]2;by the program\\007'\r"),
            look(),
            call("rename-window", "-t", "s:0", "renamed"),
            look(),
        ],
    ),
]

LOOKS = [
    Scenario("styles", program=STYLES),
    Scenario(
        "styles-with-all-features",
        program=STYLES,
        setup=[("set", "-as", "terminal-features", "*:RGB:hyperlinks:overline:strikethrough:usstyle")],
    ),
    *(
        Scenario(f"styles-on-{term}", program=STYLES, term=term)
        for term in ("xterm", "screen", "screen-256color", "tmux-256color", "linux", "vt100", "xterm-16color")
    ),
    Scenario(
        "window-styles",
        setup=[*THREE, option("window-style", "fg=colour245,bg=colour234")],
        program=STYLES,
        steps=[
            call("set", "-w", "-t", "s:", "window-active-style", "fg=white,bg=black"),
            look(),
            call("select-pane", "-t", "s:.0"),
            look(),
            call("select-pane", "-t", "s:.1", "-P", "bg=blue"),
            look(),
            call("set", "-p", "-t", "s:.2", "window-style", "fg=red"),
            look(),
        ],
    ),
    Scenario(
        "dim-inactive",
        setup=[*THREE, option("window-style", "dim"), option("window-active-style", "none")],
        program=FIRST,
        steps=[look(), call("select-pane", "-t", "s:.0"), look()],
    ),
    Scenario(
        "cursor",
        setup=[RIGHT, ("respawn-pane", "-k", "-t", "s:.1", READ)],
        program=FIRST,
        steps=[
            *(
                step
                for text in ("[4 q", "[5 q", "[1 q", "[?25l", "[?25h", "[0 q", "]12;red\\007", "]112\\007")
                for step in (typed(f"printf '\\033{text}'\r"), look())
            ),
            call("set", "-p", "-t", "s:.1", "cursor-style", "bar"),
            call("set", "-p", "-t", "s:.1", "cursor-colour", "#00ff00"),
            look(),
            call("select-pane", "-t", "s:.0"),
            look(),
        ],
    ),
    Scenario(
        "palette",
        program=READ,
        steps=[
            typed("printf '\\033[31mred \\033[91mbright \\033[38;5;100mhundred\\033[m\\n'\r"),
            look(),
            typed("printf '\\033]4;1;#00ff00\\007\\033]4;100;#0000ff\\007'\r"),
            look(),
            call("set", "-p", "-t", "s:.0", "pane-colours[9]", "#123456"),
            look(),
            typed("printf '\\033]104\\007\\033]11;#202020\\007'\r"),
            look(),
        ],
    ),
    Scenario(
        "clipboard",
        setup=[("set", "-s", "set-clipboard", "on")],
        program=READ,
        steps=[
            typed("printf '\\033]52;c;aGVsbG8=\\007'\r"),
            look(),
            call("set-buffer", "-w", "-t", "<a>", "another"),
            look(),
        ],
    ),
    Scenario(
        "synchronised",
        setup=[RIGHT, ("select-pane", "-t", "s:.0")],
        program=READ,
        steps=[
            typed("printf '\\033[?2026hhalf'\r"),
            look(),
            typed("printf ' whole\\033[?2026l'\r"),
            look(),
        ],
    ),
]

SIZES = [
    Scenario(
        "resized",
        setup=THREE,
        program=FIRST,
        steps=[
            step
            for size in ((80, 24), (40, 10), (20, 5), (10, 3), (60, 16))
            for step in (resize(*size), look())
        ],
    ),
    Scenario(
        "small-from-the-start",
        setup=THREE,
        program=FIRST,
        steps=[
            step
            for name, cols, rows in (("b", 10, 3), ("c", 5, 5), ("d", 2, 2), ("e", 1, 1))
            for step in (attach(name, cols, rows), look(name))
        ],
    ),
    Scenario(
        "resize-storm",
        program=FIRST,
        steps=[*(resize(30 + n % 40, 8 + n % 20) for n in range(0, 200, 7)), resize(50, 14), look()],
    ),
    *(
        Scenario(
            f"clients-{how}",
            setup=[RIGHT, option("window-size", how)],
            program=FIRST,
            steps=[
                attach("b", 40, 10),
                look("b"),
                look(),
                typed("x", client="b"),
                look("b"),
                look(),
                typed("y"),
                look(),
                look("b"),
                keys("prefix", "d", client="b"),
                look(),
            ],
        )
        for how in ("latest", "largest", "smallest", "manual")
    ),
    Scenario(
        "clients-of-a-group",
        setup=[("new-session", "-d", "-t", "s", "-s", "g"), SECOND],
        program=FIRST,
        steps=[
            attach("b", 50, 12, "attach-session", "-t", "g"),
            look("b"),
            keys("prefix", "n", client="b"),
            look("b"),
            look(),
            call("split-window", "-t", "s:1", pane("new one")),
            look("b"),
            keys("prefix", "n"),
            look(),
        ],
    ),
    Scenario(
        "read-only",
        program=FIRST,
        steps=[
            attach("b", 60, 16, "attach-session", "-r", "-t", "s"),
            look("b"),
            typed("ignored", client="b"),
            keys("prefix", "c", client="b"),
            typed("seen"),
            look("b"),
            look(),
            keys("prefix", "d", client="b"),
            until("detached", client="b"),
        ],
    ),
    Scenario(
        "ignore-size",
        setup=[RIGHT, ("select-pane", "-t", "s:.0")],
        program=FIRST,
        steps=[
            attach("b", 30, 8, "attach-session", "-f", "ignore-size", "-t", "s"),
            look("b"),
            look(),
        ],
    ),
    Scenario(
        "active-pane",
        setup=[RIGHT],
        program=FIRST,
        steps=[
            attach("b", 60, 16, "attach-session", "-f", "active-pane", "-t", "s"),
            look("b"),
            keys("prefix", "Left", client="b"),
            look("b"),
            look(),
            typed("here", client="b"),
            look(),
            call("kill-pane", "-t", "s:.0"),
            look("b"),
            look(),
        ],
    ),
    Scenario(
        "fill-character",
        setup=[RIGHT, option("fill-character", "#"), option("window-size", "smallest")],
        program=FIRST,
        steps=[attach("b", 40, 10), look("b"), look()],
    ),
    Scenario(
        "panned-while-it-prints",
        setup=[
            option("window-size", "manual"),
            ("resize-window", "-t", "s:", "-x", "100", "-y", "30"),
            RIGHT,
        ],
        program=READ,
        steps=[
            look(),
            keys("prefix", "Left"),
            look(),
            typed("seq 40\r"),
            look(),
            typed("printf '\\033[H0123456789012345678901234567890123456789012345678'\r"),
            look(),
        ],
    ),
]

LIVE = [
    Scenario(
        "remains-on-exit",
        setup=[RIGHT, option("remain-on-exit", "on"), ("respawn-pane", "-k", "-t", "s:.1", READ)],
        program=FIRST,
        masks=((r"(Pane is dead \(status 3, ).*", r"\1..."),),
        steps=[typed("exit 3\r"), look()],
    ),
    Scenario(
        "pane-ends",
        setup=[*THREE, ("respawn-pane", "-k", "-t", "s:.2", READ)],
        program=FIRST,
        steps=[typed("exit\r"), look()],
    ),
    Scenario(
        "alternate-screen",
        setup=[RIGHT, ("respawn-pane", "-k", "-t", "s:.1", READ)],
        program=FIRST,
        steps=[
            typed("seq 20; printf '\\033[?1049h\\033[Hfull screen'\r"),
            look(),
            typed("printf '\\033[?1049l'\r"),
            look(),
        ],
    ),
    Scenario(
        "scrolls-beside-another",
        setup=[RIGHT, ("respawn-pane", "-k", "-t", "s:.1", READ)],
        program=WIDE,
        steps=[typed("seq 100\r"), look(), typed("printf '\\033[3;8r\\033[8H\\n\\n\\n\\033[r'\r"), look()],
    ),
    Scenario(
        "wide-characters-at-a-border",
        setup=[RIGHT],
        program=WIDE,
        steps=[step for cols in (59, 58, 57, 56) for step in (resize(cols, 16), look())],
    ),
    Scenario(
        "switches",
        setup=[*THREE, SECOND, ("new-session", "-d", "-s", "t", "-n", "other", "-x", "60", "-y", "15", WIDE)],
        program=STYLES,
        steps=[
            call("select-window", "-t", "s:1"),
            look(),
            call("switch-client", "-c", "<a>", "-t", "t"),
            look(),
            call("kill-session", "-t", "t"),
        ],
    ),
]

SCENARIOS = [*BORDERS, *STATUS, *LOOKS, *SIZES, *LIVE]
