"""Client mode (choose-client): the clients that are attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats import sorting
from tmuxish.formats.variables_server import CLIENT_MODE_FORMAT
from tmuxish.grammar import keys
from tmuxish.modes.tree import LINE, TAG_ITEMS
from tmuxish.modes.tree_choice import ChoiceTree
from tmuxish.modes.tree_draw import put_frame_line, put_horizontal, put_preview
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tmuxish.formats.scope import Scope
    from tmuxish.keys.press import Presser
    from tmuxish.model.client import Client
    from tmuxish.modes.tree import Taken
    from tmuxish.modes.tree_items import Item

# Keys that detach, hang up on, or stop the current client; as capitals all tagged ones.
_ONE, _TAGGED = frozenset(map(ord, "dxz")), frozenset(map(ord, "DXZ"))


class ClientTree(ChoiceTree):
    """choose-client."""

    name = "client-mode"
    default_format = CLIENT_MODE_FORMAT
    default_command = "detach-client -t '%%'"
    orders = (sorting.NAME, sorting.SIZE, sorting.CREATION, sorting.ACTIVITY)
    menu = (
        ("Detach", ord("d")),
        ("Detach Tagged", ord("D")),
        LINE,
        *TAG_ITEMS,
        LINE,
        ("Cancel", ord("q")),
    )
    help_item = "client"
    help_keys = (
        ("Enter", "Choose selected client"),
        ("d", "Detach selected client"),
        ("D", "Detach tagged clients"),
        ("x", "Detach selected client"),
        ("X", "Detach tagged clients"),
        ("z", "Suspend selected client"),
        ("Z", "Suspend tagged clients"),
        ("f", "Enter a filter"),
    )

    def populate(self, condition: str | None) -> Hashable | None:
        for client in sorting.sort_clients(self._attached(), self.order, self.reverse):
            scope = self.scope_of(client)
            if self.passes(condition, scope):
                self.add(None, client.id, client.name, self.text_of(scope), client)
        return None

    def _attached(self) -> list[Client]:
        """Those that are not about to go."""
        return sorting.attached_clients(self.server.model)

    def scope_of(self, subject: Client, **more: str) -> Scope:
        return self.server.scope(Found(), client=subject, facts=self.facts, extras=more or None)

    def draw_preview(self, item: Item, x: int, y: int, cols: int, rows: int) -> None:
        """The active pane that the client looks at, and its status lines."""
        client: Client = item.subject
        session, view = client.session, self.server.clients.view(client)
        if session is None or session.current is None or client not in self._attached():
            return
        lines = view.screen.status_lines if view is not None else []
        if len(lines) >= rows:
            lines = []
        above = len(lines) if session.options.get_string("status-position") == "top" else 0
        pane = session.current.window.active
        if pane is not None:
            put_preview(self.screen, x, y + above, cols, rows - 2 - len(lines), pane.emulator)
        put_horizontal(self.screen, x, y + 2 if above else y + rows - 1 - len(lines), cols)
        for row, line in enumerate(lines):
            put_frame_line(self.screen, x, y + row + (0 if above else rows - len(lines)), line, cols)

    # -- keys ----------------------------------------------------------------------------------

    def act(self, who: Presser, taken: Taken) -> bool:
        item, key = self.current, taken.key
        over = False
        if item is not None:
            if key in _ONE:
                self._send_away(item, key)
                self.build()
            elif key in _TAGGED:
                for each in self.tagged():
                    self._send_away(each, key | ord(" "))
                self.build()
            elif key == keys.ENTER:
                self.run(who.client, self.template, item.subject.tty)
                over = True
        return over or not self._attached()

    def _send_away(self, item: Item, key: int) -> None:
        """d detaches, x does so and hangs up on its parent, z stops it."""
        if item is self.current:
            self.down(wrap=False)
        clients, client = self.server.clients, item.subject
        if key == ord("z"):
            clients.suspend(client)
        else:
            clients.detach(client, kill=key == ord("x"))
