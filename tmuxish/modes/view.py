"""View mode: copy mode over the output of commands instead of what a pane showed.

It is what list-keys and the like give when a key runs them, what run-shell prints where there is no standard
output, and how errors of configuration files are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator import Emulator
from tmuxish.modes.base import PaneMode
from tmuxish.modes.copy import CopyMode
from tmuxish.modes.copy_frozen import UNLIMITED, Frozen
from tmuxish.modes.copy_rows import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server


class ViewMode(CopyMode):
    """Output in the place of a pane. More is added below; what is in view does not move."""

    name = "view-mode"

    def __init__(self, server: Server, pane: Pane) -> None:
        PaneMode.__init__(self, server, pane)
        self.source_id = pane.id
        self.leaves_at_bottom = self.hides_position = False
        self._terminal = Emulator(pane.cols, pane.rows, UNLIMITED)
        self._started = False
        self._start(Frozen(self._terminal), Position(0, 0))
        self.view.shows_numbers = False

    def refresh_from_pane(self) -> None:
        """There is no pane that it shows."""

    def draw(self) -> None:
        """Nothing, not even the position, before there are lines."""
        if self._started:
            super().draw()

    def add(self, lines: Iterable[bytes]) -> None:
        """More lines; escape sequences in them count."""
        for line in lines:
            self._terminal.feed(b"\r\n" + line if self._started else line)
            self._started = True
        self._terminal.events.clear()
        self._terminal.replies.clear()
        self.view.frozen.changed()
        self.draw()


def show_lines(server: Server, pane: Pane, lines: Iterable[bytes]) -> None:
    """Show lines in the pane's view mode, below what it shows already; a pane in none gets one."""
    modes = server.pane_modes
    mode = modes.raise_or_none(pane, ViewMode.name)
    if mode is None:
        mode = ViewMode(server, pane)
        modes.enter(pane, mode)
    assert isinstance(mode, ViewMode)
    mode.add(lines)
