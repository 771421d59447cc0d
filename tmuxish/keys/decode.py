"""Bytes a user's terminal sends -> keys, mouse events, pasted text and the terminal's answers.

Where Escape or a beginning could still become a longer sequence the decoder keeps it and says so (`waiting`);
after `escape-time` the owner calls `expire` and what is there counts as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tmuxish.grammar.keys import (
    BSPACE,
    BTAB,
    CTRL,
    ENTER,
    ESCAPE,
    IMPLIED_META,
    MASK_KEY,
    MASK_MODIFIERS,
    META,
    MOUSE,
    NONE,
    PASTE_END,
    PASTE_START,
    SHIFT,
    SPACE,
    TAB,
    is_unicode,
)
from tmuxish.keys.mouse import MouseInput, MouseReader
from tmuxish.keys.replies import Reply, match_reply, may_become_reply

# While an answer of the terminal is due, or the end of a paste has begun, a beginning is kept this long (ms).
PATIENCE = 500
# The longest extended key sequence that is looked at.
MAX_EXTENDED = 64
# How far a key that does not begin with Escape may reach (a sequence of user-keys, a UTF-8 character).
LOOK_AHEAD = 64

_PASTE_END = b"\x1b[201~"
_EXTENDED = re.compile(rb"\x1b\[(?:27;([0-9]+);([0-9]+)~|([0-9]+);([0-9]+)u)")
_EXTENDED_PARTIAL = re.compile(rb"\x1b\[[0-9;]*")
_MAX_CODE_POINT = 0x10FFFF

ESC = 0x1B


class Event:
    """One key. `raw`: the bytes it came as. `mouse`: set for MOUSE.

    Key NONE is text between the two ends of a bracketed paste, to be passed on as it is.
    """

    __slots__ = ("key", "mouse", "raw")

    def __init__(self, key: int, raw: bytes, mouse: MouseInput | None = None) -> None:
        self.key = key
        self.raw = raw
        self.mouse = mouse

    def __repr__(self) -> str:
        return f"Event({self.key:#x}, {self.raw!r})"


Input = Event | Reply
# What was found at the start of the buffer: events and how many bytes they took; 0 bytes: wait for more.
_Found = tuple[Input | None, int]
_WAIT: _Found = (None, 0)


class KeyDecoder:
    """The input side of one terminal."""

    def __init__(self, sequences: Mapping[bytes, int], backspace: int = 0x7F) -> None:
        """`sequences` from `key_sequences`; `backspace` is the terminal's erase character."""
        self.backspace = backspace
        self.reply_due = False  # the terminal was asked something and has not answered yet
        self.pasting = False
        self._buffer = b""
        self._mouse = MouseReader()
        self.set_sequences(sequences)

    def set_sequences(self, sequences: Mapping[bytes, int]) -> None:
        """Replaces the known keys (the terminal's features or `user-keys` changed)."""
        self._sequences = dict(sequences)
        self._prefixes = {key[:length] for key in sequences for length in range(1, len(key))}
        self._first_bytes = {sequence[0] for sequence in sequences}

    @property
    def waiting(self) -> bool:
        """Whether a beginning is kept that time will decide."""
        return bool(self._buffer)

    @property
    def is_idle(self) -> bool:
        """Whether the next byte belongs to nothing that has begun."""
        return not self._buffer and not self.pasting

    def delay(self, escape_time: int) -> int:
        """Milliseconds after which to call `expire`."""
        patient = self.reply_due or (self.pasting and _PASTE_END.startswith(self._buffer))
        return max(escape_time, 1, PATIENCE if patient else 0)

    def feed(self, data: bytes) -> list[Input]:
        """What the next bytes complete."""
        return self._decode(self._buffer + data, expired=False)

    def expire(self) -> list[Input]:
        """The time is over: what is kept counts as it stands."""
        return self._decode(self._buffer, expired=True)

    def _decode(self, data: bytes, expired: bool) -> list[Input]:
        found: list[Input] = []
        at = 0
        while at < len(data):
            first = data[at]
            if 0x20 <= first < 0x7F and not self.pasting and first not in self._first_bytes:
                found.append(Event(first, data[at : at + 1]))
                at += 1
                continue
            # Only sequences and pasted text are longer than a look ahead.
            ahead = len(data) if first == ESC or self.pasting else at + LOOK_AHEAD
            item, size = self._next(data[at:ahead], expired)
            if size == 0:
                break
            at += size
            if item is not None:
                found.append(item)
        self._buffer = data[at:]
        return found

    def _next(self, data: bytes, expired: bool) -> _Found:
        first = data[0]
        if self.pasting:
            return self._pasted(data, expired)
        if first != ESC:
            return self._lookup(data, expired) or self._character(data, 0, expired)
        return self._escape_sequence(data, expired)

    def _pasted(self, data: bytes, expired: bool) -> _Found:
        end = data.find(_PASTE_END)
        if end == 0:
            self.pasting = False
            return Event(PASTE_END | IMPLIED_META, _PASTE_END), len(_PASTE_END)
        if end < 0:
            end = len(data)
            if not expired:
                end -= next((n for n in range(5, 0, -1) if data.endswith(_PASTE_END[:n])), 0)
        return (Event(NONE, data[:end]), end) if end else _WAIT

    def _escape_sequence(self, data: bytes, expired: bool) -> _Found:
        reply, size = match_reply(data)
        if size:
            return reply, size
        mouse, size = self._mouse.read(data)
        if size:
            return (Event(MOUSE, data[:size], mouse) if mouse else None), size
        extended = self._extended(data)
        if extended:
            return extended
        if not expired and self._is_partial(data):
            return _WAIT
        known = self._lookup(data, expired)
        if known:
            return known
        if len(data) > 1:
            return self._with_meta(data, expired)
        return Event(ESCAPE, data[:1]), 1

    def _is_partial(self, data: bytes) -> bool:
        if data in self._prefixes:
            return data not in self._sequences or len(data) == 1
        if may_become_reply(data) or self._mouse.may_become_event(data):
            return True
        return len(data) <= MAX_EXTENDED and _EXTENDED_PARTIAL.fullmatch(data) is not None

    def _with_meta(self, data: bytes, expired: bool) -> _Found:
        """Escape and another key: that key with Meta, unless Meta is part of it already."""
        rest = data[1:]
        known = self._lookup(rest, expired)
        if known is None and rest[0] >= 0x80:
            known = self._character(rest, META, expired)
        if known is None:
            return self._character(rest, META, expired, escape=1)
        event, size = known
        if size == 0:
            return _WAIT
        if not isinstance(event, Event):
            return Event(ESCAPE, data[:1]), 1
        if event.key & IMPLIED_META:
            return Event(ESCAPE, data[:1]), 1
        return self._event(event.key | META, data[: size + 1]), size + 1

    def _lookup(self, data: bytes, expired: bool) -> _Found | None:
        """The longest known sequence at the start of `data`."""
        best = 0
        for size in range(1, len(data) + 1):
            part = data[:size]
            if part in self._sequences:
                best = size
            if part not in self._prefixes:
                break
        else:
            if not expired and data in self._prefixes:
                return _WAIT
        if not best:
            return None
        return self._event(self._sequences[data[:best]], data[:best]), best

    def _event(self, key: int, raw: bytes) -> Event:
        if key & MASK_KEY == PASTE_START:
            self.pasting = True
        return Event(key, raw)

    def _character(self, data: bytes, meta: int, expired: bool, escape: int = 0) -> _Found:
        """One character (or control character) without a sequence of its own.

        `escape`: an Escape stood before `data` and belongs to the event.
        """
        first = data[0]
        before = b"\x1b" * escape
        if first >= 0x80:
            size = _utf8_size(first)
            if len(data) < size and not expired and _may_be_utf8(data):
                return _WAIT
            try:
                text = data[:size].decode("utf-8")
            except UnicodeDecodeError:
                text = ""
            if len(text) == 1:
                return Event(ord(text), data[:size]), size
            # No key has such a byte; tmux has nothing to send for it either.
            return None, 1 + escape
        return Event(self._control(first, meta), before + data[:1]), 1 + escape

    def _control(self, code: int, meta: int) -> int:
        if code == 0:
            return SPACE | CTRL | meta
        if code == self.backspace:
            return BSPACE | meta
        if code < 0x20 and code not in (TAB, ENTER, ESCAPE):
            letter = code | 0x40
            if ord("A") <= letter <= ord("Z"):
                letter |= 0x20
            return letter | CTRL | meta
        return code | meta

    def _extended(self, data: bytes) -> _Found | None:
        """CSI 27 ; modifiers ; key ~ and CSI key ; modifiers u."""
        match = _EXTENDED.match(data)
        if match is None or match.end() > MAX_EXTENDED:
            return None
        modifiers = int(match[1] or match[4])
        code = int(match[2] or match[3])
        if code > _MAX_CODE_POINT or 0xD800 <= code <= 0xDFFF:
            return None
        key = BSPACE if code == self.backspace else code
        bits = max(modifiers - 1, 0)
        key |= SHIFT if bits & 1 else 0
        # Alt, and a Meta key beside it.
        key |= META | IMPLIED_META if bits & (2 | 8) else 0
        key |= CTRL if bits & 4 else 0
        if key & MASK_KEY == TAB and key & SHIFT:
            key = BTAB | key & ~MASK_KEY & ~SHIFT
        only = key & MASK_KEY
        # Terminals differ in whether they say S-A or A, so Shift alone does not count with characters.
        if (0x20 < only < 0x7F or is_unicode(key)) and key & MASK_MODIFIERS == SHIFT:
            key &= ~SHIFT
        return Event(key, match[0]), match.end()


def _utf8_size(first: int) -> int:
    if 0xC2 <= first <= 0xDF:
        return 2
    if 0xE0 <= first <= 0xEF:
        return 3
    return 4 if 0xF0 <= first <= 0xF4 else 1


def _may_be_utf8(data: bytes) -> bool:
    return all(0x80 <= byte <= 0xBF for byte in data[1:])
