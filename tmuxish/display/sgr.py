"""From one cell style to the next, in as few bytes as a given terminal needs.

Styles are downgraded first to what the terminal shows (RGB to 256 to 16 to 8 colours, reverse video where
there is no background colour), then the difference is sent: attributes can only be switched off together,
so taking one away resets everything.
"""

from __future__ import annotations

from tmuxish.display.terminal import Terminal
from tmuxish.emulator.colours import (
    COLOUR_256,
    COLOUR_RGB,
    force_rgb,
    palette_to_16,
    rgb_to_256,
    split_rgb,
)
from tmuxish.emulator.style import (
    BLINK,
    BRIGHT,
    CHARSET,
    DIM,
    HIDDEN,
    ISOLATED,
    ITALICS,
    OVERLINE,
    REVERSE,
    STRIKETHROUGH,
    UNDERSCORE,
    UNDERSCORE_2,
    UNDERSCORE_3,
    UNDERSCORE_4,
    UNDERSCORE_5,
    Style,
    style_of,
)

BLACK, WHITE = 0, 7
DEFAULT_COLOURS = (8, 9)
BRIGHT_COLOURS = range(90, 98)

# Attribute -> the capability that turns it on.
_ON = (
    (BRIGHT, "bold"),
    (DIM, "dim"),
    (BLINK, "blink"),
    (HIDDEN, "invis"),
    (STRIKETHROUGH, "smxx"),
    (OVERLINE, "Smol"),
)
# Underline style -> parameter of Smulx.
_UNDERLINES = ((UNDERSCORE_2, 2), (UNDERSCORE_3, 3), (UNDERSCORE_4, 4), (UNDERSCORE_5, 5))


class Look:
    """A style as one terminal can show it."""

    __slots__ = ("attributes", "background", "foreground", "underline_colour")

    def __init__(self, foreground: int, background: int, underline_colour: int, attributes: int) -> None:
        self.foreground = foreground
        self.background = background
        self.underline_colour = underline_colour
        self.attributes = attributes

    @property
    def is_plain(self) -> bool:
        return (
            self.attributes == 0
            and self.foreground in DEFAULT_COLOURS
            and self.background in DEFAULT_COLOURS
            and self.underline_colour in DEFAULT_COLOURS
        )


PLAIN = Look(8, 8, 8, 0)


