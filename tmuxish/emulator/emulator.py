"""The emulator: bytes from a program in, screen, answers and events out.

`feed` decodes the bytes and lets one regular expression cut them into tokens: a run of printable text
with the line end after it, SGR with the text after it, a control sequence, an escape sequence, a run of
controls. The loop handles what floods are made of in place, with the cursor and the current row in local
variables; everything else goes through the tables of control.py. The result does not depend on how the
input is cut into reads.
"""

from __future__ import annotations

import time
from codecs import utf_8_decode

from . import modes as mode
from . import osc
from .colours import NONE, Palette
from .control import CSI, ESCAPES, control_character
from .csi import sequence, sequences
from .escape import APC_STRING, DCS_STRING, GROUND, OSC_STRING, EscapeParser
from .pen import Pen, default_pen, forget_pens, pen_for
from .rows import PAD, Row, grown_by_cells, overwrite
from .screen import UNSAVED
from .style import DEFAULT_CHAR, collect, epoch, full
from .utf8 import BrokenCharacter
from .widths import ASCII_TOKENS, PLAIN_LINES, is_special
from .write import REPLACEMENT, Writer

#: Events and bytes of answers kept for an owner who does not fetch them; later ones are dropped.
MAX_EVENTS = 4096
MAX_REPLIES = 1 << 20

#: Titles on the stack (XTWINOPS 22); the oldest goes.
MAX_TITLES = 10

#: What a run of ASCII text is made of.
PRINTABLE_ASCII = bytes(range(0x20, 0x7F)).decode()

# Groups of the token pattern (widths.py); 13 are other characters above ASCII.
G_TEXT = 1
G_TEXT_CRLF = 2
G_SGR_CRLF = 5
G_CONTROLS = 6
G_CSI = 7
G_ESCAPE = 8
G_INTRODUCER = 9
G_WIDE = 10
G_ASTRAL = 11
G_BYTE = 12

NO_RUNS: set[str] = set()


