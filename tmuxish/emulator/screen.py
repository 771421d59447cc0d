"""The screen: rows, history, cursor, margins, tabs, alternate screen, and the operations on whole rows.

What a resize does is in reflow.py, how text gets into rows in write.py, which bytes mean which
operation in emulator.py and control.py.
"""

from __future__ import annotations

from functools import lru_cache

from . import modes as mode
from .held import RowLists
from .hyperlinks import Hyperlinks
from .pen import Pen, default_pen
from .policy import Policy
from .reflow import reflow_rows, resize_height
from .rows import (
    Row,
    delete_cells,
    erase,
    insert_cells,
    size_edges,
    size_steps,
    visible_text,
)
from .style import hold
from .widths import WidthTable, width_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

#: Columns of the default tab stops.
TAB_WIDTH: Final = 8

#: No saved cursor position.
UNSAVED: Final = 4294967295


@lru_cache(maxsize=64)
def usual_tabs(cols: int) -> frozenset[int]:
    """Tab stops every eight columns; most screens of a width share them."""
    return frozenset(range(TAB_WIDTH, cols, TAB_WIDTH))


class Screen:
    """State of one terminal screen.

    Columns and rows count from 0. `lines` are the rows shown now; `history` holds those scrolled off,
    oldest first. The alternate screen shares the history but adds nothing to it.
    """

    __slots__ = (
        "_held",
        "_hyperlinks",
        "_widths",
        "_widths_for",
        "cols",
        "cursor_x",
        "cursor_y",
        "edges",
        "history",
        "history_held",
        "history_limit",
        "lines",
        "modes",
        "now",
        "pen",
        "policy",
        "rows",
        "saved_cursor_x",
        "saved_cursor_y",
        "saved_lines",
        "saved_pen",
        "saved_size",
        "scroll_bottom",
        "scroll_top",
        "steps",
        "tabs",
    )

    def __init__(self, cols: int, rows: int, history_limit: int = 2000) -> None:
        self.cols: int = max(cols, 1)
        self.rows: int = max(rows, 1)
        self.history_limit: int = history_limit
        self.policy: Policy = Policy()
        self.lines: list[Row] = [Row() for _ in range(self.rows)]
        self.history: list[Row] = []
        #: History rows that a growing screen may not pull back (it was cleared since).
        self.history_held: int = 0
        self.cursor_x: int = 0
        self.cursor_y: int = 0
        self.modes: int = mode.CURSOR | mode.WRAP
        self.scroll_top: int = 0
        self.scroll_bottom: int = self.rows - 1
        self.tabs: frozenset[int] = frozenset()
        self.pen: Pen = default_pen()
        self._hyperlinks: Hyperlinks | None = None
        #: The rows the alternate screen hides, and their size then; None on the main screen.
        self.saved_lines: list[Row] | None = None
        self.saved_size: tuple[int, int] = (0, 0)
        self.saved_cursor_x: int = UNSAVED
        self.saved_cursor_y: int = UNSAVED
        self.saved_pen: Pen = default_pen()
        #: Sizes rows grow to at this width (see rows.size_steps).
        self.steps: list[int] = size_steps(self.cols)
        #: Where it matters whether a row grew in one step or several: all other sizes follow from the extent.
        self.edges: frozenset[int] = size_edges(self.cols)
        #: The current time for rows that reach the history, seconds since the epoch.
        self.now: int = 0
        #: Keeps the styles of all rows alive.
        self._held: RowLists = hold(self.history, self.lines, ())
        self._widths: WidthTable | None = None
        self._widths_for: tuple[str, ...] = ()
        self.reset_tabs()

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return self.saved_lines is not None

    @property
    def scrolls_into_history(self) -> bool:
        """Whether rows scrolled off the screen are kept."""
        return self.history_limit > 0 and self.saved_lines is None

    @property
    def history_scrolled(self) -> int:
        """History rows that a growing screen pulls back."""
        return len(self.history) - self.history_held

    @property
    def hyperlinks(self) -> Hyperlinks:
        """Its hyperlinks, a table made when first asked for."""
        links = self._hyperlinks
        if links is None:
            links = self._hyperlinks = Hyperlinks()
        return links

    @hyperlinks.setter
    def hyperlinks(self, links: Hyperlinks) -> None:
        self._hyperlinks = links

    def forget_hyperlinks(self) -> None:
        """There are none any more."""
        if self._hyperlinks is not None:
            self._hyperlinks.reset()

    @property
    def widths(self) -> WidthTable:
        """Character widths under the current policy, made when first asked for."""
        table = self._widths
        if table is None or self._widths_for != self.policy.codepoint_widths:
            self._widths_for = self.policy.codepoint_widths
            table = self._widths = width_table(self._widths_for)
        return table

    def reset_tabs(self) -> None:
        """Tab stops every eight columns."""
        self.tabs = usual_tabs(self.cols)

    def hold_rows(self) -> None:
        """To be called when `history`, `lines` or `saved_lines` is another object."""
        self._held.lists = (self.history, self.lines, self.saved_lines or ())

    # Cursor.

    def set_cursor(self, x: int, y: int) -> None:
        """Place the cursor; one column beyond the right edge (pending wrap) is allowed."""
        self.cursor_x = x if x <= self.cols else self.cols - 1
        self.cursor_y = min(y, self.rows - 1)

    def move_to(self, x: int, y: int, origin: bool = True) -> None:
        """Place the cursor on the screen, -1 keeping a coordinate; in origin mode `y` counts from the
        margin."""
        if x == -1:
            x = self.cursor_x
        elif x > self.cols - 1:
            x = self.cols - 1
        if y == -1:
            y = self.cursor_y
        elif origin and self.modes & mode.ORIGIN:
            y = self.scroll_bottom if y > self.scroll_bottom - self.scroll_top else y + self.scroll_top
        self.set_cursor(x, y)

    def cursor_up(self, count: int) -> None:
        """Up, not beyond the top margin if at or below it."""
        limit = self.cursor_y if self.cursor_y < self.scroll_top else self.cursor_y - self.scroll_top
        x = self.cursor_x - 1 if self.cursor_x == self.cols else self.cursor_x
        self.set_cursor(x, self.cursor_y - min(count, limit))

    def cursor_down(self, count: int) -> None:
        """Down, not beyond the bottom margin if at or above it."""
        y = self.cursor_y
        limit = self.rows - 1 - y if y > self.scroll_bottom else self.scroll_bottom - y
        count = min(count, limit)
        if self.cursor_x == self.cols:
            self.set_cursor(self.cursor_x - 1, y + count)
        elif count:
            self.set_cursor(self.cursor_x, y + count)

    def cursor_right(self, count: int) -> None:
        """Right, to the last column at most."""
        if self.cursor_x < self.cols:
            self.cursor_x = min(self.cursor_x + count, self.cols - 1)
        else:
            self.cursor_x = self.cols - 1

    def cursor_left(self, count: int) -> None:
        """Left, to the first column at most."""
        self.set_cursor(max(self.cursor_x - count, 0), self.cursor_y)

    def backspace(self) -> None:
        """Left; at the start of a row that its predecessor wrapped onto, to the end of that."""
        if self.cursor_x > 0:
            self.set_cursor(self.cursor_x - 1, self.cursor_y)
        elif self.cursor_y > 0 and self.lines[self.cursor_y - 1].wrapped:
            self.set_cursor(self.cols - 1, self.cursor_y - 1)

    def set_margins(self, top: int, bottom: int) -> None:
        """Set the scrolling region (at least two rows) and home the cursor."""
        top = min(top, self.rows - 1)
        bottom = min(bottom, self.rows - 1)
        if top < bottom:
            self.set_cursor(0, 0)
            self.scroll_top = top
            self.scroll_bottom = bottom

    def next_tab(self, x: int) -> int:
        """The next tab stop right of x, or the last column."""
        x += 1
        while x < self.cols - 1 and x not in self.tabs:
            x += 1
        return x

    def previous_tab(self, count: int) -> None:
        """Back by `count` tab stops."""
        x = min(self.cursor_x, self.cols - 1)
        while x > 0 and count > 0:
            x -= 1
            while x > 0 and x not in self.tabs:
                x -= 1
            count -= 1
        self.cursor_x = x

    # Whole rows.

    def blank_row(self, blank: str) -> Row:
        """A new row in the background of style character `blank`, "" being the default."""
        if not blank:
            return Row()
        return Row(" " * self.cols, blank * self.cols, 0, self.cols)

    def unwrap_above(self, y: int) -> None:
        """The row above y (it may be in the history) does not go on in y any more."""
        if y > 0:
            self.lines[y - 1].wrapped = False
        elif self.history and self.history[-1].wrapped:
            self.history[-1] = self.history[-1].copy()
            self.history[-1].wrapped = False

    def clear_rows(self, y: int, count: int, blank: str) -> None:
        """Make rows y..y+count-1 new."""
        if count <= 0:
            return
        for at in range(y, y + count):
            self.lines[at] = self.blank_row(blank)
        self.unwrap_above(y)

    def move_rows(self, to: int, start: int, count: int, blank: str) -> None:
        """Copy `count` rows over others; rows left behind become new. The chains of wrapped rows that
        the move cuts end there."""
        if count <= 0 or to == start:
            return
        self.unwrap_above(to)
        self.lines[to : to + count] = self.lines[start : start + count]
        for y in range(start, start + count):
            if not to <= y < to + count:
                self.lines[y] = self.blank_row(blank)
        if not to <= start < to + count:
            self.unwrap_above(start)

    def clear_area(self, x: int, y: int, width: int, height: int, blank: str) -> None:
        """Blank a rectangle; whole rows become new ones."""
        if width <= 0 or height <= 0:
            return
        if x == 0 and width == self.cols:
            self.clear_rows(y, height, blank)
            return
        for row in self.lines[y : y + height]:
            erase(row, x, x + width, blank, self.cols, self.steps)

    def clear_line(self, y: int, blank: str) -> None:
        """Blank a whole row, unless it is as new already."""
        if blank or self.lines[y].size:
            self.clear_rows(y, 1, blank)

    # Scrolling.

    def collect_history(self) -> None:
        """Before a row goes into a full history, its oldest tenth goes."""
        if self.history and len(self.history) >= self.history_limit:
            self.drop_oldest(max(self.history_limit // 10, 1))

    def drop_oldest(self, count: int) -> None:
        """Forget the oldest history rows."""
        del self.history[:count]
        self.history_held = max(self.history_held - count, 0)

    def scroll_up(self, top: int, bottom: int, blank: str) -> None:
        """Scroll rows top..bottom up by one; the top row goes into the history if that is kept."""
        if not self.scrolls_into_history:
            self.move_rows(top, top + 1, bottom - top, blank)
            return
        self.collect_history()
        row = self.lines.pop(top)
        row.time = self.now
        self.history.append(row)
        self.lines.insert(bottom, self.blank_row(blank))

    def scroll_down(self, top: int, bottom: int, blank: str) -> None:
        """Scroll rows top..bottom down by one."""
        self.move_rows(top + 1, top, bottom - top, blank)

    def line_feed(self, blank: str) -> None:
        """Down one row, scrolling at the bottom margin."""
        if self.cursor_y == self.scroll_bottom:
            self.scroll_up(self.scroll_top, self.scroll_bottom, blank)
        elif self.cursor_y < self.rows - 1:
            self.cursor_y += 1

    def wrap_line(self) -> None:
        """On to the next row because this one is full."""
        self.lines[self.cursor_y].wrapped = True
        self.line_feed("")
        self.cursor_x = 0

    def append_plain_lines(self, texts: list[str]) -> None:
        """Write lines of ASCII in the default style, each with its line end, from the untouched bottom row.

        Only where the whole screen scrolls into the history. Rows that the history would have lost again by
        the end are never made.
        """
        cols, steps = self.cols, self.steps
        pieces, wrapped = _cut(texts, cols)
        old = self.lines[:-1]
        dropped = self._rows_dropped(len(pieces))
        skipped = max(dropped - len(self.history), 0)
        self.drop_oldest(dropped)
        first = max(skipped - len(old), 0)
        new = [
            Row(piece, "", count, steps[count]) if (count := len(piece)) else Row()
            for piece in (pieces[first:] if first else pieces)
        ]
        for index in wrapped:
            if index >= first:
                new[index - first].wrapped = True
        rows = [*old[skipped:], *new, Row()]
        top = len(rows) - self.rows
        scrolled = rows[:top]
        for row in scrolled:
            row.time = self.now
        self.history.extend(scrolled)
        self.lines[:] = rows[top:]

    def _rows_dropped(self, count: int) -> int:
        """How many rows leave the history when `count` rows come in one by one (see collect_history)."""
        limit, length = self.history_limit, len(self.history)
        tenth = max(limit // 10, 1)
        dropped = 0
        while count:
            room = limit - length
            if room <= 0:
                dropped += min(tenth, length)
                length -= min(tenth, length)
            else:
                length += min(room, count)
                count -= min(room, count)
        return dropped

    def reverse_index(self, blank: str) -> None:
        """Up one row, scrolling at the top margin."""
        if self.cursor_y == self.scroll_top:
            self.scroll_down(self.scroll_top, self.scroll_bottom, blank)
        elif self.cursor_y > 0:
            self.cursor_y -= 1

    def insert_rows(self, count: int, blank: str) -> None:
        """Insert blank rows at the cursor, pushing rows down within the margins."""
        y = self.cursor_y
        if not self.scroll_top <= y <= self.scroll_bottom:
            count = min(count, self.rows - y)
            self.move_rows(y + count, y, self.rows - y - count, blank)
            return
        count = min(count, self.scroll_bottom + 1 - y)
        kept = self.scroll_bottom + 1 - y - count
        self.move_rows(self.scroll_bottom + 1 - kept, y, kept, blank)
        self._clear_rest(y, kept, count, blank)

    def delete_rows(self, count: int, blank: str) -> None:
        """Delete rows at the cursor, pulling rows up within the margins."""
        y = self.cursor_y
        if not self.scroll_top <= y <= self.scroll_bottom:
            count = min(count, self.rows - y)
            self.move_rows(y, y + count, self.rows - y - count, blank)
            self.clear_rows(self.rows - count, count, blank)
            return
        count = min(count, self.scroll_bottom + 1 - y)
        kept = self.scroll_bottom + 1 - y - count
        self.move_rows(y, y + count, kept, blank)
        self._clear_rest(y, kept, count, blank)

    def _clear_rest(self, y: int, kept: int, count: int, blank: str) -> None:
        """After `kept` rows moved by `count`: clear those of y+kept..y+count-1; their chain ends anyway."""
        if kept < count:
            self.clear_rows(y + kept, count - kept, blank)
        elif kept > count:
            self.unwrap_above(y + kept)

    # Within a row.

    def insert_blanks(self, count: int, blank: str) -> None:
        """Insert blank columns at the cursor."""
        count = min(count, self.cols - self.cursor_x)
        if count > 0 and self.cols == 1:
            self.clear_rows(self.cursor_y, 1, blank)
        elif count > 0:
            insert_cells(self.lines[self.cursor_y], self.cursor_x, count, blank, self.cols, self.steps)

    def delete_columns(self, count: int, blank: str) -> None:
        """Delete columns at the cursor."""
        x = self.cursor_x
        count = min(count, self.cols - x)
        if count <= 0:
            return
        if count == self.cols:
            self.clear_rows(self.cursor_y, 1, blank)
        else:
            delete_cells(self.lines[self.cursor_y], x, count, blank, self.cols, self.steps)

    def erase_columns(self, count: int, blank: str) -> None:
        """Blank columns from the cursor on."""
        count = min(count, self.cols - self.cursor_x)
        self.clear_area(self.cursor_x, self.cursor_y, count, 1, blank)

    # Clearing.

    def clear_to_line_end(self, blank: str) -> None:
        """EL 0."""
        if self.cursor_x == 0:
            self.clear_line(self.cursor_y, blank)
        elif self.cursor_x < self.cols:
            self.clear_area(self.cursor_x, self.cursor_y, self.cols - self.cursor_x, 1, blank)

    def clear_to_line_start(self, blank: str) -> None:
        """EL 1."""
        if self.cursor_x >= self.cols - 1:
            self.clear_line(self.cursor_y, blank)
        else:
            self.clear_area(0, self.cursor_y, self.cursor_x + 1, 1, blank)

    def clear_to_end(self, blank: str) -> None:
        """ED 0; from the home position as ED 2 as far as the history goes."""
        x, y = self.cursor_x, self.cursor_y
        if x == 0 and y == 0 and self.scrolls_into_history and self.policy.scroll_on_clear:
            self.clear_into_history(blank)
            return
        if x < self.cols:
            self.clear_area(x, y, self.cols - x, 1, blank)
        self.clear_rows(y + 1, self.rows - y - 1, blank)

    def clear_to_start(self, blank: str) -> None:
        """ED 1."""
        self.clear_rows(0, self.cursor_y, blank)
        self.clear_area(0, self.cursor_y, min(self.cursor_x + 1, self.cols), 1, blank)

    def clear_screen(self, blank: str) -> None:
        """ED 2: under option scroll-on-clear the rows in use move into the history."""
        if self.scrolls_into_history and self.policy.scroll_on_clear:
            self.clear_into_history(blank)
        else:
            self.clear_rows(0, self.rows, blank)

    def clear_into_history(self, blank: str) -> None:
        """Move the rows down to the last one used into the history; a growing screen leaves them there."""
        last = max((y + 1 for y, row in enumerate(self.lines) if row.used), default=0)
        if last == 0:
            self.clear_rows(0, self.rows, blank)
            return
        for _ in range(last):
            self.scroll_up(0, self.rows - 1, blank)
        self.clear_rows(0, self.rows - last, blank)
        self.history_held = len(self.history)

    def clear_history(self, hyperlinks: bool = False) -> None:
        """Forget the history (ED 3, clear-history), and the hyperlinks if asked (clear-history -H)."""
        self.history.clear()
        self.history_held = 0
        if hyperlinks:
            self.forget_hyperlinks()

    def set_history_limit(self, limit: int) -> None:
        """Change how many rows the history may keep; a full one loses its oldest row at least, as in tmux."""
        self.history_limit = limit
        if self.history and len(self.history) >= limit:
            self.drop_oldest(max(len(self.history) - limit, 1))

    def trim_below_cursor(self) -> None:
        """Drop the rows below the cursor and pull as many out of the history (resize-pane -T)."""
        count = min(self.rows - 1 - self.cursor_y, len(self.history))
        if count:
            del self.lines[self.rows - count :]
            self.lines[:0] = [self.history.pop().copy() for _ in range(count)][::-1]
            self.history_held = min(self.history_held, len(self.history))
            self.cursor_y += count

    # Alternate screen.

    def enter_alternate(self, save_cursor: bool) -> None:
        """Hide the screen behind an empty one."""
        if self.saved_lines is not None:
            return
        self.saved_lines = self.lines
        self.saved_size = (self.cols, self.rows)
        if save_cursor:
            self.saved_cursor_x = self.cursor_x
            self.saved_cursor_y = self.cursor_y
        self.saved_pen = self.pen
        self.lines = [Row() for _ in range(self.rows)]
        self.hold_rows()
        self.unwrap_above(0)

    def leave_alternate(self, restore_cursor: bool) -> None:
        """Show the hidden screen again, reflowed if the size has changed meanwhile. The cursor is restored
        even if the alternate screen was not on."""
        size = (self.cols, self.rows)
        if self.saved_lines is not None:
            self.resize_rows(*self.saved_size, reflow=False)
        if restore_cursor and self.saved_cursor_x != UNSAVED:
            self.cursor_x = self.saved_cursor_x
            self.cursor_y = self.saved_cursor_y
            self.pen = self.saved_pen
        if self.saved_lines is not None:
            self.lines = self.saved_lines
            self.saved_lines = None
            self.resize_rows(*size, reflow=True)
            self.hold_rows()
        self.cursor_x = min(self.cursor_x, self.cols - 1)
        self.cursor_y = min(self.cursor_y, self.rows - 1)

    # Size.

    def resize_rows(self, cols: int, rows: int, reflow: bool, keep_below: bool = False) -> None:
        """Change the size, rewrapping the text if `reflow`; the cursor goes with its text.

        keep_below: a lower screen keeps the rows below the cursor, and more at the top go.
        """
        cols, rows = max(cols, 1), max(rows, 1)
        x, y = self.cursor_x, len(self.history) + self.cursor_y
        rewrap = reflow and cols != self.cols
        if cols != self.cols:
            self.cols = cols
            self.steps = size_steps(cols)
            self.edges = size_edges(cols)
            self.reset_tabs()
        if rows != self.rows:
            y = resize_height(self, rows, y, keep_below)
        if rewrap:
            x, y = reflow_rows(self, x, y)
            self.hold_rows()
        top = len(self.history)
        self.cursor_x, self.cursor_y = (x, y - top) if y >= top else (0, 0)

    def resize(self, cols: int, rows: int, *, reflow: bool = True) -> None:
        """Change the size as a pane's: the alternate screen is not reflowed, synchronized output ends.

        Without `reflow` no screen is (a popup's that the mouse resizes).
        """
        if (cols, rows) == (self.cols, self.rows):
            return
        self.modes &= ~mode.SYNC
        self.resize_rows(cols, rows, reflow and self.saved_lines is None)

    # Reset.

    def reset_screen(self) -> None:
        """What RIS resets of a screen: tabs, margins, modes, contents, cursor."""
        self.reset_tabs()
        self.set_margins(0, self.rows - 1)
        self.modes = mode.CURSOR | mode.WRAP
        if self.policy.extended_keys == 2:
            self.modes |= mode.KEYS_EXTENDED
        self.clear_screen("")
        self.set_cursor(0, 0)

    def text_lines(self) -> list[str]:
        """The visible rows as plain text without trailing blanks, for tests and logs."""
        return [visible_text(row, self.cols) for row in self.lines]


def _cut(texts: list[str], cols: int) -> tuple[list[str], list[int]]:
    """Texts cut to rows of `cols` columns, and the indexes of the rows that go on in the next."""
    if max(map(len, texts)) <= cols:
        return texts, []
    pieces: list[str] = []
    wrapped: list[int] = []
    for text in texts:
        while len(text) > cols:
            wrapped.append(len(pieces))
            pieces.append(text[:cols])
            text = text[cols:]
        pieces.append(text)
    return pieces, wrapped