class StyleWriter:
    """Style changes for one terminal. Everything is remembered per pair of style ids."""

    def __init__(self, terminal: Terminal, italics: bool = True) -> None:
        """`italics` is False where `default-terminal` has none (screen): they are shown standing out."""
        self.terminal = terminal
        self.italics = italics
        self._looks: dict[str, Look] = {}
        self._changes: dict[tuple[str, str], str] = {}

    def forget(self) -> None:
        """To be called when the terminal's capabilities changed."""
        self._looks.clear()
        self._changes.clear()

    def look(self, style: str) -> Look:
        """How the terminal shows a style; `style` is chr(style id)."""
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = self._downgrade(style_of(style))
        return look

    def change(self, old: str, new: str) -> str:
        """The bytes that turn style `old` into `new` (hyperlinks apart)."""
        sent = self._changes.get((old, new))
        if sent is None:
            sent = self._changes[old, new] = self._difference(self.look(old), self.look(new))
        return sent

    def erasable(self, style: str) -> bool:
        """Whether erasing with the terminal's own commands leaves blanks of this style."""
        look = self.look(style)
        plain = style_of(style)
        if look.attributes or plain.link or plain.attrs & ISOLATED:
            return False
        return look.background in DEFAULT_COLOURS or self.terminal.flag("bce")

    # -- what the terminal can show ------------------------------------------------------------

    def _downgrade(self, style: Style) -> Look:
        attributes = style.attrs & ~ISOLATED
        foreground, background = style.fg, style.bg
        if not self.terminal.has("setab"):
            # Without backgrounds, reverse video is the nearest thing to one.
            if attributes & REVERSE:
                if foreground != WHITE and foreground not in DEFAULT_COLOURS:
                    attributes &= ~REVERSE
            elif background != BLACK and background not in DEFAULT_COLOURS:
                attributes |= REVERSE
        foreground, attributes = self._foreground(foreground, background, attributes)
        return Look(foreground, self._background(background), self._underline_colour(style.us), attributes)

    def _foreground(self, colour: int, background: int, attributes: int) -> tuple[int, int]:
        colours = self.terminal.colours
        if colour & COLOUR_RGB:
            if self.terminal.rgb:
                return colour, attributes
            colour = rgb_to_256(*split_rgb(colour))
        if colour & COLOUR_256:
            if colours >= 256:
                return colour, attributes
            colour = palette_to_16(colour)
            if not colour & 8:
                return colour, attributes
            colour &= 7
            if colours >= 16:
                return colour + 90, attributes
            # Black on black or white on white could not be read.
            if colour == background == BLACK:
                return WHITE, attributes
            if colour == background == WHITE:
                return BLACK, attributes
            return colour, attributes
        if colour in BRIGHT_COLOURS and colours < 16:
            return colour - 90, attributes | BRIGHT
        return colour, attributes

    def _background(self, colour: int) -> int:
        colours = self.terminal.colours
        if colour & COLOUR_RGB:
            if self.terminal.rgb:
                return colour
            colour = rgb_to_256(*split_rgb(colour))
        if colour & COLOUR_256:
            if colours >= 256:
                return colour
            colour = palette_to_16(colour)
            if not colour & 8:
                return colour
            return (colour & 7) + (90 if colours >= 16 else 0)
        if colour in BRIGHT_COLOURS and colours < 16:
            return colour - 90
        return colour

    def _underline_colour(self, colour: int) -> int:
        if colour in DEFAULT_COLOURS or self.terminal.has("Setulc1"):
            return colour
        rgb = force_rgb(colour)
        return 8 if rgb == -1 else rgb

    # -- what to send --------------------------------------------------------------------------

    def _difference(self, old: Look, new: Look) -> str:
        out: list[str] = []
        plain_underline = new.underline_colour in DEFAULT_COLOURS
        if old.attributes & ~new.attributes or (
            plain_underline and old.underline_colour not in DEFAULT_COLOURS
        ):
            old = self._reset(old, out)
        old = self._colours(old, new, out)
        self._attributes(new.attributes & ~old.attributes, out)
        return "".join(out)

    def _reset(self, old: Look, out: list[str]) -> Look:
        if not old.is_plain:
            if old.attributes & CHARSET and self.terminal.line_drawing_charset:
                out.append(self.terminal.code("rmacs"))
            out.append(self.terminal.code("sgr0"))
        return PLAIN

    def _colours(self, old: Look, new: Look, out: list[str]) -> Look:
        """Sends the colours; what it returns is `old` or, if everything had to be reset, PLAIN."""
        default_fg, default_bg = new.foreground in DEFAULT_COLOURS, new.background in DEFAULT_COLOURS
        drop_fg = default_fg and old.foreground not in DEFAULT_COLOURS
        drop_bg = default_bg and old.background not in DEFAULT_COLOURS
        if drop_fg or drop_bg:
            if not self.terminal.flag("AX"):
                old = self._reset(old, out)
            else:
                out.append("\x1b[39m" if drop_fg else "")
                out.append("\x1b[49m" if drop_bg else "")
        if not default_fg and new.foreground != old.foreground:
            out.append(self._colour(new.foreground, "setaf", "setrgbf", 0))
        if not default_bg and new.background != old.background:
            out.append(self._colour(new.background, "setab", "setrgbb", 10))
        if new.underline_colour not in DEFAULT_COLOURS and new.underline_colour != old.underline_colour:
            out.append(self._set_underline_colour(new.underline_colour))
        return old

    def _colour(self, colour: int, indexed: str, rgb: str, bright_offset: int) -> str:
        if colour & COLOUR_RGB:
            return self.terminal.code(rgb, *split_rgb(colour))
        if colour & COLOUR_256:
            return self.terminal.code(indexed, colour & 0xFF)
        if colour in BRIGHT_COLOURS:
            if self.terminal.colours_256:
                return f"\x1b[{colour + bright_offset}m"
            return self.terminal.code(indexed, colour - 90 + 8)
        return self.terminal.code(indexed, colour)

    def _set_underline_colour(self, colour: int) -> str:
        if not colour & COLOUR_RGB:
            if not colour & COLOUR_256 and colour in BRIGHT_COLOURS:
                colour -= 90 - 8
            return self.terminal.code("Setulc1", colour & 0xFF)
        value = colour & 0xFFFFFF
        if self.terminal.has("Setulc"):
            return self.terminal.code("Setulc", value)
        # Setal is only right where the terminal's colours are direct ones.
        if self.terminal.has("setal") and self.terminal.has("RGB"):
            return self.terminal.code("setal", value)
        return ""

    def _attributes(self, changed: int, out: list[str]) -> None:
        terminal = self.terminal
        for bit, capability in _ON:
            if changed & bit:
                out.append(terminal.code(capability))
        if changed & ITALICS:
            out.append(terminal.code("sitm" if self.italics and terminal.has("sitm") else "smso"))
        if changed & UNDERSCORE:
            out.append(terminal.code("smul"))
        else:
            for bit, parameter in _UNDERLINES:
                if changed & bit:
                    out.append(terminal.code("Smulx", parameter))
        if changed & REVERSE:
            out.append(terminal.code("rev" if terminal.has("rev") else "smso"))
        if changed & CHARSET and terminal.line_drawing_charset:
            out.append(terminal.code("smacs"))
