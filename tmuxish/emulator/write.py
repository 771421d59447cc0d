"""Writing text into rows: wrapping, wide and joined characters, insert mode, tabs.

The common case, ASCII into a row without wide characters, is done in place by the loop of emulator.py;
what is here does all cases. tmux writes ASCII in runs but other characters one at a time; the two differ
in what becomes of a tab they overwrite and in how `Row.size` grows, so both ways are told apart here.

A cell's character joins the one before it when it is a combining mark, a zero width joiner or what
follows one, a variation selector, a skin tone, or the second half of a flag. `Row.marks` is made (even if
empty) as soon as a row holds something that the next character might join, so a row without it needs no
such thought.
"""

from __future__ import annotations

from . import modes as mode
from .rows import (
    PAD,
    TAB,
    Row,
    drop_marks,
    grown,
    grown_by_cells,
    note_extended,
    note_gone,
    note_styled,
    note_tabs,
    overwrite,
    splice,
)
from .screen import Screen
from .style import DEFAULT_CHAR, style_of
from .widths import HANGUL_FILLER, VS16, ZWJ, cell_width, is_leading_jamo, is_special, pair_joins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

#: Bytes of UTF-8 a cell can hold; what does not fit any more starts a cell of its own.
MAX_CELL_BYTES: Final = 32

#: A tab over more columns than this only moves the cursor.
MAX_TAB_WIDTH: Final = 32

REPLACEMENT: Final = "\ufffd"

#: With fewer columns than this a row may be as long after its last character but one as at a step.
MIN_COLS: Final = 4


