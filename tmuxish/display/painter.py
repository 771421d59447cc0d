"""Turns the difference between two frames into bytes for a terminal.

The painter knows what it left on the terminal: the cursor's place, the style in effect, the cursor's look,
the mouse reporting, the title. It only ever sends what differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import compress
from operator import ne

from tmuxish.display.frame import (
    BLOCK,
    DEFAULT,
    DEFAULT_STYLE,
    MOUSE_ALL,
    MOUSE_BUTTON,
    MOUSE_OFF,
    MOUSE_STANDARD,
    PAD,
    UNDERLINE,
    Cursor,
    Frame,
    Line,
    Marks,
    blank_line,
)
from tmuxish.display.lines import ACS_TO_UNICODE, UNICODE_TO_ACS
from tmuxish.display.scroll import MINIMUM_SAVED, Scroll, find_scroll
from tmuxish.display.sgr import StyleWriter
from tmuxish.display.terminal import Terminal
from tmuxish.emulator.colours import force_rgb, split_rgb
from tmuxish.emulator.style import CHARSET, ISOLATED, intern_transient, style_of

# Unchanged cells between two changes that are rather written again than jumped over.
REWRITE_GAP = 4
# In the cursor's row, fewer blanks at the end than this are written rather than erased.
TYPED_BLANKS = 3
# From this many blanks on, erasing is cheaper than spaces.
ERASE_MINIMUM = 10
# So few columns are compared one by one.
ALL_AT_ONCE = 8
# A cursor position nobody knows.
UNKNOWN = -1

# Around a cell with attribute ISOLATED: the isolate that text before it was in ends, and another begins.
LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"

_NOT_ASCII = re.compile(r"[^ -~]")
_SPECIAL_GRAPHICS = {ord(letter): char for letter, char in ACS_TO_UNICODE.items()}

# DECSCUSR parameter of a steady cursor of each shape; a blinking one is one less.
_STEADY_SHAPE = {BLOCK: 2, UNDERLINE: 4, BLOCK + 2: 6}
_MOUSE_ON = {
    MOUSE_OFF: "",
    MOUSE_STANDARD: "\x1b[?1006h\x1b[?1000h",
    MOUSE_BUTTON: "\x1b[?1006h\x1b[?1000h\x1b[?1002h",
    MOUSE_ALL: "\x1b[?1006h\x1b[?1000h\x1b[?1002h\x1b[?1003h",
}
_MOUSE_RESET = "\x1b[?1006l\x1b[?1000l\x1b[?1002l\x1b[?1003l"

LinkLookup = Callable[[int], "tuple[str, str] | None"]


class Painter:
    """Draws frames on one terminal."""

    def __init__(self, terminal: Terminal, links: LinkLookup, italics: bool = True) -> None:
        """`links` gives (id, URI) of a style's hyperlink number."""
        self.terminal = terminal
        self.styles = StyleWriter(terminal, italics)
        self.links = links
        self.frame: Frame | None = None
        self._erasable: dict[str, bool] = {}
        self._cursor = Cursor()
        self._mouse = MOUSE_OFF
        self._title: str | None = None
        self._path: str | None = None
        self._progress: tuple[int, int] = (0, 0)
        self._out: list[str] = []
        self._spans = 0
        self.invalidate()

    def invalidate(self) -> None:
        """Forget everything about the terminal: the next frame is drawn from scratch."""
        self.frame = None
        self._x = self._y = UNKNOWN
        self._style = DEFAULT_STYLE
        self._link = 0
        self._cursor_known = False
        self._mouse_known = False

    def restart(self) -> None:
        """The terminal was just taken over: its modes are those it begins with."""
        self.invalidate()
        self._cursor = Cursor()
        self._mouse = MOUSE_OFF
        self._title = self._path = None
        self._progress = (0, 0)

    def reset_cursor(self) -> str:
        """What gives the cursor its own shape and colour back."""
        out = ""
        if self._cursor.shape != DEFAULT:
            out = self.terminal.code("Se") if self.terminal.has("Se") else self.terminal.code("Ss", 0)
        return out if self._cursor.colour == -1 else out + self.terminal.code("Cr")

    def features_changed(self) -> None:
        """The terminal turned out to be able to do more (or less): what is shown may look different now."""
        self.styles.forget()
        self._erasable.clear()
        self.invalidate()

    def paint(self, frame: Frame) -> bytes:
        """The bytes that make the terminal show `frame`, b"" where it already does."""
        self._out = []
        self._spans = 0
        old = self.frame
        if old is None or (old.cols, old.rows) != (frame.cols, frame.rows):
            lines = self._start_over(frame)
        else:
            lines = old.lines
        self._cols, self._rows = frame.cols, frame.rows
        self._typed_row = self._y
        if lines is not frame.lines:
            self._paint_lines(lines, frame.lines)
        body = self._out
        self._out = []
        self._tell_window(frame)
        self._restyle(DEFAULT_STYLE)
        if not frame.cursor.visible:
            self._update_cursor(frame.cursor)
        self._move(frame.cursor.x, frame.cursor.y)
        tail, self._out = self._out, []
        self._update_cursor(frame.cursor)
        self._update_mouse(frame.mouse)
        after, self._out = self._out, []
        self.frame = frame
        return self._encode(self._wrapped(body, tail, after, frame.cursor.visible))

    def is_at(self, x: int, y: int) -> bool:
        """Whether a letter in default style that is sent now appears in that place."""
        return x == self._x and y == self._y and self._style == DEFAULT_STYLE

    def text_sent(self, line: Line, width: int) -> None:
        """The terminal was sent `width` characters in default style at its cursor, which is the frame's, and
        they do not reach the end of the row; `line` is that row with them."""
        assert self.frame is not None
        self.frame.lines[self._y] = line
        self._x += width

    def _start_over(self, frame: Frame) -> list[Line]:
        """Clears the terminal; returns the lines it shows then."""
        self.invalidate()
        put = self._out.append
        put(self.terminal.code("sgr0"))
        put(self.terminal.code("csr", 0, frame.rows - 1))
        put(self.terminal.code("clear"))
        self._x = self._y = 0
        self._spans = 2
        return [blank_line(frame.cols)] * frame.rows

    def _wrapped(self, body: list[str], tail: list[str], after: list[str], visible: bool) -> str:
        """The parts in order. A redraw of several places hides the cursor, and is one update if it can be."""
        text = "".join(body)
        rest = "".join(tail)
        modes = "".join(after)
        if self._spans < 2:
            return text + rest + modes
        if visible and not modes:
            text = self.terminal.code("civis") + text
            modes = self.terminal.code("cnorm") + self._shape_code(self._cursor)
        if self.terminal.has("Sync"):
            return self.terminal.code("Sync", 1) + text + rest + modes + self.terminal.code("Sync", 2)
        return text + rest + modes

    def _encode(self, text: str) -> bytes:
        if self.terminal.utf8:
            return text.encode("utf-8", "replace")
        return text.encode("latin-1", "replace")

    # -- lines ---------------------------------------------------------------------------------

    def _paint_lines(self, old: list[Line], new: list[Line]) -> None:
        changed = [y for y, (a, b) in enumerate(zip(old, new, strict=True)) if a is not b]
        if len(changed) > MINIMUM_SAVED:
            changed = [y for y in changed if old[y] != new[y]]
            scroll = find_scroll(old, new, changed)
            if scroll is not None and self.terminal.has("csr"):
                old = self._scroll(scroll, old)
                changed = [y for y, (a, b) in enumerate(zip(old, new, strict=True)) if a is not b and a != b]
        previous = -2
        for y in changed:
            wrap = y == previous + 1 and new[previous].wrapped and self._x >= self._cols
            if self._paint_line(y, old[y], new[y], wrap):
                previous = y

    def _scroll(self, scroll: Scroll, old: list[Line]) -> list[Line]:
        """Scrolls part of the terminal; returns what it shows then."""
        terminal = self.terminal
        top, bottom, count = scroll
        self._restyle(DEFAULT_STYLE)
        whole = top == 0 and bottom == self._rows - 1
        if not whole:
            self._out.append(terminal.code("csr", top, bottom))
            self._x = self._y = UNKNOWN
        blanks = [blank_line(self._cols)] * abs(count)
        if count > 0:
            self._move(0, bottom)
            big = count > ERASE_MINIMUM and terminal.has("indn")
            self._out.append(terminal.code("indn", count) if big else "\n" * count)
            shown = old[:top] + old[top + count : bottom + 1] + blanks + old[bottom + 1 :]
        else:
            self._move(0, top)
            self._out.append(terminal.code("ri") * -count)
            shown = old[:top] + blanks + old[top : bottom + 1 + count] + old[bottom + 1 :]
        if not whole:
            self._out.append(terminal.code("csr", 0, self._rows - 1))
            self._x = self._y = UNKNOWN
        self._spans += 1
        return shown

    def _paint_line(self, y: int, old: Line, new: Line, wrap: bool) -> bool:
        """Writes where the lines differ; says whether they do."""
        if not self.terminal.utf8 and (not new.text.isascii() or new.marks):
            new = _without_utf8(new)
        if not self.terminal.utf8 and not old.text.isascii():
            old = _without_utf8(old)
        columns = _changed_columns(old, new)
        if not columns:
            return False
        if new.whole:
            columns = list(range(self._cols))
        text, style = new.text, new.style
        last_style = style[-1]
        tail = max(len(text.rstrip(" ")), len(style.rstrip(last_style)))
        if tail < self._cols and columns[-1] >= tail and self._can_erase(last_style):
            # An empty row is so from its beginning: blanks left there would count as text for the terminal.
            first = max(tail, next(x for x in columns if x >= tail)) if tail else 0
            # Erased cells are none that a terminal would copy. For what was just typed blanks are shorter.
            typed = y == self._typed_row and columns[-1] - first < TYPED_BLANKS
            erase = self.terminal.has("el") and not typed
        else:
            erase = False
        end = self._cols if not erase else tail
        for start, stop in _spans(columns, style, text):
            if start >= end:
                break
            self._paint_span(y, new, start, min(stop, end), wrap and start == 0)
            self._spans += 1
        if erase:
            self._restyle(last_style)
            self._move(first, y)
            self._out.append(self.terminal.code("el"))
            self._spans += 1
        return True

    def _can_erase(self, style: str) -> bool:
        known = self._erasable.get(style)
        if known is None:
            known = self._erasable[style] = self.styles.erasable(style)
        return known

    def _paint_span(self, y: int, line: Line, start: int, stop: int, wrap: bool) -> None:
        """Writes columns `start` to `stop` of a line; `wrap`: the terminal's own wrapping brings us there."""
        if self.terminal.no_margin_wrap and y == self._rows - 1 and stop >= self._cols:
            stop = self._cols - 1
            if stop <= start:
                return
        if wrap:
            self._x, self._y = 0, y
        else:
            self._move(start, y)
        last = start
        while last < stop:
            first, style = last, line.style[last]
            rest = line.style[first:stop]
            last = stop - len(rest.lstrip(style))
            if style != self._style:
                self._restyle(style)
            if first != self._x or y != self._y:
                self._move(first, y)
            run = line.text[first:last]
            if (
                last - first >= ERASE_MINIMUM
                and run.isspace()
                and not wrap
                and self.terminal.has("ech")
                and self._can_erase(style)
            ):
                self._out.append(self.terminal.code("ech", last - first))
                continue
            wrap = False
            self._out.append(self._characters(run, style, line.marks, first))
            self._x = last

    def _characters(self, run: str, style: str, marks: Marks | None, first: int) -> str:
        """What shows that run of cells of one style, from column `first` on, with their marks."""
        if marks:
            run = "".join(run[x - first] + marks.get(x, "") for x in range(first, first + len(run)))
        if not run.isascii() and PAD in run:
            run = run.replace(PAD, "")
        if style == DEFAULT_STYLE:
            return run
        attrs = style_of(style).attrs
        if attrs & CHARSET:
            run = self._line_drawing(run)
        if attrs & ISOLATED:
            run = "".join(f"{POP_ISOLATE}{letter}{LEFT_TO_RIGHT_ISOLATE}" for letter in run)
        return run

    def _line_drawing(self, letters: str) -> str:
        if not self.terminal.line_drawing_charset:
            return letters.translate(_SPECIAL_GRAPHICS)
        acs = self.terminal.acs
        return "".join(acs.get(letter, letter) for letter in letters)

    def _restyle(self, style: str) -> None:
        if style == self._style:
            return
        link = style_of(style).link
        self._out.append(self.styles.change(self._style, style))
        self._style = style
        if link != self._link:
            self._link = link
            identity, uri = (self.links(link) if link else None) or ("", "")
            self._out.append(self.terminal.code("Hls", identity, uri))

    # -- moving --------------------------------------------------------------------------------

    def _move(self, x: int, y: int) -> None:
        """Puts the cursor at column `x`, row `y`, as cheaply as the terminal allows.

        Beyond the last column it can only stay, if writing has just taken it there.
        """
        if x == self._x and y == self._y:
            return
        x = min(x, self._cols - 1)
        y = min(y, self._rows - 1)
        if x == self._x and y == self._y:
            return
        self._out.append(self._movement(x, y))
        self._x, self._y = x, y

    def _movement(self, x: int, y: int) -> str:
        terminal = self.terminal
        at_x, at_y = self._x, self._y
        # Beyond the last column terminals differ in where they think they are.
        if at_x == UNKNOWN or at_x >= self._cols:
            return terminal.code("cup", y, x)
        if x == 0 and y == 0 and terminal.has("home"):
            return terminal.code("home")
        if x == 0 and y == at_y + 1:
            return "\r\n"
        if y == at_y:
            sideways = self._sideways(at_x, x)
            if sideways:
                return sideways
        elif x == at_x:
            vertical = self._vertical(at_y, y)
            if vertical:
                return vertical
        return terminal.code("cup", y, x)

    def _sideways(self, at: int, x: int) -> str:
        terminal = self.terminal
        distance = x - at
        if x == 0:
            return "\r"
        if distance == -1 and terminal.has("cub1"):
            return terminal.code("cub1")
        if distance == 1 and terminal.has("cuf1"):
            return terminal.code("cuf1")
        if abs(distance) > x and terminal.has("hpa"):
            return terminal.code("hpa", x)
        if distance == -2 and terminal.has("cub1"):
            return terminal.code("cub1") * 2
        return terminal.code("cuf", distance) if distance > 0 else terminal.code("cub", -distance)

    def _vertical(self, at: int, y: int) -> str:
        terminal = self.terminal
        distance = y - at
        if distance == -1 and terminal.has("cuu1"):
            return terminal.code("cuu1")
        if distance == 1 and terminal.has("cud1"):
            return terminal.code("cud1")
        if abs(distance) > y:
            return terminal.code("vpa", y)
        return terminal.code("cud", distance) if distance > 0 else terminal.code("cuu", -distance)

    # -- modes ---------------------------------------------------------------------------------

    def _update_cursor(self, cursor: Cursor) -> None:
        terminal, was = self.terminal, self._cursor
        if self._cursor_known and cursor.looks_like(was):
            return
        if not self._cursor_known:
            was = Cursor(visible=True, shape=was.shape, colour=was.colour, blinking=True)
        self._update_cursor_colour(was.colour, cursor.colour)
        if not cursor.visible:
            if was.visible:
                self._out.append(terminal.code("civis"))
            self._remember_cursor(cursor, was.shape)
            return
        changed = (
            not was.visible
            or was.shape != cursor.shape
            or was.blinking != cursor.blinking
            or was.very_visible != cursor.very_visible
        )
        if changed:
            self._out.append(terminal.code("cnorm"))
            if cursor.shape == DEFAULT and was.shape != DEFAULT:
                self._out.append(terminal.code("Se") if terminal.has("Se") else terminal.code("Ss", 0))
            self._out.append(self._shape_code(cursor))
        self._remember_cursor(cursor, cursor.shape)

    def _remember_cursor(self, cursor: Cursor, shape: int) -> None:
        self._cursor = Cursor(
            cursor.x, cursor.y, cursor.visible, shape, cursor.blinking, cursor.very_visible, cursor.colour
        )
        self._cursor_known = True

    def _shape_code(self, cursor: Cursor) -> str:
        """What follows `cnorm` to give the cursor its shape."""
        if cursor.shape == DEFAULT:
            return self.terminal.code("cvvis") if cursor.blinking or cursor.very_visible else ""
        if self.terminal.has("Ss"):
            return self.terminal.code("Ss", _STEADY_SHAPE[cursor.shape] - int(cursor.blinking))
        return self.terminal.code("cvvis") if cursor.blinking else ""

    def _update_cursor_colour(self, old: int, new: int) -> None:
        if new != -1:
            new = force_rgb(new)
        if old != -1:
            old = force_rgb(old)
        if old == new:
            return
        if new == -1:
            self._out.append(self.terminal.code("Cr"))
        else:
            red, green, blue = split_rgb(new)
            self._out.append(self.terminal.code("Cs", f"rgb:{red:02x}/{green:02x}/{blue:02x}"))

    def _update_mouse(self, mouse: int) -> None:
        if mouse == self._mouse and self._mouse_known:
            return
        if self.terminal.has("kmous") and (mouse != self._mouse or (not self._mouse_known and mouse)):
            self._out.append(_MOUSE_RESET + _MOUSE_ON[mouse])
        self._mouse = mouse
        self._mouse_known = True

    def _tell_window(self, frame: Frame) -> None:
        """Title, path and progress bar of the terminal's window."""
        terminal = self.terminal
        if frame.title is not None and frame.title != self._title:
            self._title = frame.title
            if terminal.has("tsl") and terminal.has("fsl"):
                self._out.append(terminal.code("tsl") + frame.title + terminal.code("fsl"))
        if frame.path is not None and frame.path != self._path:
            self._path = frame.path
            if terminal.has("Swd") and terminal.has("fsl"):
                self._out.append(terminal.code("Swd") + frame.path + terminal.code("fsl"))
        if frame.progress is not None and frame.progress != self._progress:
            self._progress = frame.progress
            self._out.append(terminal.code("Spb", *frame.progress))


