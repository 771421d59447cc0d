"""The rows of one pane as pieces of a frame: padded, cut, tabs as blanks, colours as the pane shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tmuxish.display.frame import DEFAULT_STYLE, PAD, Marks
from tmuxish.display.links import hyperlinks_of
from tmuxish.emulator.colours import DEFAULT, NONE
from tmuxish.emulator.modes import SYNC
from tmuxish.emulator.style import BRIGHT, NO_PALETTE, intern_style, style_of
from tmuxish.formats.trim import char_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.display.links import Links
    from tmuxish.display.source import Source
    from tmuxish.emulator.rows import Row

_FIRST_WIDE = "\u1100"
_TAB = re.compile(f"\t{PAD}*")
# What is left of a tab in which something was inserted.
_REST_OF_TAB = re.compile(f"(?<=[ -~]){PAD}+")
# Colours that bold text shows brighter where the palette says how.
_DIM_COLOURS = range(8)


class StyleMap(dict[int, int]):
    """Style code point of a row -> of the frame (for str.translate): the pane's default colours and palette
    put in, hyperlinks numbered for the client."""

    def __init__(self, pane: Source, foreground: int, background: int, links: Links) -> None:
        super().__init__()
        self._pane = pane
        self._foreground = foreground
        self._background = background
        self._links = links
        self.default = chr(self[ord(DEFAULT_STYLE)])

    def __missing__(self, code: int) -> int:
        style = style_of(code)
        if style.attrs & NO_PALETTE:
            mapped = self[code] = intern_style(style.replace(attrs=style.attrs & ~NO_PALETTE))
            return mapped
        palette = self._pane.emulator.palette
        fg = self._foreground if style.fg == DEFAULT else style.fg
        bg = self._background if style.bg == DEFAULT else style.bg
        bright = 90 if style.attrs & BRIGHT and fg in _DIM_COLOURS else 0
        found = palette.get(fg + bright)
        fg = fg if found == NONE else found
        found = palette.get(bg)
        bg = bg if found == NONE else found
        found = palette.get(style.us)
        us = style.us if found == NONE else found
        link = self._links.number(self._pane, style.link) if style.link else 0
        shown = style.replace(fg=fg, bg=bg, us=us, link=link)
        # A style that no row has itself must not be forgotten while it is shown.
        mapped = self[code] = code if shown == style else intern_style(shown)
        return mapped


class Piece:
    """Part of a frame's line, as wide as it is asked for. `whole`: see `Line`."""

    __slots__ = ("marks", "style", "text", "whole", "wrapped")

    def __init__(self, text: str, style: str, marks: Marks | None, wrapped: bool) -> None:
        self.whole = False
        self.text = text
        self.style = style
        self.marks = marks
        self.wrapped = wrapped

    def part(self, start: int, width: int) -> Piece:
        """Some of its columns."""
        end = start + width
        text = _mend(self.text[start:end], self.text[end : end + 1] == PAD and self.text[end - 1] != PAD)
        marks = {x - start: mark for x, mark in (self.marks or {}).items() if start <= x < end}
        return Piece(text, self.style[start:end], marks or None, False)


def cut_row(row: Row, start: int, width: int, styles: StyleMap) -> Piece:
    """Columns `start` and following of a row, `width` of them. A character that is cut leaves blanks."""
    end = start + width
    text = row.text
    following = text[end : end + 1]
    text = text[start:end]
    if "\t" in text:
        text = _TAB.sub(_blanks, text)
    if PAD in text and not row.marks:
        text = _REST_OF_TAB.sub(_blanks, text)
    if PAD in text or following == PAD:
        text = _mend(text, following == PAD and row.text[end - 1] not in (PAD, "\t"))
    style = row.style[start:end]
    if text[-1:] >= _FIRST_WIDE and text[-1] != PAD and following != PAD and char_width(text[-1]) == 2:
        # Lines that are wrapped anew may be parted within a character, as in tmux.
        text = text + PAD if len(text) < width else text[:-1] + " "
        style += style[-1:]
    text = text.ljust(width)
    style = style[:width].ljust(width, DEFAULT_STYLE)
    if styles.default != DEFAULT_STYLE or style.strip(DEFAULT_STYLE):
        style = style.translate(styles)
    marks = None
    if row.marks:
        marks = {x - start: mark for x, mark in row.marks.items() if mark and start <= x < end}
        marks = {x: mark for x, mark in marks.items() if text[x] != " "} or None
    return Piece(text, style, marks, row.wrapped)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _mend(text: str, cut: bool) -> str:
    """Blanks for halves of wide characters at either end."""
    rest = text.lstrip(PAD)
    text = " " * (len(text) - len(rest)) + rest
    return text[:-1] + " " if cut and text else text


