"""What to set up before looking at an attached client's screen: commands, size, keys typed."""

from __future__ import annotations

from typing import NamedTuple


class Scenario(NamedTuple):
    """`commands` run after `new-session -s s -x COLS -y ROWS` with a pane showing `text`."""

    name: str
    commands: tuple[tuple[str, ...], ...] = ()
    cols: int = 60
    rows: int = 16
    window: tuple[int, int] | None = None  # size of the window where it is not the client's
    text: str = "one\\ntwo\\n"
    typed: bytes = b""
    program: str = ""  # what runs in the pane instead


def pane(text: str) -> str:
    """A program that prints `text` and stays."""
    return f"printf '{text}'; exec cat"


# Does something once a client is there and has typed a key, which may be typed when the pane's title is this.
READS = "reads"
ON_ENTER = f"stty -echo; printf '\\033]2;{READS}\\033\\\\'; read x; {{}}; exec cat"
SPLIT_H = ("split-window", "-h", "-t", "s:", pane("right"))
SPLIT_V = ("split-window", "-v", "-t", "s:", pane("below"))
FOUR = (SPLIT_H, SPLIT_V, ("select-pane", "-t", "s:.0"), ("split-window", "-v", "-t", "s:.0", pane("fourth")))
FLOAT = ("new-pane", "-t", "s:.0", "-x", "20", "-y", "4", "-X", "8", "-Y", "3", pane("floats"))
OVER = (
    "new-pane",
    "-t",
    "s:.0",
    "-x",
    "14",
    "-y",
    "5",
    "-X",
    "20",
    "-Y",
    "5",
    pane("above\\n中文字中文字中文字"),
)
OUTSIDE = ("new-pane", "-t", "s:.0", "-x", "20", "-y", "4", "-X", "-6", "-Y", "-2", pane("0123456789abcdef"))
FAR = ("new-pane", "-t", "s:.0", "-x", "20", "-y", "6", "-X", "52", "-Y", "11", pane("0123456789abcdef"))
FLOATING = (*FOUR, FLOAT, OVER)

