"""What a terminal of the xterm family sends for a key or a mouse event, by tmux's names."""

from __future__ import annotations

import re

PREFIX = "C-b"

_CURSOR = {"Up": "A", "Down": "B", "Right": "C", "Left": "D", "End": "F", "Home": "H"}
_EDITING = {"IC": 2, "DC": 3, "PPage": 5, "NPage": 6, "PageUp": 5, "PageDown": 6}
_FUNCTION = {f"F{n}": code for n, code in enumerate((15, 17, 18, 19, 20, 21, 23, 24), 5)}
_PLAIN = {
    "Enter": b"\r",
    "Tab": b"\t",
    "BTab": b"\x1b[Z",
    "Escape": b"\x1b",
    "Space": b" ",
    "BSpace": b"\x7f",
    **{f"F{n}": b"\x1bO" + letter.encode() for n, letter in enumerate("PQRS", 1)},
}
_MODIFIERS = {"S": 1, "M": 2, "C": 4}
_MOUSE_MODIFIERS = {"S": 4, "M": 8, "C": 16}
_MOUSE = {"Move": 35, "WheelUp": 64, "WheelDown": 65}
_BUTTON = re.compile(r"(Down|Up|Drag)([123])\Z")
_PREFIXES = re.compile(r"((?:[SMC]-)*)(.+)\Z", re.DOTALL)


def key_bytes(name: str) -> bytes:
    """What the key `name` ("prefix", "x", "C-x", "M-Up", "F5", "Escape") sends; ValueError if unknown."""
    name = PREFIX if name == "prefix" else name
    found = _PREFIXES.match(name)
    if not found:
        raise ValueError(f"no such key: {name!r}")
    modifiers, base = found[1].replace("-", ""), found[2]
    if base in _CURSOR or base in _EDITING or base in _FUNCTION:
        return _function_key(base, 1 + sum(_MODIFIERS[letter] for letter in modifiers))
    if base in _PLAIN:
        plain = _PLAIN[base]
    elif len(base) == 1:
        plain = base.encode()
    else:
        raise ValueError(f"no such key: {name!r}")
    if "C" in modifiers:
        plain = bytes([plain[0] & 0x1F])
    return b"\x1b" + plain if "M" in modifiers else plain


def _function_key(base: str, modifier: int) -> bytes:
    if base in _CURSOR:
        text = f"\x1b[1;{modifier}{_CURSOR[base]}" if modifier > 1 else f"\x1bO{_CURSOR[base]}"
    else:
        number = _EDITING.get(base) or _FUNCTION[base]
        text = f"\x1b[{number};{modifier}~" if modifier > 1 else f"\x1b[{number}~"
    return text.encode()


def mouse_bytes(event: str, x: int, y: int) -> bytes:
    """The SGR report of `event` ("Down1", "Up1", "Drag1", "WheelUp", "C-Down3", "Move") at a cell, from 0."""
    found = _PREFIXES.match(event)
    if not found:
        raise ValueError(f"no such mouse event: {event!r}")
    code = sum(_MOUSE_MODIFIERS[letter] for letter in found[1].replace("-", ""))
    button = _BUTTON.match(found[2])
    if button:
        code += int(button[2]) - 1 + (32 if button[1] == "Drag" else 0)
    else:
        code += _MOUSE[found[2]]
    last = "m" if button and button[1] == "Up" else "M"
    return f"\x1b[<{code};{x + 1};{y + 1}{last}".encode()
