"""Clients of the server: who is connected, who is attached to what, and when they are redrawn.

An attached client has a view (`server/attached.py`) that composes what its terminal shows. Nothing here
draws: changes mark views, and each view draws once per turn of the loop at the most. A client in control
mode has no view but the other half of its lines (`control/client.py`).
"""

from __future__ import annotations

import os
import sys
import time

from tmuxish.commands.errors import CommandError
from tmuxish.current import pane_around
from tmuxish.model.client import DEFAULT_COLS, DEFAULT_ROWS, Client
from tmuxish.server.control_clients import ControlClients
from tmuxish.server.locks import Locks
from tmuxish.wire import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.control.keyboard import ControlKeyboard
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.connection import Connection
    from tmuxish.server.server import Server

# Flags that -f may set on a client (control mode has more: ControlClient.set_flag).
CLIENT_FLAGS = frozenset(("active-pane", "ignore-size", "no-detach-on-destroy", "read-only"))


class Clients(ControlClients):
    """The operations on clients of one server."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self._views: dict[int, AttachedClient] = {}
        self.locks = Locks(server)

    # -- who is there --------------------------------------------------------------------------

    def add(self, connection: Connection) -> Client:
        """A process has connected."""
        client = Client(self._model.next_client_id)
        self._model.next_client_id += 1
        self._model.clients[client.id] = client
        self._connections[client.id] = connection
        return client

    def remove(self, client: Client) -> None:
        """The process is gone, or has been told to go."""
        if self._model.clients.pop(client.id, None) is None:
            return
        self._connections.pop(client.id, None)
        view = self._views.pop(client.id, None)
        if view is not None:
            view.close()
        control = self._controls.pop(client.id, None)
        if control is not None:
            control.close()
        was_attached = client.attached
        session = client.session
        client.attached = False
        client.session = None
        if was_attached:
            for window in self._model.windows.values():
                if window.latest is client:
                    window.latest = None
                    self._find_latest(window)
            self._server.windows.recalculate_sizes()
            self._server.notify("client-detached", client=client, session=session)
            if session is not None and session.current is not None:
                self._server.windows.update_focus(session.current.window)
            self._server.update_socket()
            self._server.surroundings.changed()
        else:
            self._server.windows.client_gone()
            self._server.surroundings.command_over()
        if control is not None or self._controls:
            self._server.panes.check_reading()
        # Any client's end, also a command's, as in tmux: the option may have been set by it.
        self._server.sessions.check_unattached()
        self._server.check_exit()

    def _find_latest(self, window: Window) -> None:
        """Who has used the window last is gone: of those who look at it the one last active is next."""
        looking = [client for client in self._model.clients.values() if _looks_at(client, window)]
        if looking:
            self.update_latest(max(looking, key=lambda client: client.activity))

    def busy(self, but: Connection | None = None) -> bool:
        """Whether any client is connected at all, `but` for that one."""
        return any(connection is not but for connection in self._connections.values())

    def view(self, client: Client) -> AttachedClient | None:
        """What the client's terminal shows; None unless it is attached."""
        return self._views.get(client.id)

    def prompter(self, client: Client) -> AttachedClient | ControlKeyboard | None:
        """Who can be asked for `client`; None unless it is attached."""
        control = self._controls.get(client.id)
        return control.keyboard if control is not None else self._views.get(client.id)

    def is_covered(self, client: Client) -> bool:
        """Whether something over everything has the client's keyboard (a menu, a popup)."""
        view = self._views.get(client.id)
        return view is not None and view.overlay is not None

    def views(self) -> Iterator[AttachedClient]:
        """The views of all attached clients."""
        yield from list(self._views.values())

    def attached_to(self, session: Session) -> list[Client]:
        """The clients that look at `session`."""
        return [client for client in self._model.clients.values() if client.session is session]

    # -- starting and identifying --------------------------------------------------------------

    def set_size(self, client: Client, cols: int, rows: int, xpixel: int, ypixel: int) -> None:
        """The size of its terminal. One without a size counts as 80x24."""
        client.cols = cols or DEFAULT_COLS
        client.rows = rows or DEFAULT_ROWS
        client.xpixel = xpixel // client.cols
        client.ypixel = ypixel // client.rows

    async def identify(self, client: Client) -> bool:
        """Make sure that environment and terminal of `client` are known. False if it has no terminal."""
        if client.session is not None:
            return True
        return await self.connection(client).identify()

    # -- attaching and leaving -----------------------------------------------------------------

    async def open_terminal(self, client: Client) -> None:
        """Have the client's terminal ready and raw. Raises CommandError with the reason if it can't be used.

        What then goes wrong is reported as ever; the client gives the terminal back before it prints that.
        """
        if client.control:
            return
        if not await self.identify(client):
            raise CommandError("open terminal failed: not a terminal")
        from tmuxish.display.terminal import TerminalError  # for attached clients only
        from tmuxish.server.attached import AttachedClient

        try:
            view = AttachedClient(self._server, client, self.connection(client))
        except TerminalError as error:
            raise CommandError(str(error)) from None
        self._views[client.id] = view
        await view.enter()

    def is_nested(self, client: Client) -> bool:
        """Whether its terminal is one of our own panes and $TMUX says that it knows."""
        if sys.platform == "win32":  # where a pane's console has no name that its programs could tell
            ours = client.tmux.split(",")[1:2] == [str(os.getpid())]
            return ours and pane_around(self._model, client) is not None
        return bool(client.tmux) and self._model.pane_with_tty(client.tty) is not None

    def attach(self, client: Client, session: Session, *, created: bool = False) -> None:
        """From now on the client shows `session`, just `created` or not; its terminal has been opened."""
        client.attached = True
        if not client.control:
            self._views[client.id].start()
        self.set_session(client, session)
        if not created:
            self._server.notify("client-attached", client=client, session=session)
        if not client.control:
            # The size that came with the raw terminal is told now, for before nothing was attached.
            self._server.notify("client-resized", client=client, session=session)

    def set_session(self, client: Client, session: Session | None) -> None:
        """Show another session (None: none, on the way out)."""
        old = client.session
        if session is None:
            client.last_session = None
        elif old is not None and old is not session:
            client.last_session = old
        client.session = session
        client.focused = True
        if old is not None and old.current is not None:
            self._server.windows.update_focus(old.current.window)
        if session is not None and session.current is not None:
            session.current.window.latest = client
            self._server.windows.recalculate_sizes()
            self._server.windows.update_focus(session.current.window)
            self._server.sessions.update_activity(session)
            session.last_attached = time.time()
            session.current.clear_alerts()
            self.leave_panned(session)
            self._server.windows.alerts.check_session(session)
            view = self._views.get(client.id)
            if view is not None:
                view.status_interval_changed()
            self._server.notify("client-session-changed", client=client, session=session)
            self.redraw(client)
        self._server.windows.recalculate_sizes()
        self._server.sessions.check_unattached()
        self._server.surroundings.changed()
        self._server.update_socket()
        if self._controls:
            self._server.panes.check_reading()

    def set_flags(self, client: Client, text: str) -> None:
        """Flags of attach-session -f: `name,!name,...`; unknown ones are passed over, as tmux does. A
        read-only client can't make itself writable."""
        control = self._controls.get(client.id)
        for name in text.split(","):
            wanted = not name.startswith("!")
            name = name.removeprefix("!")
            if control is not None and control.set_flag(name, wanted):
                continue
            if name not in CLIENT_FLAGS:
                continue
            if wanted:
                client.flags.add(name)
            elif name != "read-only":
                client.flags.discard(name)
        client.readonly = "read-only" in client.flags
        self._server.windows.recalculate_sizes()

    def detach(self, client: Client, *, kill: bool = False, command: str | None = None) -> None:
        """End it as detach-client does: with SIGHUP to its parent (`kill`), or becoming `command`."""
        session = client.session
        if session is None:
            return
        if client.control:  # nothing of its terminal is ours, nor what becomes of its program
            if command is None:
                self.leave_control(client, status=0)
            return
        name = os.fsencode(session.name)
        if command is not None:
            shell = os.fsencode(self._server.panes.shell_of(session))
            payload = frames.pack_detached(
                frames.DETACH_EXEC, name, command=os.fsencode(command), shell=shell
            )
        else:
            payload = frames.pack_detached(frames.DETACH_KILL if kill else frames.DETACH, name)
        self._leave(client, payload)

    def exit(self, client: Client) -> None:
        """Its session is gone."""
        if self.leave_control(client):
            return
        self._leave(client, frames.pack_detached(frames.DETACH_EXITED))

    def dismiss(self, client: Client, message: str, status: int = 0) -> None:
        """Make it end with `message`, and that status if it is attached."""
        if client.id in self._views:
            self._leave(client, frames.pack_detached(frames.DETACH_MESSAGE, message.encode(), status))
        else:
            self._connections[client.id].exit(1, message)

    def server_exited(self) -> None:
        """The server ends: say so to everybody who is attached, hang up on the others."""
        for id, connection in list(self._connections.items()):
            client = self._model.clients[id]
            if self.leave_control(client):
                continue
            if client.attached:
                self._leave(client, frames.pack_detached(frames.DETACH_SERVER_EXITED, status=1))
            elif connection is not self._server.stopping_connection:
                connection.lost()

    def _leave(self, client: Client, payload: bytes) -> None:
        view = self._views.get(client.id)
        connection = self._connections.get(client.id)
        if connection is None:
            return
        if view is not None:
            view.stop()
        connection.send(frames.DETACHED, payload)
        connection.close_when_sent()

    def update_latest(self, client: Client) -> None:
        """The client has just been used: its size may count for the window that it shows."""
        session = client.session
        if session is None or session.current is None or session.current.window.latest is client:
            return
        session.current.window.latest = client
        if session.current.window.options.get_string("window-size") == "latest":
            self._server.windows.recalculate_sizes()
        self._server.notify("client-active", client=client)

    def give_back_terminal(self, client: Client, found: bytes) -> None:
        """The process was killed: what it can no longer do for its terminal is done from here."""
        view = self._views.get(client.id)
        if view is not None:
            view.give_back(found)

    # -- its terminal --------------------------------------------------------------------------

    def keys(self, client: Client, data: bytes) -> None:
        """Bytes typed on its terminal, or read in control mode."""
        control = self._controls.get(client.id)
        if control is not None:
            control.keys(data)
            return
        view = self._views.get(client.id)
        if view is not None:
            view.keys(data)

    def press(self, client: Client, key: int) -> None:
        """A key as if it had been pressed on its terminal."""
        control = self._controls.get(client.id)
        if control is not None:
            control.keyboard.press(key)
            return
        view = self._views.get(client.id)
        if view is not None:
            view.press(key)

    def resized(self, client: Client, cols: int, rows: int, xpixel: int, ypixel: int) -> None:
        """Its terminal has another size."""
        self.set_size(client, cols, rows, xpixel, ypixel)
        view = self._views.get(client.id)
        if view is None:
            return
        view.resized()
        if client.session is not None and client.session.current is not None:
            client.session.current.window.latest = client
        self._server.windows.recalculate_sizes()
        if client.attached:
            self._server.notify("client-resized", client=client, session=client.session)

    def drained(self, client: Client, size: int) -> None:
        """That many more bytes have reached its terminal."""
        view = self._views.get(client.id)
        if view is not None:
            view.drained(size)

    def left_terminal(self, client: Client) -> None:
        """It has left its terminal to us."""
        view = self._views.get(client.id)
        if view is not None:
            view.left()

    def suspend(self, client: Client) -> None:
        """Stop it as Ctrl-Z would. One in control mode goes on, but counts as stopped from then on."""
        if client.control:
            client.suspended = True
            self._server.windows.recalculate_sizes()
            self._server.surroundings.changed()
        view = self._views.get(client.id)
        if view is not None and not client.suspended:
            client.suspended = True
            view.stop()
            self.connection(client).send(frames.SUSPEND)
            self._server.windows.recalculate_sizes()
            self._server.surroundings.changed()

    def resumed(self, client: Client) -> None:
        """It runs again after `suspend`, or after it was locked."""
        view = self._views.get(client.id)
        if view is not None and client.suspended:
            client.suspended = False
            view.start()
            self._server.windows.recalculate_sizes()
            self._server.surroundings.changed()

    def set_key_table(self, client: Client, name: str | None = None) -> None:
        """Look the client's next key up in that table (None: the session's usual one)."""
        control = self._controls.get(client.id)
        if control is not None:
            control.set_key_table(name)
        view = self._views.get(client.id)
        if view is not None:
            view.set_key_table(name)

    def key_table_removed(self, name: str) -> None:
        """A key table is gone: clients that were in it are back in the usual one."""
        for view in self._views.values():
            if view.client.key_table == name:
                view.key_table_changed()
        for control in self._controls.values():
            if control.client.key_table == name:
                control.set_key_table(None)

    # -- what is shown -------------------------------------------------------------------------

    def redraw(self, client: Client) -> None:
        """Draw everything of this client's terminal again."""
        view = self._views.get(client.id)
        if view is not None:
            view.mark()

    def leave_panned(self, session: Session) -> None:
        """Another window is looked at: whoever had moved the view of the old one (refresh-client -L and
        friends) follows the cursor again."""
        window = session.current.window if session.current is not None else None
        for client in self.attached_to(session):
            if client.pan is not None and (window is None or client.pan[0] != window.id):
                client.pan = None

    def refresh(self, client: Client) -> None:
        """Send everything again, whatever its terminal shows."""
        view = self._views.get(client.id)
        if view is not None:
            view.refresh()

    def redraw_session(self, session: Session) -> None:
        for client in self.attached_to(session):
            self.redraw(client)

    def redraw_window(self, window: Window) -> None:
        """Redraw for those whose current window it is."""
        for view in self._views.values():
            if _looks_at(view.client, window):
                view.mark()

    def redraw_status(self, session: Session) -> None:
        """The status line of those attached to `session` may have changed."""
        for client in self.attached_to(session):
            self.redraw(client)

    def pane_changed(self, pane: Pane, printed: bytes = b"") -> None:
        """A pane's screen changed, if its program `printed` something by that: draw it soon where it is
        visible."""
        for view in self._views.values():
            if _looks_at(view.client, pane.window):
                view.pane_changed(pane, printed)

    def pane_lost(self, pane: Pane) -> None:
        """The pane leaves its window, or its place there: nobody drags anything of it any more, nor has it as
        active pane of their own."""
        for client in self._model.clients.values():
            if client.own_panes.get(pane.window.id) is pane:
                del client.own_panes[pane.window.id]
        for view in self._views.values():
            view.mouse.forget_pane(pane)

    def redraw_window_status(self, window: Window) -> None:
        """The status lines that name `window` may have changed."""
        for session in self._model.sessions_of(window):
            self.redraw_status(session)

    def redraw_all_status(self) -> None:
        for view in self._views.values():
            view.mark()

    redraw_all = redraw_all_status

    def message(
        self,
        client: Client | None,
        text: str,
        *,
        delay: int | None = None,
        hold: bool = False,
        styled: bool = True,
        freeze: bool = True,
    ) -> None:
        """Show a message in the status line for `delay` milliseconds (None: display-time; 0: until a key).

        hold: keys do not end it. freeze: the panes are not drawn meanwhile. Where nobody is attached (None),
        the message log is all there is.
        """
        if client is None:
            self._server.add_message(f"message: {text}")
            return
        self._server.add_message(f"{client.name} message: {text}")
        view = self._views.get(client.id)
        if view is not None:
            view.show_message(text, delay, hold=hold, styled=styled, freeze=freeze)

    def show_output(self, client: Client, text: str) -> None:
        """Output of a command that an attached client ran from a key: in place of its active pane."""
        control = self._controls.get(client.id)
        if control is not None:
            control.print(text)
        elif client.session is not None and client.session.current is not None:
            pane = client.session.current.window.active
            if pane is not None:
                self._server.pane_modes.show_output(pane, text)

    def bell(self, client: Client) -> None:
        view = self._views.get(client.id)
        if view is not None:
            view.send(b"\a")

    def set_clipboard(self, window: Window, targets: str, data: bytes) -> None:
        """Hand a clipboard that a program set to the terminals looking at it."""
        for view in self._views.values():
            if _looks_at(view.client, window):
                view.set_clipboard(targets, data)

    def ask_clipboard(self, client: Client) -> None:
        """Ask its terminal for the clipboard; the answer becomes a paste buffer."""
        view = self._views.get(client.id)
        if view is not None:
            view.ask_clipboard()

    def passthrough(self, pane: Pane, data: bytes) -> None:
        """DCS passthrough: straight to the terminals that show the pane, or with `all` its session."""
        everywhere = pane.options.get_string("allow-passthrough") == "all"
        for view in self._views.values():
            session = view.client.session
            has_it = session is not None and session.winlink_of(pane.window) is not None
            if has_it if everywhere else _looks_at(view.client, pane.window):
                view.send(data)


def _looks_at(client: Client, window: Window) -> bool:
    session = client.session
    return session is not None and session.current is not None and session.current.window is window
