"""Rows: one line of a screen or of its history, kept as strings.

`text[i]` is the character of column i and `style[i]` names its style; a string may end early, then
the remaining columns are blank, or of the default style. So writing a run is a slice, scrolling moves
a reference, and "did this row change" is two string compares.

Two numbers go with a row because tmux's answers depend on them: `used` is one more than the highest
column ever written (trailing blanks below it are kept when lines are joined or reflowed), and `size`
how many columns have been given cells (tmux rounds that up, and what it prints after the last
character of a line follows it).
"""

from __future__ import annotations

import re
from functools import lru_cache

from .style import DEFAULT_CHAR, extended_styles, linked_styles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

#: The second and later columns of a wide character or tab. A lone surrogate that decoding never yields (bytes
#: that are no UTF-8 become U+DC80 to U+DCFF), so that it can be told from every character.
PAD: Final = chr(0xD800)  # mypyc takes no surrogates in literals

TAB: Final = "\t"

#: Row flags: OSC 133 marks; and what capture-pane -F tells of a row that reflow has cut.
PROMPT: Final = 1
OUTPUT: Final = 2
LINKED: Final = 4
EXTENDED: Final = 8


#: In `Row.widths`: tmux keeps this cell in its larger form, because of what it holds or once held. A
#: placeholder in it counts for nothing.
EXTENDED_CELL: Final = 0

#: Characters that make a cell so (a placeholder alone does not).
_EXTENDED = re.compile(f"[^\x00-\x08\x0a-\x7f{PAD}]")


class Row:
    """One line. Rows on a screen change in place; a row that has reached the history changes no more, so
    that others (copy mode) may keep it."""

    __slots__ = ("flags", "marks", "size", "style", "text", "time", "used", "widths", "wrapped")

    def __init__(self, text: str = "", style: str = "", used: int = 0, size: int = 0) -> None:
        #: Character per column; PAD after a wide character; a tab is "\t" and PADs.
        self.text: str = text
        #: Style character per column; never longer than `text`.
        self.style: str = style
        #: Columns written so far (tmux's cellused).
        self.used: int = used
        #: Columns given cells so far (tmux's cellsize).
        self.size: int = size
        #: The line goes on in the next row: it was filled and the text wrapped.
        self.wrapped: bool = False
        #: What follows the base character in a cell: combining marks, joined characters. Not None also
        #: where the next character might join (see write.py).
        self.marks: dict[int, str] | None = None
        #: What reflow.py must know of a column besides its character: EXTENDED_CELL, or a tab's width.
        self.widths: dict[int, int] | None = None
        #: Bits PROMPT, OUTPUT, LINKED, EXTENDED.
        self.flags: int = 0
        #: When it was scrolled into the history, seconds since the epoch.
        self.time: int = 0

    def copy(self) -> Row:
        """A row of its own with the same contents."""
        row = Row(self.text, self.style, self.used, self.size)
        row.wrapped = self.wrapped
        row.marks = None if self.marks is None else dict(self.marks)
        row.widths = None if self.widths is None else dict(self.widths)
        row.flags = self.flags
        row.time = self.time
        return row

    def cell(self, x: int) -> str:
        """The whole text of column x: base character and marks, " " beyond the end."""
        if x >= len(self.text):
            return " "
        base = self.text[x]
        return base if self.marks is None else base + self.marks.get(x, "")

    def style_at(self, x: int) -> str:
        """The style character of column x."""
        return self.style[x] if x < len(self.style) else DEFAULT_CHAR

    def __repr__(self) -> str:
        return f"Row({self.text!r}, {self.style!r}, used={self.used}, size={self.size})"


@lru_cache(maxsize=64)
def size_steps(cols: int) -> list[int]:
    """What a row of a `cols` wide screen is grown to when column e - 1 gets its first cell, for e in 0..cols.

    tmux grows a line to a quarter, then half, then all of the width. Screens of a width share the list.
    """
    quarter, half = cols // 4, cols // 2
    return [quarter if e < quarter else half if e < half else cols for e in range(cols + 1)]


