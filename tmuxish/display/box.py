"""Boxes drawn around menus and popups, in the styles of menu-border-lines and popup-border-lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display.frame import Line
from tmuxish.display.lines import (
    BORDER_LINES,
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    LEFT_JOIN,
    LEFT_RIGHT,
    RIGHT_JOIN,
    SPECIAL_GRAPHICS_LINES,
    TOP_BOTTOM,
    TOP_LEFT,
    TOP_RIGHT,
)
from tmuxish.display.status import line_of
from tmuxish.emulator.style import CHARSET, DEFAULT_STYLE, Style, intern_style
from tmuxish.formats.draw import draw
from tmuxish.formats.styles import ParsedStyle, StyleError, add_style, parse_style

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.options import Options

# One character per kind of border cell.
_LINES = {
    **BORDER_LINES,
    "rounded": " │─╭╮╰╯┳┻├┤╋·",
    "padded": " " * 13,
    "none": " " * 13,
}
# The title begins this many columns from the left, and ends as many before the right.
_TITLE_MARGIN = 2


class Box:
    """A border of `cols` columns in all, drawn with `lines` (a value of menu-border-lines)."""

    def __init__(self, cols: int, lines: str, style: Style) -> None:
        self.cols = cols
        self._plain = style
        self._chars = _LINES.get(lines, SPECIAL_GRAPHICS_LINES)
        # Blanks have no line drawing to do, but tmux asks for it all the same.
        charset = lines in ("single", "none")
        self.style = style.replace(attrs=style.attrs | CHARSET) if charset else style
        self._code = chr(intern_style(self.style))

    def top(self, title: str) -> Line:
        """The upper edge, with a format over it."""
        width = max(self.cols - 2 * _TITLE_MARGIN, 0)
        text = self._edge(TOP_LEFT, TOP_RIGHT)
        under = [(char, self.style) for char in text[_TITLE_MARGIN : _TITLE_MARGIN + width]]
        drawn = line_of(draw(title, width, self._plain, background=under))
        end = _TITLE_MARGIN + width
        before, after = text[:_TITLE_MARGIN], text[end:]
        marks = {x + _TITLE_MARGIN: mark for x, mark in (drawn.marks or {}).items()}
        style = self._code * len(before) + drawn.style + self._code * len(after)
        return Line(before + drawn.text + after, style, marks or None)

    def bottom(self) -> Line:
        """The lower edge."""
        return self._line(BOTTOM_LEFT, BOTTOM_RIGHT)

    def separator(self) -> Line:
        """A line from side to side."""
        return self._line(LEFT_JOIN, RIGHT_JOIN)

    def around(self, text: str, style: str, marks: dict[int, str] | None = None) -> Line:
        """A line within, with the sides put to it."""
        side = self._chars[TOP_BOTTOM]
        moved = {x + 1: mark for x, mark in (marks or {}).items()}
        return Line(side + text + side, self._code + style + self._code, moved or None)

    def _edge(self, left: int, right: int) -> str:
        return self._chars[left] + self._chars[LEFT_RIGHT] * (self.cols - 2) + self._chars[right]

    def _line(self, left: int, right: int) -> Line:
        text = self._edge(left, right)
        return Line(text, self._code * len(text))


def style_with(options: Options, name: str, scope: Scope, own: str | None) -> Style:
    """The cells of a style option; `own`, if it is a style, says both colours instead."""
    style = add_style(DEFAULT_STYLE, options, name, scope)
    if own is None:
        return style
    try:
        given = parse_style(own, style, ParsedStyle())
    except StyleError:
        return style
    return style.replace(fg=given.fg, bg=given.bg)
