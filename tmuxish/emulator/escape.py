"""The slow, exact parser for escape sequences: one character at a time, resumable at any point.

The tokeniser of emulator.py recognises complete, ordinary sequences at once. What it cannot take comes
here: strings (OSC, DCS, APC, ESC k), sequences cut off at the end of a read, and sequences with control
characters or rubbish inside. The states are those of Paul Williams' parser with tmux's changes.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emulator import Emulator

(
    GROUND,
    ESCAPE,
    ESCAPE_INTERMEDIATE,
    CSI_ENTER,
    CSI_PARAMETER,
    CSI_INTERMEDIATE,
    CSI_IGNORE,
    DCS_ENTER,
    DCS_PARAMETER,
    DCS_INTERMEDIATE,
    DCS_IGNORE,
    DCS_STRING,
    DCS_ESCAPE,
    OSC_STRING,
    APC_STRING,
    RENAME_STRING,
    CONSUME,
) = range(17)

_STRING_STATES: dict[str, int] = {
    "P": DCS_ENTER,
    "X": CONSUME,
    "^": CONSUME,
    "]": OSC_STRING,
    "_": APC_STRING,
    "k": RENAME_STRING,
}

#: What ends the text of a string: in OSC also BEL; in DCS only ESC.
_OSC_END = re.compile("[\x07\x18\x1a\x1b]")
_STRING_END = re.compile("[\x18\x1a\x1b]")

_CONTROLS = dict.fromkeys(range(0x20))

#: Characters of intermediates and of parameters kept; a sequence with more is void.
MAX_INTERMEDIATES = 3
MAX_PARAMETERS = 63

#: Bytes since the ground state that capture-pane -P can show.
MAX_PENDING = 1 << 20


class EscapeParser:
    """State of an unfinished escape sequence. What it finds it tells the emulator's on_ methods."""

    __slots__ = ("_data", "_discard", "_intermediates", "_parameters", "_pending", "state")

    def __init__(self) -> None:
        self.state: int = GROUND
        self._intermediates: str = ""
        self._parameters: str = ""
        self._discard: bool = False
        self._data: bytearray = bytearray()
        self._pending: bytearray = bytearray()

    @property
    def in_string(self) -> bool:
        """Whether a string waits for its terminator."""
        return self.state >= DCS_ENTER

    def pending(self) -> bytes:
        """What was read since the last complete sequence (capture-pane -P)."""
        return bytes(self._pending)

    def reset(self) -> None:
        """Give up the unfinished sequence."""
        self._clear()
        self._enter_ground()

    def _clear(self) -> None:
        self._intermediates = ""
        self._parameters = ""
        self._discard = False
        self._data = bytearray()

    def _enter_ground(self) -> None:
        self.state = GROUND
        self._pending = bytearray()

    def feed(self, text: str, pos: int, sink: Emulator) -> int:
        """Go on from `text[pos]` until the sequence is complete or the text ends; the position reached."""
        start = pos
        end = len(text)
        while pos < end:
            if self.state in (OSC_STRING, APC_STRING, RENAME_STRING, CONSUME, DCS_IGNORE, DCS_STRING):
                pos = self._string(text, pos, sink)
            else:
                self._character(text[pos], sink)
                pos += 1
            if self.state == GROUND:
                self._pending = bytearray()
                return pos
        room = MAX_PENDING - len(self._pending)
        if room > 0:
            self._pending += text[start : start + room].encode("utf-8", "surrogateescape")
        return pos

    # Strings.

    def _string(self, text: str, pos: int, sink: Emulator) -> int:
        """Collect the text of a string up to its end or the end of the input."""
        if self.state == DCS_STRING:
            found = text.find("\x1b", pos)
            stop = len(text) if found < 0 else found
            self._collect(text[pos:stop], sink)
            if found < 0:
                return stop
            self.state = DCS_ESCAPE
            return stop + 1
        match = (_OSC_END if self.state == OSC_STRING else _STRING_END).search(text, pos)
        stop = len(text) if match is None else match.start()
        if self.state not in (CONSUME, DCS_IGNORE) and stop > pos:
            self._collect(text[pos:stop].translate(_CONTROLS), sink)
        if match is None:
            return stop
        char = text[stop]
        if char != "\x07" and char != "\x1b":
            sink.on_control(char)
        self._finish(char == "\x07", sink)
        if char == "\x1b":
            self._clear()
            self.state = ESCAPE
        else:
            self._enter_ground()
        return stop + 1

    def _collect(self, text: str, sink: Emulator) -> None:
        data = text.encode("utf-8", "surrogateescape")
        if len(self._data) + len(data) >= sink.string_limit():
            self._discard = True
            self._data = bytearray()
        if not self._discard:
            self._data += data

    def _finish(self, bel: bool, sink: Emulator) -> None:
        """The string is complete."""
        if self.state in (CONSUME, DCS_IGNORE) or self._discard:
            return
        sink.on_string(self.state, self._intermediates, bytes(self._data), bel)

    # Everything else.

    def _character(self, char: str, sink: Emulator) -> None:
        state = self.state
        if state == DCS_ESCAPE:
            if char == "\\":
                self.state = DCS_STRING
                self._finish(False, sink)
                self._enter_ground()
            else:
                self._collect(char, sink)
                self.state = DCS_STRING
            return
        if char == "\x1b":
            self._clear()
            self.state = ESCAPE
        elif char in "\x18\x1a":
            sink.on_control(char)
            self._enter_ground()
        elif char < " ":
            if state < DCS_ENTER:
                sink.on_control(char)
        elif char < "\x7f":
            self._printable(state, char, sink)

    def _printable(self, state: int, char: str, sink: Emulator) -> None:
        """A character 0x20..0x7e inside a sequence."""
        if state == ESCAPE:
            self._after_escape(char, sink)
        elif state == ESCAPE_INTERMEDIATE:
            if char < "0":
                self._intermediate(char, ESCAPE_INTERMEDIATE)
            else:
                self._dispatch_escape(char, sink)
        elif char >= "@":
            if state < DCS_ENTER:
                self._dispatch_csi(char, sink)
            else:
                self.state = DCS_STRING
                self._collect(char, sink)
        elif state == CSI_IGNORE:
            return
        elif char < "0":
            self._intermediate(char, CSI_INTERMEDIATE if state < DCS_ENTER else DCS_INTERMEDIATE)
        else:
            self._parameter(state, char)

    def _after_escape(self, char: str, sink: Emulator) -> None:
        if char < "0":
            self._intermediate(char, ESCAPE_INTERMEDIATE)
        elif char == "[":
            self._clear()
            self.state = CSI_ENTER
        elif char in _STRING_STATES:
            self._clear()
            self.state = _STRING_STATES[char]
            sink.on_string_begin()
        else:
            self._dispatch_escape(char, sink)

    def _intermediate(self, char: str, state: int) -> None:
        if len(self._intermediates) == MAX_INTERMEDIATES:
            self._discard = True
        else:
            self._intermediates += char
        self.state = state

    def _parameter(self, state: int, char: str) -> None:
        """A character 0..? of CSI or DCS."""
        first = state in (CSI_ENTER, DCS_ENTER)
        control = state < DCS_ENTER
        private = char >= "<"
        if (
            state in (CSI_INTERMEDIATE, DCS_INTERMEDIATE)
            or (private and not first)
            or (char == ":" and not control)
        ):
            self.state = CSI_IGNORE if control else DCS_IGNORE
            return
        if private:
            self._intermediate(char, state)
        elif len(self._parameters) == MAX_PARAMETERS:
            self._discard = True
        else:
            self._parameters += char
        self.state = CSI_PARAMETER if control else DCS_PARAMETER

    def _dispatch_escape(self, char: str, sink: Emulator) -> None:
        body = "" if self._discard else self._intermediates + char
        self._enter_ground()
        sink.on_escape(body)

    def _dispatch_csi(self, char: str, sink: Emulator) -> None:
        void = self._discard or self.state == CSI_IGNORE
        marks = self._intermediates
        private = marks[:1] if marks[:1] in ("<", "=", ">", "?") else ""
        body = "" if void else private + self._parameters + marks[len(private) :] + char
        self._enter_ground()
        sink.on_csi(body)
