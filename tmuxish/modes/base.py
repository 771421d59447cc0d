"""What every mode of a pane is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.errors import CommandError
from tmuxish.model.pane_mode import ModeScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmuxish.commands.context import Context
    from tmuxish.emulator.screen import Screen
    from tmuxish.formats.scope import Extra
    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server


class PaneMode:
    """A mode of one pane. Subclasses draw on `screen` and say what keys do.

    name: as in #{pane_mode}. count: the repeat count (send-keys -N, or digits typed in the mode).
    """

    name = ""
    # Whether send-keys -X has commands for it.
    takes_commands = False

    def __init__(self, server: Server, pane: Pane) -> None:
        self.server = server
        self.pane = pane
        self._screen = ModeScreen(pane.cols, pane.rows)
        self.count = 1

    @property
    def screen(self) -> ModeScreen:
        """What it shows."""
        return self._screen

    @property
    def key_table(self) -> str | None:
        """The key table that holds in this mode instead of root; None: keys not bound in root go to `key`."""
        return None

    @property
    def scrolled(self) -> tuple[int, int] | None:
        """What scrollbars show: lines of history above the first line shown, and lines of history in all.
        None: it shows no history."""
        return None

    @property
    def text(self) -> Screen | None:
        """The text that it is about, with its history, for capture-pane -M. None: the program's."""
        return None

    def key(self, who: Presser, press: KeyPress) -> None:
        """A key that nothing is bound to; flags are taken off."""

    def command(self, ctx: Context) -> None:
        """send-keys -X: `ctx.args.operands` are the command's name and arguments. Raises CommandError."""
        raise CommandError("not in a mode")

    def resize(self, cols: int, rows: int) -> None:
        """The pane has another size: draw for that."""
        self.screen.resize(cols, rows)
        self.draw()

    def draw(self) -> None:
        """Draw everything anew."""

    def update(self) -> None:
        """Options or styles may be others (or, each second and for each change, what a tree lists)."""

    def variables(self) -> Mapping[str, Extra]:
        """Format variables that it adds to its pane."""
        return {}

    def text_at(self, kind: str, x: int, y: int) -> str | None:
        """The "word", "line" or "hyperlink" at a cell that it shows; None for none."""
        return None

    def close(self) -> None:
        """It is no longer one of its pane's modes: stop timers."""

    def restore(self) -> None:
        """It was left while its pane goes on: undo what it has done to the window."""

    def leave(self) -> None:
        """End this mode; it must be the one on top."""
        self.server.pane_modes.leave(self.pane)

    def redraw(self) -> None:
        """The screen was drawn on: show it soon."""
        self.screen.changed()
        self.server.clients.pane_changed(self.pane)
