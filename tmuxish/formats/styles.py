"""Styles as users write them (`fg=red,bold,align=centre`), in options and in `#[...]`.

A `ParsedStyle` is the appearance of cells plus what concerns the drawing of a line: alignment, lists, ranges
for the mouse, fills. Parsing changes an existing one, as each `#[...]` adds to those before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tmuxish.emulator import style as attributes
from tmuxish.emulator.colours import DEFAULT, NONE, colour_from_string, colour_to_string
from tmuxish.emulator.style import DEFAULT_STYLE, Style
from tmuxish.formats.expand import expand
from tmuxish.formats.text import to_number

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.options import Options

# The longest part of a style, and the longest name of a user's range.
MAX_PART = 255
MAX_RANGE_NAME = 15

_UINT_MAX = 2**32 - 1
_ATTRIBUTE_DELIMITERS = " ,|"

# Attributes by name; of several names for one, the first is printed.
ATTRIBUTES = {
    "acs": attributes.CHARSET,
    "bright": attributes.BRIGHT,
    "bold": attributes.BRIGHT,
    "dim": attributes.DIM,
    "underscore": attributes.UNDERSCORE,
    "blink": attributes.BLINK,
    "reverse": attributes.REVERSE,
    "hidden": attributes.HIDDEN,
    "italics": attributes.ITALICS,
    "strikethrough": attributes.STRIKETHROUGH,
    "double-underscore": attributes.UNDERSCORE_2,
    "curly-underscore": attributes.UNDERSCORE_3,
    "dotted-underscore": attributes.UNDERSCORE_4,
    "dashed-underscore": attributes.UNDERSCORE_5,
    "overline": attributes.OVERLINE,
}

# What `align`, `list` and `*-default` can be; "" is none of them.
ALIGNMENTS = ("left", "centre", "right", "absolute-centre")
LISTS = ("on", "focus", "left-marker", "right-marker")
DEFAULT_CHANGES = ("push", "pop", "set")

# Ranges that take no argument, a number of up to one digit, an id with its sigil, a number, a name.
_PLAIN_RANGES = ("left", "right")
_NUMBERED_RANGES = {
    "control": ("", 9),
    "pane": ("%", _UINT_MAX),
    "window": ("", _UINT_MAX),
    "session": ("$", _UINT_MAX),
}


class StyleError(ValueError):
    """The text is no style. `str()` is the message for the user."""


class ParsedStyle:
    """A style in the making. Colours as in `emulator.colours`; fill 8, width and pad -1 are unset."""

    __slots__ = (
        "align",
        "attrs",
        "bg",
        "default_change",
        "fg",
        "fill",
        "ignore",
        "list",
        "pad",
        "range_argument",
        "range_kind",
        "range_name",
        "us",
        "width",
        "width_is_percentage",
    )

    def __init__(self, cell: Style = DEFAULT_STYLE) -> None:
        self.fg = cell.fg
        self.bg = cell.bg
        self.us = cell.us
        self.attrs = cell.attrs
        self.ignore = False
        self.fill = DEFAULT
        self.align = ""
        self.list = ""
        self.range_kind = ""
        self.range_argument = 0
        self.range_name = ""
        self.width = -1
        self.width_is_percentage = False
        self.pad = -1
        self.default_change = ""

    def copy(self) -> ParsedStyle:
        other = ParsedStyle()
        for name in ParsedStyle.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    @property
    def cell(self) -> Style:
        """How cells in this style look."""
        return Style(self.fg, self.bg, self.us, self.attrs)

    def __str__(self) -> str:
        return style_to_string(self)


def attributes_to_string(attrs: int) -> str:
    """Attribute bits by name, comma-separated; `none` for none."""
    if not attrs:
        return "none"
    names = [name for name, bit in ATTRIBUTES.items() if attrs & bit and name != "bold"]
    if attrs & attributes.NOATTR:
        names.append("noattr")
    return ",".join(names)


def attributes_from_string(text: str) -> int | None:
    """The bits of names separated by blanks, commas or bars; None if one is unknown."""
    if not text or text[0] in _ATTRIBUTE_DELIMITERS or text[-1] in _ATTRIBUTE_DELIMITERS:
        return None
    lower = text.lower()
    if lower in ("default", "none"):
        return 0
    attrs = 0
    for name in lower.replace(" ", "|").replace(",", "|").split("|"):
        if name:
            if name not in ATTRIBUTES:
                return None
            attrs |= ATTRIBUTES[name]
    return attrs


def parse_style(text: str, base: Style = DEFAULT_STYLE, onto: ParsedStyle | None = None) -> ParsedStyle:
    """`onto` (by default a new style like `base`) changed as `text` says; `default` is taken from `base`.

    Raises StyleError, leaving `onto` as it was.
    """
    parsed = ParsedStyle(base) if onto is None else onto
    changed = parsed.copy()
    for part in text.replace(",", " ").replace("\n", " ").split(" "):
        if part and (len(part) > MAX_PART or not _apply(part, changed, base)):
            raise StyleError(f"invalid style: {text}")
    for name in ParsedStyle.__slots__:
        setattr(parsed, name, getattr(changed, name))
    return parsed


def is_style(text: str) -> bool:
    """Whether `text` can be parsed."""
    try:
        parse_style(text)
    except StyleError:
        return False
    return True


def _apply(part: str, style: ParsedStyle, base: Style) -> bool:
    """Apply one part; False if it means nothing."""
    lower = part.lower()
    simple = _WORDS.get(lower)
    if simple is not None:
        setattr(style, *simple)
        return True
    if lower == "default":
        style.fg, style.bg, style.us, style.attrs = base.fg, base.bg, base.us, base.attrs
        return True
    if lower == "norange":
        style.range_kind, style.range_argument, style.range_name = "", 0, ""
        return True
    name, equals, value = lower.partition("=")
    setter = _SETTERS.get(name) if equals and value else None
    if setter is not None:
        # The user's range is the one value where case matters.
        return setter(style, base, part[len(name) + 1 :])
    if lower.startswith("no"):
        return _without(part, style)
    attrs = attributes_from_string(lower)
    if attrs is None:
        return False
    style.attrs |= attrs
    return True


def _without(part: str, style: ParsedStyle) -> bool:
    if part[2:] == "attr":
        style.attrs |= attributes.NOATTR
        return True
    attrs = attributes_from_string(part[2:])
    if attrs is None:
        return False
    style.attrs &= ~attrs
    return True


_WORDS: dict[str, tuple[str, object]] = {
    "ignore": ("ignore", True),
    "noignore": ("ignore", False),
    "nolist": ("list", ""),
    "noalign": ("align", ""),
    "none": ("attrs", 0),
    **{f"{change}-default": ("default_change", change) for change in DEFAULT_CHANGES},
    **{f"list={state}": ("list", state) for state in LISTS},
    **{f"align={side}": ("align", side) for side in ALIGNMENTS},
}


def _set_fg(style: ParsedStyle, base: Style, value: str) -> bool:
    colour = colour_from_string(value)
    style.fg = base.fg if colour == DEFAULT else colour
    return colour != NONE


def _set_bg(style: ParsedStyle, base: Style, value: str) -> bool:
    colour = colour_from_string(value)
    style.bg = base.bg if colour == DEFAULT else colour
    return colour != NONE


def _set_us(style: ParsedStyle, base: Style, value: str) -> bool:
    colour = colour_from_string(value)
    style.us = base.us if colour == DEFAULT else colour
    return colour != NONE


def _set_fill(style: ParsedStyle, _: Style, value: str) -> bool:
    style.fill = colour_from_string(value)
    return style.fill != NONE


def _set_width(style: ParsedStyle, _: Style, value: str) -> bool:
    percentage = len(value) > 1 and value.endswith("%")
    number = to_number(value[:-1], 0, 100) if percentage else to_number(value, 0, _UINT_MAX)
    if number is None:
        return False
    style.width = _as_int(number)
    style.width_is_percentage = percentage
    return True


def _set_pad(style: ParsedStyle, _: Style, value: str) -> bool:
    number = to_number(value, 0, _UINT_MAX)
    if number is None:
        return False
    style.pad = _as_int(number)
    return True


def _as_int(number: int) -> int:
    """As a C int holds it: what is too large for one counts as unset or negative."""
    return number - 2**32 if number > 2**31 - 1 else number


def _set_range(style: ParsedStyle, _: Style, value: str) -> bool:
    kind, bar, argument = value.partition("|")
    kind = kind.lower()
    if bar and not argument:
        return False
    number = 0
    name = ""
    if kind in _PLAIN_RANGES:
        if bar:
            return False
    elif kind in _NUMBERED_RANGES:
        sigil, highest = _NUMBERED_RANGES[kind]
        if not argument.startswith(sigil):
            return False
        parsed = to_number(argument[len(sigil) :], 0, highest)
        if parsed is None:
            return False
        number = parsed
    elif kind == "user":
        if not bar:
            return False
        name = argument[:MAX_RANGE_NAME]
    else:
        # tmux takes a range it does not know for no change.
        return True
    style.range_kind, style.range_argument, style.range_name = kind, number, name
    return True


_SETTERS: dict[str, Callable[[ParsedStyle, Style, str], bool]] = {
    "fg": _set_fg,
    "bg": _set_bg,
    "us": _set_us,
    "fill": _set_fill,
    "range": _set_range,
    "width": _set_width,
    "pad": _set_pad,
}


def _range_to_string(style: ParsedStyle) -> str:
    if style.range_kind == "user":
        return f"user|{style.range_name}"
    if style.range_kind in ("pane", "window", "session"):
        return f"{style.range_kind}|{_NUMBERED_RANGES[style.range_kind][0]}{style.range_argument}"
    return style.range_kind


def style_to_string(style: ParsedStyle) -> str:
    """`style` as text that parses to it; `default` if there is nothing to say."""
    parts: list[str] = []
    if style.list:
        parts.append(f"list={style.list}")
    if style.range_kind:
        parts.append(f"range={_range_to_string(style)}")
    if style.align:
        parts.append(f"align={style.align}")
    if style.default_change:
        parts.append(f"{style.default_change}-default")
    for name in ("fill", "fg", "bg", "us"):
        colour = getattr(style, name)
        if colour != DEFAULT:
            parts.append(f"{name}={colour_to_string(colour)}")
    if style.attrs:
        parts.append(attributes_to_string(style.attrs))
    if style.width >= 0:
        parts.append(f"width={style.width}{'%' if style.width_is_percentage else ''}")
    if style.pad >= 0:
        parts.append(f"pad={style.pad}")
    return ",".join(parts) or "default"


def style_from_option(options: Options, name: str, scope: Scope | None = None) -> ParsedStyle | None:
    """The style an option holds, its formats expanded against `scope`; None if it is none."""
    text = options.get(name)
    if not isinstance(text, str):
        return None
    if scope is not None and "#{" in text:
        text = expand(text, scope)
    try:
        return parse_style(text)
    except StyleError:
        return None


def add_style(cell: Style, options: Options, name: str, scope: Scope | None = None) -> Style:
    """`cell` with a style option laid over it: its colours that are not default, its attributes."""
    style = style_from_option(options, name, scope)
    if style is None:
        return cell
    return Style(
        cell.fg if style.fg == DEFAULT else style.fg,
        cell.bg if style.bg == DEFAULT else style.bg,
        cell.us if style.us == DEFAULT else style.us,
        cell.attrs | style.attrs,
        cell.link,
    )


def apply_style(options: Options, name: str, scope: Scope | None = None) -> Style:
    """The cells of a style option, over the default."""
    return add_style(DEFAULT_STYLE, options, name, scope)
