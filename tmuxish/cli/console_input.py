"""What a Windows console reports, as the bytes that a terminal would send.

A console gives records, not bytes. With virtual terminal input most of them carry one character of what a
terminal sends, and no key; older consoles, and some that only claim to know that mode, report keys, mouse and
focus as such. Both kinds are taken, in any mixture, so nothing here asks which console it is. Mouse and focus
are only reported if that has been asked for, of which `Wishes` takes note in what is written to the terminal.

Nothing of this needs Windows: the records are made by `tmuxish.cli.console`, or by tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# Bits of a record's control key state.
RIGHT_ALT, LEFT_ALT, RIGHT_CTRL, LEFT_CTRL, SHIFT = 0x01, 0x02, 0x04, 0x08, 0x10
ENHANCED = 0x100  # one of the keys that only larger keyboards have: not one of the number pad
ALT, CTRL = LEFT_ALT | RIGHT_ALT, LEFT_CTRL | RIGHT_CTRL

# Virtual keys.
VK_BACK, VK_TAB, VK_RETURN, VK_MENU, VK_ESCAPE = 0x08, 0x09, 0x0D, 0x12, 0x1B
VK_NUMPAD0, VK_NUMPAD9 = 0x60, 0x69
VK_OEM_MINUS, VK_OEM_SLASH = 0xBD, 0xBF
NO_KEYS = (0x00, 0xFF)  # of characters that no key of this keyboard has

# Cursor keys and their like: the last letter of the sequence. The five of the number pad is Begin.
CURSOR_KEYS = {0x26: "A", 0x28: "B", 0x27: "C", 0x25: "D", 0x0C: "E", 0x23: "F", 0x24: "H"}
# Function keys: the first four have letters, all others and the editing keys a number before a tilde.
LETTER_KEYS = {0x70 + index: letter for index, letter in enumerate("PQRS")}
NUMBER_KEYS = {0x2D: 2, 0x2E: 3, 0x21: 5, 0x22: 6}
NUMBER_KEYS |= {0x74 + index: number for index, number in enumerate((15, 17, 18, 19, 20, 21, 23, 24))}
# F13 to F24 are what terminals send for Shift with F1 to F12.
VK_F1, VK_F13, VK_F24 = 0x70, 0x7C, 0x87

# With Alt held, the number pad composes a character: its keys are no keys then.
COMPOSING = {0x0C, *range(0x21, 0x29), 0x2D, *range(VK_NUMPAD0, VK_NUMPAD9 + 1)}

# What Ctrl makes of keys to which the console gives no character, as xterm has it.
CTRL_DIGITS = {0x30 + index: char for index, char in enumerate("01\0\x1b\x1c\x1d\x1e\x1f\x7f9")}
CTRL_SHIFT = {0x32: "\0", 0x36: "\x1e", VK_OEM_MINUS: "\x1f", VK_OEM_SLASH: "\x7f"}
CTRL_PLAIN = {**CTRL_DIGITS, VK_OEM_MINUS: "-", VK_OEM_SLASH: "\x1f"}

# Times that one record may repeat its key: a console that claims more is out of order.
MAX_REPEATS = 1024

# Bits of a mouse record's event flags, and its wheel's unit.
MOUSE_MOVED, MOUSE_WHEELED, MOUSE_HWHEELED = 0x1, 0x4, 0x8
WHEEL_NOTCH = 120
MAX_NOTCHES = 64  # in one record
# Buttons, by bit of the state: left, right, middle, back, forward; the numbers are those of mouse reports.
BUTTONS = ((0x01, 0), (0x02, 2), (0x04, 1), (0x08, 128), (0x10, 129))
NO_BUTTON, MOTION = 3, 32
WHEEL_UP, WHEEL_DOWN, WHEEL_LEFT, WHEEL_RIGHT = 64, 65, 66, 67


class Key(NamedTuple):
    """A key went down or up. `unit` is the UTF-16 unit it gives (0: none), `state` which modifiers were held,
    `repeats` how often it counts."""

    down: bool
    virtual: int
    unit: int
    state: int = 0
    repeats: int = 1


class Mouse(NamedTuple):
    """The mouse moved, or a button or wheel did; the place is a cell of the window, from 0. The upper half of
    `buttons` is how far a wheel turned (signed)."""

    x: int
    y: int
    buttons: int
    state: int = 0
    flags: int = 0


class Focus(NamedTuple):
    """The console's window got the keyboard, or lost it."""

    gained: bool


