"""Previews of tree mode: the windows of a session, or the panes of a window, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.emulator.style import Style
from tmuxish.formats.expand import expand
from tmuxish.formats.styles import apply_style
from tmuxish.modes.tree_draw import put_label, put_preview, put_text, put_vertical

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.formats.scope import Scope
    from tmuxish.model.options import Options
    from tmuxish.model.pane import Pane
    from tmuxish.model.pane_mode import ModeScreen
    from tmuxish.model.session import Session, Winlink

# A preview among others is not narrower than this.
_COLS = 24
# Columns of an arrow that says that there is more, with its line.
_ARROW_COLS = 3


class Shown(NamedTuple):
    """One of several previews: its pane, and where its style and label come from."""

    pane: Pane
    options: Options
    scope: Scope


class Preview:
    """What is previewed side by side. shift: how far the user has moved along."""

    def __init__(self, screen: ModeScreen) -> None:
        self._screen = screen
        self.shift = 0
        self._left: int | None = None
        self._right: int | None = None
        self._first = self._end = 0
        self._each = 1

    def put_pane(self, pane: Pane, x: int, y: int, cols: int, rows: int) -> None:
        """One pane alone."""
        put_preview(self._screen, x, y, cols, rows, pane.emulator)

    def put_session(
        self, session: Session, scope_of: Callable[[Winlink], Scope], x: int, y: int, cols: int, rows: int
    ) -> None:
        """A session: the active panes of its windows."""
        shown = [
            Shown(winlink.window.active, winlink.window.options, scope_of(winlink))
            for winlink in session.sorted_winlinks()
            if winlink.window.active is not None
        ]
        current = session.current.window.active if session.current is not None else None
        self._put(shown, current, x, y, cols, rows)

    def put_window(
        self, winlink: Winlink, scope_of: Callable[[Pane], Scope], x: int, y: int, cols: int, rows: int
    ) -> None:
        """A window: its panes."""
        window = winlink.window
        shown = [Shown(pane, pane.options, scope_of(pane)) for pane in window.panes]
        self._put(shown, window.active, x, y, cols, rows)

    def hit(self, x: int) -> int | str:
        """What is at a column of the screen: "<" or ">", or the number of what is previewed there."""
        if self._left is not None and x <= self._left:
            return "<"
        if self._right is not None and x >= self._right:
            return ">"
        x = x - self._left if self._left is not None else max(x - 1, 0)
        return min(self._first + x // self._each, max(self._end - 1, 0))

    def _put(self, shown: list[Shown], current: Pane | None, x: int, y: int, cols: int, rows: int) -> None:
        total = len(shown)
        visible = total if cols // total >= _COLS else max(cols // _COLS, 1)
        at = next((number for number, one in enumerate(shown) if one.pane is current), total)
        first = self._choose(at, visible, total)
        end = first + visible
        left, right = first != 0, end != total
        arrows = _ARROW_COLS * (left + right)
        if arrows and cols <= arrows:
            left = right = False
            arrows = 0
        each, rest = divmod(cols - arrows, visible)
        if not each:
            return
        self._put_arrows(left, right, x, y, cols, rows)
        self._first, self._end, self._each = first, end, each
        start = x + (_ARROW_COLS if left else 0)
        for number, one in enumerate(shown[first:end]):
            is_last = number == visible - 1
            width = each + rest if is_last else each - 1
            self._put_one(one, start, y, width, rows)
            if not is_last:
                put_vertical(self._screen, start + width, y, rows)
            start += each

    def _choose(self, at: int, visible: int, total: int) -> int:
        """The first that is shown, with the current one among them if the user has not moved along."""
        if at < visible:
            first = 0
        elif at >= total - visible:
            first = total - visible
        else:
            first = at - visible // 2
        self.shift = min(max(self.shift, -first), total - visible - first)
        return first + self.shift

    def _put_arrows(self, left: bool, right: bool, x: int, y: int, cols: int, rows: int) -> None:
        self._left = self._right = None
        middle = y + rows // 2
        if left:
            self._left = x + 2
            put_vertical(self._screen, x + 2, y, rows)
            put_text(self._screen, x, middle, "<", 1)
        if right:
            self._right = x + cols - _ARROW_COLS
            put_vertical(self._screen, self._right, y, rows)
            put_text(self._screen, x + cols - 1, middle, ">", 1)

    def _put_one(self, one: Shown, x: int, y: int, cols: int, rows: int) -> None:
        put_preview(self._screen, x, y, cols, rows, one.pane.emulator)
        label = expand(one.options.get_string("tree-mode-preview-format"), one.scope)
        style: Style = apply_style(one.options, "tree-mode-preview-style", one.scope)
        if label:
            put_label(self._screen, x, y, cols, rows, label, style)
