"""Drawing on the screen of a mode: lines and boxes, plain text, a tree's list, another screen made small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.modes import CURSOR
from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import BRIGHT, CHARSET, DEFAULT_STYLE, NO_PALETTE, REVERSE, Style, style_of
from tmuxish.formats.draw import draw
from tmuxish.formats.trim import text_width, trim_left, width
from tmuxish.grammar.keys import NONE, key_to_string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmuxish.display.frame import Line as FrameLine
    from tmuxish.emulator import Emulator
    from tmuxish.formats.draw import Line
    from tmuxish.model.pane_mode import ModeScreen
    from tmuxish.modes.tree_items import Item

_LINES = Style(attrs=CHARSET)
_FRAME = Style(attrs=CHARSET | NO_PALETTE)
# Letters of the line drawing set.
_HORIZONTAL, _VERTICAL = "q", "x"
_CORNERS = "lkmj"
# Between the symbol of an item and that of the one above it: further siblings of the latter, or not.
_GOES_ON, _ENDS = "x   ", "    "
_BRANCH, _LAST_BRANCH = "tq> ", "mq> "
# A label has at least this much room, and this much of it is frame.
_LABEL_COLS, _LABEL_ROWS, _LABEL_FRAME = 5, 3, 4


def put_line(screen: ModeScreen, x: int, y: int, line: Line) -> None:
    """A drawn format."""
    screen.put_cells(x, y, line.text, line.styles, line.marks)


def put_frame_line(screen: ModeScreen, x: int, y: int, line: FrameLine, cols: int) -> None:
    """The beginning of a line of a client's frame."""
    text = line.text[:cols]
    if line.text[cols : cols + 1] == PAD:
        text = text[:-1]
    screen.put_cells(x, y, text, [style_of(code) for code in line.style[: len(text)]], line.marks)


def put_text(screen: ModeScreen, x: int, y: int, text: str, cols: int, style: Style = DEFAULT_STYLE) -> int:
    """Plain text, cut after `cols` columns; returns how many it took."""
    cols = min(cols, text_width(text))
    put_line(screen, x, y, draw(text.replace("#", "##"), cols, style))
    return cols


def put_vertical(screen: ModeScreen, x: int, y: int, rows: int) -> None:
    """A vertical line."""
    for row in range(y, y + rows):
        screen.put(x, row, _VERTICAL, _LINES)


def put_horizontal(screen: ModeScreen, x: int, y: int, cols: int) -> None:
    """A horizontal line."""
    screen.put(x, y, _HORIZONTAL * cols, _LINES)


def put_box(screen: ModeScreen, x: int, y: int, cols: int, rows: int) -> None:
    """A frame; what is inside stays."""
    inner = _HORIZONTAL * (cols - 2)
    screen.put(x, y, _CORNERS[0] + inner + _CORNERS[1], _FRAME)
    screen.put(x, y + rows - 1, _CORNERS[2] + inner + _CORNERS[3], _FRAME)
    for row in range(y + 1, y + rows - 1):
        screen.put(x, row, _VERTICAL, _FRAME)
        screen.put(x + cols - 1, row, _VERTICAL, _FRAME)


def put_label(screen: ModeScreen, x: int, y: int, cols: int, rows: int, text: str, style: Style) -> None:
    """A format in a box in the middle of an area, if it has room for one."""
    if cols < _LABEL_COLS or rows < _LABEL_ROWS:
        return
    if width(text) > cols - _LABEL_FRAME:
        text = trim_left(text, cols - _LABEL_FRAME)
    size = width(text)
    if not size:
        return
    left, middle = x + (cols - size + 1) // 2, y + (rows + 1) // 2
    put_box(screen, left - 2, middle - 1, size + _LABEL_FRAME, _LABEL_ROWS)
    screen.put(left - 1, middle, " " * (size + 2))
    put_line(screen, left, middle, draw(text, size, style))


# -- a screen within the screen ----------------------------------------------------------------


def put_preview(screen: ModeScreen, x: int, y: int, cols: int, rows: int, source: Emulator) -> None:
    """As much of another screen as there is room for: what is around its cursor, if it shows one."""
    visible = bool(source.modes & CURSOR)
    left = _start(source.cursor_x, cols, source.cols) if visible else 0
    top = _start(source.cursor_y, rows, source.rows) if visible else 0
    for row in range(min(rows, source.rows - top)):
        text, styles, marks = _cells(source, top + row, left, cols)
        screen.put_cells(x, y + row, text, styles, marks)
    if visible:
        row_at = source.lines[source.cursor_y]
        style = style_of(row_at.style_at(source.cursor_x))
        char = row_at.cell(source.cursor_x)
        shown = " " if char in (PAD, "\t") else char
        wide = row_at.text[source.cursor_x + 1 : source.cursor_x + 2] == PAD and shown != " "
        style = style.replace(attrs=style.attrs | REVERSE, link=0)
        text = shown[0] + (PAD if wide else "")
        screen.put_cells(
            x + source.cursor_x - left,
            y + source.cursor_y - top,
            text,
            [style] * len(text),
            {0: shown[1:]} if shown[1:] else None,
        )


