"""Menus: a box of items over everything; one is chosen with the keyboard or the mouse.

A menu opened by a key is not for the mouse: any click but with the left button closes it. With
`stay_open` (display-menu -O) releasing the button outside leaves it open, so it can be opened with a press.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.display.box import Box, style_with
from tmuxish.display.frame import MOUSE_ALL, MOUSE_OFF, Cursor, Line
from tmuxish.display.overlay import ENDS, STAYS, Overlay, Patch
from tmuxish.display.status import line_of
from tmuxish.emulator.style import DIM, Style, intern_style
from tmuxish.formats.draw import draw
from tmuxish.formats.trim import trim_right, width
from tmuxish.grammar import keys
from tmuxish.grammar.keys import CTRL, key_to_string
from tmuxish.keys.mouse import BUTTONS_MASK, is_drag, is_release, is_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tmuxish.formats.scope import Scope
    from tmuxish.keys.decode import Event
    from tmuxish.keys.mouse import MouseInput
    from tmuxish.model.client import Client

# What stands beside the items: the border and a blank on each side.
MARGIN = 4
# Above and below them: the border.
EDGES = 2
# Items that page up and page down pass.
PAGE = 5

_PREVIOUS = (keys.BTAB, keys.UP, ord("k"))
_NEXT = (keys.DOWN, ord("j"))
_PAGE_UP = (keys.PPAGE, ord("b") | CTRL)
_FIRST = (keys.HOME, ord("g"))
_LAST = (keys.END, ord("G"))
_CANCEL = (keys.ESCAPE, ord("[") | CTRL, ord("c") | CTRL, ord("g") | CTRL, ord("q"))


class Item(NamedTuple):
    """One entry of a menu. An empty name is a separator; one that begins with `-` cannot be chosen."""

    name: str
    key: int = keys.NONE
    command: str = ""

    @property
    def enabled(self) -> bool:
        return bool(self.name) and self.name[0] != "-"


class Menu:
    """Title (a format, expanded) and items, as drawn on a terminal of `cols` columns."""

    def __init__(self, title: str, cols: int) -> None:
        self.title = title
        self.items: list[Item] = []
        self.width = width(title)
        self._room = cols - MARGIN

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the whole box."""
        return self.width + MARGIN, len(self.items) + EDGES

    def add_all(self, items: Iterable[Item], expand: Callable[[str], str]) -> None:
        """Add items whose names and commands are formats. A name that expands to nothing adds nothing."""
        for item in items:
            if not item.name:
                self.add_separator()
                continue
            name = expand(item.name)
            if name:
                self.add(Item(name, item.key, expand(item.command)))

    def add_separator(self) -> None:
        """A line, but not at the top, nor below another one."""
        if self.items and self.items[-1].name:
            self.items.append(Item(""))

    def add(self, item: Item) -> None:
        """An entry whose name is expanded; it is cut to the terminal, its key put to the right."""
        shown = self._fitted(item)
        self.items.append(item._replace(name=shown))
        self.width = max(self.width, width(shown) - (shown[:1] == "-"))

    def _fitted(self, item: Item) -> str:
        name, room = item.name, self._room
        size = len(name.encode("utf-8", "surrogateescape"))
        key = ""
        if item.enabled and item.key not in (keys.NONE, keys.UNKNOWN):
            key = f"({key_to_string(item.key)})"
            taken = len(key.encode("utf-8", "surrogateescape")) + 1
            # A short key is always shown, a longer one where the name leaves room for it.
            if taken <= room // 4:
                room -= taken
            elif taken >= room or size >= room - taken:
                key = ""
        suffix = ""
        if size > room:
            room -= 1
            suffix = ">"
        shown = trim_right(name, max(room, 0)) + suffix
        return f"{shown}#[default] #[align=right]{key}" if key else shown

    def step(self, index: int, by: int) -> int:
        """The next enabled item from `index` on in that direction, round the ends; `index` if none is."""
        count = len(self.items)
        for distance in range(1, count + 1):
            found = (index + by * distance) % count
            if self.items[found].enabled:
                return found
        return index


