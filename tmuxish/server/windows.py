"""What can be done to windows: create, name, resize, zoom, split, destroy."""

from __future__ import annotations

from tmuxish.commands.errors import CommandError
from tmuxish.formats.names import window_name_of
from tmuxish.model import layout
from tmuxish.model.options import Options
from tmuxish.model.window import WINDOW_MAXIMUM, WINDOW_MINIMUM, Window
from tmuxish.quoting import quote_argv
from tmuxish.server import sizes
from tmuxish.server.alerts import Alerts
from tmuxish.targets import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.commands.spawning import Spawn
    from tmuxish.host import Facts
    from tmuxish.model.client import Client
    from tmuxish.model.layout import Cell
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session, Winlink
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server

# Seconds between two looks at what automatic-rename should call a window (NAME_INTERVAL of tmux).
NAME_INTERVAL = 0.5


class Windows:
    """The operations on windows of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = server.model
        self.alerts = Alerts(server)
        self._name_timers: dict[int, Timer] = {}
        self._name_times: dict[int, float] = {}
        self._sizes_due = False  # apply_sizes is about to be called
        self._printed: dict[int, Pane] = {}  # what has changed in this turn of the loop
        self._sizes_stale = False  # windows came or panes went since sizes were reckoned

    # -- making and ending ---------------------------------------------------------------------

    def spawn(
        self,
        request: Spawn,
        *,
        index: int | None = None,
        name: str | None = None,
        select: bool = True,
        client: Client | None = None,
    ) -> Winlink:
        """A new window with one pane running a program. Raises CommandError, leaving nothing behind.

        index: None for the next free one. request.kill: replace what is at `index`. client: whose size a new
        window takes.
        """
        session = request.session
        if index is not None and index in session.winlinks:
            if not request.kill:
                raise CommandError(f"index {index} in use")
            select = self._server.sessions.replace_at(session, index) or select
        window = self.create(*sizes.default_size(self._model, session, client), client)
        winlink = self._server.sessions.add_winlink(
            session, window, session.free_index() if index is None else index
        )
        if session.current is None:
            session.current = winlink
        pane = self.add_pane(window, session)
        layout.init(window, pane)
        try:
            self._server.panes.start(pane, request)
        except BaseException:
            if session.current is winlink:
                session.current = None
            self._server.sessions.remove_winlink(winlink)
            raise
        self.set_active(window, pane, notify=False)
        self._forget_name_timer(window)  # the first look is the one below, whatever is printed before it
        self._name_times[window.id] = self._server.loop.now()
        if name is None:
            window.name = self.default_name(window)
        else:
            window.name = name
            window.options.set("automatic-rename", 0)
        if select:
            self._server.sessions.select(session, winlink.index)
        self._server.notify("window-linked", session=session, window=window)
        self._server.sessions.synchronize_from(session)
        # The first look comes after this command, but before the program has begun: what was asked for
        # stands for it.
        self._server.loop.call_soon(lambda: self._rename_first(window))
        return winlink

    def create(self, cols: int, rows: int, client: Client | None) -> Window:
        """A window without panes that no session links yet; `client` is who used it last."""
        window = Window(
            self._model.next_window_id, cols, rows, Options.for_window(self._model.window_options)
        )
        self._model.next_window_id += 1
        self._model.windows[window.id] = window
        window.latest = client
        self._sizes_stale = True
        self.alerts.activity(window)
        return window

    def respawn(self, winlink: Winlink, request: Spawn) -> None:
        """Start a program again in the first pane, the only one that is kept. Raises CommandError if any pane
        has a program running and request.kill is not set."""
        window = winlink.window
        if not request.kill and any(self._server.panes.process_of(pane) for pane in window.panes):
            raise CommandError(f"window {request.session.name}:{winlink.index} still active")
        self.unzoom(window)
        kept, *others = window.panes
        for pane in others:
            self._server.panes.forget(pane)
        window.panes, window.z_index = [kept], [kept]
        window.last_panes.clear()
        window.active = None
        layout.init(window, kept)
        self.fit_panes(window)
        self.set_active(window, kept, notify=False)
        self._server.panes.respawn(kept, winlink, request)
        self._server.sessions.set_current(winlink.session, winlink)
        self._server.sessions.synchronize_from(winlink.session)

    def add_pane(
        self,
        window: Window,
        session: Session,
        beside: Pane | None = None,
        *,
        before: bool = False,
        floating: bool = False,
    ) -> Pane:
        """A pane without a program in the list of `window`, after (or before) `beside`."""
        limit = session.options.get_number("history-limit")
        pane = self._server.panes.create(window, window.cols, window.rows, limit)
        if beside is None:
            window.panes.append(pane)
        else:
            window.panes.insert(window.panes.index(beside) + (not before), pane)
        window.z_index.insert(0 if floating else len(window.z_index), pane)
        return pane

    def raise_pane(self, pane: Pane) -> None:
        """Put a floating pane before all others."""
        if layout.is_floating(pane) and pane is not pane.window.active:
            pane.window.z_index.remove(pane)
            pane.window.z_index.insert(0, pane)
            self._server.clients.redraw_window(pane.window)

    def split(
        self,
        window: Window,
        beside: Pane,
        cell: Cell,
        request: Spawn,
        *,
        before: bool,
        full: bool,
        select: bool,
        zoom: bool,
    ) -> Pane:
        """Start a program in a new pane that holds `cell`. Raises CommandError, leaving nothing behind.

        zoom: the window is about to be zoomed; until it is unzoomed the new pane is as large as the window.
        """
        position: Pane = beside
        if full or (cell.floating and not before):
            position = window.panes[0] if before else window.panes[-1]
        pane = self.add_pane(window, request.session, position, before=before, floating=cell.floating)
        cell.hold(pane)
        layout.fix(window, skip=pane if zoom else None)
        self.fit_panes(window)
        try:
            self._server.panes.start(pane, request)
        except BaseException:
            self.remove_pane(pane)
            raise
        if select or window.active is None:
            self.set_active(window, pane)
        self.layout_changed(window)
        return pane

    def default_name(self, window: Window) -> str:
        """A name from the active pane's command, or its shell."""
        pane = window.active
        if pane is None:
            return ""
        return window_name_of(quote_argv(pane.argv) or pane.shell)

    def remove_pane(self, pane: Pane) -> None:
        """Take a pane out of window and layout, and hang up its program."""
        window = pane.window
        layout.close(window, pane)
        self.layout_changed(window)
        self.lose_pane(window, pane)
        self._server.panes.forget(pane)

    def lose_pane(self, window: Window, pane: Pane) -> None:
        """Take a pane off the window's lists and make another one active, if it was. Its mark goes."""
        self._model.unmark(pane)
        self._server.clients.pane_lost(pane)
        index = window.panes.index(pane)
        if window.active is pane:
            if window.last_panes:
                heir: Pane | None = window.last_panes[0]
            elif index > 0:
                heir = window.panes[index - 1]
            else:
                heir = window.panes[1] if len(window.panes) > 1 else None
            window.active = heir
            if heir is not None:
                if heir in window.last_panes:
                    window.last_panes.remove(heir)
                self._server.notify("window-pane-changed", window=window)
                self.update_focus(window)
                self.schedule_rename(window)
        elif pane in window.last_panes:
            window.last_panes.remove(pane)
        window.panes.remove(pane)
        window.z_index.remove(pane)
        self._server.surroundings.window_changed(window)
        self._sizes_stale = True  # with a pane less it may get as small as it was to be

    def kill(self, window: Window, *, renumber: bool = True) -> None:
        """Unlink the window everywhere; sessions without another window end."""
        for session in sorted(self._model.sessions_of(window), key=lambda session: session.name):
            self.unzoom(window)
            while session.id in self._model.sessions:
                winlink = session.first_winlink_of(window)
                if winlink is None:
                    break
                self._server.sessions.unlink_or_destroy(winlink)
            if renumber:
                self._server.sessions.renumber_if_asked(session)
        self.recalculate_sizes()

    def destroy(self, window: Window) -> None:
        """The last link is gone: the window ends with its panes."""
        if self._model.windows.pop(window.id, None) is None:
            return
        self.alerts.forget(window)
        self._forget_name_timer(window)
        self._name_times.pop(window.id, None)
        for pane in list(window.panes):
            self._server.panes.forget(pane)
        window.panes.clear()
        window.z_index.clear()
        window.last_panes.clear()
        window.active = None
        for root in (window.layout, window.saved_layout):
            if root is not None:
                root.dissolve()
        window.layout = window.saved_layout = None

    # -- names ---------------------------------------------------------------------------------

    def rename(self, window: Window, name: str) -> None:
        """Give it another name."""
        window.name = name
        self._server.notify("window-renamed", window=window)
        self._server.clients.redraw_window_status(window)

    def schedule_rename(self, window: Window) -> None:
        """Something changed that automatic-rename may show: look, not more often than every NAME_INTERVAL."""
        if window.id in self._name_timers or not window.options.get_flag("automatic-rename"):
            return
        wait = self._name_times.get(window.id, 0.0) + NAME_INTERVAL - self._server.loop.now()
        self._name_timers[window.id] = self._server.loop.call_later(
            max(0.0, wait), lambda: self._rename_as_scheduled(window)
        )

    def _forget_name_timer(self, window: Window) -> None:
        timer = self._name_timers.pop(window.id, None)
        if timer is not None:
            timer.cancel()

    def _rename_first(self, window: Window) -> None:
        from tmuxish.host import Facts  # this and what it is for: after the first answer of a server

        self._rename_automatically(window, Facts(_no_process))

    def _rename_as_scheduled(self, window: Window) -> None:
        self._forget_name_timer(window)
        self._rename_automatically(window)

    def _rename_automatically(self, window: Window, facts: Facts | None = None) -> None:
        if window.active is None or not window.options.get_flag("automatic-rename"):
            return
        from tmuxish.emulator.osc import clean_name
        from tmuxish.formats.expand import expand

        self._name_times[window.id] = self._server.loop.now()
        # The format sees neither session nor client: the window may be in several of them.
        scope = self._server.scope(Found(pane=window.active), facts=facts, tag=window.ref)
        expanded = expand(window.options.get_string("automatic-rename-format"), scope)
        name = clean_name(expanded)
        if name is not None and expanded != window.name:
            self.rename(window, name)

    # -- active pane, focus, zoom --------------------------------------------------------------

    def set_active(self, window: Window, pane: Pane, *, notify: bool = True) -> bool:
        """Make `pane` active. False if it already is."""
        if window.active is pane:
            return False
        if window.zoomed:
            self.unzoom(window)
        old = window.active
        if pane in window.last_panes:
            window.last_panes.remove(pane)
        if old is not None:
            if old in window.last_panes:
                window.last_panes.remove(old)
            window.last_panes.insert(0, old)
        window.active = pane
        pane.active_point = self._model.next_active_point
        self._model.next_active_point += 1
        self.update_focus_if_asked(old, pane)
        self._server.surroundings.window_changed(window)
        self._server.clients.redraw_window(window)
        self._server.clients.redraw_window_status(window)
        self.schedule_rename(window)
        if notify:
            self._server.notify("window-pane-changed", window=window)
        return True

    def update_focus(self, window: Window | None) -> None:
        """The keyboard of a client may have come to the window, or left it: its active pane is told."""
        if window is not None and window.active is not None:
            self._update_pane_focus(window.active)

    def update_focus_if_asked(self, *panes: Pane | None) -> None:
        """Other panes or windows are active now, which with focus-events these (past and present) hear of."""
        if self._model.server_options.get_flag("focus-events"):
            for pane in panes:
                if pane is not None:
                    self._update_pane_focus(pane)

    def _update_pane_focus(self, pane: Pane) -> None:
        window = pane.window
        if pane.dead:
            return
        focused = pane is window.active and any(
            client.focused
            and client.session is not None
            and client.session.current is not None
            and client.session.current.window is window
            and not self._server.clients.is_covered(client)
            for client in self._model.clients.values()
            if client.attached
        )
        if focused != pane.focused:
            from tmuxish.emulator.modes import FOCUSON

            pane.focused = focused
            if pane.emulator.modes & FOCUSON:
                self._server.panes.write(pane, b"\x1b[I" if focused else b"\x1b[O")
            self._server.notify("pane-focus-in" if focused else "pane-focus-out", pane=pane, window=window)

    def zoom(self, window: Window, pane: Pane) -> bool:
        """Let `pane` fill the window. False if it can't (zoomed already, or the only one)."""
        if window.zoomed or len(window.panes) == 1:
            return False
        self.set_active(window, pane)
        for each in window.panes:
            each.saved_cell, each.cell = each.cell, None
        window.saved_layout = window.layout
        window.zoomed = True
        layout.init(window, pane)
        self.layout_changed(window)
        return True

    def unzoom(self, window: Window) -> bool:
        """Go back to the whole layout. False if the window is not zoomed."""
        if not window.zoomed:
            return False
        window.zoomed = False
        window.layout, window.saved_layout = window.saved_layout, None
        for pane in window.panes:
            pane.cell, pane.saved_cell = pane.saved_cell, None
        layout.fix(window)
        self.layout_changed(window)
        return True

    # -- sizes ---------------------------------------------------------------------------------

    def layout_changed(self, window: Window) -> None:
        """The layout is another: screens and programs follow, the change is told and drawn."""
        self.fit_panes(window)
        self._server.notify("window-layout-changed", window=window)
        self._server.clients.redraw_window(window)

    def fit_panes(self, window: Window) -> None:
        """Give every pane's screen the size that the layout gave the pane."""
        for pane in window.panes:
            if pane.cell is not None:
                self._server.panes.fit(pane)

    def refit(self, window: Window) -> None:
        """What takes room from the panes (their scrollbars) has come or gone."""
        layout.fix(window)
        self.fit_panes(window)
        self._server.clients.redraw_window(window)

    def resize(self, window: Window, cols: int, rows: int) -> None:
        """Give the window another size; its layout is fitted, and it is no smaller than that."""
        window.pending_size = None
        cols = min(max(cols, WINDOW_MINIMUM), WINDOW_MAXIMUM)
        rows = min(max(rows, WINDOW_MINIMUM), WINDOW_MAXIMUM)
        zoomed = window.active if window.zoomed else None
        self.unzoom(window)
        layout_cols, layout_rows = layout.resize(window, cols, rows)
        window.cols, window.rows = max(cols, layout_cols), max(rows, layout_rows)
        if zoomed is not None:
            self.zoom(window, zoomed)
        self.layout_changed(window)
        self._server.notify("window-resized", window=window)

    def size_for(self, session: Session, window: Window, policy: str) -> tuple[int, int]:
        """The size that `policy` (largest or smallest) gives the window now."""
        return sizes.size_by_policy(self._model, session, window, policy)

    def recalculate_sizes(self, *, now: bool = False) -> None:
        """Clients came, went or changed size: count them and fit every window (window-size).

        now: do not wait until a window is looked at, and tell even those that stay as they are.
        """
        self._sizes_stale = False
        for session in self._model.sessions.values():
            session.attached = 0
        for client in self._model.clients.values():
            if client.session is not None and client.attached and not (client.suspended or client.leaving):
                client.session.attached += 1
        counted = sizes.counted(self._model)
        for window in list(self._model.windows.values()):
            self._recalculate_size(window, counted, now=now)
        self.apply_sizes_soon()

    def client_gone(self) -> None:
        """A client that was not attached has ended: only then sizes follow what its command did."""
        if self._sizes_stale:
            self.recalculate_sizes()

    def _recalculate_size(self, window: Window, counted: list[Client], *, now: bool) -> None:
        """Find the size of one window. A manual one counts at once, others once it is looked at."""
        if window.active is None:
            return
        size = sizes.wanted_size(self._model, window, counted)
        if size is not None and (now or size != (window.pending_size or (window.cols, window.rows))):
            if now or window.options.get_string("window-size") == "manual":
                self.resize(window, *size)
            else:
                window.pending_size = size
        self._server.clients.redraw_window(window)

    def apply_sizes_soon(self) -> None:
        """Other windows are looked at, or have to have other sizes: resize them after what runs now."""
        if not self._sizes_due:
            self._sizes_due = True
            self._server.loop.call_soon(self.apply_sizes)

    def apply_due_sizes(self) -> None:
        """Do that now, if it is still to be done."""
        if self._sizes_due:
            self.apply_sizes()

    def apply_sizes(self) -> None:
        """Resize the windows that somebody looks at and that are to have another size."""
        self._sizes_due = False
        for window in list(self._model.windows.values()):
            if window.pending_size is not None and any(
                winlink.session.attached and winlink.session.current is winlink for winlink in window.winlinks
            ):
                self.resize(window, *window.pending_size)

    # -- output --------------------------------------------------------------------------------

    def pane_printed(self, pane: Pane, data: bytes) -> None:
        """A pane's program printed something: redraw soon, and note the activity after that, for what was
        typed is to be seen at once."""
        if pane.mode:
            pane.unseen_changes = True
        self._server.clients.pane_changed(pane, data)
        if not self._printed:
            self._server.loop.call_soon(self._note_printed)
        self._printed[pane.id] = pane

    def _note_printed(self) -> None:
        printed, self._printed = self._printed, {}
        for pane in printed.values():
            window = pane.window
            if window.id in self._model.windows:
                self.alerts.activity(window)
                if pane is window.active:
                    self.schedule_rename(window)


def _no_process(pane: Pane) -> None:
    """For Facts: nothing runs yet."""
