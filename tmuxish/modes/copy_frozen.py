"""What copy mode shows: a copy of a pane's history and screen that later output does not change.

Rows of a history are never changed, so they are shared; those of the screen are copied.
"""

from __future__ import annotations

from tmuxish.emulator.reflow import unwrapped_position, wrapped_position
from tmuxish.emulator.screen import Screen
from tmuxish.modes.copy_rows import CopyRows, Position

#: So many rows a frozen screen may have: it is never to lose any.
UNLIMITED = 2**32 - 1


class Frozen:
    """Frozen rows, as a screen (for its size and reflow) and as a sequence of rows."""

    __slots__ = ("rows", "screen")

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.rows: CopyRows = _rows(screen)

    @classmethod
    def of(cls, source: Screen, *, trim: bool) -> Frozen:
        """A copy of `source`; trim: without the unused rows at its end."""
        screen = Screen(source.cols, source.rows, UNLIMITED)
        screen.history.extend(source.history)
        screen.history_held = source.history_held
        screen.hyperlinks = source.hyperlinks.copy()
        screen.policy = source.policy
        lines = source.lines
        count = len(lines)
        while trim and count > 1 and not lines[count - 1].used:
            count -= 1
        screen.lines[:] = [row.copy() for row in lines[:count]]
        screen.rows = count
        if source.cursor_y < count:
            screen.set_cursor(source.cursor_x, source.cursor_y)
        else:
            screen.set_cursor(0, count - 1)
        return cls(screen)

    def resize(self, cols: int, rows: int, at: Position) -> Position:
        """Another size, its text rewrapped. Where the character at `at` has got to."""
        rewraps = cols != self.screen.cols
        if rewraps:
            column, line = unwrapped_position(list(self.rows.rows), at.x, at.y)
        self.screen.resize_rows(cols, rows, reflow=True, keep_below=True)
        self.changed()
        return Position(*wrapped_position(list(self.rows.rows), column, line)) if rewraps else at

    def changed(self) -> None:
        """Its screen was written on."""
        self.rows = _rows(self.screen)

    @property
    def cursor(self) -> Position:
        """Where its cursor is."""
        return Position(self.screen.cursor_x, len(self.screen.history) + self.screen.cursor_y)


def _rows(screen: Screen) -> CopyRows:
    return CopyRows([*screen.history, *screen.lines], screen.cols, screen.rows)
