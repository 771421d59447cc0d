"""Which part of a pane is where, where tmux is mistaken."""

from __future__ import annotations

from compat_tests.display.test_scrollbars import scrolled
from tmuxish.grammar.keys import (
    AT_BORDER,
    AT_PANE,
    AT_SCROLLBAR_SLIDER,
    AT_SCROLLBAR_UP,
    AT_STATUS,
)
from tmuxish.server.mouse_places import part_of

NAMES = {AT_PANE: "p", AT_SCROLLBAR_UP: "u", AT_SCROLLBAR_SLIDER: "s", AT_BORDER: "|", AT_STATUS: "?"}


def test_all_of_a_pane_right_of_its_scrollbar_is_the_pane() -> None:
    first, _ = scrolled(17, 4, 8, "left").window.panes
    assert "".join(NAMES[part_of(first, x, 0).location] for x in range(9)) == "uupppppp|"
    assert "".join(NAMES[part_of(first, x, 3).location] for x in range(9)) == "sspppppp|"
    assert [part_of(first, 0, y).slider_row for y in (2, 3)] == [0, 1]