Record = Key | Mouse | Focus


class Wishes:
    """Which reports the program that writes to the terminal has asked for (DECSET 1000 to 1004)."""

    _MODES = re.compile(rb"\x1b\[\?([0-9;]{1,64})([hl])")
    _PARTIAL = re.compile(rb"\x1b(\[(\?[0-9;]{0,64})?)?\Z")
    _FOCUS = 1004
    _MOUSE = (1000, 1002, 1003)  # presses; moves with a button held too; all moves

    def __init__(self) -> None:
        self._set: set[int] = set()
        self._rest = b""

    def read(self, written: bytes) -> None:
        """Take note of what has just been written; a sequence may be cut anywhere."""
        if not self._rest and b"\x1b" not in written:
            return
        data = self._rest + written
        for match in self._MODES.finditer(data):
            modes = {int(number) for number in match[1].split(b";") if number}
            if match[2] == b"h":
                self._set |= modes & {self._FOCUS, *self._MOUSE}
            else:
                self._set -= modes
        partial = self._PARTIAL.search(data)
        self._rest = partial[0] if partial is not None else b""

    @property
    def focus(self) -> bool:
        return self._FOCUS in self._set

    @property
    def mouse(self) -> int:
        """0: nothing; else the mode that tells most."""
        return max((mode for mode in self._MOUSE if mode in self._set), default=0)


