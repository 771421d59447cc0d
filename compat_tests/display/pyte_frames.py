"""Reads a pyte screen back, and makes random frames that a pyte screen can show."""

from __future__ import annotations

import pyte
from hypothesis import strategies as st

from tmuxish.display.frame import PAD, Cursor, Frame, Line
from tmuxish.display.terminal import Terminal, load_entry
from tmuxish.emulator.colours import COLOUR_256, COLOUR_RGB
from tmuxish.emulator.style import BRIGHT, ITALICS, REVERSE, STRIKETHROUGH, UNDERSCORE, Style, intern_style

# pyte knows neither scrolling by a count, erasing a count's neighbours in colour, nor title stacks.
_OVERRIDES = ["*:indn@:smcup@:rmcup@:E3@"]
NAMES = ["black", "red", "green", "brown", "blue", "magenta", "cyan", "white"]

STYLES = [
    Style(),
    Style(fg=1),
    Style(bg=4),
    Style(fg=2, bg=3, attrs=BRIGHT),
    Style(attrs=REVERSE),
    Style(attrs=UNDERSCORE | ITALICS),
    Style(attrs=STRIKETHROUGH),
    Style(fg=200 | COLOUR_256, bg=17 | COLOUR_256),
    Style(fg=0x123456 | COLOUR_RGB),
    Style(bg=0x654321 | COLOUR_RGB, attrs=BRIGHT),
]
IDS = [chr(intern_style(style)) for style in STYLES]


def terminal(name: str = "xterm-256color", features: tuple[str, ...] = ("RGB",)) -> Terminal:
    return Terminal(name, load_entry(name, {}), features, terminal_overrides=_OVERRIDES)


class PyteTerminal:
    """An independent terminal that is fed what the painter sends."""

    def __init__(self, cols: int, rows: int) -> None:
        self.screen = pyte.Screen(cols, rows)
        self.stream = pyte.ByteStream(self.screen)

    def feed(self, data: bytes) -> None:
        self.stream.feed(data)

    def text(self) -> list[str]:
        """The rows, PAD behind wide characters."""
        rows = []
        for y in range(self.screen.lines):
            cells = (self.screen.buffer[y][x].data for x in range(self.screen.columns))
            rows.append("".join(cell or PAD for cell in cells))
        return rows

    def looks(self) -> list[list[tuple[object, ...]]]:
        """Colours and attributes per cell; the foreground of a blank does not show."""
        return [
            [_pyte_look(self.screen.buffer[y][x]) for x in range(self.screen.columns)]
            for y in range(self.screen.lines)
        ]


def _pyte_look(char: pyte.screens.Char) -> tuple[object, ...]:
    shown = char.data != " " or char.reverse or char.underscore or char.strikethrough
    return (
        char.fg if shown else "default",
        char.bg,
        char.bold if shown else False,
        char.italics if shown else False,
        char.underscore,
        char.reverse,
        char.strikethrough,
    )


def _pyte_colour(colour: int) -> str:
    if colour & COLOUR_RGB:
        return f"{colour & 0xFFFFFF:06x}"
    if colour & COLOUR_256:
        return pyte.graphics.FG_BG_256[colour & 0xFF]
    return "default" if colour == 8 else NAMES[colour]


def expected_looks(frame: Frame) -> list[list[tuple[object, ...]]]:
    """What `looks` must give for a frame."""
    return [
        [
            _expected_look(char, STYLES[IDS.index(style)])
            for char, style in zip(line.text, line.style, strict=True)
        ]
        for line in frame.lines
    ]


def _expected_look(char: str, style: Style) -> tuple[object, ...]:
    attrs = style.attrs
    shown = char != " " or attrs & (REVERSE | UNDERSCORE | STRIKETHROUGH)
    return (
        _pyte_colour(style.fg) if shown else "default",
        _pyte_colour(style.bg),
        bool(attrs & BRIGHT) if shown else False,
        bool(attrs & ITALICS) if shown else False,
        bool(attrs & UNDERSCORE),
        bool(attrs & REVERSE),
        bool(attrs & STRIKETHROUGH),
    )


@st.composite
def lines(draw: st.DrawFn, cols: int) -> Line:
    """A line of blanks, letters and wide characters in runs of styles."""
    text = style = ""
    while len(text) < cols:
        char = draw(st.sampled_from([" ", "a", "b", "é", "中" + PAD]))
        run = char * draw(st.integers(1, cols))
        if len(text) + len(run) > cols:
            run = run[: (cols - len(text)) // len(char) * len(char)] or " "
        text += run
        style += draw(st.sampled_from(IDS)) * len(run)
    return Line(text, style)


@st.composite
def frames(draw: st.DrawFn, cols: int, rows: int) -> Frame:
    """A frame; many lines are alike, so that scrolling and skipping happen."""
    pool = draw(st.lists(lines(cols), min_size=1, max_size=4))
    content = [draw(st.sampled_from(pool)) for _ in range(rows)]
    x, y = draw(st.integers(0, cols - 1)), draw(st.integers(0, rows - 1))
    return Frame(cols, rows, content, Cursor(x, y, visible=draw(st.booleans())))
