"""Popups: a box over everything with a program in it, moved and resized with the mouse.

What a program does is none of this module's business: a `PopupHost` has it, and gets what is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tmuxish.display.box import Box, style_with
from tmuxish.display.frame import Cursor, Line
from tmuxish.display.menu import EDGES, MenuOverlay
from tmuxish.display.overlay import ENDS, STAYS, Overlay, Patch
from tmuxish.display.pane_rows import PaneRows
from tmuxish.display.screen_modes import cursor_on, mouse_wanted
from tmuxish.emulator.colours import DEFAULT
from tmuxish.grammar import keys
from tmuxish.grammar.keys import CTRL
from tmuxish.keys.mouse import BUTTONS_MASK, META_BIT, MODIFIERS_MASK, is_drag

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.display.links import Links
    from tmuxish.emulator import Emulator
    from tmuxish.formats.scope import Scope
    from tmuxish.keys.decode import Event
    from tmuxish.keys.mouse import MouseInput
    from tmuxish.model.client import Client
    from tmuxish.model.options import Options

# The smallest box with a border that has room for anything.
SMALLEST = 3
_BUTTON_1, _BUTTON_3 = 0, 2
_CLOSING_KEYS = (keys.ESCAPE, ord("c") | CTRL)
_NOT_DRAGGED, _MOVED, _SIZED = range(3)
_LEFT, _RIGHT, _TOP, _BOTTOM = range(4)


class PopupScreen:
    """The screen in a popup, as what draws and rules panes wants one: `id` is none that a pane has."""

    def __init__(self, number: int, emulator: Emulator, options: Options) -> None:
        self.id = -number
        self.emulator = emulator
        self.options = options

    @property
    def shown(self) -> Emulator:
        return self.emulator


class PopupLook(NamedTuple):
    """How a popup is drawn where the options do not decide: styles as text, lines by name."""

    lines: str | None = None
    style: str | None = None
    border: str | None = None


class Closing(NamedTuple):
    """When a popup closes by itself: with its program; with it if that went well; with any key after it."""

    at_exit: bool = False
    at_success: bool = False
    at_key: bool = False


class PopupHost(Protocol):
    """What is behind a popup."""

    screen: PopupScreen

    @property
    def running(self) -> bool:
        """Whether its program has not ended."""

    def type_key(self, key: int) -> None:
        """A key for the program."""

    def type_bytes(self, data: bytes) -> None:
        """Pasted text for the program."""

    def type_mouse(self, report: MouseInput, x: int, y: int) -> None:
        """A mouse event at that cell of the screen."""

    def resize(self, cols: int, rows: int, *, reflow: bool) -> None:
        """The screen has another size. reflow: lines are wrapped anew."""

    def policy_changed(self) -> None:
        """Options that say what its program may do are others."""

    def open_menu(self, x: int, y: int) -> MenuOverlay | None:
        """The popup's own menu, centred over column `x`; None where it does not fit."""

    def closed(self) -> None:
        """The popup is gone."""


