"""Menus by themselves: what fits into an item, which items keys reach, and menus larger than the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compat_tests.display.view_world import World
from tmuxish.current import Found
from tmuxish.display.menu import Item, Menu, MenuOverlay, MenuUse
from tmuxish.display.overlay import ENDS, STAYS
from tmuxish.formats.trim import width
from tmuxish.grammar.keys import DOWN, END, ENTER, HOME, NONE, NPAGE, PPAGE, UP, string_to_key
from tmuxish.keys.decode import Event
from tmuxish.model.client import Client

MOVES = (UP, DOWN, HOME, END, NPAGE, PPAGE, ord("j"), ord("k"), ord("g"), ord("G"))


class Chosen(list[tuple[int | None, int]]):
    """What a menu has said when it ended."""

    def done(self, number: int | None, key: int) -> None:
        self.append((number, key))


def overlay(names: list[str], cols: int = 80, rows: int = 24, choice: int = 0) -> tuple[MenuOverlay, Chosen]:
    """A menu of the keyboard."""
    world = World(cols, rows, [(0, 0, cols, rows)])
    client = Client(0)
    client.cols, client.rows, client.session = cols, rows, world.session
    menu = Menu("", cols)
    menu.add_all([Item(name) for name in names], str)
    scope = world.scope(Found(world.session, world.session.current), client=client)
    chosen = Chosen()
    use = MenuUse(mouse=False, choice=choice)
    return MenuOverlay(menu, 0, 0, client, lambda: scope, chosen.done, use=use), chosen


@given(
    st.lists(st.sampled_from(["", "-off", "on"]), max_size=20),
    st.integers(-1, 25),
    st.lists(st.sampled_from(MOVES), max_size=8),
)
def test_any_moves_leave_an_item_of_the_menu(names: list[str], choice: int, moves: list[int]) -> None:
    menu, chosen = overlay(["-first", *names], choice=choice)
    for key in moves:
        assert menu.key(Event(key, b"")) == STAYS
    assert menu.key(Event(ENTER, b"\r")) == ENDS
    menu.close()
    number = chosen[0][0]
    assert number is None or menu.menu.items[number].name == "on"


def test_pasted_text_is_no_key() -> None:
    menu, _ = overlay(["one"])
    assert menu.key(Event(NONE, b"q")) == STAYS


def test_a_terminal_that_has_become_lower_shows_the_upper_part() -> None:
    menu, _ = overlay(["one", "two", "three", "four"], rows=24)
    assert menu.resized(80, 4)
    shown = {patch.y: patch.line.text for patch in menu.patches(80, 4)}
    assert [shown[y][2:7] for y in range(1, 4)] == ["one  ", "two  ", "three"]


@given(st.text(st.sampled_from("ab中é "), min_size=1, max_size=60), st.integers(12, 60))
def test_an_item_fits_into_the_terminal(name: str, cols: int) -> None:
    menu = Menu("", cols)
    menu.add(Item(name, string_to_key("C-x")))
    assert menu.size[0] <= cols
    assert width(menu.items[0].name) <= cols - 4


def test_separators_neither_begin_a_menu_nor_follow_each_other() -> None:
    menu = Menu("", 80)
    menu.add_all([Item(name) for name in ("", "a", "", "", "b", "")], str)
    assert [item.name for item in menu.items] == ["a", "", "b", ""]