class Writer(Screen):
    """A screen that text can be written to."""

    __slots__ = ("charset", "line_drawing", "run_size")

    def __init__(self, cols: int, rows: int, history_limit: int = 2000) -> None:
        super().__init__(cols, rows, history_limit)
        #: Character set in use (0 or 1: SI, SO), and which of the two are line drawing.
        self.charset: int = 0
        self.line_drawing: tuple[bool, bool] = (False, False)
        #: Row.size of the row `put` wrote to last, before that.
        self.run_size: int = -1

    @property
    def acs(self) -> bool:
        """Whether ASCII is shown as line drawing."""
        return self.line_drawing[self.charset]

    def simple_writing(self) -> bool:
        """Whether text simply goes from left to right: wrapping on, insert mode off, no line drawing."""
        return self.modes & (mode.WRAP | mode.INSERT) == mode.WRAP and not self.acs

    # Runs.

    def write(self, text: str) -> None:
        """Write printable characters of width 1 (ASCII or not) in the current pen and modes."""
        if self.modes & (mode.WRAP | mode.INSERT) != mode.WRAP:
            for char in text:
                self.write_char(char)
        elif text.isascii():
            if self.acs:
                self.write_run(text, self.pen.acs, True)
            else:
                self.write_run(text, self.pen.char, False)
        elif self.acs:
            for char in text:
                self.write_char(char)
        else:
            self.write_run(text, self.pen.char, False)

    def write_run(self, text: str, style: str, single: bool) -> None:
        """Write characters of width 1 with wrapping, the first joining the cell before it if it must.
        `single` means that ASCII too is written one by one."""
        if not text[0].isascii() and self.join(text[0], 1):
            text = text[1:]
        at = 0
        end = len(text)
        while at < end:
            if self.cursor_x >= self.cols:
                self.wrap_line()
            part = text[at : at + self.cols - self.cursor_x]
            self.put(part, style, single)
            at += len(part)
            self.cursor_x += len(part)

    def put(self, text: str, style: str, single: bool) -> None:
        """Overwrite columns from the cursor on; all must be on the screen. The cursor stays."""
        row = self.lines[self.cursor_y]
        x = self.cursor_x
        end = x + len(text)
        self.split_characters(row, x, text, single)
        splice(row, x, text, (style or DEFAULT_CHAR) * len(text))
        drop_marks(row, x, end)
        self.run_size = row.size
        if end > row.size:
            if single:
                row.size = grown_by_cells(row.size, x, end, 1, self.steps)
            else:
                row.size = self.grown_by_text(row.size, x, text)
        row.used = max(row.used, end)

    def grown_by_text(self, size: int, x: int, text: str) -> int:
        """The size of a row after text was written at x: ASCII in runs, the rest character by character."""
        if text.isascii():
            return grown(size, x + len(text), self.steps)
        run = x
        for char in text:
            if char.isascii():
                x += 1
                continue
            if x > run:
                size = grown(size, x, self.steps)
            x += 1
            run = x
            size = grown(size, x, self.steps)
        return grown(size, x, self.steps)

    def write_wide(self, text: str) -> None:
        """Write characters of width 2."""
        if self.modes & (mode.WRAP | mode.INSERT) != mode.WRAP or self.cols < 2:
            for char in text:
                self.write_char(char)
            return
        while text and self.join(text[0], 2):
            text = text[1:]
        at = 0
        style = self.pen.char or DEFAULT_CHAR
        while at < len(text):
            if self.cursor_x > self.cols - 2:
                self.wrap_line()
            part = text[at : at + (self.cols - self.cursor_x) // 2]
            at += len(part)
            self._put_wide(PAD.join(part) + PAD, style)

    def _put_wide(self, text: str, style: str) -> None:
        row = self.lines[self.cursor_y]
        x = self.cursor_x
        end = x + len(text)
        if x != len(row.text) or row.marks is not None:
            note_styled(row, x, end, text)
            self.split_characters(row, x, text, True)
            drop_marks(row, x, end)
        splice(row, x, text, style * len(text))
        if end > row.used:
            row.used = end
            if end > row.size:
                row.size = grown_by_cells(row.size, x, end, 2, self.steps)
        self.cursor_x = end

    def fill_rows(self, text: str, all_of_it: bool) -> str:
        """Write characters behind all others of their rows for as long as they join nothing and more than one
        row is needed, or `all_of_it` if that is possible. Returns what is left."""
        cells = self.widths.cells(text) if self.cols >= MIN_COLS else ""
        if not cells:
            return text
        style = self.pen.char
        while cells:
            row = self.lines[self.cursor_y]
            x = self.cursor_x
            if row.marks is not None or x < len(row.text):
                break
            count = len(cells)
            if x + count > self.cols:
                count = self.cols - x
                if cells[count] == PAD:
                    count -= 1
            elif not all_of_it or x + count in self.edges:
                break
            if count > 0:
                overwrite(row, x, cells[:count], style)
                cells = cells[count:]
                x += count
                row.used = max(row.used, x)
                row.size = grown(row.size, x, self.steps)
                self.cursor_x = x
            if cells:
                self.wrap_line()
        return cells.replace(PAD, "")

    def split_characters(self, row: Row, x: int, new: str, single: bool) -> None:
        """Blank what will be left over of wide characters and tabs when `new` is written over part of them.

        Where a character written by itself replaces the first column of a tab, what remains of the tab
        becomes tabs of one column.
        """
        text = row.text
        end = x + len(new)
        if x >= len(text) or (text.isascii() and TAB not in text):
            return
        note_extended(row, x, end)
        if TAB in text:
            note_tabs(row, x, new, single)
        if text[x] == PAD:
            first = x
            while first > 0 and text[first] == PAD:
                first -= 1
            # A base that is not wide is not part of the character, but cell by cell it goes too.
            if not single and new[0].isascii() and cell_width(row, first, self.widths) == 1:
                first += 1
            self._blank(row, first, x)
        edge = min(len(text), self.cols)
        # A narrow character written by itself over another leaves placeholders behind it alone.
        alone = single or not new[-1].isascii()
        over_narrow = (
            new[-1] != PAD and text[end - 1 : end] != PAD and cell_width(row, end - 1, self.widths) == 1
        )
        if end < edge and text[end] == PAD and not (alone and over_narrow):
            last = end
            while last < edge and text[last] == PAD:
                last += 1
            owner = end - 1
            while owner > x and text[owner] == PAD:
                owner -= 1
            if text[owner] == TAB and (single or not new[owner - x].isascii()) and new[owner - x] != PAD:
                style = row.style_at(owner)
                splice(row, end, TAB * (last - end), style * (last - end))
            else:
                self._blank(row, end, last)

    @staticmethod
    def _blank(row: Row, start: int, end: int) -> None:
        """Make columns default cells."""
        if end > start:
            note_extended(row, start, end)
            splice(row, start, " " * (end - start), DEFAULT_CHAR * (end - start))
            drop_marks(row, start, end)

    # Single characters.

    def write_char(self, char: str) -> None:
        """Write any printable character in any mode, joining it to the cell before it if it must."""
        width = self.widths.width(char)
        if not char.isascii() and self.join(char, width):
            return
        style = self.pen.acs if self.acs and char.isascii() else self.pen.char
        self.put_char(char, width, style)

    def put_char(self, char: str, width: int, style: str) -> None:
        """Write a character as a cell of its own."""
        wrap = self.modes & mode.WRAP
        x = self.cursor_x
        if not wrap and width > 1 and (width > self.cols or (x != self.cols and x > self.cols - width)):
            return
        insert = self.modes & mode.INSERT
        if insert and width:
            self.insert_blanks(width, "")
        if wrap and x > self.cols - width and (self.cols >= width):
            self.wrap_line()
        x = self.cursor_x
        if x > self.cols - width and self.cols >= width:
            return
        row = self.lines[self.cursor_y]
        unchanged = not wrap and not insert and char == " " and not style and x >= row.size
        if not unchanged:
            self._put_cell(row, x, char, width, style or DEFAULT_CHAR)
        if wrap:
            self.cursor_x = x + width if x + width <= self.cols else self.cols - 1
        else:
            # A character as wide as the screen leaves no room to stay at the last column.
            self.cursor_x = x + width if x + width < self.cols or width == self.cols else self.cols - 1

    def _put_cell(self, row: Row, x: int, char: str, width: int, style: str) -> None:
        """Store one character of 0, 1 or 2 columns at x."""
        end = x + max(width, 1)
        cell = char + PAD * (width - 1)
        note_styled(row, x, end, cell)
        self.split_characters(row, x, cell, True)
        splice(row, x, cell, style * max(width, 1))
        drop_marks(row, x, end)
        row.used = max(row.used, end)
        row.size = grown(row.size, end, self.steps)
        if row.marks is None and (char == ZWJ or is_special(char)):
            row.marks = {}

    def write_repeated(self, char: str, count: int) -> None:
        """REP: write a character again, in line drawing if that is on, even one outside ASCII."""
        width = self.widths.width(char)
        style = self.pen.acs if self.acs else self.pen.char
        for _ in range(count):
            if char.isascii() or not self.join(char, width):
                self.put_char(char, width, style)

    # Joining.

    def join(self, char: str, width: int) -> bool:
        """Join a character outside ASCII to the cell before the cursor. True if it is dealt with: joined, or
        dropped because it means nothing alone."""
        if char == HANGUL_FILLER:
            return True
        row = self.lines[self.cursor_y]
        x = self.cursor_x
        alone = width == 0 or char in (ZWJ, VS16)
        if not alone and row.marks is None and not is_special(char):
            return False
        if x == 0:
            return alone
        at = x - 1
        if x != 1 and at < len(row.text) and row.text[at] == PAD:
            at -= 1
        last_width = cell_width(row, at, self.widths)
        if x - at != last_width:
            return alone
        last = row.cell(at)
        widen = False
        if alone:
            widen = char == VS16 and self.policy.variation_selector_wide
        elif pair_joins(last, char):
            widen = True
        elif not last.endswith(ZWJ) or is_leading_jamo(char):
            return False
        if last[0] != TAB and len((last + char).encode()) > MAX_CELL_BYTES:
            return False
        self._append_mark(row, at, char, widen and last_width == 1)
        return True

    def _append_mark(self, row: Row, at: int, char: str, widen: bool) -> None:
        """Add `char` to the cell at `at`, making it two columns wide if asked. A tab is but widened."""
        if at >= len(row.text):
            splice(row, at, " ", DEFAULT_CHAR)
        row.used = max(row.used, at + 1)
        row.size = grown(row.size, at + 1, self.steps)
        if row.text[at] != TAB:
            if row.marks is None:
                row.marks = {}
            row.marks[at] = row.marks.get(at, "") + char
        if widen:
            note_extended(row, at + 1, at + 2)
            note_styled(row, at + 1, at + 2, PAD)
            splice(row, at + 1, PAD, row.style_at(at))
            drop_marks(row, at + 1, at + 2)
            row.used = max(row.used, at + 2)
            row.size = grown(row.size, at + 2, self.steps)
            # Where the second half is beyond the edge the cursor stays.
            self.cursor_x = min(self.cursor_x + 1, max(self.cols, self.cursor_x))

    # Tabs.

    def tab(self) -> None:
        """HT: to the next tab stop. Over blank columns a tab is stored as such, so that it is copied as
        one."""
        x = self.cursor_x
        if x >= self.cols - 1:
            return
        stop = self.next_tab(x)
        width = stop - x
        row = self.lines[self.cursor_y]
        styles = row.style[x:stop].ljust(width, DEFAULT_CHAR)
        covered = row.text[x:stop]
        blank = not covered.strip(" ") or (covered == TAB * width and row.text[stop : stop + 1] != PAD)
        blank = blank and not (row.marks and any(x <= c < stop for c in row.marks))
        if blank and styles != styles[0] * width:
            first = style_of(styles[0])
            blank = all(style_of(s).replace(us=first.us) == first for s in set(styles))
        if not blank or width > MAX_TAB_WIDTH:
            self.cursor_x = stop
            return
        # A tab behind a zero width joiner is joined as the blanks it stands for.
        if width > 1 and row.marks is not None and self.join(" " * width, 1):
            return
        if self.modes & mode.INSERT:
            self.insert_blanks(width, "")
        cell = TAB + PAD * (width - 1)
        if covered:
            note_extended(row, x, stop)
        note_styled(row, x, stop, cell)
        self.split_characters(row, x, cell, True)
        splice(row, x, cell, styles[0] * width)
        row.used = max(row.used, stop)
        # tmux writes the second column first.
        row.size = grown_by_cells(grown(row.size, min(x + 2, stop), self.steps), x, stop, 1, self.steps)
        self.cursor_x = stop

    def alignment_test(self) -> None:
        """DECALN: fill the screen with E."""
        for row in self.lines:
            note_gone(row, 0, self.cols)
            row.text = "E" * self.cols + row.text[self.cols :]
            row.style = ""
            row.marks = None
            row.used = max(row.used, self.cols)
            row.size = max(row.size, self.cols)
        self.set_cursor(0, 0)
        self.scroll_top = 0
        self.scroll_bottom = self.rows - 1