SCENARIOS = [
    Scenario("one"),
    Scenario("colours", text="\\033[31mred\\033[1;44mboth\\033[0m \\033[7mrev\\033[0m\\033[4mund\\033[m\\n"),
    Scenario("erased-background", text="\\033[41m\\033[2Kred\\033[m\\n\\033[42mx\\033[K\\033[m"),
    Scenario("wide", text="a中文字b\\n\\tTab\\te\\314\\201x"),
    Scenario("line-drawing", text="\\033(0lqqk\\033(B\\n"),
    Scenario("split-h", (SPLIT_H,)),
    Scenario("split-v", (SPLIT_V,)),
    Scenario("split-h-first-active", (SPLIT_H, ("select-pane", "-t", "s:.0"))),
    Scenario("four", FOUR),
    Scenario("four-tiled", (*FOUR, ("select-layout", "-t", "s:", "tiled"), ("select-pane", "-t", "s:.2"))),
    Scenario("five-main-vertical", (*FOUR, SPLIT_H, ("select-layout", "-t", "s:", "main-vertical"))),
    *(
        Scenario(f"lines-{lines}", (*FOUR, ("set", "-w", "-t", "s:", "pane-border-lines", lines)))
        for lines in ("double", "heavy", "simple", "number", "spaces")
    ),
    *(
        Scenario(
            f"indicators-{value}-{name}", (*setup, ("set", "-wt", "s:", "pane-border-indicators", value))
        )
        for value in ("off", "arrows", "both")
        for name, setup in (("h", (SPLIT_H,)), ("v", (SPLIT_V,)), ("four", FOUR))
    ),
    *(
        Scenario(
            f"status-{where}-{name}",
            (
                *setup,
                ("set", "-wt", "s:", "pane-border-status", where),
                ("set", "-wt", "s:", "pane-border-format", "#{pane_index}#[align=right]#{?pane_active,A,-}"),
            ),
        )
        for where in ("top", "bottom")
        for name, setup in (("one", ()), ("h", (SPLIT_H,)), ("v", (SPLIT_V,)), ("four", FOUR))
    ),
    Scenario("zoomed", (*FOUR, ("resize-pane", "-Z", "-t", "s:.1"))),
    Scenario("marked", (*FOUR, ("select-pane", "-m", "-t", "s:.3"))),
    Scenario(
        "styles",
        (
            *FOUR,
            ("set", "-wt", "s:", "window-style", "bg=colour236,fg=white"),
            ("set", "-wt", "s:", "window-active-style", "bg=black"),
            ("set", "-wt", "s:", "pane-border-style", "fg=red"),
            ("set", "-wt", "s:", "pane-active-border-style", "fg=yellow,bold"),
        ),
    ),
    Scenario("pane-style", (SPLIT_H, ("select-pane", "-t", "s:.0", "-P", "bg=blue"))),
    Scenario("pane-border-of-one", (*FOUR, ("set", "-pt", "s:.3", "pane-border-style", "fg=colour205"))),
    Scenario("top", (("set", "-t", "s", "status-position", "top"), SPLIT_H)),
    Scenario("status-off", (("set", "-t", "s", "status", "off"), SPLIT_V)),
    Scenario("status-3", (("set", "-t", "s", "status", "3"), SPLIT_V)),
    Scenario(
        "status-3-top", (("set", "-t", "s", "status", "3"), ("set", "-t", "s", "status-position", "top"))
    ),
    Scenario("status-styles", (("set", "-t", "s", "status-style", "bg=colour17,fg=#ffaa00,italics"),)),
    Scenario("status-left", (("set", "-t", "s", "status-left", "#[fg=red]L#[default]#[bg=blue] x "),)),
    Scenario(
        "status-centre", (("set", "-t", "s", "status-justify", "centre"), ("rename-window", "-t", "s:", "w"))
    ),
    Scenario(
        "windows",
        (
            ("new-window", "-t", "s:", "-n", "second", pane("2")),
            ("new-window", "-d", "-t", "s:", "-n", "third"),
        ),
    ),
    Scenario("bigger-window", (SPLIT_H,), window=(100, 30)),
    Scenario("bigger-window-first", (SPLIT_H, ("select-pane", "-t", "s:.0")), window=(100, 30)),
    Scenario("smaller-window", (SPLIT_H, SPLIT_V), window=(40, 10)),
    Scenario("smaller-window-filled", (("set", "-wt", "s:", "fill-character", "x"),), window=(40, 10)),
    Scenario("hidden-cursor", text="x\\033[?25ly"),
    Scenario("pending-wrap", text="0123456789" * 6),
    Scenario("wrapped", text="0123456789" * 8),
    Scenario("alternate", text="main\\033[?1049h\\033[2J\\033[3;5Halternate"),
    Scenario("typed", typed=b"hello"),
    Scenario("scrolled", program=ON_ENTER.format("seq 1 30"), typed=b"\r"),
    Scenario("scrolled-a-little", program="seq 1 30; " + ON_ENTER.format("seq 31 34"), typed=b"\r"),
    Scenario(
        "scrolled-back",
        program="seq 1 14; " + ON_ENTER.format("printf '\\033[H\\033M\\033Mnew'"),
        typed=b"\r",
    ),
    Scenario(
        "scrolled-margins",
        program="seq 1 14; " + ON_ENTER.format("printf '\\033[3;9r\\033[9H\\n\\nx'"),
        typed=b"\r",
    ),
    Scenario(
        "scrolled-split",
        (SPLIT_H, ("select-pane", "-t", "s:.0")),
        program=ON_ENTER.format("seq 1 30"),
        typed=b"\r",
    ),
    Scenario("message", (("display-message", "-c", "#{client}", "-d", "0", "hello #[fg=red]world"),)),
    Scenario("tiny", (SPLIT_H,), cols=10, rows=3),
    Scenario("new-window-key", typed=b"\x02c"),
    Scenario("split-key", typed=b'\x02%\x02"'),
    Scenario("next-pane-key", (*FOUR,), typed=b"\x02o"),
    Scenario("palette", text="\\033]4;1;#00ff00\\007\\033[31mgreen?\\033[m\\033]11;#000080\\007 x"),
    Scenario("floating-one", (FLOAT,)),
    Scenario("floating-two", FLOATING),
    Scenario("floating-below", (*FLOATING, ("select-pane", "-t", "s:.0"))),
    Scenario("floating-raised", (*FLOATING, ("select-pane", "-t", "s:.4"))),
    Scenario("floating-outside", (*FOUR, OUTSIDE, FAR)),
    Scenario("floating-small-window", (*FOUR, OUTSIDE, FLOAT, OVER), window=(30, 9)),
    Scenario("floating-marked", (*FLOATING, ("select-pane", "-m", "-t", "s:.4"))),
    Scenario("floating-zoomed", (*FLOATING, ("resize-pane", "-Z", "-t", "s:.4"))),
    Scenario("floating-wide-below", (FLOAT,), text="中文字中文字中文字中文字中文字\\n" * 8),
    *(
        Scenario(f"floating-status-{where}", (*FLOATING, ("set", "-wt", "s:", "pane-border-status", where)))
        for where in ("top", "bottom")
    ),
    *(
        Scenario(
            f"floating-lines-{lines}", (*FLOATING, ("set", "-w", "-t", "s:", "pane-border-lines", lines))
        )
        for lines in ("double", "number")
    ),
    *(
        Scenario(f"floating-arrows-{name}", (*setup, ("set", "-wt", "s:", "pane-border-indicators", "both")))
        for name, setup in (
            ("one", (FLOAT,)),
            ("two", FLOATING),
            ("below", (SPLIT_H, FLOAT, ("select-pane", "-t", "s:.0"))),
        )
    ),
    Scenario(
        "floating-styles",
        (
            SPLIT_H,
            (*FLOAT[:-1], "-s", "bg=blue", "-S", "fg=green", "-R", "fg=red", pane("green")),
            (*OVER[:-1], "-R", "fg=yellow", pane("yellow")),
            ("set", "-wt", "s:", "pane-active-border-style", "fg=cyan"),
        ),
    ),
]
