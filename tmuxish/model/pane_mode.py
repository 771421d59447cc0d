"""What a pane shows while it is in a mode (copy mode, the trees, the clock), and what others may know of it.

The modes themselves are in `tmuxish.modes`; the model only keeps them, topmost first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from tmuxish.emulator.modes import CURSOR
from tmuxish.emulator.rows import PAD, Row, splice
from tmuxish.emulator.style import DEFAULT_STYLE, Style, intern_style

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.emulator.hyperlinks import Hyperlinks


class ModeScreen:
    """A screen that a mode draws. What it has in common with an Emulator has the same names and meaning:
    `lines` are exactly `rows` rows, `generation` grows with every change, `modes` holds the CURSOR bit.

    hyperlinks: what links in its cells mean, None if that is as in the pane's program.
    """

    __slots__ = (
        "cols",
        "cursor_colour",
        "cursor_shape",
        "cursor_x",
        "cursor_y",
        "generation",
        "hyperlinks",
        "lines",
        "modes",
        "rows",
        "title",
    )

    def __init__(self, cols: int, rows: int) -> None:
        self.cols = cols
        self.rows = rows
        self.lines = [Row() for _ in range(rows)]
        self.cursor_x = self.cursor_y = 0
        self.cursor_shape = "default"
        self.cursor_colour = -1
        self.modes = CURSOR
        self.generation = 0
        self.title = ""
        self.hyperlinks: Hyperlinks | None = None

    def show_cursor(self, shown: bool) -> None:
        """Whether there is a cursor."""
        self.modes = self.modes | CURSOR if shown else self.modes & ~CURSOR
        self.changed()

    def changed(self) -> None:
        """Something else than by the methods here was done to it."""
        self.generation += 1

    def resize(self, cols: int, rows: int) -> None:
        """Another size; empty, to be drawn anew."""
        self.cols, self.rows = cols, rows
        self.clear()

    def clear(self, style: Style = DEFAULT_STYLE) -> None:
        """Blank everything in the background of `style`."""
        blank = "" if style == DEFAULT_STYLE else chr(intern_style(style)) * self.cols
        self.lines = [Row(" " * len(blank), blank, len(blank), len(blank)) for _ in range(self.rows)]
        self.generation += 1

    def put(self, x: int, y: int, text: str, style: Style = DEFAULT_STYLE) -> None:
        """Write `text`, one character per column (PAD behind a wide one), cut at the right edge."""
        self.put_cells(x, y, text, [style] * len(text))

    def put_cells(
        self, x: int, y: int, text: str, styles: list[Style], marks: Mapping[int, str] | None = None
    ) -> None:
        """The same with a style per column; `marks` are combining characters by column of `text`."""
        if not text or not (0 <= y < self.rows and 0 <= x < self.cols):
            return
        room = self.cols - x
        if len(text) > room:
            cut_wide = text[room] == PAD
            text = text[: room - 1] + " " if cut_wide else text[:room]
        codes = "".join(chr(intern_style(style)) for style in styles[: len(text)])
        row = self.lines[y]
        _mend(row, x, x + len(text))
        splice(row, x, text, codes)
        row.size = row.used = max(row.used, x + len(text))
        kept = {c: m for c, m in (row.marks or {}).items() if not x <= c < x + len(text)}
        kept.update({x + c: mark for c, mark in (marks or {}).items() if c < len(text)})
        row.marks = kept or None
        self.generation += 1


def _mend(row: Row, start: int, end: int) -> None:
    """Before columns `start` to `end` are written: blanks for halves of wide characters at either side."""
    text = row.text
    if PAD not in text:
        return
    if text[start : start + 1] == PAD:
        at = len(text[:start].rstrip(PAD)) - 1
        text = text[:at] + " " * (start - at) + text[start:]
        row.marks = {column: mark for column, mark in (row.marks or {}).items() if column != at} or None
    rest = text[end:]
    row.text = text[:end] + " " * (len(rest) - len(rest.lstrip(PAD))) + rest.lstrip(PAD)


class ShownMode(Protocol):
    """What the model, the display and formats know of a mode."""

    name: str  # "copy-mode", "tree-mode", ... as in #{pane_mode}

    @property
    def screen(self) -> ModeScreen:
        """What it shows."""

    @property
    def scrolled(self) -> tuple[int, int] | None:
        """Lines of the history above the first that is shown, and lines of the history in all, where that is
        what it shows (copy mode, view mode): scrollbars look at it."""

    def resize(self, cols: int, rows: int) -> None:
        """The pane has another size."""

    def variables(self) -> Mapping[str, str | float | Callable[[], str]]:
        """Format variables that it adds to its pane."""

    def text_at(self, kind: str, x: int, y: int) -> str | None:
        """The "word", "line" or "hyperlink" at a cell that it shows; None for none."""

    def close(self) -> None:
        """It is no longer one of its pane's modes."""
