"""capture-pane: rows as text, with or without the escape sequences that make their styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from . import style as styles
from .colours import COLOUR_256, COLOUR_RGB, split_rgb
from .hyperlinks import Hyperlinks
from .rows import EXTENDED, LINKED, OUTPUT, PAD, PROMPT, Row, content_flags
from .style import DEFAULT_CHAR, Style, style_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .screen import Screen

#: Attribute bits in the order their codes are written. A code above 9 is written with a colon between its
#: digits: right for underlines (4:2), and what tmux writes for overline too (5:3).
_CODES: tuple[tuple[int, str], ...] = (
    (styles.BRIGHT, "1"),
    (styles.DIM, "2"),
    (styles.ITALICS, "3"),
    (styles.UNDERSCORE, "4"),
    (styles.BLINK, "5"),
    (styles.REVERSE, "7"),
    (styles.HIDDEN, "8"),
    (styles.STRIKETHROUGH, "9"),
    (styles.UNDERSCORE_2, "4:2"),
    (styles.UNDERSCORE_3, "4:3"),
    (styles.UNDERSCORE_4, "4:4"),
    (styles.UNDERSCORE_5, "4:5"),
    (styles.OVERLINE, "5:3"),
)
_WRITTEN_BITS = sum(bit for bit, _ in _CODES)

_NUMBER = re.compile(r"\s*[+-]?[0-9]+", re.A)

#: What -S and -E may be.
MIN_LINE, MAX_LINE = -(2**31), 2**15 - 1

LINK_END = "\x1b]8;;\x1b\\"

#: A link longer than this together with its id is left out.
MAX_LINK_TEXT = 8192 - 17


def _colour_codes(colour: int, kind: int) -> str:
    """SGR parameters of a colour: `kind` is 38 (text), 48 (background) or 58 (underline)."""
    if colour & COLOUR_256:
        return f"{kind};5;{colour & 0xFF}"
    if colour & COLOUR_RGB:
        return "{};2;{};{};{}".format(kind, *split_rgb(colour))
    if kind == 58:
        return ""
    if 0 <= colour <= 8 and colour != 8:
        return str(kind - 8 + colour)
    if colour == 8:
        return str(kind + 1)
    if 90 <= colour <= 97:
        return str(colour if kind == 38 else colour + 10)
    return ""


@lru_cache(maxsize=8192)
def transition(last: Style, new: Style) -> str:
    """What takes a terminal from one style to another, hyperlinks aside."""
    before = last.attrs
    parts: list[str] = []
    removed = before & ~new.attrs & _WRITTEN_BITS
    reset = bool(removed) or (last.us != 8 and new.us == 8)
    if reset:
        parts.append("0")
        before &= styles.CHARSET
    parts.extend(code for bit, code in _CODES if new.attrs & bit and not before & bit)
    out = f"\x1b[{';'.join(parts)}m" if parts else ""
    for old_colour, colour, kind in ((last.fg, new.fg, 38), (last.bg, new.bg, 48), (last.us, new.us, 58)):
        codes = _colour_codes(colour, kind)
        if not codes:
            continue
        if codes in ("39", "49") if reset else codes == _colour_codes(old_colour, kind):
            continue
        out += f"\x1b[{codes}m"
    if new.attrs & styles.CHARSET and not before & styles.CHARSET:
        out += "\x0e"
    elif before & styles.CHARSET and not new.attrs & styles.CHARSET:
        out += "\x0f"
    return out


def _link_text(uri: str, link_id: str) -> str:
    if len(uri.encode()) + len(link_id.encode()) >= MAX_LINK_TEXT:
        return ""
    return f"\x1b]8;{f'id={link_id}' if link_id else ''};{uri}\x1b\\"


def _escaped(text: str) -> str:
    """A control sequence as -C spells it."""
    return (
        text.replace("\\", "\\\\").replace("\x1b", "\\033").replace("\x0e", "\\016").replace("\x0f", "\\017")
    )


class LineWriter:
    """Turns rows into text one after the other; styles carry over from each row to the next."""

    def __init__(
        self,
        cols: int,
        hyperlinks: Hyperlinks,
        *,
        escapes: bool = False,
        octal: bool = False,
        empty_cells: bool = True,
        trim_spaces: bool = True,
    ) -> None:
        self._cols: int = cols
        self._hyperlinks: Hyperlinks = hyperlinks
        self._escapes: bool = escapes
        self._octal: bool = octal
        self._empty_cells: bool = empty_cells
        self._trim_spaces: bool = trim_spaces
        self._last: Style = styles.DEFAULT_STYLE

    def line(self, row: Row) -> str:
        """The text of one row."""
        end = min(row.size if self._empty_cells else row.used, self._cols)
        text = self._styled(row, end) if self._escapes else self._characters(row, 0, end)
        return text.rstrip(" ") if self._trim_spaces else text

    def _characters(self, row: Row, start: int, end: int) -> str:
        text = row.text[start:end]
        if row.marks:
            marks = row.marks
            text = "".join(char + marks.get(start + x, "") for x, char in enumerate(text))
            text += " " * (end - max(len(row.text), start))
        else:
            text = text.ljust(end - start)
        if not text.isascii():
            text = text.replace(PAD, "")
        return text.replace("\\", "\\\\") if self._octal else text

    def _styled(self, row: Row, end: int) -> str:
        out: list[str] = []
        link_open = False
        code = ""
        for start, stop, char in style_runs(row, end):
            cells = stop - start - row.text.count(PAD, start, stop)
            if cells == 0:
                continue
            new = style_of(char)
            code = transition(self._last, new)
            if self._last.link != new.link:
                link = self._hyperlinks.get(new.link)
                if link is not None:
                    text = _link_text(*link)
                    link_open = bool(text)
                    code += text
                elif link_open:
                    code += LINK_END
                    link_open = False
            self._last = new
            out.append(self._sequence(code))
            out.append(self._characters(row, start, stop))
            if cells > 1:
                code = ""
        if link_open:
            # tmux repeats the sequence of the last cell, if it has one, before it ends the link.
            out.append(self._sequence(code + LINK_END))
        return "".join(out)

    def _sequence(self, text: str) -> str:
        return _escaped(text) if self._octal and text else text


def style_runs(row: Row, end: int) -> Iterable[tuple[int, int, str]]:
    """(start, stop, style character) of the runs of equal style in columns 0..end-1."""
    style = row.style[:end]
    start = 0
    length = len(style)
    while start < length:
        char = style[start]
        stop = start + 1
        while stop < length and style[stop] == char:
            stop += 1
        if stop == length and char == DEFAULT_CHAR:
            break
        yield start, stop, char
        start = stop
    if start < end:
        yield start, end, DEFAULT_CHAR


def row_flags(row: Row) -> str:
    """capture-pane -F: H hyperlink, O output, P prompt, W wrapped, X more than plain cells, - none."""
    flags = row.flags | content_flags(row)
    letters = ((LINKED, "H"), (OUTPUT, "O"), (PROMPT, "P"))
    out = "".join(letter for bit, letter in letters if flags & bit)
    return out + ("W" if row.wrapped else "") + ("X" if flags & EXTENDED else "") or "-"


def line_number(text: str | int | None, top: int, total: int, default: int) -> int:
    """A row number of -S or -E: 0 is the first visible row (`top`), negative ones are history; clamped.
    The default is taken for what is no number in tmux's range too."""
    if text is None or not _NUMBER.fullmatch(str(text)) or not MIN_LINE <= int(text) <= MAX_LINE:
        return default
    return min(max(top + int(text), 0), total - 1)


