"""What is drawn as panes are: panes, and what is in popups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tmuxish.emulator import Emulator
    from tmuxish.model.pane_mode import ModeScreen


class Source(Protocol):
    """A screen with the emulator whose palette and links it has. No two have the same id."""

    id: int

    @property
    def emulator(self) -> Emulator:
        """Its program's terminal."""

    @property
    def shown(self) -> Emulator | ModeScreen:
        """What is to be seen of it."""
