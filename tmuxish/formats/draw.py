"""Drawing an expanded format into a line: alignment, a list that is cut around its focus, ranges, fills.

A line is built from up to eight parts, written as the styles in the format say: what is left, in the centre,
right, in the absolute centre; the list, its two markers, and what follows it on the same side. `draw` then
decides what of each part fits, and where.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tmuxish.emulator.colours import DEFAULT
from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import DEFAULT_STYLE, Style
from tmuxish.emulator.widths import HANGUL_FILLER, VS16, ZWJ, pair_joins
from tmuxish.formats.styles import ParsedStyle, StyleError, parse_style
from tmuxish.formats.text import skip
from tmuxish.formats.trim import char_width, hashes_at

LEFT = "left"
CENTRE = "centre"
RIGHT = "right"
ABSOLUTE_CENTRE = "absolute-centre"
LIST = "list"
LIST_LEFT = "list-left"
LIST_RIGHT = "list-right"
AFTER = "after"
_PARTS = (LEFT, CENTRE, RIGHT, ABSOLUTE_CENTRE, LIST, LIST_LEFT, LIST_RIGHT, AFTER)

# Where the list stands: nowhere yet, being written, done.
_NO_LIST, _IN_LIST, _AFTER_LIST = range(3)

# Characters a cell can hold, in bytes (tmux's UTF8_SIZE); what does not fit is not joined.
MAX_CELL = 32


class Range(NamedTuple):
    """Columns `start` up to (not including) `end` that mean something to the mouse.

    kind: left, right, pane, window, session, user or control; argument: the id, index or number; name: of a
    user's range.
    """

    kind: str
    argument: int
    name: str
    start: int
    end: int


class Line(NamedTuple):
    """A drawn line: `text` and `styles` have one entry per column (PAD behind a wide character).

    marks: what joins the character of a column (combining marks, ...).
    """

    text: str
    styles: list[Style]
    marks: dict[int, str]
    ranges: list[Range]


class _Range:
    """A range while it moves about: which part it is in, and where."""

    __slots__ = ("argument", "end", "kind", "name", "part", "start")

    def __init__(self, style: ParsedStyle, part: _Part) -> None:
        self.kind = style.range_kind
        self.argument = style.range_argument
        self.name = style.range_name
        self.part = part
        self.start = self.end = len(part.cells)

    def is_of(self, style: ParsedStyle) -> bool:
        """Whether the range goes on in a style."""
        if self.kind != style.range_kind:
            return False
        if self.kind in ("pane", "window", "session"):
            return self.argument == style.range_argument
        return self.kind != "user" or self.name == style.range_name


class _Part:
    """Cells written so far; the text of one is a character with what joined it, or PAD."""

    __slots__ = ("cells",)

    def __init__(self) -> None:
        self.cells: list[tuple[str, Style]] = []

    def __len__(self) -> int:
        return len(self.cells)

    def put(self, char: str, style: Style) -> None:
        """Write a character where the last one ended, or join it to that one."""
        columns = char_width(char)
        if char == HANGUL_FILLER or (char >= "\x80" and self._join(char, columns)) or not columns:
            return
        self.cells.append((char, style))
        self.cells.extend([(PAD, style)] * (columns - 1))

    def _join(self, char: str, columns: int) -> bool:
        if not self.cells:
            return False
        at = len(self.cells) - 1
        while self.cells[at][0] == PAD:
            at -= 1
        text, style = self.cells[at]
        joins_pair = columns != 0 and pair_joins(text, char)
        if columns and not joins_pair and not text.endswith(ZWJ):
            return False
        if len((text + char).encode("utf-8", "replace")) > MAX_CELL:
            return False
        self.cells[at] = (text + char, style)
        if at == len(self.cells) - 1 and (char == VS16 or joins_pair):
            self.cells.append((PAD, style))
        return True


class _Writer:
    """Walks an expanded format and writes its parts."""

    def __init__(self, text: str, base: Style, default_colours: bool) -> None:
        self._text = text
        self._position = 0
        self._default_colours = default_colours
        self._base = base
        self._default = base
        self._style = ParsedStyle(base)
        self._cell = base
        self.parts = {name: _Part() for name in _PARTS}
        self._current = self.parts[LEFT]
        self._aligned = {
            "": LEFT,
            "left": LEFT,
            "centre": CENTRE,
            "right": RIGHT,
            ABSOLUTE_CENTRE: ABSOLUTE_CENTRE,
        }
        self._list_state = _NO_LIST
        self.list_align = ""
        self.focus: tuple[int, int] | None = None
        self._focus_start = -1
        self._range: _Range | None = None
        self.ranges: list[_Range] = []
        self.fill = DEFAULT

    def write(self) -> bool:
        """Write everything; False if a style has no end, which makes the whole line nothing."""
        text = self._text
        while self._position < len(text):
            char = text[self._position]
            following = text[self._position + 1 : self._position + 2]
            if char == "#" and following not in ("", "["):
                self._hashes()
            elif char == "#" and following == "[" and not self._style.ignore:
                if not self._style_change():
                    return False
            else:
                self._position += 1
                self._put(char)
        return True

    def _put(self, char: str) -> None:
        if " " <= char <= "~" or (char >= "\x80" and not "\ud800" <= char <= "\udfff"):
            self._current.put(char, self._cell)

    def _hashes(self) -> None:
        run = hashes_at(self._text, self._position)
        bracket = self._text.startswith("[", self._position + run.length)
        # An odd run before a bracket ends with the # of a style, which is still to be read.
        self._position += run.length - run.opens_style + (bracket and not run.opens_style)
        if bracket and self._style.ignore:
            return
        for _ in range(run.width):
            self._put("#")
        if bracket and not run.opens_style:
            self._put("[")

    def _style_change(self) -> bool:
        end = skip(self._text, self._position + 2, "]")
        if end < 0:
            return False
        text = self._text[self._position + 2 : end]
        self._position = end + 1
        before = self._style.cell
        try:
            parse_style(text, self._default, self._style)
        except StyleError:
            return True
        style = self._style
        if self._default_colours:
            style.fg, style.bg = self._base.fg, self._base.bg
        self._cell = style.cell
        if style.fill != DEFAULT:
            self.fill = style.fill
        if style.default_change == "push":
            self._default = before
        elif style.default_change == "pop":
            self._default = self._base
        elif style.default_change == "set":
            self._base = self._default = before
        style.default_change = ""
        self._choose_part()
        self._update_range()
        return True

    # -- lists -----------------------------------------------------------------------------------

    def _end_focus(self) -> None:
        if self._focus_start >= 0 and self.focus is None:
            self.focus = (self._focus_start, len(self.parts[LIST]))

    def _choose_part(self) -> None:
        state = self._style.list
        if state == "on":
            if self._list_state != _IN_LIST:
                self._range = None
                self._list_state = _IN_LIST
                self.list_align = self._style.align
            self._end_focus()
            self._current = self.parts[LIST]
        elif state == "focus":
            if self._list_state == _IN_LIST and self._focus_start < 0:
                self._focus_start = len(self.parts[LIST])
        elif state == "":
            if self._list_state == _IN_LIST:
                self._range = None
                self._end_focus()
                self._aligned[self.list_align] = AFTER
                if self.list_align == "left":
                    self._aligned[""] = AFTER
                self._list_state = _AFTER_LIST
            self._current = self.parts[self._aligned[self._style.align]]
        else:
            self._marker(self.parts[LIST_LEFT if state == "left-marker" else LIST_RIGHT])

    def _marker(self, part: _Part) -> None:
        if self._list_state != _IN_LIST or part.cells:
            return
        self._range = None
        if self.focus is None:
            self._focus_start = -1
        self._current = part

    def _update_range(self) -> None:
        style = self._style
        if self._range is not None and not self._range.is_of(style):
            if len(self._current) != self._range.start:
                self._range.end = len(self._current) + 1
                self.ranges.append(self._range)
            self._range = None
        if self._range is None and style.range_kind:
            self._range = _Range(style, self._current)


class _Composer:
    """Puts parts into a line of `width` columns."""

    def __init__(
        self, writer: _Writer, width: int, base: Style, background: Sequence[tuple[str, Style]] | None
    ) -> None:
        self._writer = writer
        self._width = width
        self._cursor = 0
        if background is not None and writer.fill == DEFAULT:
            self.cells = list(background)
        else:
            self.cells = [(" ", base if writer.fill == DEFAULT else Style(bg=writer.fill))] * width
        parts = writer.parts
        self.left, self.centre, self.right = parts[LEFT], parts[CENTRE], parts[RIGHT]
        self.absolute, self.list, self.after = parts[ABSOLUTE_CENTRE], parts[LIST], parts[AFTER]

    def compose(self) -> None:
        arrange = {
            "left": self._list_left,
            "centre": self._list_centre,
            "right": self._list_right,
            ABSOLUTE_CENTRE: self._list_absolute,
        }.get(self._writer.list_align, self._no_list)
        arrange()

    def _copy(self, part: _Part, offset: int, start: int, width: int) -> None:
        """Cells `start` and following of a part to column `offset`; a wide character is not cut."""
        # The place left of the line that an overlong centre can ask for is the last column to tmux, and
        # the column before the first is where the cursor is.
        if offset < -1 or offset >= self._width:
            offset = self._width - 1
        elif offset == -1:
            offset = self._cursor
        self._cursor = offset
        for index, cell in enumerate(part.cells[start : start + width]):
            if offset + index >= self._width:
                break
            if start + index + 1 == start + width and _is_wide(part.cells, start + index):
                break
            self.cells[offset + index] = cell

    def _put(self, part: _Part, offset: int, start: int, width: int) -> None:
        """As `_copy`, with the ranges in that part."""
        self._copy(part, offset, start, width)
        kept: list[_Range] = []
        for item in self._writer.ranges:
            if item.part is part:
                first, last = max(item.start, start), min(item.end, start + width)
                if first >= last:
                    continue
                item.start, item.end = first - start + offset, last - start + offset
            kept.append(item)
        self._writer.ranges = kept

    def _put_absolute(self) -> None:
        width = min(len(self.absolute), self._width)
        self._put(self.absolute, (self._width - width) // 2, 0, width)

    def _put_right(self, width: int) -> None:
        self._put(self.right, self._width - width, len(self.right) - width, width)

    def _put_centre(self, width: int, start: int, end: int) -> None:
        """The centre in the middle of columns `start` to `end`."""
        offset = start + (end - start) // 2 - width // 2
        self._put(self.centre, offset, len(self.centre) // 2 - width // 2, width)

    def _no_list(self) -> None:
        left, centre, right = _shrink(
            self._width, [len(self.left), len(self.centre), len(self.right)], order=(1, 2, 0)
        )
        self._put(self.left, 0, 0, left)
        self._put_right(right)
        self._put_centre(centre, left, self._width - right)
        self._put_absolute()

    def _widths(self, order: tuple[int, ...]) -> list[int]:
        """Widths of left, centre, right, list and after, shrunk in that order to fit."""
        parts = (self.left, self.centre, self.right, self.list, self.after)
        return _shrink(self._width, [len(part) for part in parts], order)

    def _list_left(self) -> None:
        left, centre, right, listed, after = self._widths((1, 3, 2, 4, 0))
        if not listed:
            self._no_list()
            return
        self._put(self.left, 0, 0, left)
        self._put_right(right)
        self._put(self.after, left + listed, 0, after)
        self._put_centre(centre, left + listed + after, self._width - right)
        self._put_list(left, listed, 0)
        self._put_absolute()

    def _list_centre(self) -> None:
        left, centre, right, listed, after = self._widths((3, 4, 1, 2, 0))
        if not listed:
            self._no_list()
            return
        self._put(self.left, 0, 0, left)
        self._put_right(right)
        start = left + (self._width - right - left) // 2 - listed // 2
        self._put(self.centre, start - centre, 0, centre)
        self._put(self.after, start + listed, 0, after)
        self._put_list(start, listed, len(self.list) // 2)
        self._put_absolute()

    def _list_right(self) -> None:
        left, centre, right, listed, after = self._widths((1, 3, 2, 4, 0))
        if not listed:
            self._no_list()
            return
        self._put(self.left, 0, 0, left)
        self._put(self.after, self._width - after, len(self.after) - after, after)
        start = self._width - right - listed - after
        self._put(self.right, start, 0, right)
        self._put_centre(centre, left, start)
        self._put_list(self._width - listed - after, listed, 0)
        self._put_absolute()

    def _list_absolute(self) -> None:
        left, centre, right = _shrink(
            self._width, [len(self.left), len(self.centre), len(self.right)], order=(1, 2, 0)
        )
        listed, after, absolute = _shrink(
            self._width, [len(self.list), len(self.after), len(self.absolute)], order=(0, 1, 2)
        )
        self._put(self.left, 0, 0, left)
        self._put_right(right)
        self._put(self.centre, left + (self._width - right - left) // 2 - centre, 0, centre)
        offset = (self._width - listed - absolute) // 2
        self._put(self.absolute, offset, 0, absolute)
        offset += absolute
        self._put_list(offset, listed, len(self.list) // 2)
        self._put(self.after, offset + listed, 0, after)

    def _put_list(self, offset: int, width: int, focus: int) -> None:
        """The list, cut around its focus (or around column `focus`), with markers where it goes on."""
        total = len(self.list)
        if width >= total:
            self._put(self.list, offset, 0, width)
            return
        if self._writer.focus is not None:
            first, last = self._writer.focus
            focus = first + (last - first) // 2
        start = 0 if focus < width // 2 else focus - width // 2
        start = min(start, total - width)
        left, right = self._writer.parts[LIST_LEFT], self._writer.parts[LIST_RIGHT]
        if start and width > len(left):
            self._copy(left, offset, 0, len(left))
            offset += len(left)
            start += len(left)
            width -= len(left)
        if start + width < total and width > len(right):
            self._copy(right, offset + width - len(right), 0, len(right))
            width -= len(right)
        self._put(self.list, offset, start, width)


def _is_wide(cells: list[tuple[str, Style]], at: int) -> bool:
    return cells[at][0] != PAD and at + 1 < len(cells) and cells[at + 1][0] == PAD


def _shrink(available: int, widths: list[int], order: tuple[int, ...]) -> list[int]:
    """`widths` made to fit: the first of `order` gives up columns until it has none, then the next."""
    surplus = sum(widths) - available
    for index in order:
        if surplus <= 0:
            break
        given = min(surplus, widths[index])
        widths[index] -= given
        surplus -= given
    return widths


def draw(
    text: str,
    width: int,
    base: Style = DEFAULT_STYLE,
    *,
    default_colours: bool = False,
    background: Sequence[tuple[str, Style]] | None = None,
) -> Line:
    """The expanded format `text` as a line of `width` columns.

    Columns nothing is drawn to are blank in `base`, or in the fill colour; without a fill they keep the
    cells of `background` (a character and what joins it, or PAD, per column) if that is given.
    default_colours: styles change attributes only.
    """
    writer = _Writer(text, base, default_colours)
    composer = _Composer(writer, width, base, background)
    if writer.write():
        composer = _Composer(writer, width, base, background)
        composer.compose()
    else:
        writer.ranges = []
    marks = {column: cell[0][1:] for column, cell in enumerate(composer.cells) if len(cell[0]) > 1}
    return Line(
        "".join(cell[0][0] for cell in composer.cells),
        [cell[1] for cell in composer.cells],
        marks,
        [Range(item.kind, item.argument, item.name, item.start, item.end) for item in writer.ranges],
    )