def _start(cursor: int, room: int, size: int) -> int:
    """Where to begin in one direction so that the cursor is in a third of the room, if that can be."""
    start = max(cursor - room // 3, 0)
    if start + room > size:
        start = max(size - room, 0)
    return start


def _cells(source: Emulator, y: int, left: int, cols: int) -> tuple[str, list[Style], dict[int, str]]:
    """Part of a row. What is cut at the right is left out; links are the program's own and stay behind."""
    row = source.lines[y]
    text = row.text[left : left + cols]
    if text and text[-1] != PAD and row.text[left + cols : left + cols + 1] == PAD:
        text = text[:-1]
    elif row.text[left + cols : left + cols + 1] == PAD:
        text = text.rstrip(PAD)[:-1]
    parts: list[str] = []
    in_tab = False
    for char in text:  # a tab is one character that is several columns of nothing
        in_tab = char == "\t" or (in_tab and char == PAD)
        parts.append(" " if in_tab or (char == PAD and not parts) else char)
    codes = row.style[left : left + len(text)].ljust(len(text), "\0")
    cells: dict[str, Style] = {code: _without_link(style_of(code)) for code in set(codes)}
    marks: Mapping[int, str] = row.marks or {}
    kept = {x - left: mark for x, mark in marks.items() if mark and left <= x < left + len(text)}
    return "".join(parts), [cells[code] for code in codes], kept


def _without_link(style: Style) -> Style:
    return style.replace(link=0) if style.link else style


# -- the list ----------------------------------------------------------------------------------


class ListWriter:
    """Writes the lines of a tree: keys in a first column, branches, names (aligned), texts."""

    def __init__(self, screen: ModeScreen, lines: list[Item], style: Style) -> None:
        """`style`: that of the current line."""
        self._screen = screen
        self._style = style
        keys = (len(_key_text(item)) for item in lines if item.key != NONE)
        self._key_column = max(keys, default=-1) + 1
        self._name_columns: dict[int, int] = {}
        for item in lines:
            if item.align:
                known = self._name_columns.get(item.depth, 0)
                self._name_columns[item.depth] = max(known, _size(item.name))

    def put(self, item: Item, y: int, *, current: bool) -> None:
        """One line."""
        screen, style = self._screen, self._style if current else DEFAULT_STYLE
        background = Style(bg=style.bg)
        screen.put(0, y, " " * screen.cols, background)
        if item.tagged:
            style = style.replace(attrs=style.attrs ^ BRIGHT)
        used = 0
        for text, drawn in self._parts(item):
            used += put_text(screen, used, y, text, screen.cols - used, _with_lines(style, drawn))
        if item.text is not None and used < screen.cols:
            rest = screen.cols - used
            under = [(" ", background)] * rest
            put_line(screen, used, y, draw(item.text, rest, style, background=under))

    def _parts(self, item: Item) -> list[tuple[str, bool]]:
        """What comes before an item's own format; True: in letters of the line drawing set."""
        key = _key_text(item) if item.key != NONE else ""
        parts = [(key.ljust(self._key_column), False)]
        if item.depth:
            above = item.parent
            for _ in range(item.depth - 1):
                goes_on = above is None or not above.last
                parts += [(_GOES_ON[:1], True), (_GOES_ON[1:], False)] if goes_on else [(_ENDS, False)]
            branch = _LAST_BRANCH if item.last else _BRANCH
            parts += [(branch[:2], True), (branch[2:], False)]
        name = item.name
        if item.align:
            padding = " " * (self._name_columns[item.depth] - _size(name))
            name = padding + name if item.align > 0 else name + padding
        symbol = "" if item.flat else "  " if not item.children else "- " if item.expanded else "+ "
        end = ("*" if item.tagged else "") + (": " if item.text is not None else "")
        parts.append((symbol + name + end, False))
        return parts


def _with_lines(style: Style, drawn: bool) -> Style:
    return style.replace(attrs=style.attrs ^ CHARSET) if drawn else style


def _key_text(item: Item) -> str:
    return f"({key_to_string(item.key)})"


def _size(text: str) -> int:
    """Names are aligned by their bytes, as in tmux."""
    return len(text.encode("utf-8", "surrogateescape"))
