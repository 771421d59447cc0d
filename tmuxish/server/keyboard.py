"""From keys pressed by an attached client to commands or bytes for a pane.

The prefix key switches to the prefix table for one key (or, with bindings that repeat, for as long as
repeat-time allows). A key without a binding in the root table goes to the active pane.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tmuxish.grammar import keys
from tmuxish.keys.decode import Event as KeyEvent
from tmuxish.keys.tables import PREFIX, Binding
from tmuxish.server.queue import State

if TYPE_CHECKING:
    from tmuxish.keys.tables import KeyTable
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server


class KeyPress:
    """The event of a binding's commands: the key, and for the mouse where it was (None for a key proper)."""

    __slots__ = ("key", "mouse")

    def __init__(self, key: int) -> None:
        self.key = key
        self.mouse = None


class Keyboard:
    """The keys of one attached client."""

    def __init__(self, server: Server, client: Client) -> None:
        self._server = server
        self._client = client
        self._repeating = False
        self._repeat_key = keys.NONE
        self._repeat_timer: Timer | None = None
        self._table_since = 0.0

    def close(self) -> None:
        """The client is gone."""
        if self._repeat_timer is not None:
            self._repeat_timer.cancel()

    def press(self, event: KeyEvent) -> None:
        """One decoded key, or text of a bracketed paste."""
        client, session = self._client, self._client.session
        if session is None or session.current is None:
            return
        client.last_activity, client.activity = client.activity, time.time()
        self._server.sessions.update_activity(session)
        window = session.current.window
        if window.latest is not client:
            window.latest = client
            self._server.windows.recalculate_sizes()
        pane = window.active
        if pane is None:
            return
        if event.key in (keys.FOCUS_IN, keys.FOCUS_OUT):
            self._focus(session, event.key == keys.FOCUS_IN)
        elif keys.is_mouse(event.key) or event.mouse is not None:
            self._mouse(pane, event)
        elif event.key == keys.NONE or event.key & keys.MASK_KEY in (keys.PASTE_START, keys.PASTE_END):
            if not client.readonly:
                self._server.panes.paste(pane, event.raw, marker=event.key != keys.NONE)
        else:
            self._look_up(session, pane, event.key)

    def _focus(self, session: Session, focused: bool) -> None:
        self._client.focused = focused
        self._server.notify("client-focus-in" if focused else "client-focus-out", client=self._client)
        if session.current is not None:
            self._server.windows.update_focus(session.current.window)

    def _mouse(self, pane: Pane, event: KeyEvent) -> None:
        """The pane under the mouse gets the event if its program asked for it."""
        if not self._client.readonly and event.mouse is not None:
            view = self._server.clients.view(self._client)
            place = view.pane_at(event.mouse.x, event.mouse.y) if view is not None else None
            if place is not None:
                self._server.panes.send_mouse(place[0], event.mouse, place[1], place[2])

    # -- tables --------------------------------------------------------------------------------

    def set_table(self, name: str | None = None) -> None:
        """Look the next key up in that table; None for the session's usual one."""
        client, session = self._client, self._client.session
        client.key_table = name or (
            session.options.get_string("key-table") if session is not None else "root"
        )
        client.prefix_active = client.key_table == PREFIX
        self._table_since = time.monotonic()
        self._server.clients.redraw(client)

    def _usual_table(self, session: Session) -> str:
        return session.options.get_string("key-table")

    def _look_up(self, session: Session, pane: Pane, key: int) -> None:
        bare = key & ~keys.MASK_FLAGS
        first = name = self._client.key_table
        while True:
            if name != PREFIX and bare in self._prefixes(session):
                self.set_table(PREFIX)
                return
            if name == PREFIX and self._prefix_expired():
                self.set_table()
                first = name = self._client.key_table
                continue
            binding = self._find(name, bare)
            if binding is not None:
                if self._repeating and not binding.repeat:
                    self._repeating = False
                    self.set_table()
                    first = name = self._client.key_table
                    continue
                self._run(session, binding, key)
                return
            if name == self._usual_table(session) and not self._repeating:
                break
            was_repeating, self._repeating = self._repeating, False
            self.set_table()
            name = self._client.key_table
            if was_repeating:
                first = name
            elif name == first:
                break
        if name == first and not self._client.readonly:
            self._server.panes.send_key(pane, key)

    def _find(self, name: str, key: int) -> Binding | None:
        table: KeyTable | None = self._server.key_tables.get(name)
        if table is None:
            return None
        return table.get(key) or table.get(keys.ANY)

    def _prefixes(self, session: Session) -> tuple[int, ...]:
        options = session.options
        found = (self._server.key_option(options, "prefix"), self._server.key_option(options, "prefix2"))
        return tuple(key for key in found if key != keys.NONE)

    def _prefix_expired(self) -> bool:
        limit = self._server.model.server_options.get_number("prefix-timeout")
        return limit > 0 and (time.monotonic() - self._table_since) * 1000 > limit

    def _run(self, session: Session, binding: Binding, key: int) -> None:
        repeat = self._repeat_time(session, binding)
        if repeat:
            self._repeating = True
            self._repeat_key = binding.key
            if self._repeat_timer is not None:
                self._repeat_timer.cancel()
            self._repeat_timer = self._server.loop.call_later(repeat / 1000, self._repeat_over)
        else:
            self._repeating = False
            self.set_table()
        if self._client.readonly and not binding.commands.read_only():
            self._server.clients.message(self._client, "Client is read-only")
            return
        found = self._server.found_for(client=self._client)
        queue = self._server.queue_of(self._client)
        queue.submit(binding.commands, State(found, event=KeyPress(key)))

    def _repeat_time(self, session: Session, binding: Binding) -> int:
        """Milliseconds in which the same table stays; 0 for not at all."""
        if not binding.repeat:
            return 0
        if not self._repeating or binding.key != self._repeat_key:
            initial = session.options.get_number("initial-repeat-time")
            if initial:
                return initial
        return session.options.get_number("repeat-time")

    def _repeat_over(self) -> None:
        self._repeat_timer = None
        if self._repeating:
            self._repeating = False
            self.set_table()
