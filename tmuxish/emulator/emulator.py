"""The emulator: bytes from a program in, screen, answers and events out.

`feed` decodes the bytes, cuts them at control characters and lets a regular expression cut what lies between
into text and escape sequences (see tokens.py). The loop handles what floods are made of in place, with the
cursor and the pen in local variables; everything else goes through the tables of control.py. The result does
not depend on how the input is cut into reads.
"""

from __future__ import annotations

import time
from codecs import utf_8_decode

from . import modes as mode
from . import osc
from .colours import NONE, Palette
from .control import CSI, ESCAPES, control_character
from .csi import Sequence, parse
from .escape import APC_STRING, DCS_STRING, GROUND, OSC_STRING, EscapeParser
from .pen import Pen, default_pen, forget_pens, pen_for
from .rows import Row, covers_text, erase_rest, grown, is_simple, overwrite
from .screen import UNSAVED
from .style import DEFAULT_CHAR, collect, epoch, full
from .tokens import (
    CLEAR_REST,
    CONTROLS,
    CSI_START,
    ESC,
    ESCAPE_SEQUENCE,
    LINE_END,
    MOVE,
    NO_CONTROLS,
    PARAMETERS,
    SEQUENCES,
    SGR,
    UNKNOWN,
    token,
    tokens,
)
from .utf8 import BrokenCharacter, next_broken
from .widths import NARROW_RUN, WIDE_RUN, is_special
from .write import REPLACEMENT, Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

#: Events and bytes of answers kept for an owner who does not fetch them; later ones are dropped.
MAX_EVENTS = 4096
MAX_REPLIES = 1 << 20

#: Titles on the stack (XTWINOPS 22); the oldest goes.
MAX_TITLES = 10

#: Stands for the end of the text in a list of escape sequences.
END: Final = "\n"

#: What a run of ASCII text is made of.
PRINTABLE_ASCII = bytes(range(0x20, 0x7F)).decode()


