"""Keys -> the bytes the program in a pane gets, by the modes it has set."""

from __future__ import annotations

from tmuxish.emulator.modes import (
    ALL_KEYS_EXTENDED,
    BRACKETPASTE,
    KCURSOR,
    KEYS_EXTENDED,
    KEYS_EXTENDED_2,
    KKEYPAD,
)
from tmuxish.grammar.keys import (
    BSPACE,
    BTAB,
    CTRL,
    CURSOR,
    DC,
    END,
    ENTER,
    ESCAPE,
    F1,
    HOME,
    IC,
    IMPLIED_META,
    KEYPAD,
    LITERAL,
    MASK_FLAGS,
    MASK_KEY,
    MASK_MODIFIERS,
    MASK_TYPE,
    META,
    NPAGE,
    PASTE_END,
    PASTE_START,
    PPAGE,
    SHIFT,
    SPACE,
    TAB,
    TYPE_UNICODE,
    is_mouse,
    is_paste,
    is_unicode,
)
from tmuxish.keys.sequences import (
    ARROWS,
    FINAL_LETTERS,
    FUNCTION_NUMBERS,
    KEYPAD_KEYS,
    TILDE_NUMBERS,
    XTERM_MODIFIERS,
)

# extended-keys-format.
FORMAT_CSI_U = "csi-u"
FORMAT_XTERM = "xterm"

# Modifiers -> parameter of an extended key.
_EXTENDED_PARAMETER = {
    SHIFT: 2,
    META: 3,
    SHIFT | META: 4,
    CTRL: 5,
    SHIFT | CTRL: 6,
    META | CTRL: 7,
    SHIFT | META | CTRL: 8,
}

# Ctrl with these keys sends what a VT100 keyboard would: itself, or a control character.
_CONTROLLED = {
    **dict(zip(map(ord, "1!9(0)=+;:'\",<.>"), b"119900=+;;'',,..", strict=True)),
    **dict(zip(b"/-8? 2", b"\x1f\x1f\x7f\x7f\0\0", strict=True)),
    **{digit: digit - 0x18 for digit in b"34567"},
    **{code: code & 0x1F for code in range(ord("@"), ord("~") + 1)},
}
# With modifyOtherKeys 1, Ctrl with these stays as it always was.
_TRADITIONAL_CTRL = frozenset(map(ord, " /@^2345678")) | frozenset(range(ord("@"), ord("~") + 1))


def _build() -> dict[int, bytes]:
    """Every key with a sequence of its own, with the modifiers and flags it is looked up by."""
    found = {
        PASTE_START: "\x1b[200~", PASTE_END: "\x1b[201~", IC: "\x1b[2~", DC: "\x1b[3~", HOME: "\x1b[1~",
        END: "\x1b[4~", NPAGE: "\x1b[6~", PPAGE: "\x1b[5~", BTAB: "\x1b[Z",
    }  # fmt: skip
    for key in (PASTE_START, PASTE_END):
        found[key | IMPLIED_META] = found[key]
    for index, letter in enumerate("PQRS"):
        found[F1 + index] = f"\x1bO{letter}"
    for index in range(4, 12):
        found[F1 + index] = f"\x1b[{FUNCTION_NUMBERS[index]}~"
    for letter, key in ARROWS.items():
        found[key] = f"\x1b[{letter}"
        found[key | CURSOR] = f"\x1bO{letter}"
    for key, letters in KEYPAD_KEYS.items():
        found[key] = letters[0]
        found[key | KEYPAD] = f"\x1bO{letters[1]}"
    for key, template in _modified_templates().items():
        for parameter, modifiers in XTERM_MODIFIERS.items():
            if parameter < 9:
                found[key | modifiers] = template.format(parameter)
    return {key: text.encode() for key, text in found.items()}


def _modified_templates() -> dict[int, str]:
    found = {F1 + index: f"\x1b[1;{{}}{letter}" for index, letter in enumerate("PQRS")}
    found.update({F1 + index: f"\x1b[{FUNCTION_NUMBERS[index]};{{}}~" for index in range(4, 12)})
    for letter, key in FINAL_LETTERS.items():
        found[key] = f"\x1b[1;{{}}{letter}"
    for number, key in TILDE_NUMBERS.items():
        found[key] = f"\x1b[{number};{{}}~"
    return found


_SEQUENCES = _build()


def encode_key(key: int, modes: int, backspace: int = 0x7F, extended_format: str = FORMAT_CSI_U) -> bytes:
    """The bytes of a key for a pane with these modes, b"" for a key that sends nothing.

    `backspace` is the key of the option of that name, `extended_format` the value of extended-keys-format.
    Mouse keys are not for here (see `encode_mouse`).
    """
    data = _encode(key, modes, backspace, extended_format)
    return _unsendable(key, modes) if data is None else data


