"""Copy mode's window on the frozen rows: what is in view, where the cursor is, and how both move.

The cursor keeps the column it came from while it moves up and down over shorter rows, as an editor's does.
With vi keys it stands on a character, with emacs keys it may stand behind the last one; in a rectangle
anywhere. Whenever it moves the selection is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes import copy_selection as selecting
from tmuxish.modes import copy_steps as steps
from tmuxish.modes import copy_words as words
from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.options import Options
    from tmuxish.modes.copy_frozen import Frozen
    from tmuxish.modes.copy_rows import CopyRows

#: Rows kept in view above or below a place that was scrolled to: a quarter of the view.
GAP_SHARE = 4


class CopyView:
    """What is in view, and the cursor.

    top: number of the first row in view. x, row: the cursor, in columns and in rows from the top of the view.
    last_x, last_length: column and row length where a way up or down began. drawn_as_vi: the keys when the
    mode began (how the selection is drawn follows them). shows_numbers: unless it was entered by the mouse.
    options: called for those of the window that the pane is in. scrolled: called when other rows are in view.
    """

    def __init__(self, frozen: Frozen, options: Callable[[], Options], scrolled: Callable[[], None]) -> None:
        self.frozen = frozen
        self.scrolled = scrolled
        self.selection = Selection()
        self.shows_numbers = True
        self.x = self.row = 0
        self.last_x = self.last_length = 0
        self._options = options
        self.drawn_as_vi = self.vi
        self.top = frozen.rows.history

    # -- facts ---------------------------------------------------------------------------------

    @property
    def rows(self) -> CopyRows:
        """The frozen rows."""
        return self.frozen.rows

    @property
    def cols(self) -> int:
        """Columns in view."""
        return self.frozen.screen.cols

    @property
    def height(self) -> int:
        """Rows in view."""
        return self.frozen.screen.rows

    @property
    def y(self) -> int:
        """Number of the cursor's row."""
        # tmux's arithmetic may leave the cursor below the last row (and itself then reads beyond its rows).
        return min(self.top + self.row, self.rows.last)

    @property
    def cursor(self) -> Position:
        """Where the cursor is."""
        return Position(self.x, self.y)

    @property
    def offset(self) -> int:
        """How many rows it is scrolled up."""
        return self.rows.history - self.top

    @property
    def vi(self) -> bool:
        """Whether the keys are vi's."""
        return self._options().get_string("mode-keys") == "vi"

    @property
    def wrap_search(self) -> bool:
        """Whether a search goes on at the other end."""
        return self._options().get_flag("wrap-search")

    @property
    def numbering(self) -> str:
        """How rows are numbered: a value of copy-mode-line-numbers."""
        return self._options().get_string("copy-mode-line-numbers") if self.shows_numbers else "off"

    @property
    def number_width(self) -> int:
        """Columns that the row numbers take, at the left."""
        if self.numbering == "off":
            return 0
        return max(len(str(len(self.rows.rows) + 1)), 3) + 1

    def drawn_column(self, x: int) -> int:
        """Where on the screen a column of the text is; what the numbers leave no room for is at the edge."""
        width = self.number_width
        if not width:
            return x
        return self.cols - 1 if x >= max(self.cols - width, 1) else width + x

    def text_column(self, x: int) -> int:
        """The column of the text at a column of the screen."""
        width = self.number_width
        if not width:
            return x
        return min(max(x - width, 0), max(self.cols - width, 1) - 1)

    def length(self) -> int:
        """Length of the cursor's row."""
        return self.rows.length(self.y)

    def limit(self, y: int, behind: bool = False) -> int:
        """The last column the cursor may be in: with vi keys on the last character, unless `behind`."""
        length = self.rows.length(y)
        return length if behind or not self.vi else max(length - 1, 0)

    def state(self) -> tuple[object, ...]:
        """All that repeating a command may change."""
        selection = self.selection
        return (
            self.x, self.row, self.top, self.last_x, self.last_length,
            selection.start, selection.end, selection.lines,
        )  # fmt: skip

    # -- placing -------------------------------------------------------------------------------

    def set_cursor(self, x: int, row: int) -> None:
        """Put the cursor in a row in view, in the column or as far right as it may be."""
        if not self.selection.rectangle and row < self.height:
            x = min(x, self.limit(self.top + row))
        self.x, self.row = x, row

    def place(self, at: Position) -> None:
        """Put the cursor there, on the screen as it is, and tell nobody."""
        self.x, self.row = at.x, at.y - self.top

    def show(self, at: Position) -> None:
        """Put the cursor there; what is out of view is scrolled into view with some rows around it."""
        if not self.top <= at.y < self.top + self.height:
            self._scroll_to(at.y)
        self.place(at)
        self.selection.update(self)

    def go_to(self, at: Position) -> None:
        """The same, and tell that other rows may be in view."""
        if not self.top <= at.y < self.top + self.height:
            self._scroll_to(at.y)
        self.place(at)
        self.scrolled()
        self.selection.update(self)

    def search_start(self) -> tuple[int, int, int]:
        """Where the cursor is on the screen, and how far that is scrolled up; for `back_to`."""
        return self.x, self.row, self.offset

    def back_to(self, start: tuple[int, int, int]) -> None:
        """Scroll to that place again, with the cursor at the end of its row, as tmux has it."""
        _, self.row, offset = start
        self.top = self.rows.history - offset
        self.x = self.limit(self.y)

    def _scroll_to(self, y: int) -> None:
        gap = self.height // GAP_SHARE
        if y < self.height:
            self.top = 0
        elif y > self.rows.history + self.height - gap:
            self.top = self.rows.history
        else:
            self.top = y + gap - self.height

    def put_at_top(self, at: Position) -> None:
        """Put the cursor there (in the last row if there is no such row any more); what is in the history
        becomes the first row in view."""
        y = min(at.y, self.rows.last)
        self.x = at.x
        self.top = min(y, self.rows.history)
        self.row = y - self.top

    def scroll(self, count: int) -> None:
        """Show earlier rows (a positive count) or later ones, as far as there are; the cursor stays."""
        if count > self.rows.history:
            return
        top = min(max(self.top - count, 0), self.rows.history)
        if top != self.top:
            self.top = top
            self.scrolled()
            self.selection.update(self)

    def go_up(self, at: Position) -> None:
        """Put the cursor there; what is above the view is scrolled to row by row."""
        top = self.top
        for _ in range(top - at.y):
            self.up(scroll_only=True)
        self.set_cursor(at.x, max(at.y - top, 0))
        self.selection.update(self)

    def go_down(self, at: Position, *, keep_first: bool = False) -> None:
        """Put the cursor there; what is below the view is scrolled to row by row."""
        row, last = at.y - self.top, self.height - 1
        for _ in range(row - last):
            self.down(scroll_only=True)
        self.set_cursor(at.x, min(row, last))
        self.selection.update(self, keep_first=keep_first)

    # -- up and down ---------------------------------------------------------------------------

    def _remember_column(self) -> None:
        length = self.length()
        if self.x != length:
            self.last_x, self.last_length = self.x, length

    def _follow_end(self) -> bool:
        """Whether the cursor, in another row now, belongs behind its text: it came from there, or the row is
        shorter."""
        length = self.length()
        return (self.x >= self.last_length and self.x != length) or self.x > length

    def up(self, *, scroll_only: bool = False) -> None:
        """One row up; in the first row, or with scroll_only, show an earlier row."""
        selection = self.selection
        turns = selection.lines == selecting.DOWNWARD and self.y == selection.start.y
        self._step(-1, turns, scroll_only)

    def down(self, *, scroll_only: bool = False) -> None:
        """One row down; in the last row, or with scroll_only, show a later row."""
        selection = self.selection
        turns = selection.lines == selecting.UPWARD and self.y == selection.end.y
        self._step(1, turns, scroll_only)

    def _step(self, rows: int, turns: bool, scroll_only: bool) -> None:
        """A row up (-1) or down (1). turns: lines are selected, and the way leads over the first of them."""
        free = not self.selection.is_rectangle
        if free:
            self._remember_column()
        if turns:
            self.swap_ends()
        if scroll_only or self.row == (0 if rows < 0 else self.height - 1):
            if free:
                self.x = self.last_x
            self.scroll(-rows)
        else:
            self.set_cursor(self.last_x if free else self.x, self.row + rows)
            self.selection.update(self)
        self._arrived(free)

    def _arrived(self, free: bool) -> None:
        """After a step up or down: to the row's end where the cursor came from one, or lines are selected."""
        if free and self._follow_end():
            self.set_cursor(self.length(), self.row)
            self.selection.update(self)
        if self.selection.lines == selecting.DOWNWARD:
            self.set_cursor(self.cols if self.selection.rectangle else self.length(), self.row)
            self.selection.update(self)
        elif self.selection.lines == selecting.UPWARD:
            self.set_cursor(0, self.row)
            self.selection.update(self)

    def page_up(self, *, half: bool = False) -> None:
        """Earlier rows by a page (two rows less than the view) or half of one."""
        self._move_view(self._page(half), ends=False)

    def page_down(self, *, half: bool = False, ends: bool = False) -> bool:
        """The same to later rows. ends: at the bottom do no more than say so (True): the mode is to end."""
        return self._move_view(-self._page(half), ends=ends)

    def drag_to(self, top: int, *, ends: bool) -> bool:
        """Make `top` the first row, as a scrollbar does; the selection is left where it is. As page_down."""
        return self._move_view(self.top - top, ends=ends, leave_selection=True)

    def _move_view(self, count: int, *, ends: bool, leave_selection: bool = False) -> bool:
        """See `shift`, and page_down for `ends`. The cursor is then in the column it came from."""
        self._remember_column()
        self.x = self.last_x
        self.shift(count)
        if leave_selection:
            self.selection.tied = selecting.NEITHER
        if not self.selection.is_rectangle and self._follow_end():
            self.to_line_end()
        if ends and self.offset == 0:
            return True
        self.scrolled()
        self.selection.update(self)
        return False

    def _page(self, half: bool) -> int:
        if self.height <= 2:
            return 1
        return self.height // 2 if half else self.height - 2

    def shift(self, count: int) -> None:
        """Scroll up (or down) by `count`; at an end of the rows the cursor moves instead."""
        offset = self.offset
        if count >= 0:
            if offset + count > self.rows.history:
                self.top = 0
                self.row = max(self.row - count, 0)
            else:
                self.top -= count
        elif offset < -count:
            self.top = self.rows.history
            self.row = min(self.row - count, self.height - 1)
        else:
            self.top -= count

    # -- along the line ------------------------------------------------------------------------

    def left(self) -> None:
        """One character left, over the start of a row too."""
        self.go_up(steps.left(self.rows, self.cursor))

    def right(self) -> None:
        """One character right, over the end of a row too; in a rectangle over blanks as well."""
        beyond = self.selection.is_rectangle
        self.go_down(steps.right(self.rows, self.cursor, wrap=True, all_columns=beyond, past_end=not self.vi))

    def to_line_start(self) -> None:
        """To the start of the line, however many rows up."""
        self.go_up(steps.start_of_line(self.rows, self.cursor))

    def to_line_end(self) -> None:
        """To the end of the line, however many rows down."""
        rectangle = self.selection.is_rectangle
        x, y = steps.end_of_line(self.rows, self.cursor, all_columns=rectangle)
        self.go_down(Position(x if rectangle else self.limit(y), y))

    def to_next_word_end(self, separators: str, *, keep_first: bool = False) -> None:
        """To where the next word ends."""
        at = words.next_word_end(self.rows, self.cursor, separators, vi=self.vi)
        self.go_down(at, keep_first=keep_first)

    def to_previous_word(self, separators: str, *, leave: bool) -> None:
        """To the start of this word, or (`leave`, or in none) of the one before."""
        stops = not self.vi
        self.go_up(
            words.previous_word(self.rows, self.cursor, separators, leave=leave, stop_at_line_end=stops)
        )

    # -- the selection -------------------------------------------------------------------------

    def clear_selection(self) -> None:
        """Select nothing; the cursor is where it may be without a selection."""
        self.selection.clear()
        self.keep_in_line()

    def keep_in_line(self) -> None:
        """Bring the cursor back where it may be."""
        limit = self.limit(self.y, behind=self.selection.rectangle)
        if self.x > limit:
            self.set_cursor(limit, self.row)

    def swap_ends(self) -> None:
        """Go to the other end of the selection, and move that from now on."""
        selection = self.selection
        if not selection.exists and selection.lines == selecting.NO_LINES:
            return
        at = selection.swap()
        self.x = at.x
        if at.y < self.top:
            self.top, self.row = at.y, 0
        elif at.y > self.top + self.height:
            self.top, self.row = at.y - self.height + 1, self.height - 1
        else:
            self.row = at.y - self.top
        self.x = min(self.x, self.limit(self.y, behind=selection.rectangle))
        selection.update(self, keep_first=True)

    # -- changes of the rows -------------------------------------------------------------------

    def resize(self, cols: int, rows: int) -> None:
        """Another size: the cursor stays at its character, in the first row if that is in the history."""
        self.put_at_top(self.frozen.resize(cols, rows, self.cursor))