class Emulator(Writer):
    """A terminal as tmux emulates it. See Screen for the state of the screen."""

    __slots__ = (
        "_broken",
        "_escape",
        "_run_size",
        "_saved",
        "_saved_origin",
        "_style_epoch",
        "_undecoded",
        "cursor_colour",
        "cursor_shape",
        "events",
        "generation",
        "last_char",
        "palette",
        "path",
        "progress",
        "progress_state",
        "replies",
        "title",
        "titles",
        "updates",
    )

    def __init__(self, cols: int, rows: int, history_limit: int = 2000) -> None:
        super().__init__(cols, rows, history_limit)
        self.title: str = ""
        self.path: str = ""
        self.titles: list[str] = []
        self.palette: Palette = Palette()
        self.cursor_shape: str = "default"
        self.cursor_colour: int = NONE
        #: OSC 9;4: 0 hidden, 1 normal, 2 error, 3 indeterminate, 4 paused; and percent.
        self.progress_state: int = 0
        self.progress: int = 0
        #: Bytes owed to the program; the owner writes and clears them.
        self.replies: bytearray = bytearray()
        #: What the owner must do something about; it takes the list and clears it.
        self.events: list[tuple[str, object]] = []
        #: Grows when something visible may have changed.
        self.generation: int = 0
        #: Synchronised updates (mode 2026) the program has finished.
        self.updates: int = 0
        #: The character REP repeats; "" if the last thing read was no character.
        self.last_char: str = ""
        self._escape: EscapeParser = EscapeParser()
        self._broken: BrokenCharacter = BrokenCharacter()
        self._undecoded: bytes = b""
        #: Row.size before the text run that ended the last read, -1 if it did not end in one.
        self._run_size: int = -1
        #: What DECSC saved: pen, character sets, cursor, origin mode.
        self._saved: tuple[Pen, int, tuple[bool, bool], int, int] = self._state()
        self._saved_origin: int = 0
        self._style_epoch: int = epoch()

    # Input.

    def feed(self, data: bytes) -> None:
        """Interpret output of the program. Never raises, whatever the bytes."""
        if len(data) == 1 and self._letter(data[0]):
            return
        if self._undecoded:
            data = self._undecoded + data
        broken = False
        try:
            text, used = utf_8_decode(data, "strict", False)
        except UnicodeDecodeError:
            text, used = utf_8_decode(data, "surrogateescape", False)
            broken = True
        self._undecoded = data[used:]
        if not text:
            return
        self.generation += 1
        self.now = int(time.time())
        if full():
            forget_pens()
            collect()
        if self._style_epoch != epoch():
            self._renew_pens()
        controls = len(data.translate(None, NO_CONTROLS))
        pos = 0
        end = len(text)
        while pos < end:
            if self._escape.state != GROUND:
                pos = self._sequence(text, pos)
                continue
            stop = next_broken(text, pos) if broken else end
            if self._broken.started or stop == pos:
                pos = self._sequence(text, pos) if text[pos] == "\x1b" else self._bytes(text, pos)
                continue
            self._ground(text[pos:stop], controls)
            pos = stop

    def _letter(self, code: int) -> bool:
        """Write one character of ASCII behind all that its row has, as echoes of keys mostly are. False if it
        is not that simple, and nothing has been done.

        The general way takes twice as long when it is not in the processor's caches, as after each pause in
        typing.
        """
        x, y = self.cursor_x, self.cursor_y
        row = self.lines[y]
        if (
            not 0x20 <= code <= 0x7E
            or len(row.text) != x
            or x >= self.cols
            or row.marks is not None
            or self.pen.char
            or self._undecoded
            or self._broken.started
            or self._escape.state != GROUND
            or not self.simple_writing()
        ):
            return False
        letter = chr(code)
        self.generation += 1
        self.now = int(time.time())
        if self._run_size >= 0:
            row.size = self._run_size
        row.text += letter
        x += 1
        self._run_size = row.size if x < self.cols else -1
        if x > row.used:
            row.used = x
            if x > row.size:
                row.size = self.steps[x]
        self.cursor_x = x
        self.last_char = letter
        return True

    def _sequence(self, text: str, pos: int) -> int:
        """Go on with an escape sequence, character by character."""
        self._run_size = -1
        pos = self._escape.feed(text, pos, self)
        if self._escape.state == GROUND:
            self.last_char = ""
        return pos

    def _bytes(self, text: str, pos: int) -> int:
        """Go on with bytes that are not UTF-8."""
        self._run_size = -1
        self.last_char = ""
        return self._broken.feed(text, pos, self)

    def _ground(self, text: str, controls: int) -> None:
        """Interpret text that begins outside escape sequences and is valid. At most `controls` of its
        characters are control characters other than ESC."""
        if self._run_size >= 0 and self.cursor_x < self.cols and " " <= text[0] <= "~":
            self.lines[self.cursor_y].size = self._run_size
        self._run_size = -1
        segments = text.split(LINE_END)
        separators: list[str] = []
        if controls != len(LINE_END) * (len(segments) - 1):
            pieces: list[str] = CONTROLS.split(text)
            segments, separators = pieces[::2], pieces[1::2]
        last = len(segments) - 1
        at = 0
        while True:
            segment = segments[at]
            while segment:
                left = self._segment(segment, at < last) if self._escape.state == GROUND else len(segment)
                segment = segment[len(segment) - left :]
                if segment:
                    segment = segment[self._sequence(segment, 0) :]
            if at == last:
                return
            separator = separators[at] if separators else LINE_END
            at += 1
            if self._escape.state != GROUND:
                self._sequence(separator, 0)
            elif separator != LINE_END:
                self.on_control(separator)
            elif self._next_line() and not self.pen.char and self.simple_writing():
                stop = at
                while stop < last and self._is_plain(segments[stop]):
                    if separators and separators[stop] != LINE_END:
                        break
                    stop += 1
                if stop > at + 1:
                    self.append_plain_lines(segments[at:stop])
                    at = stop

    @staticmethod
    def _is_plain(segment: str) -> bool:
        """Whether it is nothing but text in ASCII."""
        return segment.isascii() and ESC not in segment

    def _next_line(self) -> bool:
        """CR LF. True if that has moved the whole screen up, into the history."""
        self.cursor_x = 0
        self.last_char = ""
        blank = self.pen.blank
        if self.cursor_y != self.scroll_bottom:
            if self.cursor_y < self.rows - 1:
                self.cursor_y += 1
            return False
        if blank or not self.scrolls_into_history or self.scroll_top or self.scroll_bottom < self.rows - 1:
            self.line_feed(blank)
            return False
        if len(self.history) >= self.history_limit:
            self.collect_history()
        row = self.lines.pop(0)
        row.time = self.now
        self.history.append(row)
        self.lines.append(Row())
        return True

    def _segment(self, text: str, more: bool) -> int:
        """Interpret text and escape sequences; `more` if a control character follows in the same read.

        Returns how many characters are left over: an escape sequence that needs another parser, and all that
        follows it.
        """
        ascii_only = text.isascii()
        if ESC not in text:
            return self._tokens([text], [], ascii_only, more)
        if more and ascii_only and self._write_coloured(text):
            return 0
        pieces: list[str] = SEQUENCES.split(text)
        return self._tokens(pieces[::2], pieces[1::2], ascii_only, more)

    def _write_coloured(self, text: str) -> bool:
        """Write ASCII in colours as one string. False if it is not that simple, and nothing has been done:
        there is more than SGR between the texts, or on the row behind the cursor, or too little room."""
        row = self.lines[self.cursor_y]
        start = self.cursor_x
        if start < len(row.text) or row.marks is not None or not self.simple_writing():
            return False
        pen = self.pen
        pieces = text.split(CSI_START)
        part = pieces[0]
        written: list[str] = [part]
        styles: list[str] = [pen.cell * len(part)]
        stop = start + len(part)
        for piece in pieces[1:]:
            cut = piece.find("m")
            next_pen = pen.steps.get(piece[:cut]) if cut >= 0 else None
            if next_pen is None:
                if cut >= 0 and PARAMETERS.fullmatch(piece, 0, cut):
                    next_pen = pen.sgr(piece[:cut])
                elif piece[:1] == "K" and not pen.blank and (stop or not row.size):
                    next_pen = pen
                    cut = 0
                else:
                    return False
            pen = next_pen
            part = piece[cut + 1 :]
            if part:
                written.append(part)
                styles.append(pen.cell * len(part))
                stop += len(part)
                if stop > self.cols:
                    return False
        line = "".join(written)
        if stop > self.cols or stop in self.edges or ESC in line:
            return False
        if line:
            style = "".join(styles).rstrip(DEFAULT_CHAR)
            row.text = row.text.ljust(start) + line
            if style:
                row.style = row.style.ljust(start, DEFAULT_CHAR) + style
            row.used = max(row.used, stop)
            row.size = grown(row.size, stop, self.steps)
            self.cursor_x = stop
        self.pen = pen
        return True

    def _tokens(self, texts: list[str], ends: list[str], ascii_only: bool, more: bool) -> int:
        """Interpret texts (maybe all of them ASCII) and what ends each but the last. See `_segment`.

        Local copies of the state are written back before any method that uses it is called, and read
        again after.
        """
        known, lines, sizes = tokens, self.lines, self.steps
        cols, last = self.cols, self.rows - 1
        x, y, pen = self.cursor_x, self.cursor_y, self.pen
        style = pen.char
        simple = self.simple_writing()
        origin = self.modes & mode.ORIGIN
        size = -1
        recent = self.last_char
        part = ""
        ends.append(END)
        for part, end in zip(texts, ends):  # noqa: B905 - mypyc knows zip without keywords only
            if part:
                cells = part if ascii_only or part.isascii() else self._cells(part, x, more or end is not END)
                count = len(cells)
                stop = x + count
                row = lines[y]
                length = len(row.text)
                if (
                    simple
                    and count
                    and stop <= cols
                    and row.marks is None
                    and (x >= length or (count == len(part) and covers_text(row, x, stop)))
                ):
                    if x >= length:
                        row.text = (row.text if x == length else row.text.ljust(x)) + cells
                        if style:
                            row.style = row.style.ljust(x, DEFAULT_CHAR) + style * count
                    else:
                        overwrite(row, x, cells, style)
                    size = row.size
                    if stop > row.used:
                        row.used = stop
                        if stop > size:
                            row.size = sizes[stop]
                    x = stop
                else:
                    self.cursor_x, self.cursor_y, self.pen = x, y, pen
                    part = self.write_text(part, more or end is not END)
                    size = self.run_size
                    x, y = self.cursor_x, self.cursor_y
                recent = part
            if end is END:
                break
            next_pen = pen.sequences.get(end)
            if next_pen is not None:
                pen = next_pen
                style = pen.char
                recent = ""
                continue
            found = known.get(end)
            if found is None:
                found = token(end)
            kind = found.kind
            if kind == MOVE and not origin:
                y = found.row if found.row <= last else last
                x = found.col if found.col < cols else cols - 1
            elif kind == SGR:
                pen = pen.sgr_sequence(found.text)
                style = pen.char
            elif kind != CLEAR_REST:
                self.cursor_x, self.cursor_y, self.pen, self.last_char = x, y, pen, recent[-1:]
                if kind == UNKNOWN:
                    return len(ESC) + len(end)
                if kind == ESCAPE_SEQUENCE:
                    self.on_escape(end)
                else:
                    self._control_sequence(found.sequence)
                x, y, pen, lines = self.cursor_x, self.cursor_y, self.pen, self.lines
                style = pen.char
                simple = self.simple_writing()
                origin = self.modes & mode.ORIGIN
            recent = ""
            for _ in range(found.clears):
                row = lines[y]
                if x == 0 or x >= cols or pen.blank or not is_simple(row, cols):
                    self.cursor_x, self.cursor_y = x, y
                    self.clear_to_line_end(pen.blank)
                    lines = self.lines
                elif x < len(row.text):
                    erase_rest(row, x)
        self.cursor_x, self.cursor_y, self.pen, self.last_char = x, y, pen, recent[-1:]
        if not more:
            self._run_size = self._size_before_run(part, size)
        return 0

    def _cells(self, text: str, x: int, more: bool) -> str:
        """Text that is not all ASCII as a row stores it; "" if more is to be thought of than to put it at x:
        because of its characters, because of the row's size, or because nothing stands behind it."""
        cells = self.widths.cells(text) if more else ""
        return "" if x + len(cells) in self.edges else cells

    def _size_before_run(self, part: str, size: int) -> int:
        """What `_run_size` is after a read whose last token was text `part` (or ""), written into a row that
        had `size` before."""
        if not part or not part[-1].isascii() or self.cursor_x >= self.cols or not self.simple_writing():
            return -1
        tail = part[-self.cursor_x :]
        if tail.isascii():
            return size
        run = len(tail.rstrip(PRINTABLE_ASCII))
        return self.grown_by_text(size, self.cursor_x - len(tail), tail[:run])

    def write_text(self, text: str, more: bool) -> str:
        """Write printable characters in the current pen and modes; `more` if something follows in the same
        read. Returns what of them was written last in one way."""
        if text.isascii():
            self.write(text)
            return text
        part = self.fill_rows(text, more) if self.simple_writing() else text
        for match in self.widths.runs.finditer(part):
            part = match[0]
            kind = match.lastindex
            if kind == NARROW_RUN:
                self.write(part)
            elif kind == WIDE_RUN:
                self.write_wide(part)
            else:
                self.write_any(part)
        return part or text

    def write_any(self, text: str) -> None:
        """Write printable characters of any kind in the current pen and modes."""
        for char in text:
            width = self.widths.width(char)
            if width == 2 and not is_special(char):
                self.write_wide(char)
            elif width == 1 and not is_special(char):
                self.write(char)
            else:
                self.write_char(char)

    def write_replacement(self) -> None:
        """Write U+FFFD for bytes that are no character; REP does not repeat it."""
        acs, self.line_drawing = self.line_drawing, (False, False)
        self.write(REPLACEMENT)
        self.line_drawing = acs
        self.last_char = ""

    # What the escape parser calls.

    def on_control(self, char: str) -> None:
        """A C0 control inside a sequence."""
        self.last_char = ""
        control_character(self, char)

    def on_escape(self, body: str) -> None:
        """An escape sequence: intermediates and final character."""
        operation = ESCAPES.get(body)
        if operation is not None:
            operation(self)

    def on_csi(self, body: str) -> None:
        """A control sequence: everything after CSI, "" if it is void."""
        self._control_sequence(parse(body))

    def _control_sequence(self, sequence: Sequence | None) -> None:
        handler = None if sequence is None else CSI.get(sequence.name)
        if sequence is not None and handler is not None:
            handler(self, sequence)

    def on_string_begin(self) -> None:
        """A string of any kind begins."""
        self.last_char = ""

    def on_string(self, state: int, intermediates: str, data: bytes, bel: bool) -> None:
        """A string of kind OSC_STRING, DCS_STRING, APC_STRING or RENAME_STRING is complete."""
        if state == OSC_STRING:
            osc.operating_system_command(self, data, osc.BEL if bel else osc.ST)
        elif state == DCS_STRING:
            osc.device_control(self, intermediates, data)
        elif state == APC_STRING:
            osc.application_command(self, data)
        else:
            osc.rename(self, data)

    def string_limit(self) -> int:
        """Bytes from which on a string is thrown away."""
        return self.policy.input_buffer_size

    # Answers and events.

    def reply(self, text: str) -> None:
        """Owe the program an answer."""
        if len(self.replies) < MAX_REPLIES:
            self.replies += text.encode()

    def emit(self, kind: str, value: object) -> None:
        """Tell the owner something; the same twice running is told once."""
        event = (kind, value)
        if len(self.events) < MAX_EVENTS and not (self.events and self.events[-1] == event):
            self.events.append(event)

    def ring(self) -> None:
        """BEL."""
        self.emit("bell", None)

    # Pen and saved state.

    def _renew_pens(self) -> None:
        """Style characters of pens may have been forgotten: make the pens anew."""
        self._style_epoch = epoch()
        self.pen = pen_for(self.pen.style)
        self.saved_pen = pen_for(self.saved_pen.style)
        self._saved = (pen_for(self._saved[0].style), *self._saved[1:])

    def _state(self) -> tuple[Pen, int, tuple[bool, bool], int, int]:
        return (self.pen, self.charset, self.line_drawing, self.cursor_x, self.cursor_y)

    def set_pen(self, pen: Pen) -> None:
        """Change the current style."""
        self.pen = pen

    def set_link(self, number: int) -> None:
        """Make what is written from now on part of a hyperlink, 0 of none."""
        self.pen = pen_for(self.pen.style.replace(link=number))

    def reset_pen(self) -> None:
        """Default style and character sets, now and saved; the saved cursor is home."""
        self.pen = default_pen()
        self.charset = 0
        self.line_drawing = (False, False)
        self._saved = (self.pen, 0, self.line_drawing, 0, 0)

    def save_state(self) -> None:
        """DECSC."""
        self._saved = self._state()
        self._saved_origin = self.modes & mode.ORIGIN

    def restore_state(self) -> None:
        """DECRC."""
        self.pen, self.charset, self.line_drawing, x, y = self._saved
        self.modes = (self.modes & ~mode.ORIGIN) | self._saved_origin
        self.move_to(x, y, origin=False)

    def switch_screen(self, alternate: bool, with_cursor: bool) -> None:
        """Modes 47, 1047 and, with the cursor, 1049; not if option alternate-screen is off."""
        if not self.policy.alternate_screen:
            return
        if alternate:
            self.enter_alternate(with_cursor)
        else:
            self.leave_alternate(with_cursor)
        self.emit("alternate", self.alternate)

    # Title, progress.

    def push_title(self) -> None:
        """XTWINOPS 22."""
        self.titles = [*self.titles[-(MAX_TITLES - 1) :], self.title]

    def pop_title(self) -> None:
        """XTWINOPS 23."""
        if self.titles:
            self.title = self.titles.pop()
            self.emit("title", self.title)

    def set_progress(self, state: int, percent: int) -> None:
        """OSC 9;4; the percentage stays if it is negative or progress has no measure."""
        self.progress_state = state
        if percent >= 0 and state != 3:
            self.progress = percent
        self.emit("progress", (self.progress_state, self.progress))

    # For the owner.

    @property
    def in_string(self) -> bool:
        """Whether a string (OSC, DCS, ...) waits for its end: after five seconds tmux gives it up."""
        return self._escape.in_string

    def give_up_string(self) -> None:
        """Give up an unfinished escape sequence, as tmux does after five seconds."""
        self._escape.reset()
        self._broken.reset()
        self.reset_pen()

    def pending(self) -> bytes:
        """Bytes of the unfinished escape sequence (capture-pane -P)."""
        return self._escape.pending()

    def resize(self, cols: int, rows: int, *, reflow: bool = True) -> None:
        """Change the size (see Screen.resize)."""
        super().resize(cols, rows, reflow=reflow)
        self._run_size = -1
        self.generation += 1

    def end_sync(self) -> None:
        """Synchronized output lasted too long (a second): show the screen."""
        self.modes &= ~mode.SYNC
        self.generation += 1

    def reset(self) -> None:
        """send-keys -R: palette, style, modes and screen as new; the title stays."""
        self.palette.clear()
        self.reset_pen()
        self.reset_screen()
        self._escape.reset()
        self._broken.reset()
        self._run_size = -1
        self.generation += 1

    def reinitialise(self) -> None:
        """respawn-pane: as new but for the history, title and path."""
        crlf = self.modes & mode.CRLF
        self._escape.reset()
        self._broken.reset()
        self._undecoded = b""
        self._run_size = -1
        self.palette.clear()
        self.reset_pen()
        self.cursor_x = self.cursor_y = 0
        self.leave_alternate(False)
        self.saved_cursor_x = self.saved_cursor_y = UNSAVED
        self.set_cursor(0, 0)
        self.scroll_top, self.scroll_bottom = 0, self.rows - 1
        self.modes = mode.CURSOR | mode.WRAP | crlf
        if self.policy.extended_keys == 2:
            self.modes |= mode.KEYS_EXTENDED
        self.reset_tabs()
        self.clear_rows(0, self.rows, "")
        self.titles = []
        self.set_progress(0, 0)
        self.forget_hyperlinks()
        self.generation += 1
