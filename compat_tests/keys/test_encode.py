"""What keys send to a pane, against bytes recorded from tmux for every name, modifier and mode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tmuxish.emulator.modes import (
    BRACKETPASTE,
    KCURSOR,
    KEYS_EXTENDED,
    KEYS_EXTENDED_2,
    KKEYPAD,
    MOUSE_ALL,
    MOUSE_BUTTON,
    MOUSE_SGR,
    MOUSE_STANDARD,
    MOUSE_UTF8,
)
from tmuxish.grammar.keys import PASTE_START, UNKNOWN, string_to_key
from tmuxish.keys.encode import FORMAT_CSI_U, FORMAT_XTERM, encode_key, encode_named_key
from tmuxish.keys.mouse import MouseInput, encode_mouse

RECORDED = json.loads((Path(__file__).parents[2] / "fixtures/keys/encode.json").read_text(encoding="utf-8"))[
    "encode"
]
MODES = {
    "normal": (0, FORMAT_CSI_U),
    "cursor": (KCURSOR, FORMAT_CSI_U),
    "keypad": (KKEYPAD, FORMAT_CSI_U),
    "extended-1": (KEYS_EXTENDED, FORMAT_CSI_U),
    "extended-2": (KEYS_EXTENDED_2, FORMAT_CSI_U),
    "extended-2-xterm": (KEYS_EXTENDED_2, FORMAT_XTERM),
}
BACKSPACE = 0x7F  # the default of option backspace


def sent(name: str, modes: int, extended_format: str) -> bytes:
    """What send-keys sends: a key that cannot be sent is typed as its name."""
    key = string_to_key(name)
    return name.encode() if key == UNKNOWN else encode_named_key(name, key, modes, BACKSPACE, extended_format)


@pytest.mark.parametrize("mode", MODES)
def test_bytes_are_those_of_tmux(mode: str) -> None:
    bits, extended_format = MODES[mode]
    assert set(RECORDED) == set(MODES)
    assert len(RECORDED[mode]) > 300
    wrong = {
        name: (sent(name, bits, extended_format), bytes.fromhex(expected))
        for name, expected in RECORDED[mode].items()
        if sent(name, bits, extended_format) != bytes.fromhex(expected)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("option", "expected"),
    [("C-h", b"\x08"), ("C-?", b"\x7f"), ("C-H", b"\x08"), ("x", b"x"), ("M-x", b"")],
)
def test_backspace_follows_its_option(option: str, expected: bytes) -> None:
    assert encode_key(string_to_key("BSpace"), 0, string_to_key(option)) == expected


def test_paste_brackets_only_for_who_asked() -> None:
    assert encode_key(PASTE_START, 0) == b""
    assert encode_key(PASTE_START, BRACKETPASTE) == b"\x1b[200~"


PRESS = MouseInput(4, 2, 0, 0, 0, 0, "M", 0)
RELEASE = MouseInput(4, 2, 3, 4, 2, 0, "m", 0)
DRAG = MouseInput(5, 2, 32, 4, 2, 0, "M", 32)
MOTION = MouseInput(5, 2, 35, 4, 2, 35, "M", 35)
LEGACY_PRESS = MouseInput(4, 2, 0, 0, 0, 3)


@pytest.mark.parametrize(
    ("report", "modes", "expected"),
    [
        (PRESS, 0, b""),
        (PRESS, MOUSE_STANDARD, b"\x1b[M %#"),
        (PRESS, MOUSE_STANDARD | MOUSE_SGR, b"\x1b[<0;5;3M"),
        (RELEASE, MOUSE_STANDARD | MOUSE_SGR, b"\x1b[<0;5;3m"),
        (RELEASE, MOUSE_STANDARD, b"\x1b[M#%#"),
        (LEGACY_PRESS, MOUSE_STANDARD | MOUSE_SGR, b"\x1b[M %#"),
        (DRAG, MOUSE_STANDARD, b""),
        (DRAG, MOUSE_BUTTON, b"\x1b[M@&#"),
        (MOTION, MOUSE_BUTTON | MOUSE_SGR, b""),
        (MOTION, MOUSE_ALL | MOUSE_SGR, b"\x1b[<35;6;3M"),
    ],
)
def test_mouse_reports_by_mode(report: MouseInput, modes: int, expected: bytes) -> None:
    assert encode_mouse(report, report.x, report.y, modes) == expected


def test_far_positions() -> None:
    assert encode_mouse(PRESS, 300, 500, MOUSE_STANDARD) == b"\x1b[M \xff\xff"
    assert encode_mouse(PRESS, 300, 500, MOUSE_STANDARD | MOUSE_UTF8) == b"\x1b[M " + "ōȕ".encode()
