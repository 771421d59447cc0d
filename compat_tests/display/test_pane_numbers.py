"""Numbers on panes where tmux's own are chance: panes partly in view, or too small for large digits."""

from __future__ import annotations

from compat_tests.display.view_world import World
from tmuxish.display.big_digits import blocks
from tmuxish.display.frame import blank_line
from tmuxish.display.overlay import lay_patches
from tmuxish.display.pane_numbers import PaneNumbers
from tmuxish.emulator.colours import DEFAULT
from tmuxish.emulator.style import style_of
from tmuxish.model.pane import Pane


def numbers(world: World, cols: int, rows: int) -> tuple[list[str], list[tuple[int, int]]]:
    """The text over a blank terminal, and the places that have a background."""
    view = world.attach(cols, rows)
    view.render()
    chosen: list[Pane] = []
    overlay = PaneNumbers(view._client, view, chosen.append, lambda: None, takes_keys=True)
    lines = lay_patches([blank_line(cols)] * rows, overlay.patches(cols, rows))
    filled = [
        (x, y)
        for y, line in enumerate(lines)
        for x, code in enumerate(line.style)
        if style_of(code).bg != DEFAULT
    ]
    return [line.text.rstrip() for line in lines], filled


def test_a_pane_partly_in_view_has_its_number_in_the_middle_of_that_part() -> None:
    world = World(100, 40, [(0, 0, 49, 40), (50, 0, 50, 40)])
    text, filled = numbers(world, 80, 25)
    one = [(x + 50 + 15 - 3, y + 12 - 2) for x, y in blocks("1")]
    nought = [(x + 24 - 3, y + 12 - 2) for x, y in blocks("0")]
    assert sorted(filled) == sorted(nought + one)
    assert text[0] == " " * 44 + "49x40" + " " * 26 + "50x40"


def test_two_digits_in_a_small_pane_stand_beside_their_letter() -> None:
    world = World(30, 3, [(0, 0, 30, 3)])
    world.window.options.set("pane-base-index", 10)
    text, filled = numbers(world, 30, 4)
    assert text == ["", " " * 13 + "10 a", "", ""]
    assert not filled