def _changed_columns(old: Line, new: Line) -> list[int]:
    """Columns where the two lines look different, in order."""
    columns = _differences(old.text, new.text)
    if old.style != new.style:
        columns = sorted({*columns, *_differences(old.style, new.style)})
    if old.marks == new.marks:
        return columns
    before, after = old.marks or {}, new.marks or {}
    marked = {x for x in before.keys() | after.keys() if before.get(x) != after.get(x)}
    return sorted(marked.union(columns))


def _differences(old: str, new: str) -> list[int]:
    """Where two strings of the same length differ, in order."""
    start, stop = 0, len(new)
    while stop - start > ALL_AT_ONCE:  # mostly one letter differs: leave out halves that do not
        middle = (start + stop) // 2
        if old[start:middle] == new[start:middle]:
            start = middle
        elif old[middle:stop] == new[middle:stop]:
            stop = middle
        else:
            break
    return list(compress(range(start, stop), map(ne, old[start:stop], new[start:stop])))


def _spans(columns: list[int], style: str, text: str) -> list[tuple[int, int]]:
    """Ranges of columns to write, so that all `columns` are covered and no wide character is cut."""
    spans: list[tuple[int, int]] = []
    start = stop = columns[0]
    for x in columns:
        gap = x - stop
        if gap and (gap > REWRITE_GAP or style[stop - 1 : x].strip(style[x])):
            spans.append((start, stop))
            start = x
        stop = x + 1
    spans.append((start, stop))
    if PAD in text:
        spans = [_whole_characters(start, stop, text) for start, stop in spans]
    return spans


def _whole_characters(start: int, stop: int, text: str) -> tuple[int, int]:
    while start > 0 and text[start] == PAD:
        start -= 1
    while stop < len(text) and text[stop] == PAD:
        stop += 1
    return start, stop


def _without_utf8(line: Line) -> Line:
    """The line for a terminal that takes no UTF-8: line drawing by letters, underscores for the rest."""
    text, style = list(line.text), list(line.style)
    for match in _NOT_ASCII.finditer(line.text):
        x = match.start()
        letter = UNICODE_TO_ACS.get(match[0])
        text[x] = letter or "_"
        if letter:
            plain = style_of(style[x])
            style[x] = chr(intern_transient(plain.replace(attrs=plain.attrs | CHARSET)))
    return Line("".join(text), "".join(style), None, line.wrapped)
