"""What a resize does to rows: growing, shrinking, and wrapping the text anew, as tmux does it.

Rewrapping looks at one row after the other: a row that is too wide is split, a row that wrapped and has
room takes from the row below, any other moves over as it is. Two rules of tmux's are kept although they
look odd: the placeholder columns of wide characters and tabs count one column each on top of the
character's own width (none if the cell was of tmux's larger form before), and characters are moved one
cell at a time, so a placeholder may start a row.
"""

from __future__ import annotations

from .rows import (
    EXTENDED_CELL,
    PAD,
    TAB,
    Row,
    content_flags,
    drop_marks,
    grown_by_cells,
    set_width,
    size_steps,
    splice,
)
from .style import DEFAULT_CHAR
from .widths import cell_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .screen import Screen

#: "Behind the last used column" as a position in unwrapped text.
END = -1


def resize_height(screen: Screen, rows: int, y: int, keep_below: bool = False) -> int:
    """Change the height; `y` is the cursor's row counted from the oldest history row, the new one returned.

    Shrinking takes rows from below the cursor first (not if they are to be kept), then moves rows at the top
    into the history. Growing pulls rows back that were scrolled into it.
    """
    old = screen.rows
    if rows < old:
        excess = old - rows
        below = 0 if keep_below else min(old - 1 - screen.cursor_y, excess)
        if below > 0:
            del screen.lines[old - below :]
            if below < old:
                screen.lines[-1].wrapped = False
        excess -= max(below, 0)
        if screen.scrolls_into_history:
            screen.history.extend(screen.lines[:excess])
            del screen.lines[:excess]
        elif excess > 0:
            dropped = min(screen.cursor_y, excess)
            screen.unwrap_above(0)
            del screen.lines[:dropped]
            screen.lines[-1].wrapped = screen.lines[-1].wrapped and not dropped
            y -= dropped
            del screen.lines[rows:]
    else:
        missing = rows - old
        if screen.scrolls_into_history:
            pulled = min(max(screen.history_scrolled, 0), missing)
            back = [screen.history.pop().copy() for _ in range(pulled)]
            screen.lines[:0] = reversed(back)
            missing -= pulled
        screen.lines.extend(Row() for _ in range(missing))
    screen.rows = rows
    screen.scroll_top = 0
    screen.scroll_bottom = rows - 1
    return y


class _Reflow:
    """One reflow under way: rows still to do, and rows done."""

    def __init__(self, screen: Screen) -> None:
        self.screen: Screen = screen
        self.cols: int = screen.cols
        self.steps: list[int] = size_steps(screen.cols)
        self.source: list[Row | None] = [*screen.history, *screen.lines]
        self.target: list[Row] = []
        self.scrolled: int = screen.history_scrolled

    def run(self) -> None:
        """Move every source row into the target."""
        for at in range(len(self.source)):
            row = self.source[at]
            if row is None:
                continue
            width, fits = self.measure(row)
            if width > self.cols:
                self.split(at, row, fits)
            elif width < self.cols and row.wrapped:
                row = row.copy()
                self.target.append(row)
                self.join(at, row, width)
            else:
                self.target.append(row)

    def cell_width(self, row: Row, x: int) -> int:
        """Columns that one stored cell counts for here."""
        noted = -1 if row.widths is None else row.widths.get(x, -1)
        char = row.text[x] if x < len(row.text) else " "
        if char == PAD:
            return 0 if noted == EXTENDED_CELL else 1
        if noted > 0 and (char == TAB or (row.marks and x in row.marks)):
            return noted
        return cell_width(row, x, self.screen.widths)

    def measure(self, row: Row) -> tuple[int, int]:
        """The width of the used cells, and how many of them fit into the new width."""
        if plain(row):
            return row.used, min(row.used, self.cols)
        width = 0
        fits = 0
        for x in range(row.used):
            cell = self.cell_width(row, x)
            if fits == 0 and width + cell > self.cols:
                fits = x
            width += cell
        return width, fits

    def split(self, at: int, row: Row, fits: int) -> None:
        """A row that is too wide becomes several."""
        wrapped = row.wrapped
        pieces: list[tuple[int, int]] = []
        start, width, last_width = fits, 0, 0
        if plain(row):
            pieces = [(x, min(x + self.cols, row.used)) for x in range(fits, row.used, self.cols)]
            last_width = pieces[-1][1] - pieces[-1][0]
        else:
            for x in range(fits, row.used):
                cell = self.cell_width(row, x)
                if width + cell > self.cols:
                    pieces.append((start, x))
                    start, width = x, 0
                width += cell
            pieces.append((start, row.used))
            last_width = width
        first = self.cut(row, 0, fits, copied=False)
        first.size = fits
        first.flags, first.time, first.wrapped = row.flags | content_flags(row), row.time, True
        self.target.append(first)
        for begin, end in pieces:
            piece = self.cut(row, begin, end)
            piece.wrapped = True
            self.target.append(piece)
        self.target[-1].wrapped = wrapped
        if at <= self.scrolled:
            self.scrolled += len(pieces)
        if last_width < self.cols and wrapped:
            self.source[at] = None
            self.join(at, self.target[-1], last_width)

    def join(self, at: int, row: Row, width: int) -> None:
        """Fill `row`, the last of the target, with what follows source row `at`."""
        number = len(self.target) - 1
        taken = 0
        wrapped = True
        source: Row | None = None
        want = 0
        while at + 1 + taken < len(self.source):
            candidate = self.source[at + 1 + taken]
            if candidate is None or not candidate.wrapped:
                wrapped = False
            if candidate is None or candidate.used == 0:
                if not wrapped:
                    break
                taken += 1
                continue
            if width + self.cell_width(candidate, 0) > self.cols:
                break
            source = candidate
            want, width = self.take(row, source, width)
            taken += 1
            if not wrapped or want != source.used or width == self.cols:
                break
        if taken == 0 or source is None:
            return
        left = source.used - want
        if left:
            rest = self.cut(source, want, source.used, copied=False)
            rest.size = left
            rest.flags = source.flags | content_flags(source)
            rest.time, rest.wrapped = source.time, source.wrapped
            self.source[at + taken] = rest
            taken -= 1
        elif not wrapped:
            row.wrapped = False
        for line in range(at + 1, at + 1 + taken):
            self.source[line] = None
        if self.scrolled > number + taken:
            self.scrolled -= taken
        elif self.scrolled > number:
            self.scrolled = number

    def cut(self, row: Row, start: int, end: int, copied: bool = True) -> Row:
        """The used cells start..end-1 as a new row. Copied placeholders become ordinary ones, those that
        stay in their row do not."""
        text = row.text[start:end]
        piece = Row(text.ljust(end - start), row.style[start:end], end - start)
        if row.marks:
            piece.marks = {x - start: mark for x, mark in row.marks.items() if start <= x < end}
        if row.widths and not copied:
            piece.widths = {x - start: width for x, width in row.widths.items() if start <= x < end}
        # Tabs and joined characters keep their width when their placeholders go to another row.
        if TAB in text or piece.marks:
            for x, char in enumerate(text, start):
                if char == TAB or (row.marks and x in row.marks):
                    set_width(piece, x - start, self.cell_width(row, x))
        piece.size = grown_by_cells(0, 0, end - start, 1, self.steps)
        return piece

    def take(self, row: Row, source: Row, width: int) -> tuple[int, int]:
        """Append as many cells of `source` to `row` as fit; how many, and the new width."""
        if plain(source):
            want = min(source.used, self.cols - width)
            width += want
        else:
            want = 0
            while want < source.used:
                cell = self.cell_width(source, want)
                if width + cell > self.cols:
                    break
                width += cell
                want += 1
        append(row, self.cut(source, 0, want), self.steps)
        return want, width


