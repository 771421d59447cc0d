"""The last line of a pane whose program has ended and that remain-on-exit keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.rows import Row, grown
from tmuxish.emulator.style import DEFAULT_STYLE, intern_style
from tmuxish.formats.draw import draw
from tmuxish.formats.expand import expand
from tmuxish.targets import Found

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server


def draw_last_line(server: Server, pane: Pane) -> None:
    """Scroll the pane up by one line and draw remain-on-exit-format in the last, unless that is empty.

    The format sees no session and no client: nobody asked for it.
    """
    template = pane.options.get_string("remain-on-exit-format")
    if not template:
        return
    emulator = pane.emulator
    drawn = draw(expand(template, server.scope(Found(pane=pane))), emulator.cols, DEFAULT_STYLE)
    used = len(drawn.text)
    while used and drawn.text[used - 1] == " " and drawn.styles[used - 1] == DEFAULT_STYLE:
        used -= 1
    emulator.set_margins(0, emulator.rows - 1)
    emulator.set_cursor(0, emulator.rows - 1)
    emulator.wrap_line()
    style = "".join(chr(intern_style(cell)) for cell in drawn.styles[:used])
    row = Row(drawn.text[:used], style, used, grown(0, used, emulator.steps))
    row.marks = drawn.marks or None
    emulator.lines[-1] = row
    emulator.generation += 1
