"""Where the slider of a pane's scrollbar is: how much of the history is seen, and which part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane


class Slider(NamedTuple):
    """First row of the slider within the scrollbar, and how many rows it has."""

    y: int
    rows: int


def slider_of(pane: Pane) -> Slider:
    """The slider of a pane that has a scrollbar: at the bottom, unless the pane is scrolled in a mode."""
    height = pane.rows
    if not height:  # a border's status has taken its only row
        return Slider(0, 0)
    scrolled = pane.modes[0].scrolled if pane.modes else None
    # Fractions as tmux has them: whole numbers would round some sizes the other way.
    if scrolled is None:
        history = 0 if pane.modes else len(pane.emulator.history)
        rows = int(height * (height / (height + history)))
        y = height - rows
    else:
        above, history = scrolled
        rows = int(height * (height / (height + history)))
        y = int((height + 1) * (above / (height + history)))
    return Slider(min(y, height - 1), max(rows, 1))
