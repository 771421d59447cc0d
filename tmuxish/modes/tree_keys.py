"""The keys that mean the same in every tree mode, and what the mouse does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats import sorting
from tmuxish.grammar import keys
from tmuxish.modes.tree import MENU_TAG_ALL, OFF, Taken, next_preview, toggle_tags
from tmuxish.modes.tree_help import open_help
from tmuxish.modes.tree_menu import open_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.modes.tree import TreeMode
    from tmuxish.modes.tree_items import Item

    Action = Callable[[TreeMode, Presser, KeyPress], None]

_BUTTON_1 = keys.mouse_key(keys.TYPE_MOUSE_DOWN, 1, keys.AT_PANE)
_BUTTON_3 = keys.mouse_key(keys.TYPE_MOUSE_DOWN, 3, keys.AT_PANE)
_DOUBLE_CLICK = keys.mouse_key(keys.TYPE_DOUBLE_CLICK, 1, keys.AT_PANE)
_WHEEL_UP = keys.mouse_key(keys.TYPE_WHEEL_UP, 0, keys.AT_PANE)
_WHEEL_DOWN = keys.mouse_key(keys.TYPE_WHEEL_DOWN, 0, keys.AT_PANE)


def _ctrl(char: str) -> int:
    return ord(char) | keys.CTRL


_ENDS = frozenset((ord("q"), keys.ESCAPE, _ctrl("["), _ctrl("g")))


def take(tree: TreeMode, who: Presser, press: KeyPress) -> Taken:
    """Do what `press` means in any tree."""
    key = press.key
    if not tree.lines:
        return Taken(keys.NONE, finished=True)
    if keys.is_mouse(key) and press.mouse is not None:
        return _take_mouse(tree, who, press)
    chosen = next((item for item in tree.lines if item.key == key), None)
    if chosen is not None:
        tree.current_line = chosen.line
        return Taken(keys.ENTER)
    if key in _ENDS:
        return Taken(key, finished=True)
    action = _ACTIONS.get(key)
    if action is not None:
        action(tree, who, press)
    return Taken(key)


# -- mouse -------------------------------------------------------------------------------------


def _take_mouse(tree: TreeMode, who: Presser, press: KeyPress) -> Taken:
    key = press.key
    place = press.mouse.in_pane(tree.pane) if press.mouse is not None else None
    if place is None:
        return Taken(keys.NONE)
    x, y = place
    if x > tree.screen.cols or y > tree.rows:
        if key == _BUTTON_3:
            open_menu(tree, who, x, y, outside=True)
        return Taken(keys.NONE if tree.preview == OFF else key, x=x)
    line = tree.offset + y
    if line < len(tree.lines) and key in (_BUTTON_1, _BUTTON_3, _DOUBLE_CLICK):
        tree.current_line = line
        if key == _DOUBLE_CLICK:
            return Taken(keys.ENTER, x=x)
    if key == _BUTTON_3:
        open_menu(tree, who, x, y, outside=False)
    return Taken(keys.NONE, x=x)


# -- moving ------------------------------------------------------------------------------------


def _up(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.up()


def _down(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.down()


def _page_up(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    for _ in range(min(tree.rows, tree.current_line)):
        tree.up()


def _page_down(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    for _ in range(min(tree.rows, len(tree.lines) - 1 - tree.current_line)):
        tree.down()


def _first(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.move_to(0)


def _last(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.move_to(len(tree.lines) - 1)


# -- the shape of the tree ---------------------------------------------------------------------


def _collapse(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    """Hide what is below the item; where nothing is, go to what it is below of and do so there."""
    item = tree.current
    if item is not None and (item.flat or not item.expanded):
        item = item.parent
    if item is None:
        tree.up(wrap=False)
        return
    item.expanded = False
    tree.current_line = item.line
    tree.build()


def _expand(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    """Show what is below the item; where that is so, or nothing is there, go on down."""
    item = tree.current
    if item is None or item.flat or item.expanded:
        tree.down(wrap=False)
        return
    item.expanded = True
    tree.build()


def _collapse_all(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    _expand_roots(tree, False)


def _expand_all(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    _expand_roots(tree, True)


def _expand_roots(tree: TreeMode, expanded: bool) -> None:
    for item in tree.roots:
        item.expanded = expanded
    tree.build()


def _swap_up(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    _swap(tree, -1)


def _swap_down(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    _swap(tree, 1)


def _swap(tree: TreeMode, step: int) -> None:
    """Exchange the item with the next one of its depth on that side, if nothing higher is in between."""
    item = tree.current
    if item is None:
        return
    beyond = tree.lines[item.line + 1 :] if step > 0 else tree.lines[: item.line][::-1]
    other = next((line for line in beyond if line.depth <= item.depth), None)
    if other is not None and other.depth == item.depth and tree.swap(item, other):
        tree.current_line = other.line
        tree.build()


def _next_order(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    if tree.orders:
        tree.order = sorting.next_order(tree.order, tree.orders)
    tree.build()


def _reverse(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.reverse = not tree.reverse
    tree.build()


def _preview(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.preview = next_preview(tree.preview)
    tree.build()


# -- tags --------------------------------------------------------------------------------------


def _tag(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    """Tag the item or not; never one and something above or below it."""
    item = tree.current
    if item is None or item.no_tag:
        return
    item.tagged = not item.tagged
    if item.tagged:
        toggle_tags(item.parents(), lambda each: False)
        toggle_tags(item.below(), lambda each: False)
    if press.typed:
        tree.down(wrap=False)


def _untag_all(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    toggle_tags(tree.lines, lambda each: False)


def _tag_all(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    toggle_tags(tree.lines, _is_topmost)


def _is_topmost(item: Item) -> bool:
    """Whether nothing above the item can be tagged."""
    return item.parent.no_tag if item.parent is not None else not item.no_tag


# -- searching and filtering -------------------------------------------------------------------


def _search(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.search_forward = True
    tree.ask_search(who)


def _search_again(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.search_forward = True
    tree.find()


def _search_back(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.search_forward = False
    tree.find()


def _filter(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    tree.ask_filter(who)


def _help(tree: TreeMode, who: Presser, press: KeyPress) -> None:
    open_help(tree, who)


_ACTIONS: dict[int, Action] = {
    keys.F1: _help,
    _ctrl("h"): _help,
    keys.UP: _up,
    ord("k"): _up,
    _WHEEL_UP: _up,
    _ctrl("p"): _up,
    keys.DOWN: _down,
    ord("j"): _down,
    _WHEEL_DOWN: _down,
    _ctrl("n"): _down,
    keys.UP | keys.SHIFT: _swap_up,
    ord("K"): _swap_up,
    keys.DOWN | keys.SHIFT: _swap_down,
    ord("J"): _swap_down,
    keys.PPAGE: _page_up,
    _ctrl("b"): _page_up,
    keys.NPAGE: _page_down,
    _ctrl("f"): _page_down,
    ord("g"): _first,
    keys.HOME: _first,
    ord("G"): _last,
    keys.END: _last,
    ord("t"): _tag,
    ord("T"): _untag_all,
    _ctrl("t"): _tag_all,
    MENU_TAG_ALL: _tag_all,
    ord("O"): _next_order,
    ord("r"): _reverse,
    keys.LEFT: _collapse,
    ord("h"): _collapse,
    ord("-"): _collapse,
    keys.RIGHT: _expand,
    ord("l"): _expand,
    ord("+"): _expand,
    ord("-") | keys.META: _collapse_all,
    ord("+") | keys.META: _expand_all,
    ord("?"): _search,
    ord("/"): _search,
    _ctrl("s"): _search,
    ord("n"): _search_again,
    ord("N"): _search_back,
    ord("f"): _filter,
    ord("v"): _preview,
}
