"""A frame: exactly what one client's terminal should show, as plain data."""

from __future__ import annotations

from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import DEFAULT_CHAR as DEFAULT_STYLE

Marks = dict[int, str]

__all__ = ["DEFAULT_STYLE", "PAD", "Cursor", "Frame", "Line", "Marks", "blank_line"]

# Cursor shapes. DEFAULT is the terminal's own.
DEFAULT, BLOCK, UNDERLINE, BAR = range(4)

# What the terminal is asked to report of the mouse.
MOUSE_OFF, MOUSE_STANDARD, MOUSE_BUTTON, MOUSE_ALL = range(4)


class Line:
    """One row of a frame, as wide as the frame. Immutable by convention, so lines can be shared.

    text: one character per column (PAD behind a wide one). style: one chr(style id) per column. marks:
    combining characters by column. wrapped: the text goes on in the next row, which the terminal may be
    told by letting it wrap. whole: where any of it changed, all of it is to be sent.
    """

    __slots__ = ("marks", "style", "text", "whole", "wrapped")

    def __init__(
        self, text: str, style: str, marks: Marks | None = None, wrapped: bool = False, whole: bool = False
    ) -> None:
        self.text = text
        self.style = style
        self.marks = marks
        self.wrapped = wrapped
        self.whole = whole

    def with_text(self, x: int, text: str) -> Line:
        """The same with other characters, which have no marks, from column `x` on."""
        before, after = self.text[:x], self.text[x + len(text) :]
        return Line(before + text + after, self.style, self.marks, self.wrapped)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Line)
            and self.text == other.text
            and self.style == other.style
            and self.marks == other.marks
        )

    def __hash__(self) -> int:
        return hash((self.text, self.style))

    def __repr__(self) -> str:
        return f"Line({self.text!r})"


def blank_line(cols: int, style: str = DEFAULT_STYLE) -> Line:
    """An empty row of `cols` columns."""
    return Line(" " * cols, style * cols)


class Cursor:
    """Where the cursor is (0-based) and how it looks. `colour` -1 is the terminal's own."""

    __slots__ = ("blinking", "colour", "shape", "very_visible", "visible", "x", "y")

    def __init__(
        self,
        x: int = 0,
        y: int = 0,
        visible: bool = True,
        shape: int = DEFAULT,
        blinking: bool = False,
        very_visible: bool = False,
        colour: int = -1,
    ) -> None:
        self.x = x
        self.y = y
        self.visible = visible
        self.shape = shape
        self.blinking = blinking
        self.very_visible = very_visible
        self.colour = colour

    def at(self, x: int, y: int) -> Cursor:
        """The same elsewhere."""
        return Cursor(x, y, self.visible, self.shape, self.blinking, self.very_visible, self.colour)

    def looks_like(self, other: Cursor) -> bool:
        """Whether they differ in nothing but their places."""
        return (
            self.visible == other.visible
            and self.shape == other.shape
            and self.blinking == other.blinking
            and self.very_visible == other.very_visible
            and self.colour == other.colour
        )


class Frame:
    """What a terminal of `cols` x `rows` shows. `lines` has exactly `rows` entries.

    title, path, progress: what the terminal's window should be told; None leaves it alone.
    """

    __slots__ = ("cols", "cursor", "lines", "mouse", "path", "progress", "rows", "title")

    def __init__(
        self,
        cols: int,
        rows: int,
        lines: list[Line],
        cursor: Cursor,
        mouse: int = MOUSE_OFF,
        title: str | None = None,
        path: str | None = None,
        progress: tuple[int, int] | None = None,
    ) -> None:
        self.cols = cols
        self.rows = rows
        self.lines = lines
        self.cursor = cursor
        self.mouse = mouse
        self.title = title
        self.path = path
        self.progress = progress
