"""One attached client at work: what it types, what it is shown, its message line and its timers.

Drawing is scheduled, never done inline: any number of changes in one turn of the loop become one frame, and
frames come no faster than FRAME_INTERVAL. A client that has not yet drained what it was sent skips frames
altogether, so a slow terminal slows down nobody.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tmuxish.commands.errors import CommandError
from tmuxish.display.overlay import PASSES, STAYS
from tmuxish.emulator.modes import SYNC
from tmuxish.grammar.keys import FOCUS_IN, FOCUS_OUT, REPORT_DARK_THEME, REPORT_LIGHT_THEME
from tmuxish.keys.decode import Event
from tmuxish.keys.replies import CLIPBOARD
from tmuxish.server.keyboard import Keyboard
from tmuxish.server.log import log_error, log_output
from tmuxish.server.loop import Future
from tmuxish.server.own_terminal import OwnTerminal, open_terminal
from tmuxish.wire import frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tmuxish.display.client_view import ClientView
    from tmuxish.display.overlay import Overlay
    from tmuxish.keys.decode import Input
    from tmuxish.keys.replies import Reply
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.connection import Connection
    from tmuxish.server.loop import Timer
    from tmuxish.server.mouse import ClientMouse
    from tmuxish.server.prompts import ClientPrompts, Prompt
    from tmuxish.server.server import Server

# Shortest time between two frames of one client, in seconds. The first one after a pause comes at once.
FRAME_INTERVAL = 0.008
# Keys that are no keys: the terminal says that its theme is another, and the hook for that.
THEMES = {
    REPORT_LIGHT_THEME: ("light", "client-light-theme"),
    REPORT_DARK_THEME: ("dark", "client-dark-theme"),
}
# Seconds in which a terminal is expected to answer with its clipboard.
CLIPBOARD_LIMIT = 5.0
# Seconds after the first frame in which the key tables are made, if nobody has needed them yet.
KEYS_DELAY = 0.05
# Bytes a terminal may be behind before frames are skipped.
DRAIN_LIMIT = 32768


def _new_view(server: Server, client: Client) -> ClientView:
    from tmuxish.display.client_view import ClientView  # half the start-up time, for attached clients only

    return ClientView(server, client)


def _new_prompts(
    attached: AttachedClient, server: Server, view: ClientView, keyboard: Keyboard
) -> ClientPrompts:
    from tmuxish.server.prompts import ClientPrompts  # for attached clients only, like the view

    return ClientPrompts(server, attached.client, view, attached.mark, keyboard.press)


def _new_mouse(
    server: Server, client: Client, view: ClientView, take: Callable[[Iterable[Input]], None]
) -> ClientMouse:
    from tmuxish.server.mouse import ClientMouse  # for attached clients only

    return ClientMouse(server, client, view, lambda event: take([event]))


class AttachedClient:
    """The server's side of one terminal. screen: what it shows. mouse: its drags and clicks."""

    def __init__(self, server: Server, client: Client, connection: Connection) -> None:
        """Raises TerminalError if its terminal can't be used."""
        self._server = server
        self.client = client
        self._connection = connection
        self.screen = _new_view(server, client)
        self._keyboard = Keyboard(server, client, connection.queue)
        self._prompts = _new_prompts(self, server, self.screen, self._keyboard)
        self.mouse = _new_mouse(server, client, self.screen, self._take)
        self._raw: Future[None] = Future()
        self._running = False
        self._marked = False
        self._stale = True  # more than contents of panes has changed
        self._draw_timer: Timer | None = None
        self._last_draw = 0.0
        self._echo_due = False  # something was typed; the active pane has not shown anything since
        self._echo_drawn: Pane | None = None  # the pane that has shown a letter typed, which is being drawn
        self._in_flight = 0  # bytes sent to the client that have not reached the terminal
        self._own: OwnTerminal | None = None  # the terminal, where the client leaves it to us
        self._left = False  # the client has
        self._escape_timer: Timer | None = None
        self._message_timer: Timer | None = None
        self._status_timer: Timer | None = None
        self._overlay_timer: Timer | None = None
        self._message_holds = False
        self._clipboard_due = 0.0  # until when the clipboard, asked for, may come

    # -- life ----------------------------------------------------------------------------------

    def enter(self) -> Future[None]:
        """Have the client make its terminal raw. Until it says so, keys would be cooked, and ^C lost."""
        self._connection.send(frames.ATTACH)
        return self._raw

    def start(self) -> None:
        """Take over the raw terminal: at the beginning, and after a suspension."""
        self._running = True
        self._in_flight = 0  # what was sent before is shown, or lost
        self._take_over()
        self._output(self.screen.start())
        self._schedule_status()
        self.mark()
        self._server.loop.call_later(KEYS_DELAY, self._learn_keys)

    def _learn_keys(self) -> None:
        """Have the key tables made before the first key is pressed, which then need not wait for them."""
        self._server.key_tables.get(self.client.key_table)

    def stop(self) -> None:
        """Give the terminal back as it was."""
        if self._running:
            self._running = False
            self._output(self.screen.stop())
            self._let_go()
            self.mouse.close()
        self._cancel_timers()

    def give_back(self, found: bytes) -> None:
        """The client was killed while it had the terminal; `found` is how it found it (frames.pack_found)."""
        if self._running:
            from tmuxish.server.orphaned import give_back  # rarely needed

            self._running = False
            if self._own is not None:
                self._own.end()
            give_back(self.client, found, self.screen.stop())

    def lock(self) -> None:
        """Give the terminal to the lock-command, empty, and with what can be scrolled back to gone."""
        if self._running:
            self.stop()
            self._output(self.screen.blank())

    def close(self) -> None:
        """The client is gone."""
        self._raw.set_exception(CommandError(""))
        self._running = False
        if self._own is not None:
            self._own.close()
        self.clear_overlay()
        self.clear_prompt()
        self._keyboard.close()
        self.mouse.close()
        self._cancel_timers()

    def _cancel_timers(self) -> None:
        for timer in (self._draw_timer, self._escape_timer, self._message_timer, self._status_timer):
            if timer is not None:
                timer.cancel()
        self._draw_timer = self._escape_timer = self._message_timer = self._status_timer = None
        self._marked = False

    # -- the terminal --------------------------------------------------------------------------

    def _ask_for_terminal(self) -> None:
        """Have the client leave the terminal to us, if we can reach it."""
        if sys.platform == "darwin":  # whose kqueue cannot watch every terminal
            return
        fd = open_terminal(self.client, self._connection.found)
        if fd is not None:
            self._own = OwnTerminal(self._server.loop, fd, self.keys, self._lost_terminal, self._all_shown)
            self._connection.send(frames.LEAVE)

    def left(self) -> None:
        """The client reads the terminal no more."""
        self._left = True
        if self._running:
            self._take_over()

    def _take_over(self) -> None:
        """Read the terminal, and write it as soon as all that the client has got for it is there."""
        if self._own is not None and self._left:
            self._own.begin()
            if not self._in_flight:
                self._own.begin_output()

    def _let_go(self) -> None:
        """The terminal is the client's again, for the user; it writes what is left to be shown."""
        if self._own is not None and self._own.active:
            left = self._own.end()
            if left:
                self._send_output(left)

    def _lost_terminal(self) -> None:
        self._server.clients.dismiss(self.client, "lost tty", status=1)

    # -- input ---------------------------------------------------------------------------------

    def keys(self, data: bytes) -> None:
        """Bytes typed on the terminal."""
        if not self._running:
            return
        if self._escape_timer is not None:
            self._escape_timer.cancel()
            self._escape_timer = None
        self._echo_due = True
        if self.screen.takes_letters and self._keyboard.type(data):
            return
        self._take(self.screen.feed(data))
        if self.screen.waiting and self._running:
            escape_time = self._server.model.server_options.get_number("escape-time")
            delay = self.screen.delay(escape_time) / 1000
            self._escape_timer = self._server.loop.call_later(delay, self._escape_over)

    def _escape_over(self) -> None:
        self._escape_timer = None
        self._take(self.screen.expire())

    def press(self, key: int) -> None:
        """A key as if it had been typed (send-keys -K)."""
        self._take([Event(key, b"")], self._keyboard.press_later)

    def _take(self, inputs: Iterable[Input], press: Callable[[Event], None] | None = None) -> None:
        """What came from the terminal; `press` is how keys are taken."""
        for event in inputs:
            if not isinstance(event, Event):
                self._reply(event)
                continue
            if press is None and event.key in (FOCUS_IN, FOCUS_OUT):  # whoever else gets the key
                self._keyboard.focus(event.key == FOCUS_IN)
            if event.key in THEMES:
                self.client.theme, hook = THEMES[event.key]
                self._server.notify(hook, client=self.client)
                # Programs are told once it is known which colours the new theme has.
                self.send(self.screen.ask_colours(soon=True))
                continue
            if self.screen.message is not None and not self.client.readonly:
                if self._message_holds:
                    continue
                self._clear_message()
            if not self.client.readonly and not self._take_early(event):
                continue
            (press or self._keyboard.press)(event)

    def _take_early(self, event: Event) -> bool:
        """Give a key to the overlay or the prompt: at once, for commands may wait for it.

        True if it counts as ever.
        """
        overlay = self.screen.overlay
        if overlay is not None:
            answer = overlay.key(event)
            if answer == STAYS:
                return False
            self._end_overlay(overlay)
            if answer != PASSES:
                return False
        return self._prompts.open is None or self._prompts.key(event)

    def _reply(self, reply: Reply) -> None:
        """The terminal answered something."""
        self._server.requests.answered(self.client, reply)
        if reply.kind == CLIPBOARD:
            data = reply.value[1]
            if self._server.loop.now() < self._clipboard_due and isinstance(data, bytes):
                self._server.buffers.store(data)
            self._clipboard_due = 0.0
        else:
            self.screen.take_reply(reply)
            self._server.surroundings.changed()
            self.mark()

    # -- output --------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Bytes straight to the terminal (bell, passthrough, clipboard)."""
        if self._running:
            self._output(data)

    def set_clipboard(self, targets: str, data: bytes) -> None:
        """Set the terminal's clipboard, where it has one."""
        self.send(self.screen.clipboard(targets, data))

    def ask_clipboard(self) -> None:
        """Ask the terminal for its clipboard; what it answers in time becomes a paste buffer."""
        now = self._server.loop.now()
        if now >= self._clipboard_due:
            self._clipboard_due = now + CLIPBOARD_LIMIT
            self.send(self.screen.clipboard_query())

    def _output(self, data: bytes) -> None:
        if data:
            self.client.written += len(data)
            log_output(data)
            if self._own is not None and self._own.active:
                self._own.write(data)
            else:
                self._send_output(data)

    def _send_output(self, data: bytes) -> None:
        self._in_flight += len(data)
        self._connection.send_stream(frames.OUTPUT, data)

    def drained(self, size: int) -> None:
        """That much more has reached the terminal through the client."""
        self._in_flight = max(0, self._in_flight - size)
        if not self._in_flight and self._own is not None and self._own.active:
            self._own.begin_output()
        self._all_shown()

    def _all_shown(self) -> None:
        """The terminal has taken more, or all."""
        if self._marked and self._draw_timer is None:
            self._schedule()

    def resized(self) -> None:
        """The terminal has another size; a client also tells the size when its terminal has become raw."""
        if not self._raw.done:
            self._raw.set_result(None)
            self._ask_for_terminal()
        self.screen.resized()
        overlay = self.screen.overlay
        if overlay is not None and not overlay.resized(self.client.cols, self.client.rows):
            self._end_overlay(overlay)
        self.send(self.screen.ask_colours(soon=False))
        self.mark()

    def pane_changed(self, pane: Pane, printed: bytes = b"") -> None:
        """The screen of a visible pane changed, if its program `printed` something by that."""
        if pane.emulator.modes & SYNC:
            return
        if self._echo_due:
            if len(printed) == 1 and self._running and self.screen.echo.letter(pane, printed[0]):
                self._echo_due = False
                self._output(printed)
                self._server.loop.give_way()
                return
            self._hurry(pane)
        self._draw_soon()

    def _hurry(self, pane: Pane) -> None:
        """If what a pane shows now may be the echo of what was typed, draw it at once, however much the other
        panes have to show."""
        if pane is self.client.active_pane(pane.window):
            self._echo_due = False
            self._echo_drawn = pane
            self._last_draw = 0.0
            if self._draw_timer is not None:
                self._draw_timer.cancel()
                self._draw_timer = None
                self._marked = False

    def mark(self) -> None:
        """Anything shown may be out of date, the status line and the borders too: draw soon."""
        self._stale = True
        self._keyboard.forget()
        self.screen.mark()
        self._draw_soon()

    def refresh(self) -> None:
        """Send everything again, whatever the terminal shows."""
        self.screen.redraw()
        self._draw_soon()

    def _draw_soon(self) -> None:
        if self._running and not self._marked:
            self._marked = True
            self._schedule()

    def _schedule(self) -> None:
        behind = self._in_flight + (self._own.waiting if self._own is not None else 0)
        if self._draw_timer is not None or behind > DRAIN_LIMIT:
            return
        wait = self._last_draw + FRAME_INTERVAL - self._server.loop.now()
        self._draw_timer = self._server.loop.call_later(max(0.0, wait), self._draw)

    def _draw(self) -> None:
        self._draw_timer = None
        if not self._running or self.client.session is None:
            return
        self._last_draw = self._server.loop.now()
        try:
            self._server.windows.apply_due_sizes()
            self._update_modes()
            self._marked = False
            self._output(self.screen.render())
            if self._echo_drawn is not None:
                self.screen.echo.expect(self._echo_drawn)
                self._echo_drawn = None
        except Exception as error:  # it would see nothing from now on; all others do
            log_error()
            self._server.clients.dismiss(self.client, f"internal error: {error!r}")

    def _update_modes(self) -> None:
        """Have the modes of the window that is shown look again, where that may show something else."""
        session = self.client.session
        if self._stale and session is not None and session.current is not None:
            self._stale = False
            self._server.pane_modes.update(session.current.window)

    # -- overlay -------------------------------------------------------------------------------

    @property
    def overlay(self) -> Overlay | None:
        """What lies over everything (a menu, a popup, numbers on panes)."""
        return self.screen.overlay

    def set_overlay(self, overlay: Overlay, delay: int = 0) -> None:
        """Lay it over what is shown; for `delay` milliseconds (0: as long as it likes). Another one ends."""
        self.clear_overlay()
        overlay.on_change = self._draw_soon
        self.screen.set_overlay(overlay)
        if delay:
            self._overlay_timer = self._server.loop.call_later(delay / 1000, self.clear_overlay)
        self._overlay_set()

    def clear_overlay(self) -> None:
        """End what lies over everything, if anything does."""
        if self.screen.overlay is not None:
            self._end_overlay(self.screen.overlay)

    def _end_overlay(self, overlay: Overlay) -> None:
        if self.screen.overlay is not overlay:
            return  # its key has put another one in its place
        if self._overlay_timer is not None:
            self._overlay_timer.cancel()
            self._overlay_timer = None
        overlay.on_change = None
        self.screen.set_overlay(None)
        overlay.close()
        self._overlay_set()

    def _overlay_set(self) -> None:
        """Something else is over everything, or nothing: the pane loses the keyboard, or gets it back."""
        if self._running:
            session = self.client.session
            if session is not None and session.current is not None:
                self._server.windows.update_focus(session.current.window)
            self._draw_soon()

    # -- prompt --------------------------------------------------------------------------------

    @property
    def prompt(self) -> Prompt | None:
        """What the client is being asked in its status line."""
        return self._prompts.open

    def ask(self, prompt: Prompt) -> None:
        """Ask something in the status line; what lies over everything, a message and another prompt end."""
        self.clear_overlay()
        self._clear_message()
        self._prompts.ask(prompt)

    def update_prompt(self, text: str, initial: str) -> None:
        """Let the open prompt ask something else, and begin with another line (a format)."""
        self._prompts.update(text, initial)

    def clear_prompt(self) -> None:
        """End the open prompt without an answer."""
        self._prompts.clear()

    # -- message and status line ---------------------------------------------------------------

    def show_message(self, text: str, delay: int | None, *, hold: bool, styled: bool, freeze: bool) -> None:
        """Show a message in place of the status line; see Clients.message."""
        self._clear_message()
        session = self.client.session
        if delay is None:
            delay = session.options.get_number("display-time") if session is not None else 0
        self.screen.show_message(text, styled=styled, freeze=freeze)
        self._message_holds = hold and delay != 0
        if delay:
            self._message_timer = self._server.loop.call_later(delay / 1000, self._clear_message)
        self.mark()

    def _clear_message(self) -> None:
        if self._message_timer is not None:
            self._message_timer.cancel()
            self._message_timer = None
        if self.screen.message is not None:
            self.screen.clear_message()
            self.mark()

    def _schedule_status(self) -> None:
        """Draw the status line again every status-interval seconds."""
        session = self.client.session
        interval = session.options.get_number("status-interval") if session is not None else 0
        if interval:
            self._status_timer = self._server.loop.call_later(interval, self._status_due)

    def _status_due(self) -> None:
        self._status_timer = None
        if self._running:
            self.mark()
            self._schedule_status()

    def set_key_table(self, name: str | None) -> None:
        """Look the next key up in that table; None for the session's usual one."""
        self._keyboard.set_table(name)

    def key_table_changed(self) -> None:
        """The option key-table is another."""
        self._keyboard.set_table()

    def status_interval_changed(self) -> None:
        """The option status-interval is another, or the session, which has its own."""
        if self._status_timer is not None:
            self._status_timer.cancel()
            self._status_timer = None
        if self._running:
            self._schedule_status()
