"""Letters that a program prints where its cursor is, as echoes of keys mostly are: shown without a frame.

A frame looks at all that a client sees, for anything may have changed since the last one. Between two keys
nothing mostly has but one letter. After a pause in typing a frame takes 0.2 ms, nearly all of it for memory
that has left the processor's caches meanwhile; passing one letter on needs little of that memory. The next
frame is told of such letters first (`settle`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tmuxish.display.compose import Composer
    from tmuxish.display.frame import Frame
    from tmuxish.display.painter import Painter
    from tmuxish.emulator import Emulator
    from tmuxish.model.pane import Pane


class Server(Protocol):
    """What it needs of its server."""

    commands_run: int


class _Spot:
    """Where the next letter is expected: at the pane's cursor.

    text: the letters shown there since the last frame, from column `start` of row `y` on. room: how many more
    fit. The rest says what must not have changed.
    """

    __slots__ = ("commands_run", "emulator", "frame", "generation", "pane", "room", "start", "text", "x", "y")

    def __init__(self, pane: Pane, room: int, frame: Frame, commands_run: int) -> None:
        self.pane = pane
        self.emulator: Emulator = pane.emulator
        self.generation = pane.emulator.generation
        self.start = self.x = pane.emulator.cursor_x
        self.y = pane.emulator.cursor_y
        self.text = ""
        self.room = room
        self.frame = frame
        self.commands_run = commands_run


class Echo:
    """The letters of one client."""

    def __init__(self, server: Server, composer: Composer, painter: Painter) -> None:
        self._server = server
        self._composer = composer
        self._painter = painter
        self._spot: _Spot | None = None

    def expect(self, pane: Pane) -> None:
        """A frame with that pane active has just been shown: find out whether a letter may come next that
        changes nothing else."""
        emulator, composer, painter = pane.emulator, self._composer, self._painter
        x, y = emulator.cursor_x, emulator.cursor_y
        room = emulator.cols - x - 1  # beyond that it waits to wrap
        cells = emulator.lines[y]
        if (
            painter.frame is not None
            and painter.is_at(pane.xoff + x, pane.yoff + y + composer.viewport.body_top)
            and room > 0
            and not pane.modes
            and composer.is_bare()
            and composer.is_plain(pane)
            and emulator.simple_writing()
            and not emulator.pen.char
            and not cells.marks
            and len(cells.text) <= x
        ):
            self._spot = _Spot(pane, room, painter.frame, self._server.commands_run)

    def letter(self, pane: Pane, code: int) -> bool:
        """A pane's program has just printed one byte: whether the client sees all there is to be seen if the
        terminal gets that byte. We count on its getting it."""
        spot = self._spot
        if spot is None or pane is not spot.pane:
            return False
        emulator, letter = pane.emulator, chr(code)
        if (
            emulator is not spot.emulator
            or emulator.generation != spot.generation + 1
            or emulator.last_char != letter
            or emulator.cursor_x != spot.x + 1
            or emulator.cursor_y != spot.y
            or spot.room == 0
            or code > 0x7E  # the last byte of a character
            or self._server.commands_run != spot.commands_run
            or not self._composer.is_bare()
        ):
            return False
        spot.text += letter
        spot.x += 1
        spot.generation += 1
        spot.room -= 1
        return True

    def settle(self) -> None:
        """A frame is about to be made: have those who make it know what was shown without them."""
        spot, self._spot = self._spot, None
        if spot is not None and spot.text:
            line = self._composer.put_text(spot.pane, spot.start, spot.y, spot.text)
            if self._painter.frame is spot.frame:
                self._painter.text_sent(line, len(spot.text))
