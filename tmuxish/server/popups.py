"""Programs in popups: their terminal, their screen, and what happens when they or their popup end."""

from __future__ import annotations

import itertools
import os
import signal
from typing import TYPE_CHECKING

from tmuxish.display.menu import EDGES, Item, Menu
from tmuxish.display.popup import Closing, PopupLook, PopupOverlay, PopupScreen
from tmuxish.emulator import Emulator
from tmuxish.keys.encode import encode_named_key
from tmuxish.keys.mouse import encode_mouse
from tmuxish.model import layout
from tmuxish.pty import base as pty
from tmuxish.server import shells
from tmuxish.server.log import log_error
from tmuxish.server.overlays import client_scope
from tmuxish.server.panes import INPUT_LIMIT, READ_SIZE, STRING_LIMIT, WRITE_SIZE
from tmuxish.server.policy import apply_popup_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tmuxish.display.menu import MenuOverlay
    from tmuxish.keys.mouse import MouseInput
    from tmuxish.model.client import Client
    from tmuxish.model.environment import Environment
    from tmuxish.model.session import Session
    from tmuxish.pty.base import PaneProcess
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server

# The exit status of a popup that is closed before its program has ended.
CLOSED_EARLY = 128 + 1  # as of a program that SIGHUP has ended

_MENU = (
    Item("Close", ord("q")),
    Item("#{?buffer_name,Paste #[underscore]#{buffer_name},}", ord("p")),
    Item(""),
    Item("Fill Space", ord("F")),
    Item("Centre", ord("C")),
    Item(""),
    Item("To Horizontal Pane", ord("h")),
    Item("To Vertical Pane", ord("v")),
)
# Of a popup that somebody waits for.
_INTERNAL_MENU = (Item("Close", ord("q")), Item(""), Item("Fill Space", ord("F")), Item("Centre", ord("C")))
_DIRECTIONS = {ord("h"): layout.LEFT_RIGHT, ord("v"): layout.TOP_BOTTOM}
_numbers = itertools.count(1)


class PopupRequest:
    """What to run in a popup, and how it is to look.

    place, size: on the terminal, with the border. argv: none is the session's shell, one a shell command
    line, several a program with its arguments. text: what is shown, as a program would print it; with it no
    program is started. session: whose options and variables count; None for the
    server's. internal: somebody waits for its end, so that it cannot become a pane.
    """

    __slots__ = (
        "argv",
        "closing",
        "cwd",
        "environment",
        "internal",
        "look",
        "place",
        "session",
        "size",
        "text",
        "title",
    )

    def __init__(
        self,
        place: tuple[int, int],
        size: tuple[int, int],
        *,
        argv: Sequence[str] = (),
        text: bytes | None = None,
        cwd: str = "/",
        session: Session | None = None,
        environment: Environment | None = None,
        title: str = "",
        look: PopupLook | None = None,
        closing: Closing | None = None,
        internal: bool = False,
    ) -> None:
        self.place = place
        self.size = size
        self.argv = list(argv)
        self.text = text
        self.cwd = cwd
        self.session = session
        self.environment = environment
        self.title = title
        self.look = look or PopupLook()
        self.closing = closing or Closing()
        self.internal = internal


def open_popup(server: Server, client: Client, request: PopupRequest, done: Callable[[int], None]) -> bool:
    """Show a popup on a client's terminal. False: it does not fit, or is too small for anything.

    `done` is called once, when it is gone, with its program's exit status. Raises SpawnError.
    """
    view = server.clients.view(client)
    session = request.session or client.session
    if view is None or session is None or session.current is None:
        return False
    lines = request.look.lines or session.current.window.options.get_string("popup-border-lines")
    edges = 0 if lines == "none" else EDGES
    cols, rows = request.size
    if min(cols, rows) <= edges or cols > client.cols or rows > client.rows:
        return False
    program = PopupProgram(server, client, view, request, done)
    program.start(cols - edges, rows - edges)
    program.overlay = PopupOverlay(
        program,
        client,
        client_scope(server, client),
        view.screen.links,
        request.place,
        request.size,
        request.title,
        request.look,
        lines,
        request.closing,
    )
    view.set_overlay(program.overlay)
    return True