# What a piece was made from: text, style, marks, wrapped.
_Content = tuple[str, str, Marks | None, bool]
_NO_ROW: _Content = ("", "", None, False)
_NO_PIECE = Piece("", "", None, False)


class PaneRows:
    """The pieces of one pane, made again only where its rows changed.

    They stay as they are while the program is amid a synchronised update (mode 2026), whatever else is drawn.
    """

    __slots__ = (
        "_cut",
        "_generation",
        "_key",
        "_links",
        "_pieces",
        "_rows",
        "_screen",
        "_styles",
        "_updates",
        "pane",
    )

    def __init__(self, pane: Source, links: Links) -> None:
        self.pane = pane
        self._links = links
        self._key: object = None
        self._cut = (0, 0)
        self._generation = -1
        self._updates = 0
        self._screen: object = None
        self._rows: list[_Content] = []
        self._pieces: list[Piece] = []
        self._styles: StyleMap | None = None

    def update(self, start: int, width: int, foreground: int, background: int) -> Sequence[int] | None:
        """Bring the pieces up to date; the rows whose pieces are others now, None if that may be all of them.

        `start`, `width`: the columns of the pane to be shown. `foreground`, `background`: what cells without
        a colour get.
        """
        screen, palette = self.pane.shown, self.pane.emulator.palette
        entries = tuple(palette.entries.items()) if palette.entries else None
        defaults = tuple(palette.defaults.items()) if palette.defaults else None
        key = (foreground, background, entries, defaults, hyperlinks_of(self.pane))
        styles = self._styles
        if styles is not None and key == self._key and self._cut == (start, width):
            if screen is self._screen and (screen.generation == self._generation or screen.modes & SYNC):
                return ()
            fresh = False
        else:
            fresh = True
            self._cut = (start, width)
            self._rows, self._pieces = [], []
        if styles is None or key != self._key:
            styles = self._styles = StyleMap(self.pane, foreground, background, self._links)
            self._key = key
        self._screen, self._generation = screen, screen.generation
        shown = len(self._pieces)
        changed = self._cut_changed(screen.lines, styles)
        self._note_update(all_changed=len(changed) == shown == len(self._pieces))
        return None if fresh else changed

    def put_text(self, x: int, y: int, text: str) -> None:
        """Text in the default style is shown in that row from column `x` on, behind all that it had."""
        piece = self._pieces[y]
        before, style, _marks, wrapped = self._rows[y]
        self._rows[y] = before.ljust(x) + text, style, None, wrapped
        shown = piece.text[:x] + text + piece.text[x + len(text) :]
        self._pieces[y] = Piece(shown, piece.style, None, piece.wrapped)

    @property
    def is_plain(self) -> bool:
        """Whether cells of the default style have it in the frame as well."""
        return self._styles is not None and self._styles.default == DEFAULT_STYLE

    def _cut_changed(self, lines: Sequence[Row], styles: StyleMap) -> list[int]:
        """New pieces for the rows that are not as they were; which these are."""
        rows, pieces = self._rows, self._pieces
        start, width = self._cut
        known = len(rows)
        changed: list[int] = []
        for y, row in enumerate(lines):
            if y < known:
                text, style, marks, wrapped = rows[y]
                if (
                    row.text == text
                    and row.style == style
                    and row.wrapped == wrapped
                    and (row.marks or None) == marks
                ):
                    continue
            else:
                rows.append(_NO_ROW)
                pieces.append(_NO_PIECE)
            rows[y] = (row.text, row.style, dict(row.marks) if row.marks else None, row.wrapped)
            pieces[y] = cut_row(row, start, width, styles)
            changed.append(y)
        gone = range(len(lines), known)
        if gone:
            del rows[gone.start :], pieces[gone.start :]
            changed += gone
        return changed

    def _note_update(self, *, all_changed: bool) -> None:
        """A program that draws all of its rows again as one update gets all of them drawn: nothing then stays
        of what may have gone wrong on the terminal."""
        updates = self.pane.emulator.updates
        if updates == self._updates:
            return
        self._updates = updates
        if all_changed:
            for piece in self._pieces:
                piece.whole = True

    @property
    def is_new(self) -> bool:
        """Whether another screen is shown than when the pieces were made."""
        return self.pane.shown is not self._screen

    def piece(self, y: int, skip: int, width: int) -> Piece:
        """Row `y` without the first `skip` of its columns; blank where the pane is taller than its screen for
        a moment."""
        if y < len(self._pieces):
            piece = self._pieces[y]
            return piece if not skip and width == len(piece.text) else piece.part(skip, width)
        default = self._styles.default if self._styles is not None else DEFAULT_STYLE
        return Piece(" " * width, default * width, None, False)
