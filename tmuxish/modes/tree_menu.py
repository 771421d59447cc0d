"""The menus of tree modes: what can be done with a line, and how to move the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.grammar.keys import NONE
from tmuxish.keys.press import KeyPress

if TYPE_CHECKING:
    from tmuxish.keys.press import Presser
    from tmuxish.modes.tree import TreeMode

_PREVIEW_MENU = (("Scroll Left", ord("<")), ("Scroll Right", ord(">")), ("", NONE), ("Cancel", ord("q")))


def open_menu(tree: TreeMode, who: Presser, x: int, y: int, *, outside: bool) -> None:
    """The menu of the line at row `y` of the pane, or of the current one if none is there; `outside`: that of
    the preview. The choice counts as the key it names, pressed on that line."""
    from tmuxish.display.menu import Item, Menu  # a mode needs no menus until it is clicked on
    from tmuxish.server.overlays import show_menu

    client = who.client
    line = tree.offset + y if tree.offset + y < len(tree.lines) else tree.current_line
    menu = Menu("" if outside else f"#[align=centre]{tree.lines[line].name}", client.cols)
    for name, key in _PREVIEW_MENU if outside else tree.menu:
        if name:
            menu.add(Item(name, key))
        else:
            menu.add_separator()

    def done(number: int | None, key: int) -> None:
        if tree.alive and key != NONE and line < len(tree.lines):
            tree.current_line = line
            if tree.server.pane_modes.top(tree.pane) is tree:
                tree.key(who, KeyPress(key))

    # Where it is in the pane is where it comes on the terminal: tmux takes the one for the other.
    show_menu(tree.server, client, menu, max(x - menu.size[0] // 2, 0), y, done)
