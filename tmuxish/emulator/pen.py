"""The current style while text is written, and SGR: a pen is a style with all that is derived from it.

Pens are memoised: each remembers which pen follows from which SGR sequence, so that colourful output
costs one dictionary lookup per colour change.
"""

from __future__ import annotations

from . import style as styles
from .colours import COLOUR_256, DEFAULT, is_default, join_rgb
from .csi import COLON, MISSING, split_params
from .style import DEFAULT_CHAR, DEFAULT_STYLE, Style, intern_transient

#: Steps between pens that are remembered in all; beyond that memory is given back and pens are made again.
MAX_STEPS = 32768

_SET_BITS: dict[int, int] = {
    1: styles.BRIGHT,
    2: styles.DIM,
    3: styles.ITALICS,
    5: styles.BLINK,
    6: styles.BLINK,
    7: styles.REVERSE,
    8: styles.HIDDEN,
    9: styles.STRIKETHROUGH,
    53: styles.OVERLINE,
}
_CLEAR_BITS: dict[int, int] = {
    22: styles.BRIGHT | styles.DIM,
    23: styles.ITALICS,
    24: styles.ALL_UNDERSCORE,
    25: styles.BLINK,
    27: styles.REVERSE,
    28: styles.HIDDEN,
    29: styles.STRIKETHROUGH,
    55: styles.OVERLINE,
}
#: Kinds of underline by the second part of "4:n".
_UNDERLINES: tuple[int, ...] = (
    0,
    styles.UNDERSCORE,
    styles.UNDERSCORE_2,
    styles.UNDERSCORE_3,
    styles.UNDERSCORE_4,
    styles.UNDERSCORE_5,
)
#: Parts a colon parameter may have.
MAX_COLON_PARTS = 7


class Pen:
    """A style, its characters for rows, and the pens SGR leads to from here."""

    __slots__ = ("_acs", "blank", "cell", "char", "sequences", "steps", "style")

    def __init__(self, style: Style) -> None:
        self.style: Style = style
        number = intern_transient(style)
        #: The style character, "" for the default style.
        self.char: str = chr(number) if number else ""
        #: The style character in any case.
        self.cell: str = self.char or DEFAULT_CHAR
        #: The style of cells erased with this pen: its background only; "" for the default.
        self.blank: str = "" if is_default(style.bg) else chr(intern_transient(Style(bg=style.bg)))
        self._acs: str = ""
        #: SGR parameters -> the pen they lead to.
        self.steps: dict[str, Pen] = {}
        #: The same by whole sequences without their ESC, for those who have these at hand.
        self.sequences: dict[str, Pen] = {}

    @property
    def acs(self) -> str:
        """The style character of line-drawing text."""
        if not self._acs:
            style = self.style
            self._acs = chr(intern_transient(style.replace(attrs=style.attrs | styles.CHARSET)))
        return self._acs

    def sgr(self, parameters: str) -> Pen:
        """The pen after SGR with these parameters."""
        found = self.steps.get(parameters)
        if found is None:
            found = _cache.pen_for(apply_sgr(self.style, parameters))
            _cache.count_step()
            self.steps[parameters] = found
        return found

    def sgr_sequence(self, sequence: str) -> Pen:
        """The pen after an SGR sequence, given without its ESC: "[ parameters m"."""
        found = self.sequences.get(sequence)
        if found is None:
            found = self.sgr(sequence[1:-1])
            _cache.count_step()
            self.sequences[sequence] = found
        return found


class _Cache:
    """All pens by style."""

    def __init__(self) -> None:
        self.pens: dict[tuple[int, int, int, int, int], Pen] = {}
        self.steps: int = 0

    def pen_for(self, style: Style) -> Pen:
        key = style.key()
        found = self.pens.get(key)
        if found is None:
            self.count_step()
            found = self.pens[key] = Pen(style)
        return found

    def count_step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            self.forget()

    def forget(self) -> None:
        for pen in self.pens.values():
            pen.steps.clear()
            pen.sequences.clear()
        self.pens.clear()
        self.steps = 0


_cache = _Cache()


def pen_for(style: Style) -> Pen:
    """The pen of a style."""
    return _cache.pen_for(style)