class Translator:
    """Turns records into what a terminal would have sent, in UTF-8."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._mouse = _MouseState()
        self._high = 0  # first half of a character outside the first plane, and what stands before it
        self._prefix = ""
        self._focused: bool | None = None

    def feed(self, records: Iterable[Record]) -> bytes:
        """The bytes for these records, which follow those before."""
        return "".join(map(self._one, records)).encode("utf-8", "replace")

    def _one(self, record: Record) -> str:
        if isinstance(record, Key):
            return self._key(record)
        if isinstance(record, Mouse):
            return self._mouse.report(record, self._wishes.mouse)
        changed, self._focused = record.gained != self._focused, record.gained
        if not (changed and self._wishes.focus):
            return ""
        return "\x1b[I" if record.gained else "\x1b[O"

    def _key(self, key: Key) -> str:
        if not key.down:
            # The end of Alt with the digits of a character: what was composed.
            return self._text(key.unit, "") if key.virtual == VK_MENU and key.unit else ""
        composing = key.state & LEFT_ALT and not key.state & (ENHANCED | CTRL)
        if composing and key.virtual in COMPOSING:
            return ""
        repeats = min(max(key.repeats, 1), MAX_REPEATS)
        if 0xD800 <= key.unit <= 0xDFFF:
            return self._text(key.unit, _prefix(key))  # halves of characters are not repeated each by itself
        return (self._text(key.unit, _prefix(key)) if _is_text(key) else _sequence(key)) * repeats

    def _text(self, unit: int, prefix: str) -> str:
        """A character, once all of it has come; `prefix` stands before it."""
        if 0xD800 <= unit <= 0xDBFF:
            lost, self._high, self._prefix = self._high, unit, prefix
            return "\N{REPLACEMENT CHARACTER}" if lost else ""
        high, self._high = self._high, 0
        if 0xDC00 <= unit <= 0xDFFF:
            if not high:
                return "\N{REPLACEMENT CHARACTER}"
            return self._prefix + chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00)
        return ("\N{REPLACEMENT CHARACTER}" if high else "") + prefix + chr(unit)


def _is_text(key: Key) -> bool:
    """Whether the record is a character that is sent as it stands, behind an Escape at most."""
    if key.virtual in NO_KEYS:
        return key.unit != 0 or key.virtual == 0
    return (key.unit >= 0x20 and not key.state & CTRL) or _is_alt_graph(key)


def _is_alt_graph(key: Key) -> bool:
    """AltGr is Ctrl with Alt to Windows; a character that is no control character can only be its."""
    return bool(key.state & CTRL and key.state & ALT and key.unit > 0x20 and key.unit != 0x7F)


def _prefix(key: Key) -> str:
    """Escape for Alt, unless the console has already sent that, or Alt was part of choosing the character."""
    return "\x1b" if key.virtual not in NO_KEYS and key.state & ALT and not _is_alt_graph(key) else ""


def _sequence(key: Key) -> str:
    """What a key sends that is no character by itself: "" for those that terminals do not tell of."""
    named = _named(key)
    if named is not None:
        return named
    if key.virtual == VK_TAB and key.state & SHIFT:
        return _prefix(key) + "\x1b[Z"
    char = _control(key)
    return "" if char is None else _prefix(key) + char


def _named(key: Key) -> str | None:
    """A cursor, editing or function key with its modifiers; None for others."""
    virtual, shift = key.virtual, bool(key.state & SHIFT)
    if VK_F13 <= virtual <= VK_F24:
        virtual, shift = virtual - VK_F13 + VK_F1, True
    modifiers = shift + 2 * bool(key.state & ALT) + 4 * bool(key.state & CTRL)
    suffix = f";{modifiers + 1}" if modifiers else ""
    if virtual in NUMBER_KEYS:
        return f"\x1b[{NUMBER_KEYS[virtual]}{suffix}~"
    letter = CURSOR_KEYS.get(virtual) or LETTER_KEYS.get(virtual)
    if letter is None or key.unit:
        return None  # a digit of the number pad, for instance
    return f"\x1b[1{suffix}{letter}" if modifiers else f"\x1bO{letter}"


def _control(key: Key) -> str | None:
    """The control character of a key, as terminals have it; None for a key that has none (dead keys)."""
    ctrl, shift, virtual = bool(key.state & CTRL), bool(key.state & SHIFT), key.virtual
    if virtual == VK_BACK:
        return "\x08" if ctrl else "\x7f"
    if virtual == VK_RETURN and not ctrl:
        return "\r"
    if virtual == VK_ESCAPE:  # Wine gives it no character
        return "\x1b"
    if not ctrl:
        return chr(key.unit) if key.unit else None
    if key.unit == 0x20 or virtual in NO_KEYS:
        return "\0"
    if key.unit:
        return chr(key.unit)
    if 0x41 <= virtual <= 0x5A:
        return chr(virtual - 0x40)
    return (CTRL_SHIFT if shift else CTRL_PLAIN).get(virtual)


class _MouseState:
    """Where the mouse was and which buttons were down: reports are of changes."""

    def __init__(self) -> None:
        self._place = (-1, -1)
        self._buttons = 0
        self._turned = {MOUSE_WHEELED: 0, MOUSE_HWHEELED: 0}  # less than a notch

    def report(self, record: Mouse, mode: int) -> str:
        """The reports that `mode` (as in Wishes.mouse) wants of it."""
        x, y = max(record.x, 0), max(record.y, 0)
        moved, self._place = (x, y) != self._place, (x, y)
        if record.flags & (MOUSE_WHEELED | MOUSE_HWHEELED):
            found = [(code, True) for code in self._wheel(record)]
        elif record.flags & MOUSE_MOVED:
            found = [(code, True) for code in self._motion(mode)] if moved else []
        else:
            found = self._presses(record.buttons)
        if not mode:
            return ""
        held = 4 * bool(record.state & SHIFT) + 8 * bool(record.state & ALT) + 16 * bool(record.state & CTRL)
        return "".join(f"\x1b[<{code + held};{x + 1};{y + 1}{'M' if down else 'm'}" for code, down in found)

    def _wheel(self, record: Mouse) -> list[int]:
        kind = record.flags & MOUSE_HWHEELED or MOUSE_WHEELED
        turn = record.buttons >> 16 & 0xFFFF
        total = self._turned[kind] + (turn - 0x10000 if turn & 0x8000 else turn)
        notches = int(total / WHEEL_NOTCH)
        self._turned[kind] = total - notches * WHEEL_NOTCH
        forwards, backwards = (WHEEL_UP, WHEEL_DOWN) if kind == MOUSE_WHEELED else (WHEEL_RIGHT, WHEEL_LEFT)
        return [forwards if notches > 0 else backwards] * min(abs(notches), MAX_NOTCHES)

    def _motion(self, mode: int) -> list[int]:
        held = next((number for bit, number in BUTTONS if self._buttons & bit), NO_BUTTON)
        return [MOTION + held] if mode == 1003 or (mode == 1002 and held != NO_BUTTON) else []

    def _presses(self, buttons: int) -> list[tuple[int, bool]]:
        changed, self._buttons = self._buttons ^ buttons, buttons
        return [(number, bool(buttons & bit)) for bit, number in BUTTONS if changed & bit]