@lru_cache(maxsize=64)
def size_edges(cols: int) -> frozenset[int]:
    """The sizes between 0 and `cols` at which `size_steps` goes up."""
    return frozenset((cols // 4, cols // 2))


def grown(size: int, extent: int, steps: list[int]) -> int:
    """`size` after a row must have at least `extent` columns."""
    if extent <= size:
        return size
    return steps[extent] if extent < len(steps) else extent


def grown_by_cells(size: int, start: int, extent: int, width: int, steps: list[int]) -> int:
    """`size` after cells of `width` columns were written one by one from column `start` up to `extent`."""
    cols = len(steps) - 1
    if extent <= cols and extent != cols // 4 and extent != cols // 2:
        return grown(size, extent, steps)
    for column in range(start + width, extent + 1, width):
        size = grown(size, column, steps)
    return size


def drop_marks(row: Row, start: int, end: int) -> None:
    """Forget the combining marks of columns start..end-1, but not that cells there were extended."""
    marks = row.marks
    if marks:
        for x in [x for x in marks if start <= x < end]:
            del marks[x]
            note_cell(row, x)


def splice(row: Row, x: int, text: str, style: str) -> None:
    """Put `text` and, column for column, `style` at column x; both as long as each other. Marks stay."""
    old = row.text
    end = x + len(text)
    before = old[:x] if len(old) >= x else old.ljust(x)
    row.text = before + text + old[end:]
    styles = row.style
    if styles or style.strip(DEFAULT_CHAR):
        if len(styles) > x:
            note_flags(row, old, x, end)
        before = styles[:x] if len(styles) >= x else styles.ljust(x, DEFAULT_CHAR)
        row.style = before + style + styles[end:]


def overwrite(row: Row, x: int, text: str, style: str) -> None:
    """As `splice` with one style for all of `text`, "" being the default."""
    old = row.text
    end = x + len(text)
    row.text = (old[:x] if x <= len(old) else old.ljust(x)) + text + old[end:]
    styles = row.style
    if len(styles) > x:
        note_flags(row, old, x, end)
        row.style = styles[:x] + (style or DEFAULT_CHAR) * len(text) + styles[end:]
    elif style:
        row.style = styles.ljust(x, DEFAULT_CHAR) + style * len(text)


def erase(row: Row, start: int, end: int, blank: str, cols: int, steps: list[int]) -> None:
    """Blank columns start..end-1 (end <= cols) in the background of style `blank`, "" being the default.

    With the default background nothing is stored: no cells are made, `size` does not grow.
    """
    text = row.text
    if start < len(text):
        note_gone(row, start, end)
    if blank:
        splice(row, start, " " * (end - start), blank * (end - start))
        row.size = grown(row.size, end, steps)
    else:
        if start >= len(text):
            return
        if end < len(text):
            splice(row, start, " " * (end - start), DEFAULT_CHAR * (end - start))
        else:
            row.text = text[:start]
            row.style = row.style[:start]
    drop_marks(row, start, end)


def erase_rest(row: Row, x: int) -> None:
    """Erase columns from x on, which must be less than `text` has, of a row that is_simple, in the default
    background."""
    if len(row.style) > x or TAB in row.text:
        note_gone(row, x, len(row.text))
        row.style = row.style[:x]
    row.text = row.text[:x]


def insert_cells(row: Row, x: int, count: int, blank: str, cols: int, steps: list[int]) -> None:
    """Move columns from x on right by `count`, dropping what leaves the `cols` wide screen.

    In the last column it only erases; where nothing is left to move it does nothing (tmux's way).
    """
    if x >= cols - 1:
        if x < cols:
            erase(row, x, cols, blank, cols, steps)
        return
    moved = cols - x - count
    if moved <= 0:
        return
    row.flags |= content_flags(row)
    text = row.text.ljust(cols)
    style = row.style.ljust(cols, DEFAULT_CHAR)
    wiped = min(count, moved)
    row.text = text[:x] + " " * wiped + text[x + wiped : x + count] + text[x : x + moved] + text[cols:]
    row.style = (
        style[:x]
        + (blank or DEFAULT_CHAR) * wiped
        + style[x + wiped : x + count]
        + style[x : x + moved]
        + style[cols:]
    )
    if row.marks:
        kept = {c: m for c, m in row.marks.items() if c < x or x + wiped <= c < x + count or c >= cols}
        kept.update({c + count: m for c, m in row.marks.items() if x <= c < x + moved})
        row.marks = kept
    if row.widths:
        odd = {c: w for c, w in row.widths.items() if c < x or x + wiped <= c < x + count or c >= cols}
        odd.update({c + count: w for c, w in row.widths.items() if x <= c < x + moved})
        row.widths = odd
    row.used = max(row.used, cols)
    row.size = grown(row.size, cols, steps)


def delete_cells(row: Row, x: int, count: int, blank: str, cols: int, steps: list[int]) -> None:
    """Remove `count` columns from x on and pull in blanks from the right edge."""
    left = cols - x - count
    row.flags |= content_flags(row)
    text = row.text
    style = row.style
    if left > 0:
        row.size = grown(row.size, cols, steps)
        row.used = max(row.used, x + left)
    if x < len(text):
        beyond = text[cols:]
        row.text = text[:x] + text[x + count : cols]
        row.style = style[:x] + style[x + count : cols]
        if beyond:
            row.text = row.text.ljust(cols) + beyond
            if len(style) > cols:
                row.style = row.style.ljust(cols, DEFAULT_CHAR) + style[cols:]
        if row.marks:
            kept = {c: m for c, m in row.marks.items() if c < x or c >= cols}
            kept.update({c - count: m for c, m in row.marks.items() if x + count <= c < cols})
            row.marks = kept
    if row.widths:
        odd = {c: w for c, w in row.widths.items() if c < x or c >= cols}
        odd.update({c - count: w for c, w in row.widths.items() if x + count <= c < cols})
        row.widths = odd
    if blank:
        erase(row, cols - count, cols, blank, cols, steps)


def covers_text(row: Row, x: int, end: int) -> bool:
    """Before columns x..end-1 of a row without marks are written over: whether they hold nothing but ASCII,
    no part of anything wider either, nor a tab."""
    text = row.text
    if text.isascii() and TAB not in text:
        return True
    covered = text[x : end + 1]
    return covered.isascii() and TAB not in covered


def is_simple(row: Row, cols: int) -> bool:
    """Whether nothing is remembered of its characters but themselves, all ASCII, `cols` at most."""
    return row.marks is None and len(row.text) <= cols and row.text.isascii()


def content_flags(row: Row) -> int:
    """LINKED if a cell is part of a hyperlink, EXTENDED if one is more than a plain character."""
    text = row.text
    styles = cell_styles(text, row.style)
    linked = not linked_styles().isdisjoint(styles)
    extended = bool(
        linked
        or row.marks
        or TAB in text
        or not (text.isascii() or text.replace(PAD, "").isascii())
        or not extended_styles().isdisjoint(styles)
    )
    return (LINKED if linked else 0) | (EXTENDED if extended else 0)


def cell_styles(text: str, style: str) -> str:
    """The style characters of some columns that have styles in tmux: placeholders have none there, where they
    may be in another row than their character too."""
    if text.isascii():
        return style
    return "".join([char for char, base in zip(style, text) if base != PAD])  # noqa: B905 - mypyc


def note_gone(row: Row, start: int, end: int) -> None:
    """Before columns start..end-1 are replaced whatever they hold: remember all that outlives its cells."""
    row.flags |= content_flags(row)
    note_extended(row, start, end)
    note_styled(row, start, end)


def note_extended(row: Row, start: int, end: int) -> None:
    """Before columns start..end-1 are overwritten or erased: remember which cells tmux keeps in its larger
    form. Until the row is cleared as a whole they stay so."""
    text = row.text
    if not text.isascii() or TAB in text:
        for match in _EXTENDED.finditer(text, start, end):
            note_cell(row, match.start())
    if row.marks:
        for x in row.marks:
            if start <= x < end:
                note_cell(row, x)


def note_styled(row: Row, start: int, end: int, cells: str = "") -> None:
    """As note_extended, for cells that only their style makes larger. If `cells` overwrite them, they matter
    where a placeholder goes (and are not looked for elsewhere, which would take long)."""
    style = row.style[start:end]
    extended = extended_styles()
    if extended.isdisjoint(style):
        return
    for x, char in enumerate(style, start):
        if char in extended and row.text[x] != PAD and (not cells or cells[x - start] == PAD):
            note_cell(row, x)


def note_flags(row: Row, text: str, start: int, end: int) -> None:
    """Before columns start..end-1 are overwritten: remember what the row's flags tell of their styles, which
    stays until the row is cleared as a whole. The row's text was `text`."""
    extended = extended_styles()
    linked = linked_styles()
    if (extended and not row.flags & EXTENDED) or (linked and not row.flags & LINKED):
        covered = cell_styles(text[start:end], row.style[start:end])
        if not extended.isdisjoint(covered):
            row.flags |= EXTENDED if linked.isdisjoint(covered) else EXTENDED | LINKED


def note_tabs(row: Row, start: int, new: str, single: bool) -> None:
    """Before `new` is written from column `start` on: as note_extended, for what are tabs of one column until
    the rest of `new` comes, as a character written by itself replaces the first column of a longer tab.
    """
    text = row.text
    end = min(start + len(new), len(text))
    for x in range(start, end):
        char = new[x - start]
        if text[x] == TAB and char != PAD and (single or not char.isascii()):
            rest = x + 1
            while rest < end and text[rest] == PAD:
                if new[rest - start] != PAD or rest > x + 1:
                    note_cell(row, rest)
                rest += 1


def note_cell(row: Row, x: int) -> None:
    """The cell at x is one that tmux keeps in its larger form."""
    set_width(row, x, EXTENDED_CELL)
    row.flags |= EXTENDED


def set_width(row: Row, x: int, width: int) -> None:
    """What the cell at x counts for when the row is reflowed."""
    if row.widths is None:
        row.widths = {}
    row.widths[x] = width


def visible_text(row: Row, cols: int) -> str:
    """A row as plain text: marks joined, placeholders dropped, trailing blanks removed."""
    text = row.text[:cols]
    if row.marks:
        text = "".join(char + row.marks.get(x, "") for x, char in enumerate(text))
    return text.replace(PAD, "").rstrip(" ")