def plain(row: Row) -> bool:
    """Whether every cell takes just its own column."""
    return row.marks is None and row.text.isascii() and TAB not in row.text


def append(row: Row, more: Row, steps: list[int]) -> None:
    """Put the cells of `more` behind the used ones of `row`, over what is there."""
    at = row.used
    splice(row, at, more.text, more.style.ljust(more.used, DEFAULT_CHAR))
    drop_marks(row, at, at + more.used)
    if more.marks is not None:
        row.marks = {**(row.marks or {}), **{at + x: mark for x, mark in more.marks.items()}}
    if more.widths is not None:
        row.widths = {**(row.widths or {}), **{at + x: width for x, width in more.widths.items()}}
    row.used = at + more.used
    row.size = grown_by_cells(row.size, at, row.used, 1, steps)


def reflow_rows(screen: Screen, x: int, y: int) -> tuple[int, int]:
    """Rewrap history and screen to the width the screen has now; the cursor as in resize_height."""
    rows = [*screen.history, *screen.lines]
    position = unwrapped_position(rows, x, y)
    reflow = _Reflow(screen)
    reflow.run()
    done = reflow.target
    done.extend(Row() for _ in range(screen.rows - len(done)))
    size = len(done) - screen.rows
    screen.history = done[:size]
    screen.lines = [row.copy() for row in done[size:]]
    screen.history_held = size - min(reflow.scrolled, size)
    return wrapped_position(done, *position)


def unwrapped_position(rows: list[Row], x: int, y: int) -> tuple[int, int]:
    """Column and row as if nothing were wrapped; the column is END behind the used text."""
    column = 0
    line = 0
    for row in rows[:y]:
        if row.wrapped:
            column += row.used
        else:
            column = 0
            line += 1
    return (END if x >= rows[y].used else column + x), line


def wrapped_position(rows: list[Row], column: int, line: int) -> tuple[int, int]:
    """The reverse of `unwrapped_position`."""
    y = 0
    seen = 0
    last = len(rows) - 1
    while y < last and seen != line:
        if not rows[y].wrapped:
            seen += 1
        y += 1
    if column == END:
        while rows[y].wrapped and y < last:
            y += 1
        return rows[y].used, y
    while rows[y].wrapped and y < last and column >= rows[y].used:
        column -= rows[y].used
        y += 1
    return column, y
