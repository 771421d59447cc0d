"""What commands and modes put over a client's screen: menus, popups, a text to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.display.menu import Menu, MenuLook, MenuUse
    from tmuxish.formats.scope import Scope
    from tmuxish.model.client import Client
    from tmuxish.server.server import Server


def client_scope(server: Server, client: Client) -> Callable[[], Scope]:
    """What a format sees that is about the client and what it looks at, at the time of each call."""
    return lambda: server.scope(server.found_for(client=client), client=client)


def show_menu(
    server: Server,
    client: Client,
    menu: Menu,
    x: int,
    y: int,
    done: Callable[[int | None, int], None],
    look: MenuLook | None = None,
    use: MenuUse | None = None,
) -> bool:
    """Show `menu` with its upper left corner at (x, y), or as near as it fits. False: it does not fit, or is
    empty.

    What is over everything already ends. `done` is called once, when the menu has ended, with the number
    of the item chosen (None: none) and its key; for the rest see MenuOverlay.
    """
    from tmuxish.display.menu import MenuOverlay

    view = server.clients.view(client)
    cols, rows = menu.size
    if view is None or not menu.items or cols > client.cols or rows > client.rows:
        return False
    view.set_overlay(MenuOverlay(menu, x, y, client, client_scope(server, client), done, look, use))
    return True