class PopupOverlay(Overlay):
    """A popup of `cols` x `rows` in all with its upper left corner at (x, y) of one client's terminal."""

    def __init__(
        self,
        host: PopupHost,
        client: Client,
        make_scope: Callable[[], Scope],
        links: Links,
        place: tuple[int, int],
        size: tuple[int, int],
        title: str,
        look: PopupLook,
        lines: str,
        closing: Closing,
    ) -> None:
        self._host = host
        self._client = client
        self._make_scope = make_scope
        self.title = title
        self.closing = closing
        self._look = look
        self._lines = lines
        self.x, self.y = place
        self.cols, self.rows = size
        # What it had if the terminal were large enough.
        self._place, self._size = place, size
        self._menu: MenuOverlay | None = None
        self.to_be_closed = False
        self._dragging = _NOT_DRAGGED
        self._held = (0, 0)  # the cell of the popup that the mouse holds
        self._pane_rows = PaneRows(host.screen, links)
        self._edges: tuple[object, Line, Line, Box] | None = None

    @property
    def inner_size(self) -> tuple[int, int]:
        """Columns and rows within the border; not positive where there is no room for any."""
        edges = 0 if self._lines == "none" else EDGES
        return self.cols - edges, self.rows - edges

    @property
    def mouse(self) -> int:  # type: ignore[override]
        if self._menu is not None:
            return self._menu.mouse
        return mouse_wanted(self._host.screen.emulator.modes)

    # -- drawing -------------------------------------------------------------------------------

    def patches(self, cols: int, rows: int) -> list[Patch]:
        found = [Patch(self.x, self.y + row, line) for row, line in enumerate(self._draw())]
        if self._menu is not None:
            found += self._menu.patches(cols, rows)
        return found

    def _draw(self) -> list[Line]:
        """All of its lines; the program's in the colours of popup-style where they have none."""
        session = self._client.session
        if session is None or session.current is None:
            return []
        options, scope = session.current.window.options, self._make_scope()
        style = style_with(options, "popup-style", scope, self._look.style)
        border = style_with(options, "popup-border-style", scope, self._look.border).replace(attrs=0)
        cols, rows = self.inner_size
        palette = self._host.screen.emulator.palette
        fg = palette.fg if style.fg == DEFAULT else style.fg
        bg = palette.bg if style.bg == DEFAULT else style.bg
        if cols < 1 or rows < 1:  # no border either
            self._pane_rows.update(0, self.cols, fg, bg)
            return [self._blank(self.cols)] * self.rows
        self._pane_rows.update(0, cols, fg, bg)
        lines = [self._row(y, cols) for y in range(rows)]
        if self._lines == "none":
            return lines
        top, bottom, box = self._border(border)
        return [top, *(box.around(line.text, line.style, line.marks) for line in lines), bottom]

    def _row(self, y: int, cols: int) -> Line:
        piece = self._pane_rows.piece(y, 0, cols)
        return Line(piece.text, piece.style, piece.marks)

    def _blank(self, cols: int) -> Line:
        return self._row(self.rows, cols)

    def _border(self, style: object) -> tuple[Line, Line, Box]:
        key = (style, self.cols, self._lines, self.title)
        if self._edges is None or self._edges[0] != key:
            box = Box(self.cols, self._lines, style)  # type: ignore[arg-type]
            self._edges = (key, box.top(self.title), box.bottom(), box)
        return self._edges[1:]

    def cursor(self) -> Cursor | None:
        if self._menu is not None:
            return self._menu.cursor()
        screen = self._host.screen
        cursor = cursor_on(screen.emulator, screen.options)
        edge = 0 if self._lines == "none" else 1
        cursor.x = min(self.x + edge + screen.emulator.cursor_x, self._client.cols - 1)
        cursor.y = min(self.y + edge + screen.emulator.cursor_y, self._client.rows - 1)
        return cursor

    # -- size ----------------------------------------------------------------------------------

    def resized(self, cols: int, rows: int) -> bool:
        """As large as it was meant to be, where it was meant to be, as far as the terminal allows."""
        self._end_menu()
        self.cols, self.rows = min(self._size[0], cols), min(self._size[1], rows)
        self.x = min(self._place[0], cols - self.cols)
        self.y = min(self._place[1], rows - self.rows)
        self._fit()
        return True

    def _fit(self, *, reflow: bool = False) -> None:
        cols, rows = self.inner_size
        if cols > 0 and rows > 0:
            self._host.resize(cols, rows, reflow=reflow)

    def fill(self) -> None:
        """Cover the whole terminal; as in tmux the program keeps its size."""
        self.x = self.y = 0
        self.cols, self.rows = self._client.cols, self._client.rows

    def centre(self) -> None:
        """Into the middle."""
        self.x = self._client.cols // 2 - self.cols // 2
        self.y = self._client.rows // 2 - self.rows // 2

    def change(self, title: str, look: PopupLook, closing: Closing | None) -> None:
        """What display-popup on an open popup changes; what `look` leaves open stays."""
        self.title = title
        lines = look.lines or self._lines
        self._look = PopupLook(
            lines,
            self._look.style if look.style is None else look.style,
            self._look.border if look.border is None else look.border,
        )
        if lines != self._lines:
            bare = "none" in (lines, self._lines)
            self._lines = lines
            if bare:
                self._fit(reflow=True)
        if closing is not None:
            self.closing = closing
        self.changed()

    def policy_changed(self) -> None:
        self._host.policy_changed()

    # -- keys ----------------------------------------------------------------------------------

    def key(self, event: Event) -> int:
        if self._menu is not None:
            return self._menu_key(event)
        if event.mouse is not None:
            return self._mouse(event.mouse)
        closes = self.closing
        stays_with_program = self._host.running and (closes.at_exit or closes.at_success)
        if not stays_with_program and event.key in _CLOSING_KEYS:
            return ENDS
        if self._host.running:
            if event.key == keys.NONE:
                self._host.type_bytes(event.raw)
            else:
                self._host.type_key(event.key)
        elif closes.at_key and event.key != keys.NONE and not keys.is_paste(event.key):
            return ENDS
        return STAYS

    def _menu_key(self, event: Event) -> int:
        menu = self._menu
        assert menu is not None
        if menu.key(event) != STAYS:
            self._end_menu()
            if self.to_be_closed:
                return ENDS
        self.changed()
        return STAYS

    def _end_menu(self) -> None:
        if self._menu is not None:
            menu, self._menu = self._menu, None
            menu.close()

    def close(self) -> None:
        self._end_menu()
        self._host.closed()

    # -- mouse ---------------------------------------------------------------------------------

    def _mouse(self, report: MouseInput) -> int:
        if self._dragging != _NOT_DRAGGED:
            self._drag(report)
            return STAYS
        x, y = report.x - self.x, report.y - self.y
        third = report.b & BUTTONS_MASK == _BUTTON_3
        if not (0 <= x < self.cols and 0 <= y < self.rows):
            if third:
                self._open_menu(report)
            return STAYS
        edge = self._edge(x, y)
        modifiers = report.b & MODIFIERS_MASK
        if third and not modifiers and edge in (_LEFT, _TOP):
            self._open_menu(report)
        elif modifiers == META_BIT or (edge is not None and not is_drag(report.lb)):
            if is_drag(report.b):
                self._take_hold(report)
        elif self._host.running:
            inset = 0 if self._lines == "none" else 1
            self._host.type_mouse(report, x - inset, y - inset)
        return STAYS

    def _edge(self, x: int, y: int) -> int | None:
        """The side of the border at a cell of the popup."""
        if self._lines == "none":
            return None
        if x in (0, self.cols - 1):
            return _RIGHT if x else _LEFT
        if y in (0, self.rows - 1):
            return _BOTTOM if y else _TOP
        return None

    def _open_menu(self, report: MouseInput) -> None:
        self._menu = self._host.open_menu(report.x, report.y)
        self.changed()

    def _take_hold(self, report: MouseInput) -> None:
        """A drag begins: the left button moves, the right one changes the size."""
        button = report.lb & BUTTONS_MASK
        self._dragging = {_BUTTON_1: _MOVED, _BUTTON_3: _SIZED}.get(button, _NOT_DRAGGED)
        self._held = report.lx - self.x, report.ly - self.y

    def _drag(self, report: MouseInput) -> None:
        if not is_drag(report.b):
            self._dragging = _NOT_DRAGGED
        elif self._dragging == _MOVED:
            x, y = report.x - self._held[0], report.y - self._held[1]
            self.x = max(min(x, self._client.cols - self.cols), 0)
            self.y = max(min(y, self._client.rows - self.rows), 0)
            self._held = report.x - self.x, report.y - self.y
            self._place = self.x, self.y
            self.changed()
        else:
            self._drag_corner(report.x - self.x, report.y - self.y)

    def _drag_corner(self, cols: int, rows: int) -> None:
        if min(cols, rows) >= (1 if self._lines == "none" else SMALLEST):
            self._size = self.cols, self.rows = cols, rows
            self._fit()
            self.changed()