def forget_pens() -> None:
    """Give the memory of pens back; those in use stay valid."""
    _cache.forget()


def default_pen() -> Pen:
    """The pen of the default style."""
    return pen_for(DEFAULT_STYLE)


class _Draft:
    """A style being changed by SGR parameters."""

    __slots__ = ("attrs", "bg", "fg", "link", "us")

    def __init__(self, style: Style) -> None:
        self.fg, self.bg, self.us, self.attrs, self.link = style.key()

    def reset(self) -> None:
        self.fg = self.bg = self.us = DEFAULT
        self.attrs = 0

    def underline(self, kind: int) -> None:
        self.attrs = (self.attrs & ~styles.ALL_UNDERSCORE) | _UNDERLINES[kind]

    def set_colour(self, which: int, colour: int) -> None:
        """Colour of what 38, 48 or 58 names."""
        if which == 38:
            self.fg = colour
        elif which == 48:
            self.bg = colour
        else:
            self.us = colour

    def set_256(self, which: int, index: int) -> None:
        if 0 <= index <= 255:
            self.set_colour(which, index | COLOUR_256)
        elif which != 58:
            self.set_colour(which, DEFAULT)

    def set_rgb(self, which: int, red: int, green: int, blue: int) -> bool:
        if not (0 <= red <= 255 and 0 <= green <= 255 and 0 <= blue <= 255):
            return False
        self.set_colour(which, join_rgb(red, green, blue))
        return True


def apply_sgr(style: Style, text: str) -> Style:
    """The style after SGR with parameters `text`; unchanged if they are malformed."""
    split = split_params(text)
    if split is None:
        return style
    params, colons = split
    if not params:
        return DEFAULT_STYLE
    draft = _Draft(style)
    i = 0
    while i < len(params):
        number = params[i]
        if number == COLON:
            _colon(draft, colons[i])
        elif number in (38, 48, 58):
            i = _extended(draft, params, i)
        else:
            _simple(draft, max(number, 0))
        i += 1
    return Style(draft.fg, draft.bg, draft.us, draft.attrs, draft.link)


def _extended(draft: _Draft, params: tuple[int, ...], i: int) -> int:
    """38, 48 or 58 at i with their values as further parameters; the index of the last one used."""

    def value(at: int) -> int:
        return params[at] if at < len(params) and params[at] >= 0 else -1

    which = params[i]
    i += 1
    kind = value(i)
    if kind == 2:
        if draft.set_rgb(which, value(i + 1), value(i + 2), value(i + 3)):
            i += 3
    elif kind == 5:
        draft.set_256(which, value(i + 1))
        i += 1
    return i


def _simple(draft: _Draft, number: int) -> None:
    """One parameter that stands alone."""
    if number == 0:
        draft.reset()
    elif number in _SET_BITS:
        draft.attrs |= _SET_BITS[number]
    elif number in _CLEAR_BITS:
        draft.attrs &= ~_CLEAR_BITS[number]
    elif number in (4, 21):
        draft.underline(1 if number == 4 else 2)
    elif 30 <= number <= 37:
        draft.fg = number - 30
    elif number == 39:
        draft.fg = DEFAULT
    elif 40 <= number <= 47:
        draft.bg = number - 40
    elif number == 49:
        draft.bg = DEFAULT
    elif number == 59:
        draft.us = DEFAULT
    elif 90 <= number <= 97:
        draft.fg = number
    elif 100 <= number <= 107:
        draft.bg = number - 10


def _colon(draft: _Draft, text: str) -> None:
    """One parameter with parts: 4:n, 38:5:n, 38:2:r:g:b, 38:2:space:r:g:b and so on."""
    words = text.split(":")
    if len(words) > MAX_COLON_PARTS:
        return
    parts = [MISSING if word == "" else int(word) for word in words]
    count = len(parts)
    if parts[0] == 4:
        if count == 2 and 0 <= parts[1] <= 5:
            draft.underline(parts[1])
    elif parts[0] in (38, 48, 58) and count >= 3:
        if parts[1] == 5:
            draft.set_256(parts[0], parts[2])
        elif parts[1] == 2:
            at = 2 if count == 5 else 3
            if count >= at + 3:
                draft.set_rgb(parts[0], parts[at], parts[at + 1], parts[at + 2])
