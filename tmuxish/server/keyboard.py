"""From keys pressed by an attached client to commands or bytes for a pane.

The prefix key switches to the prefix table for one key (or, with bindings that repeat, for as long as
repeat-time allows). A key without a binding in the root table goes to the active pane. Keys wait for their
turn behind the commands of earlier ones.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from tmuxish.current import from_client
from tmuxish.grammar import keys
from tmuxish.keys.decode import Event as KeyEvent
from tmuxish.keys.press import KeyPress, Presser
from tmuxish.keys.tables import PREFIX, Binding
from tmuxish.server.queue import State
from tmuxish.targets import mouse_pane

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from tmuxish.current import Found
    from tmuxish.keys.press import MouseEvent
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session, Winlink
    from tmuxish.server.loop import Future, Timer
    from tmuxish.server.queue import CommandQueue
    from tmuxish.server.server import Server

_NAMED = keys.MASK_KEY | keys.MASK_MODIFIERS
_MOVES = frozenset(
    keys.mouse_key(keys.TYPE_MOUSE_MOVE, 0, location)
    for location in (
        keys.AT_PANE,
        keys.AT_STATUS,
        keys.AT_STATUS_LEFT,
        keys.AT_STATUS_RIGHT,
        keys.AT_STATUS_DEFAULT,
        keys.AT_BORDER,
    )
)


class Keyboard:
    """The keys of one attached client."""

    def __init__(self, server: Server, client: Client, queue: CommandQueue) -> None:
        """`queue` is the client's."""
        self._server = server
        self._client = client
        self._queue = queue
        self._repeating = False
        self._repeat_key = keys.NONE
        self._repeat_timer: Timer | None = None
        self._table_since = 0.0
        self._last_press = self._this_press = 0.0
        self._pasting = False  # keys come so fast that they must be pasted text
        # By byte: whether it is a key that is nothing but typed into `_plain_pane`, as long as the rest stays
        # as it is.
        self._plain = [False] * 256
        self._plain_pane: Pane | None = None
        self._plain_winlink: Winlink | None = None
        self._plain_modes = 0
        self._commands_run = -1

    def close(self) -> None:
        """The client is gone."""
        if self._repeat_timer is not None:
            self._repeat_timer.cancel()

    # -- plain letters -------------------------------------------------------------------------

    def type(self, data: bytes) -> bool:
        """Type a letter once more that was nothing but typed before, if nothing has happened since that may
        make it something else. Echoing a letter otherwise takes twice the time, most of it for the tables and
        options that decide about keys."""
        pane, session = self._plain_pane, self._client.session
        if (
            len(data) != 1
            or not self._plain[data[0]]
            or pane is None
            or session is None
            or not self._is_as_before(session, pane)
            or not self._queue.idle
        ):
            return False
        self._server.panes.type(pane, data)
        self._client.activity = time.time()
        self._last_press, self._this_press = self._this_press, time.monotonic()
        self._note_use(data[0], session)
        return True

    def forget(self) -> None:
        """Anything may have changed."""
        self._plain_pane = None

    def _remember(self, event: KeyEvent, session: Session, pane: Pane) -> None:
        """A key was found to be for the pane alone: it may be a plain letter."""
        if len(event.raw) != 1 or event.key != event.raw[0] or not " " <= chr(event.key) <= "~":
            return
        client = self._client
        if client.readonly or "active-pane" in client.flags or self._depends_on_time(session):
            return
        if self._server.typing.types_itself(pane, event.key):
            if not self._is_as_before(session, pane):
                self._plain = [False] * 256
                self._plain_pane, self._plain_winlink = pane, session.current
                self._plain_modes = pane.emulator.modes
                self._commands_run = self._server.commands_run
            self._plain[event.key] = True

    def _is_as_before(self, session: Session, pane: Pane) -> bool:
        """Whether all is as it was when a plain letter was found, except for what makes us forget them: all
        that counts without a command, or a new look of the terminal."""
        return (
            self._commands_run == self._server.commands_run
            and pane is self._plain_pane
            and pane is pane.window.active
            and session.current is self._plain_winlink
            and pane.emulator.modes == self._plain_modes
            and not pane.modes
            and not pane.dead
        )

    # -- keys ----------------------------------------------------------------------------------

    def press(self, event: KeyEvent) -> None:
        """One decoded key, or text of a bracketed paste."""
        self._queue.call(partial(self._handle, event))

    def press_later(self, event: KeyEvent) -> None:
        """The same for a key that a command presses: it counts when that has come to its end."""
        self._queue.defer(partial(self._handle, event))

    def _handle(self, event: KeyEvent) -> Coroutine[Future[Any], None, None] | None:
        """Deal with a key; the result runs what it is bound to."""
        client, session = self._client, self._client.session
        if session is None or session.current is None or client.suspended:
            return None
        client.activity = time.time()
        self._last_press, self._this_press = self._this_press, time.monotonic()
        press, pane = KeyPress(event.key, typed=True), client.active_pane(session.current.window)
        found: Found | None = None  # where the mouse is, if it is anywhere
        if event.key in (keys.MOUSE, keys.DOUBLE_CLICK):
            mouse = self._read_mouse(event)
            if mouse is None:
                self._note_use(event.key, session)
                return None
            press = KeyPress(mouse.key, mouse, typed=True)
            found = mouse_pane(self._server.model, mouse)
            if found is not None:
                pane = found.pane
        binding = self._take(event, press, session, pane) if pane is not None else None
        # The program may be busy with the key meanwhile.
        self._note_use(event.key, session)
        if binding is None:
            return None
        found = found or from_client(self._server.model, client)
        return None if found is None else self._run(binding, press, found)

    def _note_use(self, key: int, session: Session) -> None:
        """Somebody is there."""
        if session.current is not None:  # the key may have ended it
            self._server.sessions.update_activity(session)
            if key != keys.FOCUS_OUT:
                self._server.clients.update_latest(self._client)

    def _take(self, event: KeyEvent, press: KeyPress, session: Session, pane: Pane) -> Binding | None:
        """Deal with a key; what it is bound to is left to be run."""
        key = press.key
        if keys.is_mouse(key) and not session.options.get_flag("mouse"):
            self._forward(pane, press)
            return None
        if key in (keys.FOCUS_IN, keys.FOCUS_OUT):
            return self._look_up(session, pane, press, event)
        if key == keys.NONE or (self._counts_as_typed(key) and self._assume_paste(session)):
            if not self._client.readonly:
                self._server.typing.paste(pane, event.raw)
            return None
        return self._look_up(session, pane, press, event)

    def _counts_as_typed(self, key: int) -> bool:
        """Whether a key, coming fast, may be part of a paste that is not marked as such."""
        return not keys.is_mouse(key) and not keys.is_paste(key) and not key & keys.SENT

    def focus(self, focused: bool) -> None:
        """The terminal has got the focus, or has lost it."""
        session = self._client.session
        if session is None:
            return
        self._client.focused = focused
        if focused:
            self._server.notify("client-focus-in", client=self._client)
        if session.current is not None:
            self._server.windows.update_focus(session.current.window)
        if not focused:
            self._server.notify("client-focus-out", client=self._client)

    def _read_mouse(self, event: KeyEvent) -> MouseEvent | None:
        """What the mouse did; None if that has been dealt with, or is nothing."""
        view = self._server.clients.view(self._client)
        if view is None or self._client.readonly:
            return None
        mouse = view.mouse.read(event)
        if mouse is not None and mouse.key & keys.MASK_KEY == keys.DRAGGING:
            drag = view.mouse.drag
            if drag is not None and drag.update is not None:
                drag.update(mouse)
            return None
        return mouse

    def _assume_paste(self, session: Session) -> bool:
        """Whether this key came so soon after the last one that a paste must be going on (the first of its
        keys still counts as typed). Terminals with bracketed paste tell."""
        if not self._depends_on_time(session):
            return False
        limit = session.options.get_number("assume-paste-time")
        was_pasting = self._pasting
        self._pasting = (self._this_press - self._last_press) * 1000 < limit
        return was_pasting and self._pasting

    def _depends_on_time(self, session: Session) -> bool:
        """Whether keys that come fast count as pasted."""
        view = self._server.clients.view(self._client)
        if view is None or view.screen.terminal.has("Enbp"):
            return False
        return session.options.get_number("assume-paste-time") != 0

    # -- tables --------------------------------------------------------------------------------

    def set_table(self, name: str | None = None) -> None:
        """Look the next key up in that table; None for the session's usual one."""
        client = self._client
        client.key_table = name or self._usual_table()
        self._server.key_tables.get_or_create(client.key_table)
        self._table_since = time.monotonic()
        self._server.clients.redraw(client)

    def _usual_table(self) -> str:
        session = self._client.session
        return (session.options.get_string("key-table") if session is not None else "") or "root"

    def _look_up(self, session: Session, pane: Pane, press: KeyPress, event: KeyEvent) -> Binding | None:
        """What the key is bound to; None where it has been dealt with otherwise.

        What is not bound in one table is tried in the usual one, but then no pane gets the key, unless the
        other table was only kept for a repeated key.
        """
        bare = press.key & _NAMED
        usual = self._usual_table()
        name = first = self._first_table(pane, usual)
        while True:
            if name != PREFIX and self._is_prefix(session, bare):
                self.set_table(PREFIX)
                return None
            was_repeating = self._repeating
            binding = self._find(name, bare)
            if name == PREFIX and self._prefix_expired(binding):
                self.set_table()
                name = first = self._client.key_table
            elif binding is not None:
                if not was_repeating or binding.repeat:
                    return binding
                self.set_table()
                name = first = self._client.key_table
                self._repeating = False
            elif press.key in _MOVES:
                # They come only because a program wants them: nobody means them to leave the prefix table.
                self._forward(pane, press)
                return None
            elif name != usual or was_repeating:
                self.set_table()
                name = self._client.key_table
                if was_repeating:
                    first = name
                self._repeating = False
            else:
                break
        if first != name:
            self.set_table()
        else:
            self._forward(pane, press)
            self._remember(event, session, pane)
        return None

    def _first_table(self, pane: Pane, usual: str) -> str:
        """Where the next key is looked up: a mode's table takes the place of the usual one."""
        name = self._client.key_table
        if name == usual:
            name = self._server.pane_modes.key_table(pane) or name
        return name

    def _find(self, name: str, key: int) -> Binding | None:
        table = self._server.key_tables.get(name)
        return None if table is None else table.get(key) or table.get(keys.ANY)

    def _is_prefix(self, session: Session, bare: int) -> bool:
        for name in ("prefix", "prefix2"):
            key = self._server.key_option(session.options, name)
            if key & _NAMED == bare and key != keys.NONE:
                return True
        return False

    def _prefix_expired(self, binding: Binding | None) -> bool:
        """Whether the prefix was pressed too long ago, which a key that repeats need not mind."""
        limit = self._server.model.server_options.get_number("prefix-timeout")
        if not limit or (self._repeating and binding is not None and binding.repeat):
            return False
        return (self._this_press - self._table_since) * 1000 > limit

    def _forward(self, pane: Pane, press: KeyPress) -> None:
        """A key that nothing is bound to: for the pane, which if it is dead may be waiting for just that."""
        waits = pane.dead and pane.options.get_string("remain-on-exit") == "key"
        if waits and not keys.is_mouse(press.key) and not keys.is_paste(press.key):
            self._server.panes.remove(pane)
        elif not self._client.readonly:
            session = self._client.session
            if session is not None and session.current is not None:
                self._server.typing.press(pane, Presser(self._client, session, session.current), press)

    # -- bindings ------------------------------------------------------------------------------

    async def _run(self, binding: Binding, press: KeyPress, found: Found) -> None:
        client = self._client
        self._start_repeat(binding)
        if client.readonly and not binding.commands.read_only():
            self._server.report_error(client, "client is read-only")
            return
        state = State(found, event=press, repeat=binding.repeat)
        await self._queue.execute(binding.commands, state)

    def _start_repeat(self, binding: Binding) -> None:
        """Stay in the table for a while if the binding repeats, else go back to the usual one."""
        repeat = self._repeat_time(binding)
        self._repeating = bool(repeat)
        if not repeat:
            self.set_table()
            return
        self._repeat_key = binding.key
        if self._repeat_timer is not None:
            self._repeat_timer.cancel()
        self._repeat_timer = self._server.loop.call_later(repeat / 1000, self._repeat_over)
        self._server.clients.redraw(self._client)

    def _repeat_time(self, binding: Binding) -> int:
        """Milliseconds in which the same table stays; 0 for not at all."""
        session = self._client.session
        if not binding.repeat or session is None:
            return 0
        usual = session.options.get_number("repeat-time")
        if usual and (not self._repeating or binding.key != self._repeat_key):
            return session.options.get_number("initial-repeat-time") or usual
        return usual

    def _repeat_over(self) -> None:
        self._repeat_timer = None
        if self._repeating:
            self._repeating = False
            self.set_table()