def _row_links(row: Row, hyperlinks: Hyperlinks, seen: set[int], cols: int) -> str:
    """The addresses in a row that were not listed before."""
    out: list[str] = []
    for char in row.style[: row.used]:
        number = style_of(char).link
        if number == 0 or number in seen:
            continue
        link = hyperlinks.get(number)
        if link is None:
            continue
        if len(seen) == cols:
            break
        seen.add(number)
        out.append(link[0])
    return " ".join(out)


def capture(
    screen: Screen,
    start: str | int | None = None,
    end: str | int | None = None,
    *,
    escapes: bool = False,
    octal: bool = False,
    join: bool = False,
    keep_spaces: bool = False,
    used_only: bool = False,
    flags: bool = False,
    hyperlinks: bool = False,
    numbers: bool = False,
    saved: bool = False,
) -> str:
    """The text capture-pane makes of a screen, each line with its "\\n".

    `start` and `end` are -S and -E: a number, "-" for the very first or last row, None for the visible
    screen. The flags are -e, -C, -J, -N, -T, -F, -H, -L and -a; with `saved` on the main screen the text is
    empty (the caller knows the error).
    """
    if saved:
        rows = list(screen.saved_lines or ())
        top = 0
    else:
        rows = [*screen.history, *screen.lines]
        top = len(screen.history)
    if not rows:
        return ""
    last = len(rows) - 1
    first = 0 if start == "-" else line_number(start, top, len(rows), min(top, last))
    bottom = last if end == "-" else line_number(end, top, len(rows), last)
    if bottom < first:
        first, bottom = bottom, first
    writer = LineWriter(
        screen.cols,
        screen.hyperlinks,
        escapes=escapes,
        octal=octal,
        empty_cells=not join and not used_only,
        trim_spaces=not join and not keep_spaces,
    )
    seen: set[int] = set()
    line: Callable[[Row], str] = writer.line
    out: list[str] = []
    for at in range(first, bottom + 1):
        row = rows[at]
        text = _row_links(row, screen.hyperlinks, seen, screen.cols) if hyperlinks else line(row)
        if hyperlinks and not text:
            continue
        if numbers:
            out.append(f"{at - top} ")
        if flags:
            out.append(f"{row_flags(row)} ")
        out.append(text)
        if not (join and row.wrapped):
            out.append("\n")
    return "".join(out)
