"""display-panes: the number of each pane over it, for a while or until a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tmuxish.display.big_digits import SIZE, STEP, blocks
from tmuxish.display.frame import Line
from tmuxish.display.overlay import ENDS, PASSES, Overlay, Patch
from tmuxish.emulator.style import Style, intern_style
from tmuxish.grammar.keys import MASK_KEY, MASK_MODIFIERS
from tmuxish.model.neighbours import is_visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.display.viewport import Viewport
    from tmuxish.keys.decode import Event
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane

# Panes from this number on are chosen with letters.
FIRST_LETTER = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The last of them whose letter is shown; tmux forgets the z.
_LAST_SHOWN = 34


class Part(NamedTuple):
    """What is in view of a pane: where on the terminal, and how large."""

    x: int
    y: int
    cols: int
    rows: int


class View(Protocol):
    """What the numbers must know of what they lie over."""

    @property
    def viewport(self) -> Viewport:
        """How the terminal is divided."""

    def shows(self, pane: Pane, x: int, y: int) -> bool:
        """Whether no other pane covers that place of the window, which is one of the pane's."""


class PaneNumbers(Overlay):
    """Numbers on the panes that one client sees.

    chosen: called with the pane whose key is pressed, when they are gone; closed: after it, or without it.
    takes_keys: no key chooses a pane otherwise.
    """

    freezes = True

    def __init__(
        self,
        client: Client,
        view: View,
        chosen: Callable[[Pane], None],
        closed: Callable[[], None],
        *,
        takes_keys: bool,
    ) -> None:
        self._client = client
        self._view = view
        self._on_chosen = chosen
        self._on_closed = closed
        self._takes_keys = takes_keys
        self._pane: Pane | None = None

    def key(self, event: Event) -> int:
        session = self._client.session
        index = _index_of(event.key) if self._takes_keys else None
        if index is None or session is None or session.current is None:
            return PASSES
        self._pane = session.current.window.pane_at_index(index)
        return ENDS

    def close(self) -> None:
        if self._pane is not None:
            self._on_chosen(self._pane)
        self._on_closed()

    # -- drawing -------------------------------------------------------------------------------

    def patches(self, cols: int, rows: int) -> list[Patch]:
        session = self._client.session
        if session is None or session.current is None:
            return []
        window, options = session.current.window, session.options
        found: list[Patch] = []
        for pane in window.panes:
            part = self._part_of(pane) if is_visible(pane) else None
            if part is not None:
                name = "display-panes-active-colour" if pane is window.active else "display-panes-colour"
                found += self._numbered(pane, part, window.pane_index(pane), options.get_number(name))
        return found

    def _part_of(self, pane: Pane) -> Part | None:
        viewport = self._view.viewport
        x, y = max(pane.xoff - viewport.x, 0), max(pane.yoff - viewport.y, 0)
        right = min(pane.xoff + pane.cols - viewport.x, viewport.cols)
        bottom = min(pane.yoff + pane.rows - viewport.y, viewport.body_rows)
        return Part(x, y, right - x, bottom - y) if x < right and y < bottom else None

    def _numbered(self, pane: Pane, part: Part, index: int, colour: int) -> list[Patch]:
        number, size = str(index), f"{pane.cols}x{pane.rows}"
        letter = LETTERS[index - FIRST_LETTER] if FIRST_LETTER <= index <= _LAST_SHOWN else ""
        middle, plain = part.x + part.cols // 2, Style(colour)
        if part.cols < len(number):
            return []
        if part.cols < STEP * len(number) or part.rows < SIZE:
            y = part.y + part.rows // 2
            text = f"{number} {letter}"
            if part.cols < len(text):
                text = number
            return self._put(pane, middle - len(text) // 2, y, text, plain)
        left, top = middle - STEP * len(number) // 2, part.y + part.rows // 2 - SIZE // 2
        block = Style(bg=colour)
        found = [patch for x, y in blocks(number) for patch in self._put(pane, left + x, top + y, " ", block)]
        if part.rows > SIZE + 1:
            if part.cols >= len(size):
                found += self._put(pane, part.x + part.cols - len(size), part.y, size, plain)
            right = left + STEP * len(number) - 1
            found += self._put(pane, right - len(letter), top + SIZE, letter, plain)
        return found

    def _put(self, pane: Pane, x: int, y: int, text: str, style: Style) -> list[Patch]:
        """Text at a place of the body, where nothing covers the pane."""
        viewport, code = self._view.viewport, chr(intern_style(style))
        return [
            Patch(x + column, y + viewport.body_top, Line(char, code))
            for column, char in enumerate(text)
            if self._view.shows(pane, x + column + viewport.x, y + viewport.y)
        ]


def _index_of(key: int) -> int | None:
    """The number of the pane that a key chooses."""
    if ord("0") <= key <= ord("9"):
        return key - ord("0")
    if key & MASK_MODIFIERS or not ord("a") <= key & MASK_KEY <= ord("z"):
        return None
    return FIRST_LETTER + (key & MASK_KEY) - ord("a")