def encode_named_key(
    name: str, key: int, modes: int, backspace: int = 0x7F, extended_format: str = FORMAT_CSI_U
) -> bytes:
    """As `encode_key`, but a key that has no bytes is typed as its name, as send-keys does."""
    if is_mouse(key):
        return name.encode()
    data = _encode(key, modes, backspace, extended_format)
    return _unsendable(key, modes) + name.encode() if data is None else data


def _unsendable(key: int, modes: int) -> bytes:
    """Of a key with no bytes, tmux still sends the Escape of its Meta."""
    return b"\x1b" if key & META and not modes & ALL_KEYS_EXTENDED else b""


def _encode(key: int, modes: int, backspace: int, extended_format: str) -> bytes | None:
    """The bytes of a key, None where there is no way to send it."""
    if is_mouse(key):
        return b""
    if key & LITERAL:
        return bytes([key & 0xFF])
    if key & MASK_KEY == BSPACE:
        if not key & MASK_MODIFIERS:
            return _backspace_byte(backspace)
        key = backspace | key & (MASK_FLAGS | MASK_MODIFIERS)
    if key & MASK_KEY == BTAB:
        if modes & KEYS_EXTENDED_2:
            key = TAB | key & ~MASK_KEY | SHIFT
        else:
            key &= ~MASK_MODIFIERS
    if not key & ~MASK_KEY:
        if key in (TAB, ENTER, ESCAPE) or SPACE <= key <= 0x7F:
            return bytes([key])
        if is_unicode(key):
            return chr(key).encode()
    sequence = _sequence(key, modes)
    if sequence is not None:
        return sequence
    if key & MASK_TYPE != TYPE_UNICODE:
        return b""
    if modes & KEYS_EXTENDED_2:
        return _extended(key, extended_format)
    if modes & KEYS_EXTENDED:
        traditional = _traditional_with_extended(key)
        return _extended(key, extended_format) if traditional is None else traditional
    return _traditional(key)


def _sequence(key: int, modes: int) -> bytes | None:
    """The key's own sequence, if it has one."""
    if not modes & KKEYPAD:
        key &= ~KEYPAD
    if not modes & KCURSOR:
        key &= ~CURSOR
    escaped = bool(key & META) and not key & IMPLIED_META
    found = _SEQUENCES.get(key)
    if found is None and escaped:
        found = _SEQUENCES.get(key & ~META)
    if found is None:
        found = _SEQUENCES.get(key & ~CURSOR)
    if found is None:
        found = _SEQUENCES.get(key & ~KEYPAD)
    if found is None:
        return None
    if is_paste(key) and not modes & BRACKETPASTE:
        return b""
    return b"\x1b" + found if escaped else found


def _backspace_byte(backspace: int) -> bytes:
    """What plain Backspace sends: the option's key, if that is one byte."""
    modifiers = backspace & MASK_MODIFIERS
    code = backspace & MASK_KEY
    if not modifiers:
        return bytes([code & 0xFF]) if code & 0xFF != 0xFF else b""
    if modifiers == CTRL:
        if code == ord("?"):
            return b"\x7f"
        if ord("@") <= code <= ord("_") or ord("a") <= code <= ord("z"):
            return bytes([code & 0x1F])
    return b""


def _extended(key: int, extended_format: str) -> bytes | None:
    parameter = _EXTENDED_PARAMETER.get(key & MASK_MODIFIERS)
    if parameter is None:
        return None
    code = key & MASK_KEY
    if extended_format == FORMAT_XTERM:
        return f"\x1b[27;{parameter};{code}~".encode()
    return f"\x1b[{code};{parameter}u".encode()


def _traditional_with_extended(key: int) -> bytes | None:
    """modifyOtherKeys 1: keys that old programs know are sent as ever; None for the others."""
    if key & (CTRL | META) == META:
        return _traditional(key)
    if key & CTRL and key & MASK_KEY in _TRADITIONAL_CTRL:
        return _traditional(key)
    return None


def _traditional(key: int) -> bytes | None:
    """As a VT100 would: Escape for Meta, control characters for Ctrl. None where it has no way."""
    escape = b"\x1b" if key & META else b""
    if is_unicode(key):
        return escape + chr(key & MASK_KEY).encode()
    code = key & MASK_KEY
    if key & CTRL and code not in (ENTER, TAB, 0x0A):
        if code not in _CONTROLLED:
            return None
        code = _CONTROLLED[code]
    return escape + bytes([code & 0x7F])
