"""Mode bits of a screen, with tmux's values so that logs and fixtures compare."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

CURSOR: Final = 0x1
INSERT: Final = 0x2
KCURSOR: Final = 0x4
KKEYPAD: Final = 0x8
WRAP: Final = 0x10
MOUSE_STANDARD: Final = 0x20
MOUSE_BUTTON: Final = 0x40
CURSOR_BLINKING: Final = 0x80
MOUSE_UTF8: Final = 0x100
MOUSE_SGR: Final = 0x200
BRACKETPASTE: Final = 0x400
FOCUSON: Final = 0x800
MOUSE_ALL: Final = 0x1000
ORIGIN: Final = 0x2000
CRLF: Final = 0x4000
KEYS_EXTENDED: Final = 0x8000
CURSOR_VERY_VISIBLE: Final = 0x10000
CURSOR_BLINKING_SET: Final = 0x20000
KEYS_EXTENDED_2: Final = 0x40000
THEME_UPDATES: Final = 0x80000
SYNC: Final = 0x100000

ALL_MOUSE: Final = MOUSE_STANDARD | MOUSE_BUTTON | MOUSE_ALL
ALL_KEYS_EXTENDED: Final = KEYS_EXTENDED | KEYS_EXTENDED_2

#: Private modes (CSI ? n h, CSI ? n l) that only set or clear one bit.
PRIVATE_BITS: dict[int, int] = {
    1: KCURSOR,
    7: WRAP,
    25: CURSOR,
    1004: FOCUSON,
    1005: MOUSE_UTF8,
    1006: MOUSE_SGR,
    2004: BRACKETPASTE,
}

#: Mouse tracking: setting one clears the others, resetting any clears all.
PRIVATE_MOUSE: dict[int, int] = {1000: MOUSE_STANDARD, 1002: MOUSE_BUTTON, 1003: MOUSE_ALL}
