"""The mouse in copy mode: selecting by dragging, which scrolls at the upper and lower edge, and a scrollbar's
slider."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_selection import CHAR, LINE, WORD
from tmuxish.modes.copy_words import previous_word

if TYPE_CHECKING:
    from tmuxish.keys.press import MouseEvent
    from tmuxish.model.client import Client
    from tmuxish.modes.copy import CopyMode
    from tmuxish.server.loop import Timer

#: Seconds between two rows scrolled while a drag is held at an edge.
SCROLL_INTERVAL = 0.05


def move_cursor(mode: CopyMode, event: MouseEvent) -> None:
    """Put the cursor where the mouse is, if that is in the pane."""
    place = _place(mode, event)
    if place is not None:
        mode.view.set_cursor(place.x, place.y)


def _place(mode: CopyMode, event: MouseEvent, *, last: bool = False) -> Position | None:
    """Column of the text and row of the view under the mouse; last: where it was before."""
    place = event.in_pane(mode.pane, last=last)
    return None if place is None else Position(mode.view.text_column(place[0]), place[1])


class CopyDrag:
    """Dragging with the mouse in one pane's copy mode."""

    def __init__(self, mode: CopyMode) -> None:
        self._mode = mode
        self._timer: Timer | None = None

    def start(self, client: Client | None, event: MouseEvent) -> None:
        """Begin to select where the button was pressed, by what was selected there before (word, line)."""
        attached = None if client is None else self._mode.server.clients.view(client)
        place = _place(self._mode, event, last=True)
        if attached is None or place is None:
            return
        attached.mouse.start_drag(self.update, self.release)
        view, selection = self._mode.view, self._mode.view.selection
        first, last = selection.first_start, selection.first_end
        if not first.x <= place.x <= last.x or view.top + place.y != first.y:
            selection.unit = CHAR
        if selection.unit == WORD:
            self._start_word(place)
        elif selection.unit == LINE:
            view.set_cursor(0, place.y)
        else:
            view.set_cursor(*place)
            selection.begin(view)
        self.update(event)

    def _start_word(self, place: Position) -> None:
        view, separators = self._mode.view, self._mode.view.selection.separators
        if separators is not None:
            view.set_cursor(*place)
            start = previous_word(view.rows, view.cursor, separators, leave=False, stop_at_line_end=True)
            place = Position(start.x, start.y - view.top)
        view.set_cursor(*place)

    def update(self, event: MouseEvent) -> None:
        """The mouse moved: select up to there."""
        self.stop()
        mode, view = self._mode, self._mode.view
        place = _place(mode, event)
        if mode.pane.modes[:1] != [mode] or place is None:
            return
        before = view.x, view.row
        view.set_cursor(*place)
        view.selection.update(view)
        if before[1] != view.row or before[0] == view.x:
            self._scroll(place.y)
        mode.draw()

    def _scroll(self, row: int) -> None:
        """At the first or last row: show one more, and again soon."""
        view = self._mode.view
        if row not in (0, view.height - 1):
            return
        self._timer = self._mode.server.loop.call_later(SCROLL_INTERVAL, self._scroll_again)
        if row == 0:
            view.up(scroll_only=True)
        else:
            view.down(scroll_only=True)

    def _scroll_again(self) -> None:
        self._timer = None
        if self._mode.pane.modes[:1] == [self._mode]:
            self._scroll(self._mode.view.row)
            self._mode.draw()

    def release(self, event: MouseEvent) -> None:
        """The button is up."""
        if self._mode.view.number_width and self._mode.pane.modes[:1] == [self._mode]:
            self.update(event)
        self.stop()

    def stop(self) -> None:
        """Scroll no further."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def to_slider(self, client: Client, event: MouseEvent | None, *, ends: bool) -> bool:
        """Scroll to where a scrollbar's slider is held, without the mouse to the top. ends: at the bottom say
        so (True): it is to end."""
        view, rows = self._mode.view, self._mode.pane.rows
        attached = self._mode.server.clients.view(client)
        held = 0 if attached is None else attached.mouse.slider_row
        if held is None:
            return False
        top = 0
        if event is not None:
            row = event.report.y + event.offset[1] - self._mode.pane.yoff - held
            top = min(max(row, 0), rows - self._mode.slider_height())
        return view.drag_to(int(_single(top * _single((view.rows.history + rows) / rows))), ends=ends)


def _single(number: float) -> float:
    """Rounded to single precision: where a slider's row stands for is calculated so in tmux."""
    return float(struct.unpack("f", struct.pack("f", number))[0])