class Emulator(Writer):
    """A terminal as tmux emulates it. See Screen for the state of the screen."""

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
        if self._undecoded:
            data = self._undecoded + data
        text, used = utf_8_decode(data, "surrogateescape", False)
        self._undecoded = bytes(data[used:])
        if not text:
            return
        self.generation += 1
        self.now = int(time.time())
        if full():
            forget_pens()
            collect()
        if self._style_epoch != epoch():
            self._renew_pens()
        pos = 0
        end = len(text)
        while pos < end:
            if self._escape.state != GROUND:
                pos = self._sequence(text, pos)
            elif self._broken.started:
                pos = self._sequence(text, pos) if text[pos] == "\x1b" else self._bytes(text, pos)
            else:
                pos = self._ground(text, pos)

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

    def _ground(self, text: str, start: int) -> int:
        """Interpret text outside escape sequences; the position of what needs another parser, or the end.

        Local copies of the state are written back before any method that uses it is called, and read
        again after. A flood of plain lines at the bottom of the screen is taken as a whole: they need
        nothing but rows.
        """
        ascii_only = text.isascii()
        tokens = ASCII_TOKENS if ascii_only else self.widths.tokens
        wide_runs = NO_RUNS if ascii_only else self.widths.wide_runs
        lines, history, steps, edges = self.lines, self.history, self.steps, self.edges
        cols, last, now = self.cols, self.rows - 1, self.now
        x, y = self.cursor_x, self.cursor_y
        pen = self.pen
        style = pen.char
        simple = self.simple_writing()
        bottom = self.scroll_bottom
        fast_scroll = self.scrolls_into_history and self.scroll_top == 0 and bottom == last
        origin = self.modes & mode.ORIGIN
        part = self.last_char
        size = -1
        if self._run_size >= 0 and x < cols and " " <= text[start] <= "~":
            lines[y].size = self._run_size
        for match in tokens.finditer(text, start):
            group = match.lastindex
            if group <= G_SGR_CRLF:  # type: ignore[operator]
                if group <= G_TEXT_CRLF:  # type: ignore[operator]
                    part = match[1]
                    line_ends = group == G_TEXT_CRLF
                else:
                    line_ends = group == G_SGR_CRLF
                    next_pen = pen.steps.get(match[3])
                    pen = pen.sgr(match[3]) if next_pen is None else next_pen
                    style = pen.char
                    part = match[4]
                if part:
                    count = len(part)
                    end = x + count
                    row = lines[y]
                    old = row.text
                    if simple and end <= cols and row.marks is None and (x >= len(old) or old.isascii()):
                        if x == len(old):
                            row.text = old + part
                            if style:
                                row.style = row.style.ljust(x, DEFAULT_CHAR) + style * count
                        else:
                            overwrite(row, x, part, style)
                        size = row.size
                        if end > row.used:
                            row.used = end
                            if end > size:
                                if ascii_only or end not in edges or part.isascii():
                                    row.size = steps[end]
                                else:
                                    row.size = self.grown_by_text(size, x, part)
                        x = end
                    else:
                        self.cursor_x, self.cursor_y, self.pen = x, y, pen
                        self.write(part)
                        size = self.run_size
                        x, y = self.cursor_x, self.cursor_y
                if line_ends:
                    x = 0
                    part = ""
                    if y == bottom:
                        if fast_scroll and not pen.blank:
                            if len(history) >= self.history_limit:
                                self.collect_history()
                            row = lines.pop(0)
                            row.time = now
                            history.append(row)
                            lines.append(Row())
                            if group == G_TEXT_CRLF and simple and not style:
                                block = PLAIN_LINES.match(text, match.end())
                                if block is not None:
                                    self.cursor_x, self.cursor_y, self.pen = 0, y, pen
                                    self.last_char, self._run_size = "", -1
                                    self.append_plain_lines(block[0].split("\r\n")[:-1])
                                    return block.end()
                        else:
                            self.cursor_y = y
                            self.line_feed(pen.blank)
                            y = self.cursor_y
                    elif y < last:
                        y += 1
                continue
            if group == G_CSI:
                body = match[7]
                seq = sequences.get(body) or sequence(body)
                name = seq.name
                if name == "H" and not origin:
                    y = seq.row if seq.row <= last else last
                    x = seq.col if seq.col < cols else cols - 1
                    part = ""
                    continue
                if name == "K" and not seq.text and 0 < x < cols and not pen.blank:
                    row = lines[y]
                    if row.marks is None and len(row.text) <= cols and row.text.isascii():
                        if x < len(row.text):
                            row.text = row.text[:x]
                            row.style = row.style[:x]
                        part = ""
                        continue
            elif G_WIDE <= group <= G_ASTRAL:  # type: ignore[operator]
                part = match[0]
                row = lines[y]
                end = x + 2 * len(part)
                if (
                    simple
                    and x == len(row.text)
                    and end <= cols
                    and row.marks is None
                    and (group == G_WIDE or part in wide_runs)
                ):
                    row.text += PAD.join(part) + PAD
                    if style:
                        row.style = row.style.ljust(x, DEFAULT_CHAR) + style * (end - x)
                    if end > row.used:
                        row.used = end
                        if end > row.size:
                            row.size = grown_by_cells(row.size, x, end, 2, steps)
                    x = end
                    continue
            self.cursor_x, self.cursor_y, self.pen = x, y, pen
            self.last_char = part[-1:]
            if group == G_CONTROLS:
                for char in match[6]:
                    control_character(self, char)
                part = ""
            elif group == G_CSI:
                handler = CSI.get(name)
                if handler is not None:
                    handler(self, seq)
                part = ""
            elif group == G_ESCAPE:
                self.on_escape(match[8])
                part = ""
            elif group == G_INTRODUCER:
                return self._sequence(text, match.start())
            elif group == G_BYTE:
                return self._bytes(text, match.start())
            else:
                part = match[0]
                self._write_unicode(part, group == G_WIDE)
            x, y, pen, lines = self.cursor_x, self.cursor_y, self.pen, self.lines
            style = pen.char
            simple = self.simple_writing()
            bottom = self.scroll_bottom
            fast_scroll = self.scrolls_into_history and self.scroll_top == 0 and bottom == last
            origin = self.modes & mode.ORIGIN
        self.cursor_x, self.cursor_y, self.pen = x, y, pen
        self.last_char = part[-1:]
        self._run_size = self._size_before_run(part, size)
        return len(text)

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

    def _write_unicode(self, part: str, all_wide: bool) -> None:
        """Write a token of characters that are not all ASCII and narrow."""
        if all_wide or self.widths.is_wide_run(part):
            self.write_wide(part)
        else:
            self.write_any(part)

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
        seq = sequence(body)
        handler = CSI.get(seq.name)
        if handler is not None:
            handler(self, seq)

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
        self.generation += 1

    def reinitialise(self) -> None:
        """respawn-pane: as new but for the history, title and path."""
        crlf = self.modes & mode.CRLF
        self._escape.reset()
        self._broken.reset()
        self._undecoded = b""
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
        self.hyperlinks.reset()
        self.generation += 1
