"""Colours as integers, coded as tmux codes them, and what they are converted from and to.

0..7 are the ANSI colours, 90..97 their bright variants, 8 "default", 9 "terminal"; the 256-colour
palette has bit COLOUR_256, red green blue triples have bit COLOUR_RGB. NONE is "no colour known".
"""

from __future__ import annotations

import re
from functools import lru_cache

COLOUR_256: Final = 0x01000000
COLOUR_RGB: Final = 0x02000000
DEFAULT: Final = 8
TERMINAL: Final = 9
NONE: Final = -1

_BASE_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_NAMES: dict[int, str] = {
    NONE: "none",
    DEFAULT: "default",
    TERMINAL: "terminal",
    **dict(enumerate(_BASE_NAMES)),
    **{90 + i: "bright" + name for i, name in enumerate(_BASE_NAMES)},
}
_NUMBERS: dict[str, int] = {name: n for n, name in _NAMES.items() if n != NONE}
_DIGITS: dict[str, int] = {str(n): n for n in (*range(8), *range(90, 98))}

_CUBE = (0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF)
_ANSI16 = (
    0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0xC0C0C0,
    0x808080, 0xFF0000, 0x00FF00, 0xFFFF00, 0x0000FF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
)  # fmt: skip

#: The nearest of the 16 ANSI colours, as tmux chooses it, one hexadecimal digit per palette entry.
_TO_16 = (
    "0123456789abcdef0444cc2644cc2264cc2226ccaaaaecaaaaae1544cc3844cc2264cc2226ccaaaaecaaaaae1154cc11"
    "54cc3384cc2226ccaaaaecaaaaae1115cc1115cc1115cc3337ccaaaaecaaaaae9999dc9999dc9999dc9999dcbbbb7caa"
    "aaae99999d99999d99999d99999d99999dbbbbbf000000888888777777ffffff"
)

