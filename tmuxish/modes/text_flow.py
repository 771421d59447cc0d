"""Running text in an area of a mode's screen, wrapped at blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.style import DEFAULT_STYLE, Style
from tmuxish.formats.draw import draw
from tmuxish.formats.trim import char_width

if TYPE_CHECKING:
    from tmuxish.model.pane_mode import ModeScreen


class TextFlow:
    """Writes paragraphs one below the other into an area of `cols` x `rows`, until it is full.

    full: there is no room for another line; from then on nothing is written.
    """

    def __init__(self, screen: ModeScreen, x: int, y: int, cols: int, rows: int) -> None:
        self._screen = screen
        self._left, self._right = x, x + cols
        self._last_row = y + rows - 1
        self._x, self._y = x, y
        self.full = False

    def write(self, text: str, style: Style = DEFAULT_STYLE, *, more: bool = False) -> None:
        """A paragraph; more: what comes next goes on in its last line."""
        while not self.full:
            line, rest = split_line(text, self._right - self._x)
            self._put(line, style)
            if not rest:
                break
            text = rest
            if self._y == self._last_row:
                self.full = True
            else:
                self._new_line()
        if self._y == self._last_row and (not more or self._x == self._right):
            self.full = True
        if not self.full and (not more or self._x == self._right):
            self._new_line()

    def skip(self, *, to_last: bool = False) -> None:
        """An empty line; only one that has another below it, or with `to_last` just fits."""
        if not self.full:
            self._new_line()
            self.full = self._y > self._last_row or (self._y == self._last_row and not to_last)

    def _new_line(self) -> None:
        self._x = self._left
        self._y += 1

    def _put(self, text: str, style: Style) -> None:
        drawn = draw(text.replace("#", "##"), sum(map(char_width, text)), style)
        self._screen.put_cells(self._x, self._y, drawn.text, drawn.styles, drawn.marks)
        self._x += len(drawn.text)


def split_line(text: str, cols: int) -> tuple[str, str]:
    """What fits into a line, and the rest: cut at a blank (which is lost) if there is one, else anywhere."""
    used = end = 0
    while end < len(text) and text[end] != "\n" and used + char_width(text[end]) <= cols:
        used += char_width(text[end])
        end += 1
    if end == len(text):
        return text, ""
    if text[end] in "\n ":
        return text[:end], text[end + 1 :]
    # A blank at the very beginning does not count.
    blank = text.rfind(" ", 1, end + 1)
    return (text[:blank], text[blank + 1 :]) if blank > 0 else (text[:end], text[end:])
