"""Mouse sequences: what terminals report, and how a report reads to the program in a pane."""

from __future__ import annotations

import re

from tmuxish.emulator.modes import ALL_MOUSE, MOUSE_ALL, MOUSE_BUTTON, MOUSE_SGR, MOUSE_UTF8

# Parts of a button number.
BUTTONS_MASK = 195
SHIFT_BIT, META_BIT, CTRL_BIT, DRAG_BIT = 4, 8, 16, 32
MODIFIERS_MASK = SHIFT_BIT | META_BIT | CTRL_BIT
RELEASE = 3
WHEEL_UP, WHEEL_DOWN = 64, 65
# What is added to buttons and positions in the old encodings, and how far those reach.
BUTTON_OFFSET = 0x20
POSITION_OFFSET = 0x21
LEGACY_MAXIMUM = 0xFF
UTF8_MAXIMUM = 0x7FF

_LEGACY_LENGTH = 6
_SGR = re.compile(rb"\x1b\[<([0-9]{1,9});([0-9]{1,9});([0-9]{1,9})([Mm])")
_SGR_PARTIAL = re.compile(rb"\x1b\[<[0-9]{0,9}(?:;[0-9]{0,9}){0,2}")

MOTION_MOUSE = MOUSE_BUTTON | MOUSE_ALL


def is_wheel(button: int) -> bool:
    return button & BUTTONS_MASK in (WHEEL_UP, WHEEL_DOWN)


def is_drag(button: int) -> bool:
    return bool(button & DRAG_BIT)


def is_release(button: int) -> bool:
    return button & BUTTONS_MASK == RELEASE


class MouseInput:
    """One report. x, y: 0-based position on the terminal; b: the button; lx, ly, lb: those of the last one.

    sgr_type is " " for the old encoding, "M" or "m"; sgr_b the button as SGR reports it (a release still
    names its button there).
    """

    __slots__ = ("b", "lb", "lx", "ly", "sgr_b", "sgr_type", "x", "y")

    def __init__(
        self, x: int, y: int, b: int, lx: int, ly: int, lb: int, sgr_type: str = " ", sgr_b: int = 0
    ) -> None:
        self.x = x
        self.y = y
        self.b = b
        self.lx = lx
        self.ly = ly
        self.lb = lb
        self.sgr_type = sgr_type
        self.sgr_b = sgr_b


class MouseReader:
    """Reads reports of one terminal, remembering the last."""

    def __init__(self) -> None:
        self._x = self._y = self._b = 0

    def may_become_event(self, data: bytes) -> bool:
        """Whether all of `data` could be the beginning of a report."""
        if data.startswith(b"\x1b[M"):
            return len(data) < _LEGACY_LENGTH
        return b"\x1b[M".startswith(data) or _SGR_PARTIAL.fullmatch(data) is not None

    def read(self, data: bytes) -> tuple[MouseInput | None, int]:
        """The report at the start of `data` and its length, 0 if there is none. None: one to be ignored."""
        if data.startswith(b"\x1b[M") and len(data) >= _LEGACY_LENGTH:
            button, column, row = data[3:6]
            if button < BUTTON_OFFSET or column < POSITION_OFFSET or row < POSITION_OFFSET:
                return None, _LEGACY_LENGTH
            x, y = column - POSITION_OFFSET, row - POSITION_OFFSET
            return self._report(x, y, button - BUTTON_OFFSET, " ", 0), _LEGACY_LENGTH
        match = _SGR.match(data)
        if match is None:
            return None, 0
        button, column, row = int(match[1]), int(match[2]), int(match[3])
        released = match[4] == b"m"
        # Some terminals report the release of a wheel, which nobody can release.
        if column < 1 or row < 1 or (released and is_wheel(button)):
            return None, match.end()
        shown = RELEASE if released else button
        return self._report(column - 1, row - 1, shown, "m" if released else "M", button), match.end()

    def _report(self, x: int, y: int, b: int, sgr_type: str, sgr_b: int) -> MouseInput:
        report = MouseInput(x, y, b, self._x, self._y, self._b, sgr_type, sgr_b)
        self._x, self._y, self._b = x, y, b
        return report


def encode_mouse(report: MouseInput, x: int, y: int, modes: int) -> bytes:
    """The report as the program in a pane with these modes expects it, b"" if it did not ask for such.

    x, y: 0-based position in the pane.
    """
    if not modes & ALL_MOUSE or (is_drag(report.b) and not modes & MOTION_MOUSE):
        return b""
    if not modes & MOUSE_ALL and is_plain_motion(report):
        return b""
    # A release in the old encoding does not name its button, so it cannot be said in SGR.
    if report.sgr_type != " " and modes & MOUSE_SGR:
        return f"\x1b[<{report.sgr_b};{x + 1};{y + 1}{report.sgr_type}".encode()
    button, column, row = report.b + BUTTON_OFFSET, x + POSITION_OFFSET, y + POSITION_OFFSET
    if modes & MOUSE_UTF8:
        if max(button, column, row) > UTF8_MAXIMUM:
            return b""
        return b"\x1b[M" + "".join(map(chr, (button, column, row))).encode()
    if button > LEGACY_MAXIMUM:
        return b""
    return b"\x1b[M" + bytes((button, min(column, LEGACY_MAXIMUM), min(row, LEGACY_MAXIMUM)))


def is_plain_motion(report: MouseInput) -> bool:
    """Whether the mouse moved with no button held."""
    if report.sgr_type != " ":
        return is_drag(report.sgr_b) and is_release(report.sgr_b)
    return is_drag(report.b) and is_release(report.b) and is_release(report.lb)