# sscanf's %x and %d: leading blanks, a sign.
_X11_FORMS = (
    (re.compile(r"rgb:([0-9a-f]{2})/([0-9a-f]{2})/([0-9a-f]{2})", re.I), 16, 0),
    (re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.I), 16, 0),
    (re.compile(r"\s*([+-]?\d+),\s*([+-]?\d+),\s*([+-]?\d+).*", re.S), 10, 0),
    (re.compile(r"rgb:([0-9a-f]{4})/([0-9a-f]{4})/([0-9a-f]{4})", re.I), 16, 8),
    (re.compile(r"#([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})", re.I), 16, 8),
)
_FRACTION = r"\s*([0-9]*\.?[0-9]+|[0-9]+\.)"
_CMYK = re.compile(
    f"(?:cmyk:{_FRACTION}/{_FRACTION}/{_FRACTION}/{_FRACTION}|cmy:{_FRACTION}/{_FRACTION}/{_FRACTION}).*"
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final


def join_rgb(red: int, green: int, blue: int) -> int:
    """A colour from three bytes."""
    return (red & 0xFF) << 16 | (green & 0xFF) << 8 | (blue & 0xFF) | COLOUR_RGB


def split_rgb(colour: int) -> tuple[int, int, int]:
    """The three bytes of an RGB colour."""
    return (colour >> 16) & 0xFF, (colour >> 8) & 0xFF, colour & 0xFF


def is_default(colour: int) -> bool:
    """Whether a background of this colour is the terminal's own."""
    return colour in (DEFAULT, TERMINAL)


@lru_cache(maxsize=4096)
def rgb_to_256(red: int, green: int, blue: int) -> int:
    """The nearest palette entry to an RGB triple, from the colour cube or the greys (with COLOUR_256)."""

    def level(value: int) -> int:
        return 0 if value < 48 else 1 if value < 114 else (value - 35) // 40

    def distance(r: int, g: int, b: int) -> int:
        return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2

    r, g, b = level(red), level(green), level(blue)
    cube = 16 + 36 * r + 6 * g + b
    cube_distance = distance(_CUBE[r], _CUBE[g], _CUBE[b])
    if cube_distance == 0:
        return cube | COLOUR_256
    average = (red + green + blue) // 3
    # C's division truncates: an average below 3 gives the first grey, not one before it.
    grey = 23 if average > 238 else int((average - 3) / 10)
    value = 8 + 10 * grey
    return (232 + grey if distance(value, value, value) < cube_distance else cube) | COLOUR_256


def palette_to_rgb(index: int) -> int:
    """The usual RGB colour of a palette entry 0..255."""
    index &= 0xFF
    if index < 16:
        return _ANSI16[index] | COLOUR_RGB
    if index < 232:
        red, rest = divmod(index - 16, 36)
        green, blue = divmod(rest, 6)
        return join_rgb(_CUBE[red], _CUBE[green], _CUBE[blue])
    grey = 8 + 10 * (index - 232)
    return join_rgb(grey, grey, grey)


def palette_to_16(index: int) -> int:
    """The nearest of the 16 ANSI colours to a palette entry: 0..15."""
    return int(_TO_16[index & 0xFF], 16)


def force_rgb(colour: int) -> int:
    """The colour as RGB, or NONE if it has none of its own (default, terminal)."""
    if colour == NONE or colour & COLOUR_RGB:
        return colour
    if colour & COLOUR_256 or 0 <= colour <= 7:
        return palette_to_rgb(colour & 0xFF)
    if 90 <= colour <= 97:
        return palette_to_rgb(8 + colour - 90)
    return NONE


def colour_to_string(colour: int) -> str:
    """The name tmux prints for a colour."""
    if colour != NONE and colour & COLOUR_RGB:
        return "#{:02x}{:02x}{:02x}".format(*split_rgb(colour))
    if colour != NONE and colour & COLOUR_256:
        return f"colour{colour & 0xFF}"
    return _NAMES.get(colour, "invalid")


def colour_from_string(text: str) -> int:
    """The colour a user names: "red", "brightred", "colour12", "#rrggbb", an X11 name; NONE if unknown."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return int(text[1:], 16) | COLOUR_RGB
    lower = text.lower()
    for prefix in ("colour", "color"):
        if lower.startswith(prefix):
            number = lower[len(prefix) :]
            valid = re.fullmatch(r"[+-]?[0-9]+", number, re.A) and 0 <= int(number) <= 255
            return int(number) | COLOUR_256 if valid else NONE
    if text in _DIGITS:
        return _DIGITS[text]
    found = _NUMBERS.get(lower)
    return found if found is not None else colour_by_name(text)


@lru_cache(maxsize=1)
def _x11_names() -> dict[str, int]:
    from .colours_x11 import NAMES

    pairs = (word.split(":") for word in NAMES.split())
    return {name.replace("_", " "): int(value, 16) | COLOUR_RGB for name, value in pairs}


def colour_by_name(name: str) -> int:
    """An X11 colour name ("AliceBlue", "grey50") as RGB, or NONE."""
    lower = name.lower()
    if lower.startswith(("grey", "gray")):
        number = lower[4:]
        if not number:
            return 0xBEBEBE | COLOUR_RGB
        if not re.fullmatch(r"[+-]?[0-9]+", number, re.A) or not 0 <= int(number) <= 100:
            return NONE
        value = int(2.55 * int(number) + 0.5)
        return join_rgb(value, value, value)
    return _x11_names().get(lower, NONE)


def parse_x11(text: str) -> int:
    """A colour as programs send it in OSC 4, 10, 11 and 12: rgb:, #, cmy(k): or a name; NONE if neither."""
    for pattern, base, shift in _X11_FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            red, green, blue = (int(part, base) >> shift for part in match.groups())
            return join_rgb(red, green, blue)
    match = _CMYK.fullmatch(text)
    if match is not None:
        parts = [float(part) for part in match.groups() if part is not None]
        if all(part <= 1 for part in parts):
            black = parts[3] if len(parts) == 4 else 0.0
            red, green, blue = (int((1 - part) * (1 - black) * 255) for part in parts[:3])
            return join_rgb(red, green, blue)
    return colour_by_name(text.strip(" "))


def theme_of(colour: int) -> str:
    """ "dark" or "light" by the brightness of a background; "" if the colour is not known."""
    rgb = force_rgb(colour)
    if colour in (0, 90):
        return "dark"
    if colour in (7, 97):
        return "light"
    if rgb == NONE:
        return ""
    return "light" if sum(split_rgb(rgb)) > 382 else "dark"


class Palette:
    """A pane's colours: what OSC 4, 10 and 11 set, over the defaults of option pane-colours."""

    __slots__ = ("bg", "defaults", "entries", "fg")

    def __init__(self) -> None:
        self.fg: int = DEFAULT
        self.bg: int = DEFAULT
        #: Index -> colour, set by the program; None without any.
        self.entries: dict[int, int] | None = None
        #: Index -> colour, from the option; None without any.
        self.defaults: dict[int, int] | None = None

    def get(self, colour: int) -> int:
        """What a cell colour is replaced with, or NONE."""
        if colour == NONE:
            return NONE
        if 90 <= colour <= 97:
            index = 8 + colour - 90
        elif colour & COLOUR_256:
            index = colour & 0xFF
        elif 0 <= colour < 8:
            index = colour
        else:
            return NONE
        if self.entries is not None and index in self.entries:
            return self.entries[index]
        return NONE if self.defaults is None else self.defaults.get(index, NONE)

    def set(self, index: int, colour: int) -> bool:
        """Set entry 0..255, NONE removing it; whether something may have changed."""
        if colour == NONE:
            return self.entries is not None and self.entries.pop(index, NONE) != NONE
        if self.entries is None:
            self.entries = {}
        self.entries[index] = colour
        return True

    def clear(self) -> None:
        """Forget everything the program set."""
        self.fg = self.bg = DEFAULT
        self.entries = None
