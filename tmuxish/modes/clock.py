"""clock-mode: the time, as large as there is room for, until a key is pressed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tmuxish.display.big_digits import STEP, blocks
from tmuxish.emulator.style import Style
from tmuxish.modes.base import PaneMode

if TYPE_CHECKING:
    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.model.pane import Pane
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server

# Lower panes show the time as text, and narrower ones than its characters need.
LOWEST = 6
# What a block is drawn as, in its own colour on itself: what is seen where there are no colours.
_BLOCK = "#"


class ClockMode(PaneMode):
    """The clock in one pane."""

    name = "clock-mode"

    def __init__(self, server: Server, pane: Pane) -> None:
        super().__init__(server, pane)
        self.screen.show_cursor(False)
        self._drawn: tuple[str, int] | None = None
        self._timer: Timer | None = None
        self._start_timer()

    def _start_timer(self) -> None:
        """Wait for the next whole second."""
        self._timer = self.server.loop.call_later(1 - time.time() % 1, self._tick)

    def _tick(self) -> None:
        self._start_timer()
        if self._drawn != self._now():
            self.draw()
            self.redraw()

    def _now(self) -> tuple[str, int]:
        """What is to be shown, and its colour."""
        options = self.pane.window.options
        return time_text(options.get_string("clock-mode-style")), options.get_number("clock-mode-colour")

    def draw(self) -> None:
        self._drawn = text, colour = self._now()
        screen = self.screen
        screen.clear()
        middle = screen.cols // 2
        if screen.cols >= STEP * len(text) and screen.rows >= LOWEST:
            left, top = middle - STEP * len(text) // 2, screen.rows // 2 - LOWEST // 2
            block = Style(colour, colour)
            for x, y in blocks(text):
                screen.put(left + x, top + y, _BLOCK, block)
        elif screen.cols >= len(text) and screen.rows:
            screen.put(middle - len(text) // 2, screen.rows // 2, text, Style(colour))

    def update(self) -> None:
        if self._drawn != self._now():
            self.draw()
            self.redraw()

    def key(self, who: Presser, press: KeyPress) -> None:
        self.leave()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def time_text(style: str) -> str:
    """The time as a value of clock-mode-style says. Hours of twelve are padded with a blank."""
    now = time.localtime()
    minutes = f"{now.tm_min:02}"
    if style.endswith("with-seconds"):
        minutes += f":{now.tm_sec:02}"
    if style.startswith("24"):
        return f"{now.tm_hour:02}:{minutes}"
    return f"{now.tm_hour % 12 or 12:2}:{minutes} {'PM' if now.tm_hour >= 12 else 'AM'}"