class PopupProgram:
    """The program of one popup (a PopupHost, and for show-messages -J a job)."""

    nowait = True  # the server may end before it

    def __init__(
        self,
        server: Server,
        client: Client,
        view: AttachedClient,
        request: PopupRequest,
        done: Callable[[int], None],
    ) -> None:
        self._server = server
        self._client = client
        self._view = view
        self._request = request
        self._done = done
        self.overlay: PopupOverlay | None = None
        self._process: PaneProcess | None = None
        self._hung_up = False
        self._heir: Callable[[PaneProcess], None] | None = None  # who is told of its end instead of us
        self._input = bytearray()
        self._writing = False
        self._string_timer: Timer | None = None
        self._status = CLOSED_EARLY
        self.command = " ".join(request.argv)
        self.screen: PopupScreen

    # -- life ----------------------------------------------------------------------------------

    def start(self, cols: int, rows: int) -> None:
        """Start it on a terminal of that size, or show the text. Raises SpawnError."""
        server, request = self._server, self._request
        emulator = Emulator(cols, rows, 0)
        self.screen = PopupScreen(next(_numbers), emulator, server.model.window_options)
        apply_popup_policy(self.screen.emulator, self.screen.options, server.model)
        if request.text is not None:
            emulator.feed(request.text)
            return
        shell = server.panes.shell_of(request.session)
        variables = server.panes.child_environment(
            request.session, request.environment, no_term=not server.ready
        )
        variables.setdefault("PATH", os.defpath)
        argv = request.argv
        if argv:
            variables.update(shells.variables(shell))
        else:
            argv = shells.exec_argv(shell)
            self.command = shell
        self._process = server.pty.spawn(
            pty.SpawnRequest(
                argv=argv, shell=shell, cwd=request.cwd, env=variables, cols=cols, rows=rows, home=server.home
            ),
            self._process_ended,
        )
        server.loop.add_reader(self._process.fileno(), self._readable)
        server.jobs.add(self)

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def fd(self) -> int:
        return self._process.fileno() if self._process is not None else -1

    @property
    def pid(self) -> int:
        return self._process.pid if self._process is not None else -1

    @property
    def status(self) -> int:
        """It runs as long as it is a job."""
        return 0

    def kill(self) -> None:
        """Ask it to end."""
        if self._process is not None:
            self._process.kill(signal.SIGTERM)

    def _process_ended(self, process: PaneProcess) -> None:
        if self._heir is not None:
            self._heir(process)
        elif self._process is process:
            self._drain(process)
            if self._hung_up:
                self._ended()

    def _drain(self, process: PaneProcess) -> None:
        """Show what it printed last. Others may still hold its terminal."""
        while self._process is process and not self._hung_up:
            data = process.read(READ_SIZE)
            if data is None:
                return
            self._take(data)

    def _ended(self) -> None:
        """It has ended, and nobody holds its terminal any more."""
        process = self._process
        if process is None or process.exit_status is None:
            return
        status = process.exit_status
        self._let_go(process)
        process.close()
        self._status = status.code if status.code is not None else status.signal or 0
        overlay = self.overlay
        if overlay is None or self._view.overlay is not overlay:
            return
        if overlay.closing.at_exit or (overlay.closing.at_success and self._status == 0):
            self._view.clear_overlay()
        else:
            overlay.changed()

    def _let_go(self, process: PaneProcess) -> None:
        """Watch it no more."""
        if process.fileno() != -1:
            self._server.loop.remove_reader(process.fileno())
            self._server.loop.remove_writer(process.fileno())
        self._input.clear()
        if self._string_timer is not None:
            self._string_timer.cancel()
            self._string_timer = None
        self._process = None
        self._server.jobs.finished(self)

    def closed(self) -> None:
        process = self._process
        if process is not None:
            self._let_go(process)
            process.kill(signal.SIGTERM)
            process.close()
        self._done(self._status)

    # -- output --------------------------------------------------------------------------------

    def _readable(self) -> None:
        process = self._process
        if process is not None:
            data = process.read(READ_SIZE)
            if data is not None:
                self._take(data)

    def _take(self, data: bytes) -> None:
        process = self._process
        if not data:
            self._hung_up = True
            if process is not None:
                self._server.loop.remove_reader(process.fileno())
            self._ended()
            return
        try:
            self._show(data)
        except Exception:  # a screen that fails ends its popup, and nothing else
            log_error()
            if self._view.overlay is self.overlay:
                self._view.clear_overlay()

    def _show(self, data: bytes) -> None:
        emulator = self.screen.emulator
        emulator.feed(data)
        if emulator.replies:
            self.type_bytes(bytes(emulator.replies))
            emulator.replies.clear()
        events, emulator.events = emulator.events, []
        for kind, value in events:
            self._handle(kind, value)
        if emulator.in_string != (self._string_timer is not None):
            self._watch_string()
        if self.overlay is not None:
            self.overlay.changed()

    def _watch_string(self) -> None:
        """A string (OSC, DCS ...) has begun or ended: one without an end would swallow everything."""
        if self._string_timer is not None:
            self._string_timer.cancel()
            self._string_timer = None
        else:
            self._string_timer = self._server.loop.call_later(STRING_LIMIT, self._string_overdue)

    def _string_overdue(self) -> None:
        self._string_timer = None
        self.screen.emulator.give_up_string()

    def _handle(self, kind: str, value: object) -> None:
        """Of what a program can ask for a popup only has the clipboard."""
        if kind == "clipboard-set":
            assert isinstance(value, tuple)
            targets, data = value
            self._view.set_clipboard(targets, data)
            self._server.buffers.store(data)
        elif kind == "clipboard-query" and self._answers_clipboard():
            from tmuxish.emulator.osc import clipboard_reply

            assert isinstance(value, tuple)
            target, end = value
            buffer = self._server.model.buffers.top()
            if buffer is not None:
                self.type_bytes(clipboard_reply(target, buffer.data, end))

    def _answers_clipboard(self) -> bool:
        return self._server.model.server_options.get_string("get-clipboard") == "buffer"

    # -- input ---------------------------------------------------------------------------------

    def type_key(self, key: int) -> None:
        options = self._server.model.server_options
        data = encode_named_key(
            "",
            key,
            self.screen.emulator.modes,
            self._server.backspace_key(),
            options.get_string("extended-keys-format"),
        )
        self.type_bytes(data)

    def type_mouse(self, report: MouseInput, x: int, y: int) -> None:
        self.type_bytes(encode_mouse(report, x, y, self.screen.emulator.modes))

    def type_bytes(self, data: bytes) -> None:
        if self._process is None or not data or len(self._input) > INPUT_LIMIT:
            return
        self._input += data
        if not self._writing:
            self._flush()

    def _flush(self) -> None:
        process = self._process
        if process is None:
            return
        written = process.write(bytes(self._input[:WRITE_SIZE]))
        del self._input[:written]
        if bool(self._input) != self._writing:
            self._writing = bool(self._input)
            if self._writing:
                self._server.loop.add_writer(process.fileno(), self._flush)
            else:
                self._server.loop.remove_writer(process.fileno())

    def resize(self, cols: int, rows: int, *, reflow: bool) -> None:
        self.screen.emulator.resize(cols, rows, reflow=reflow)
        if self._process is not None:
            self._process.resize(cols, rows)

    def policy_changed(self) -> None:
        apply_popup_policy(self.screen.emulator, self.screen.options, self._server.model)

    # -- menu ----------------------------------------------------------------------------------

    def open_menu(self, x: int, y: int) -> MenuOverlay | None:
        from tmuxish.display.menu import MenuOverlay
        from tmuxish.formats.expand import expand

        make_scope = client_scope(self._server, self._client)
        menu = Menu("", self._client.cols)
        menu.add_all(
            _INTERNAL_MENU if self._request.internal else _MENU, lambda text: expand(text, make_scope())
        )
        cols, rows = menu.size
        if cols > self._client.cols or rows > self._client.rows:
            return None
        return MenuOverlay(menu, max(x - cols // 2, 0), y, self._client, make_scope, self._menu_done)

    def _menu_done(self, number: int | None, key: int) -> None:
        overlay = self.overlay
        if overlay is None or number is None:
            return
        if key == ord("q"):
            overlay.to_be_closed = True
        elif key == ord("p"):
            buffer = self._server.model.buffers.top()
            if buffer is not None:
                self.type_bytes(buffer.data)
        elif key == ord("F"):
            overlay.fill()
        elif key == ord("C"):
            overlay.centre()
        else:
            overlay.to_be_closed = self._become_pane(_DIRECTIONS[key])

    def _become_pane(self, direction: str) -> bool:
        """Go on in a new pane beside the active one. False if there is no room for it."""
        server, session = self._server, self._client.session
        window = session.current.window if session is not None and session.current is not None else None
        if session is None or window is None or window.active is None:
            return False
        server.windows.unzoom(window)
        try:
            cell = layout.split(window, window.active, direction, None, before=False, full=False)
        except layout.LayoutError:
            return False
        process = self._process
        if process is not None:
            self._let_go(process)
        pane = server.windows.add_pane(window, session, window.active)
        cell.hold(pane)
        layout.fix(window)
        server.windows.fit_panes(window)
        pane.shell = server.panes.shell_of(session)
        self._heir = lambda process: server.panes.process_ended(pane, process)
        server.panes.adopt(pane, self.screen.emulator, process)
        server.windows.set_active(window, pane)
        server.windows.layout_changed(window)
        return True
