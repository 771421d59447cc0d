"""Scrollbars that tmux does not draw properly: of several columns, and in too large windows."""

from __future__ import annotations

import pytest

from compat_tests.display.view_world import World
from tmuxish.display.client_view import ClientView
from tmuxish.emulator.style import style_of
from tmuxish.model.layout import LEFT_RIGHT, PANE, Cell, fix
from tmuxish.model.scrollbars import slider_of

BLUE, YELLOW = 4, 3


def scrolled(cols: int, rows: int, lines: int, position: str) -> World:
    """Two panes side by side, scrollbars of two columns and a gap of one on that side."""
    left = (cols - 1) // 2
    world = World(cols, rows, [(0, 0, left, rows), (left + 1, 0, cols - left - 1, rows)])
    options = world.window.options
    options.set("pane-scrollbars", "on")
    options.set("pane-scrollbars-position", position)
    options.set("pane-scrollbars-style", "bg=blue,fg=yellow,width=2,pad=1")
    world.window.layout = root = Cell(LEFT_RIGHT, cols, rows)
    for pane, width in zip(world.window.panes, (left, cols - left - 1), strict=True):
        cell = Cell(PANE, width, rows)
        root.append(cell)
        cell.hold(pane)
    fix(world.window)
    for pane in world.window.panes:
        pane.emulator.resize(pane.cols, pane.rows)
        pane.emulator.feed(b"\r\n".join(b"%d" % number for number in range(lines)))
    return world


def row_of(view: ClientView, y: int) -> str:
    """A row with the scrollbar's columns as b (plain) and y (slider)."""
    view.mark()
    frame = view._composer.compose()
    assert frame is not None
    line = frame.lines[y]
    colours = {BLUE: "b", YELLOW: "y"}
    return "".join(
        colours.get(style_of(code).bg, char) for char, code in zip(line.text, line.style, strict=True)
    )


@pytest.mark.parametrize(
    ("position", "first", "last"),
    [("right", "4     bb", "7     yy"), ("left", "bb 4   ", "yy 7   ")],
)
def test_wide_scrollbars_are_drawn_whole(position: str, first: str, last: str) -> None:
    world = scrolled(17, 4, 8, position)
    view = world.attach(17, 5)
    assert row_of(view, 0).startswith(first)
    assert row_of(view, 3).startswith(last)
    assert slider_of(world.window.panes[0]) == (2, 2)


def test_scrollbars_in_a_larger_window() -> None:
    world = scrolled(37, 4, 8, "right")
    view = world.attach(20, 5)
    view._client.pan = (world.window.id, 10, 1)
    row = row_of(view, 0)
    assert row[5:9] == " bbx"
    assert len(row) == 20
    assert row_of(view, 2)[5:9] == " yyx"


def test_a_pane_without_a_row_has_no_slider() -> None:
    world = scrolled(17, 4, 8, "right")
    pane = world.window.panes[0]
    pane.rows = 0  # the status of its border has taken the only one
    assert slider_of(pane) == (0, 0)