class MenuLook(NamedTuple):
    """How a menu is drawn where the options do not decide: styles as text, lines by name."""

    lines: str | None = None
    style: str | None = None
    selected: str | None = None
    border: str | None = None


class MenuUse(NamedTuple):
    """How a menu is used.

    mouse: it is for the mouse too. stay_open: see above. tab: Tab goes to the next item, or closes it behind
    the last; Backspace closes it. choice: the item chosen at first, where it is not for the mouse; negative
    for none.
    """

    mouse: bool = True
    stay_open: bool = False
    tab: bool = False
    choice: int = 0


class MenuOverlay(Overlay):
    """A menu, with at least one item, on the terminal of one client.

    done: called once when it has ended, with the item chosen (None: none) and its key.
    """

    def __init__(
        self,
        menu: Menu,
        x: int,
        y: int,
        client: Client,
        make_scope: Callable[[], Scope],
        done: Callable[[int | None, int], None],
        look: MenuLook | None = None,
        use: MenuUse | None = None,
    ) -> None:
        self.menu = menu
        self._client = client
        self._make_scope = make_scope
        self._done = done
        self._look = look or MenuLook()
        self._use = use = use or MenuUse()
        self._choice: int | None = None if use.mouse else _starting_choice(menu, use.choice)
        self._chosen: int | None = None
        self.mouse = MOUSE_ALL if use.mouse else MOUSE_OFF
        self._key: object = None
        self._drawn: list[Line] = []
        self._lines = self._look.lines
        cols, rows = menu.size
        self.x, self.y = min(x, client.cols - cols), min(y, client.rows - rows)

    # -- drawing -------------------------------------------------------------------------------

    def patches(self, cols: int, rows: int) -> list[Patch]:
        return [Patch(self.x, self.y + row, line) for row, line in enumerate(self._draw())]

    def _draw(self) -> list[Line]:
        session = self._client.session
        if session is None or session.current is None:
            return self._drawn
        options = session.current.window.options
        if self._lines is None:  # as they were when it was opened
            self._lines = options.get_string("menu-border-lines")
        scope, look = self._make_scope(), self._look
        styles = (
            style_with(options, "menu-style", scope, look.style),
            style_with(options, "menu-selected-style", scope, look.selected),
            style_with(options, "menu-border-style", scope, look.border),
        )
        if self._key != (self._choice, styles):
            self._key = (self._choice, styles)
            box = Box(self.menu.width + MARGIN, self._lines, styles[2])
            items = [self._item(box, number, styles[0], styles[1]) for number in range(len(self.menu.items))]
            self._drawn = [box.top(self.menu.title), *items, box.bottom()]
        return self._drawn

    def _item(self, box: Box, number: int, style: Style, selected: Style) -> Line:
        item, columns = self.menu.items[number], self.menu.width
        if not item.name:
            return box.separator()
        if item.enabled:
            blank = style = selected if number == self._choice else style
            drawn = line_of(draw(item.name, columns, style))
        else:
            blank = style
            # Only what is drawn is dim; blanks are as anywhere in the menu.
            under = [(" ", style)] * columns
            drawn = line_of(
                draw(item.name[1:], columns, style.replace(attrs=style.attrs | DIM), background=under)
            )
        side = chr(intern_style(blank))
        marks = {x + 1: mark for x, mark in (drawn.marks or {}).items()}
        return box.around(f" {drawn.text} ", side + drawn.style + side, marks)

    def cursor(self) -> Cursor | None:
        row = 0 if self._choice is None else 1 + self._choice
        return Cursor(self.x + 2, self.y + row, visible=False)

    def resized(self, cols: int, rows: int) -> bool:
        """It stays where it is as far as that can be seen."""
        wide, high = self.menu.size
        self.x = max(min(self.x, cols - wide), 0)
        self.y = max(min(self.y, rows - high), 0)
        return True

    # -- choosing ------------------------------------------------------------------------------

    def key(self, event: Event) -> int:
        before = self._choice
        answer = self._mouse(event.mouse) if event.mouse is not None else self._press(event.key)
        if self._choice != before:
            self.changed()
        return answer

    def close(self) -> None:
        chosen = self._chosen
        self._done(chosen, keys.NONE if chosen is None else self.menu.items[chosen].key)

    def _mouse(self, report: MouseInput) -> int:
        if not self._use.mouse:
            return STAYS if report.b & BUTTONS_MASK == 0 else ENDS
        wide, _ = self.menu.size
        row = report.y - self.y - 1
        # One column to the right of the border still counts, as in tmux.
        inside = self.x <= report.x <= self.x + wide and 0 <= row < len(self.menu.items)
        moves = is_wheel(report.b) or is_drag(report.b)
        released = is_release(report.b)
        if not inside:
            if (not moves and not released) if self._use.stay_open else released:
                return ENDS
            self._choice = None
            return STAYS
        if not moves if self._use.stay_open else released:
            return self._choose()
        self._choice = row
        return STAYS

    def _choose(self) -> int:
        """The item that is chosen now is taken."""
        if self._choice is None:
            return ENDS
        if not self.menu.items[self._choice].enabled:
            return STAYS if self._use.stay_open else ENDS
        self._chosen = self._choice
        return ENDS

    def _press(self, key: int) -> int:
        key &= ~keys.MASK_FLAGS
        if key == keys.NONE:  # pasted text
            return STAYS
        for number, item in enumerate(self.menu.items):
            if item.enabled and item.key == key:
                self._choice = number
                return self._choose()
        if key == keys.ENTER:
            return self._choose()
        if key in _CANCEL or (self._use.tab and self._tab_ends(key)):
            return ENDS
        self._choice = self._moved(key, self._choice)
        return STAYS

    def _tab_ends(self, key: int) -> bool:
        return key == keys.BSPACE or (key == keys.TAB and self._choice == len(self.menu.items) - 1)

    def _moved(self, key: int, choice: int | None) -> int | None:
        """The item that is chosen after a key that moves."""
        menu, last = self.menu, len(self.menu.items) - 1
        if key in _PREVIOUS:
            return menu.step(0 if choice is None else choice, -1)
        if key in _NEXT or (key == keys.TAB and self._use.tab):
            return 0 if choice is None else menu.step(choice, 1)
        if key in _FIRST:
            return menu.step(last, 1)
        if key in _LAST:
            return menu.step(0, -1)
        if key in _PAGE_UP:
            return self._page_up(-1 if choice is None else choice)
        if key == keys.NPAGE:
            return self._page_down(-1 if choice is None else choice, last)
        return choice

    def _page_up(self, choice: int) -> int:
        """Past some enabled items; the first one is never passed, whatever it is."""
        if choice <= PAGE:
            return 0
        left = PAGE
        while left and choice > 0:
            choice -= 1
            left -= self.menu.items[choice].enabled
        return choice

    def _page_down(self, choice: int, last: int) -> int:
        """The same towards the end, and back to an enabled item."""
        left = PAGE
        if choice > last - PAGE:
            choice = last
        while left and choice < last:
            choice += 1
            left -= self.menu.items[choice].enabled
        return choice if self.menu.items[choice].enabled else self.menu.step(choice, -1)


def _starting_choice(menu: Menu, choice: int) -> int | None:
    """The item chosen at first: the next enabled one from `choice` on, or from the end back."""
    last = len(menu.items) - 1
    if choice < 0:
        return None
    found = menu.step(choice - 1, 1) if choice <= last else menu.step(0, -1)
    return found if menu.items[found].enabled else None
