"""Parts of tree modes by themselves: lines of a tree, screens made small, the formats of find-window.

What previews show was looked at in tmux 3.7c.
"""

from __future__ import annotations

import pytest

from tmuxish.commands.find_window import COMMAND, search_filter
from tmuxish.emulator import Emulator
from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import REVERSE, style_of
from tmuxish.grammar.keys import NONE
from tmuxish.model.pane_mode import ModeScreen
from tmuxish.modes.tree_draw import put_box, put_label, put_preview, put_text
from tmuxish.modes.tree_items import Item, shown_lines, walk


def item(name: str, parent: Item | None = None, *, expanded: bool = True) -> Item:
    made = Item(parent, name, name, None, None)
    made.expanded = expanded
    if parent is not None:
        parent.children.append(made)
    return made


@pytest.fixture
def roots() -> list[Item]:
    """a (a1 (a11), a2), b (b1), b collapsed."""
    a, b = item("a"), item("b", expanded=False)
    a1 = item("a1", a)
    item("a11", a1)
    item("a2", a)
    item("b1", b)
    return [a, b]


def test_lines_of_a_tree(roots: list[Item]) -> None:
    lines = shown_lines(roots, lambda each: each.line)
    assert [line.name for line in lines] == ["a", "a1", "a11", "a2", "b"]
    assert [(line.line, line.depth) for line in lines] == [(0, 0), (1, 1), (2, 2), (3, 1), (4, 0)]
    assert [line.last for line in lines] == [False, False, True, True, True]
    assert [line.flat for line in lines] == [False, False, True, False, False]
    assert [line.key for line in lines] == [0, 1, 2, 3, 4]


def test_walking_goes_into_what_is_collapsed(roots: list[Item]) -> None:
    assert [each.name for each in walk(roots)] == ["a", "a1", "a11", "a2", "b", "b1"]


def test_relatives(roots: list[Item]) -> None:
    a11 = next(each for each in walk(roots) if each.name == "a11")
    assert [above.name for above in a11.parents()] == ["a1", "a"]
    assert [below.name for below in roots[0].below()] == ["a1", "a11", "a2"]
    assert roots[1].siblings(roots) is roots
    assert a11.siblings(roots) == [a11]
    assert a11.key == NONE


# -- drawing -----------------------------------------------------------------------------------


def texts(screen: ModeScreen) -> list[str]:
    return [row.text.rstrip() for row in screen.lines]


def emulator(data: str, cols: int = 20, rows: int = 6) -> Emulator:
    made = Emulator(cols, rows, 0)
    made.feed(data.encode())
    return made


def test_a_preview_begins_at_the_upper_left() -> None:
    screen = ModeScreen(12, 4)
    put_preview(screen, 1, 1, 8, 2, emulator("0123456789\r\nsecond\r\nthird\x1b[1;1H"))
    assert texts(screen) == ["", " 01234567", " second", ""]


def test_a_preview_shows_what_is_around_the_cursor() -> None:
    """A third of the room is left before it, if there is something to be shown behind it."""
    screen = ModeScreen(9, 3)
    put_preview(
        screen, 0, 0, 9, 3, emulator("\r\n".join(f"{n}ABCDEFGHIJKLMNOPQRS" for n in range(6)) + "\x1b[4;11H")
    )
    assert texts(screen) == ["GHIJKLMNO", "GHIJKLMNO", "GHIJKLMNO"]
    assert [row.style_at(3) != "\0" for row in screen.lines] == [False, True, False]
    assert style_of(screen.lines[1].style_at(3)).attrs & REVERSE


def test_a_preview_without_a_cursor_begins_at_the_upper_left() -> None:
    screen = ModeScreen(4, 2)
    put_preview(screen, 0, 0, 4, 2, emulator("one\r\ntwo\r\nthree\r\nfour\x1b[?25l"))
    assert texts(screen) == ["one", "two"]
    assert not any(row.style.strip("\0") for row in screen.lines)


def test_wide_characters_are_not_cut() -> None:
    screen = ModeScreen(8, 1)
    put_preview(screen, 0, 0, 4, 1, emulator("a日本語\x1b[?25l", rows=1))
    assert texts(screen) == [f"a日{PAD}"]


def test_tabs_are_blanks() -> None:
    screen = ModeScreen(12, 1)
    put_preview(screen, 0, 0, 12, 1, emulator("a\tb\x1b[?25l", rows=1))
    assert texts(screen) == ["a       b"]


def test_a_label_stands_in_the_middle() -> None:
    screen = ModeScreen(11, 5)
    for y in range(5):
        put_text(screen, 0, y, "." * 11, 11)
    put_label(screen, 0, 0, 11, 5, "#[fg=red]abc", style_of(0))
    assert texts(screen) == ["...........", "...........", "..lqqqqqk..", "..x abc x..", "..mqqqqqj.."]


@pytest.mark.parametrize(("cols", "rows"), [(4, 5), (11, 2)])
def test_a_label_needs_room(cols: int, rows: int) -> None:
    screen = ModeScreen(11, 5)
    put_label(screen, 0, 0, cols, rows, "abc", style_of(0))
    assert texts(screen) == [""] * 5


def test_a_long_label_is_cut() -> None:
    screen = ModeScreen(8, 3)
    put_label(screen, 0, 0, 8, 3, "abcdefghij", style_of(0))
    assert texts(screen) == ["", "lqqqqqqk", "x abcd x"]


def test_a_box_covers_halves_of_wide_characters() -> None:
    screen = ModeScreen(8, 3)
    for y in range(3):
        put_text(screen, 0, y, "日本語日", 8)
    put_box(screen, 1, 0, 5, 3)
    assert texts(screen) == [f" lqqqk日{PAD}", f" x本{PAD} x日{PAD}", f" mqqqj日{PAD}"]


# -- find-window -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "wanted"),
    [
        (["x"], "#{||:#{C:x},#{||:#{m:*x*,#{window_name}},#{m:*x*,#{pane_title}}}}"),
        (["-CNT", "x"], "#{||:#{C:x},#{||:#{m:*x*,#{window_name}},#{m:*x*,#{pane_title}}}}"),
        (["-C", "x"], "#{C:x}"),
        (["-N", "x"], "#{m:*x*,#{window_name}}"),
        (["-T", "x"], "#{m:*x*,#{pane_title}}"),
        (["-CN", "x"], "#{||:#{C:x},#{m:*x*,#{window_name}}}"),
        (["-CT", "x"], "#{||:#{C:x},#{m:*x*,#{pane_title}}}"),
        (["-NT", "x"], "#{||:#{m:*x*,#{window_name}},#{m:*x*,#{pane_title}}}"),
        (["-rC", "x"], "#{C/r:x}"),
        (["-iN", "x"], "#{m/i:*x*,#{window_name}}"),
        (["-riT", "x"], "#{m/ri:x,#{pane_title}}"),
    ],
)
def test_what_find_window_asks_for(argv: list[str], wanted: str) -> None:
    assert search_filter(COMMAND.parse(argv)) == wanted
