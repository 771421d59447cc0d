"""Cell styles, interned: a row stores one character per column, and that character names a style.

Styles are interned for the whole process, so rows of different panes, captures and snapshots can be
compared and copied as plain strings. Programs that paint gradients make new styles without end;
`collect` forgets those that no row shows any more (see there).
"""

from __future__ import annotations

from collections.abc import Iterable
from weakref import ref

from .colours import COLOUR_RGB
from .held import RowLists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from .rows import Row

BRIGHT: Final = 0x1
DIM: Final = 0x2
UNDERSCORE: Final = 0x4
BLINK: Final = 0x8
REVERSE: Final = 0x10
HIDDEN: Final = 0x20
ITALICS: Final = 0x40
CHARSET: Final = 0x80  # the character is a VT100 line-drawing code (see charsets.py)
STRIKETHROUGH: Final = 0x100
UNDERSCORE_2: Final = 0x200
UNDERSCORE_3: Final = 0x400
UNDERSCORE_4: Final = 0x800
UNDERSCORE_5: Final = 0x1000
OVERLINE: Final = 0x2000
NOATTR: Final = 0x4000
NO_PALETTE: Final = (
    0x8000  # colours are shown as they are, whatever the pane's own (only modes have such cells)
)
ISOLATED: Final = (
    0x10000  # text written from right to left ends beside it (only vertical borders have such cells)
)

ALL_UNDERSCORE: Final = UNDERSCORE | UNDERSCORE_2 | UNDERSCORE_3 | UNDERSCORE_4 | UNDERSCORE_5

COLOUR_DEFAULT: Final = 8


class Style:
    """Colours (coded as in colours.py), attribute bits and hyperlink id of a cell. Never changed."""

    __slots__ = ("attrs", "bg", "fg", "link", "us")

    def __init__(
        self,
        fg: int = COLOUR_DEFAULT,
        bg: int = COLOUR_DEFAULT,
        us: int = COLOUR_DEFAULT,
        attrs: int = 0,
        link: int = 0,
    ) -> None:
        self.fg: int = fg
        self.bg: int = bg
        self.us: int = us
        self.attrs: int = attrs
        self.link: int = link

    def key(self) -> tuple[int, int, int, int, int]:
        """All fields, in the order of the constructor."""
        return (self.fg, self.bg, self.us, self.attrs, self.link)

    def replace(
        self,
        fg: int | None = None,
        bg: int | None = None,
        us: int | None = None,
        attrs: int | None = None,
        link: int | None = None,
    ) -> Style:
        """A copy with some fields changed."""
        return Style(
            self.fg if fg is None else fg,
            self.bg if bg is None else bg,
            self.us if us is None else us,
            self.attrs if attrs is None else attrs,
            self.link if link is None else link,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Style) and self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.key())

    def __repr__(self) -> str:
        return f"Style(fg={self.fg}, bg={self.bg}, us={self.us}, attrs={self.attrs:#x}, link={self.link})"


DEFAULT_STYLE: Final = Style()

#: The style character of a default cell. Columns beyond the end of a row's style string have it too.
DEFAULT_CHAR: Final = "\0"

#: Styles kept before `collect` looks for dead ones; 65,536 styles are about 15 MiB.
COLLECT_AT = 65536

#: Ids run up to here and then start again: style characters are code points.
MAX_ID: Final = 0x10FFFF


def needs_extended(style: Style) -> bool:
    """Whether tmux keeps cells of this style in its larger form."""
    return bool(style.attrs > 0xFF or (style.fg | style.bg) & COLOUR_RGB or style.us != 8 or style.link != 0)


class _Table:
    """The interning table: id <-> style, and who may hold ids."""

    def __init__(self) -> None:
        self.styles: dict[int, Style] = {0: DEFAULT_STYLE}
        self.ids: dict[tuple[int, int, int, int, int], int] = {DEFAULT_STYLE.key(): 0}
        self.pinned: set[int] = {0}
        #: The characters of styles whose cells tmux keeps in its larger form.
        self.extended: set[str] = set()
        #: Those of styles that are part of a hyperlink.
        self.linked: set[str] = set()
        self.next_id: int = 1
        self.collect_at: int = COLLECT_AT
        self.epoch: int = 0
        self.holders: list[ref[RowLists]] = []

    def add(self, style: Style) -> int:
        key = style.key()
        found = self.ids.get(key)
        if found is not None:
            return found
        while self.next_id in self.styles:
            self.next_id = self.next_id + 1 if self.next_id < MAX_ID else 1
        number = self.next_id
        self.styles[number] = style
        self.ids[key] = number
        if needs_extended(style):
            self.extended.add(chr(number))
        if style.link:
            self.linked.add(chr(number))
        return number


_table = _Table()


def intern_style(style: Style) -> int:
    """The id of a style, the same for equal styles, kept for the life of the process."""
    number = _table.add(style)
    _table.pinned.add(number)
    return number


def intern_transient(style: Style) -> int:
    """As `intern_style`, for styles that `collect` may forget when no row shows them any more."""
    return _table.add(style)


def style_of(which: int | str) -> Style:
    """The style of an id, or of a character of a row's style string; the default if it was forgotten."""
    number = which if isinstance(which, int) else ord(which)
    return _table.styles.get(number, DEFAULT_STYLE)


def extended_styles() -> set[str]:
    """The characters of all styles known now whose cells tmux keeps in its larger form."""
    return _table.extended


def linked_styles() -> set[str]:
    """The characters of all styles known now that are part of a hyperlink."""
    return _table.linked


def style_count() -> int:
    """How many styles are known, for tests and logs."""
    return len(_table.styles)


def full() -> bool:
    """Whether so many styles are known that `collect` should run."""
    return len(_table.styles) >= _table.collect_at


def epoch() -> int:
    """How often styles have been forgotten. Style characters kept outside rows are to be made anew when it
    has changed."""
    return _table.epoch


def hold(*row_lists: Iterable[Row]) -> RowLists:
    """Keep the styles of the rows in these lists for as long as the returned object lives; it may be given
    other lists."""
    held = RowLists(row_lists)
    _table.holders.append(ref(held, _let_go))
    return held


def _let_go(holder: ref[RowLists]) -> None:
    """The holder is gone (maybe while `collect` was at work, which then has left it out)."""
    if holder in _table.holders:
        _table.holders.remove(holder)


def collect() -> None:
    """Forget transient styles that no row held by anyone shows.

    Ids are not used again until the whole range of code points has been used up, so a holder that was
    left out sees the default style rather than a wrong one.
    """
    live: set[int] = set(_table.pinned)
    holders: list[ref[RowLists]] = []
    for holder in tuple(_table.holders):
        held = holder()
        if held is None:
            continue
        holders.append(holder)
        for rows in held.lists:
            live.update(map(ord, set().union(*{row.style for row in rows})))
    _table.holders = holders
    for number in [n for n in _table.styles if n not in live]:
        del _table.ids[_table.styles.pop(number).key()]
        _table.extended.discard(chr(number))
        _table.linked.discard(chr(number))
    _table.collect_at = max(COLLECT_AT, 2 * len(_table.styles))
    _table.epoch += 1
