"""What can be done to sessions: create, destroy, link and unlink windows, choose the current one, group.

Every change of which window belongs to which session goes through here, so that alerts, the stack of last
windows, session groups and notifications stay right.
"""

from __future__ import annotations

import time

from tmuxish.commands.errors import CommandError
from tmuxish.model.session import LAST_INDEX, Session, SessionGroup, Winlink, next_index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.environment import Environment
    from tmuxish.model.options import Options
    from tmuxish.model.window import Window
    from tmuxish.server.server import Server


class Sessions:
    """The operations on sessions of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = server.model
        self._some_end_unattached = False  # destroy-unattached is on for some session

    def create(
        self, prefix: str | None, name: str | None, cwd: str, options: Options, environment: Environment
    ) -> Session:
        """A new session without windows. Without `name` it is called after its id (or `prefix-id`)."""
        model = self._model
        while True:
            id = model.next_session_id
            model.next_session_id += 1
            chosen = name if name is not None else (f"{prefix}-{id}" if prefix else str(id))
            if name is not None or model.session_named(chosen) is None:
                break
        session = Session(id, chosen, cwd, options, environment)
        model.sessions[id] = session
        return session

    def rename(self, session: Session, name: str) -> None:
        """Give it another name (the caller has checked that it is free)."""
        session.name = name
        self._server.clients.redraw_status(session)
        self._server.notify("session-renamed", session=session)

    def update_activity(self, session: Session) -> None:
        """Somebody used the session now."""
        session.activity = time.time()
        self._server.clients.locks.restart_timer(session)

    # -- windows of a session ------------------------------------------------------------------

    def link(self, session: Session, window: Window, index: int | None) -> Winlink:
        """Put `window` at `index` (None: the next free one). Raises CommandError if it is taken."""
        if index is None:
            index = session.free_index()
        elif index in session.winlinks:
            raise CommandError(f"index in use: {index}")
        winlink = self.add_winlink(session, window, index)
        self._server.notify("window-linked", session=session, window=window)
        self.synchronize_from(session)
        return winlink

    def add_winlink(self, session: Session, window: Window, index: int) -> Winlink:
        """Link without telling anybody: part of a larger change."""
        winlink = Winlink(session, index, window)
        session.winlinks[index] = winlink
        window.winlinks.append(winlink)
        self._server.surroundings.window_changed(window)
        return winlink

    def remove_winlink(self, winlink: Winlink) -> None:
        """Take one link away; the window goes when nothing links it any more."""
        session, window = winlink.session, winlink.window
        if winlink in session.last_windows:
            session.last_windows.remove(winlink)
        if session.winlinks.get(winlink.index) is winlink:
            del session.winlinks[winlink.index]
        window.winlinks.remove(winlink)
        if window.winlinks:
            self._server.surroundings.window_changed(window)
        else:
            self._server.windows.destroy(window)

    def unlink(self, winlink: Winlink) -> bool:
        """Take `winlink` out of its session, moving on if it is current. True if the session is empty now."""
        session = winlink.session
        if session.current is winlink:
            self._move_on(session)
        winlink.clear_alerts()
        self._server.notify("window-unlinked", session=session, window=winlink.window)
        self.remove_winlink(winlink)
        self.synchronize_from(session)
        return not session.winlinks

    def unlink_or_destroy(self, winlink: Winlink) -> None:
        """Unlink, and destroy the session (with its group) if that was its last window."""
        session = winlink.session
        if self.unlink(winlink):
            self.destroy_group_of(session)
        else:
            self.redraw_group_of(session)

    def link_to(
        self, winlink: Winlink, session: Session, index: int | None, *, kill: bool, select: bool
    ) -> Winlink:
        """Link the window of `winlink` into `session` too: link-window, move-window, break-pane.

        index: None for the next free one. kill: replace what is there. Raises CommandError.
        """
        source = winlink.session
        if source is not session and source.group is not None and source.group is session.group:
            raise CommandError("sessions are grouped")
        there = session.winlinks.get(index) if index is not None else None
        if there is not None and there.window is winlink.window:
            raise CommandError(f"same index: {index}")
        if there is not None and kill:
            select = self.replace_at(session, there.index) or select
        linked = self.link(session, winlink.window, index)
        self._model.move_mark(winlink, linked)
        if select:
            self.select(session, linked.index)
        self.redraw_group_of(session)
        return linked

    def is_linked_elsewhere(self, winlink: Winlink) -> bool:
        """Whether the window is also linked outside the session and its group, or twice in it."""
        group = winlink.session.group
        return len(winlink.window.winlinks) != (len(group.sessions) if group is not None else 1)

    def swap(self, first: Winlink, second: Winlink) -> None:
        """Let two links trade their windows; the indexes and what is current stay. A mark goes along with
        the first."""
        self._model.move_mark(first, second)
        first.window.winlinks.remove(first)
        second.window.winlinks.remove(second)
        first.window, second.window = second.window, first.window
        first.window.winlinks.append(first)
        second.window.winlinks.append(second)
        for window in (first.window, second.window):
            self._server.surroundings.window_changed(window)

    def synchronize_and_redraw(self, session: Session) -> None:
        """Let the session's group follow a change of its windows."""
        self.synchronize_from(session)
        self.redraw_group_of(session)

    def replace_at(self, session: Session, index: int) -> bool:
        """Unlink what is at `index` to make room (`-k`). True if it was the current window."""
        winlink = session.winlinks[index]
        was_current = session.current is winlink
        winlink.clear_alerts()
        self._server.notify("window-unlinked", session=session, window=winlink.window)
        if was_current:
            session.current = None
        self.remove_winlink(winlink)
        return was_current

    def make_room(self, winlink: Winlink, *, before: bool) -> int | None:
        """Free the index before or after `winlink` by moving what is there up; return it, or None if all the
        indexes from there on are in use."""
        session = winlink.session
        index = winlink.index if before else winlink.index + 1
        free = session.free_index(index) if index < LAST_INDEX else LAST_INDEX
        if not index <= free < LAST_INDEX:
            return None
        for moved in range(free - 1, index - 1, -1):
            shifted = session.winlinks.pop(moved)
            shifted.index = moved + 1
            session.winlinks[moved + 1] = shifted
        return index

    # -- the current window --------------------------------------------------------------------

    def set_current(self, session: Session, winlink: Winlink | None) -> bool:
        """Make `winlink` current. False if there is none or it already is."""
        if winlink is None or session.current is winlink:
            return False
        old = session.current
        if winlink in session.last_windows:
            session.last_windows.remove(winlink)
        if old is not None:
            if old in session.last_windows:
                session.last_windows.remove(old)
            session.last_windows.insert(0, old)
        session.current = winlink
        self._server.windows.apply_sizes_soon()
        self._server.windows.update_focus_if_asked(old.window.active if old else None, winlink.window.active)
        self._server.windows.alerts.clear(winlink)
        self._server.windows.alerts.activity(winlink.window)
        self._server.notify("session-window-changed", session=session)
        self._server.clients.leave_panned(session)
        self._server.clients.redraw_session(session)
        return True

    def select(self, session: Session, index: int) -> bool:
        """Make the window at `index` current. False if there is none or it already is."""
        return self.set_current(session, session.winlinks.get(index))

    def select_last(self, session: Session) -> bool:
        """Go to the window that was current before."""
        return bool(session.last_windows) and self.set_current(session, session.last_windows[0])

    def select_next(self, session: Session, alerted: bool = False) -> bool:
        """Go to the next window (with an alert), around the end."""
        return self._step(session, alerted, 1)

    def select_previous(self, session: Session, alerted: bool = False) -> bool:
        """Go to the previous window (with an alert), around the start."""
        return self._step(session, alerted, -1)

    def _move_on(self, session: Session) -> None:
        """The current window is about to go: make another one current, if there is any."""
        if not (self.select_last(session) or self.select_previous(session)):
            self.select_next(session)

    def _step(self, session: Session, alerted: bool, direction: int) -> bool:
        winlinks = session.sorted_winlinks()
        if session.current not in winlinks:
            return False
        start = winlinks.index(session.current)
        for distance in range(1, len(winlinks) + 1):
            candidate = winlinks[(start + direction * distance) % len(winlinks)]
            if not alerted or candidate.alerted:
                return self.set_current(session, candidate)
        return False

    def renumber(self, session: Session) -> None:
        """Close the gaps in the window indexes, from base-index on."""
        index = session.options.get_number("base-index")
        winlinks = session.sorted_winlinks()
        for winlink in winlinks:
            winlink.index = index
            index = next_index(index)
        session.winlinks = {winlink.index: winlink for winlink in winlinks}
        # As in tmux, a window that is linked more than once was looked at through its first link.
        first = {winlink.window: winlink for winlink in reversed(winlinks)}
        session.last_windows = list(dict.fromkeys(first[winlink.window] for winlink in session.last_windows))
        self._server.clients.redraw_status(session)

    def renumber_if_asked(self, session: Session) -> None:
        """Renumber the session and its group where renumber-windows is on."""
        if session.id in self._model.sessions and session.options.get_flag("renumber-windows"):
            for member in session.group.sessions if session.group else [session]:
                self.renumber(member)

    # -- groups --------------------------------------------------------------------------------

    def group_named(self, name: str) -> SessionGroup:
        """The group of that name, made if there is none."""
        return self._model.groups.setdefault(name, SessionGroup(name))

    def add_to_group(self, group: SessionGroup, session: Session) -> None:
        """Make `session` a member; its windows follow with `synchronize_to`."""
        if session.group is None:
            session.group = group
            group.sessions.append(session)

    def leave_group(self, session: Session) -> None:
        """Take `session` out of its group; an empty group goes."""
        group = session.group
        if group is not None:
            session.group = None
            group.sessions.remove(session)
            if not group.sessions:
                del self._model.groups[group.name]

    def synchronize_from(self, session: Session) -> None:
        """Give every other member of its group the windows of `session`."""
        if session.group is not None:
            for member in session.group.sessions:
                if member is not session:
                    self._copy_windows(member, session)

    def synchronize_to(self, session: Session) -> None:
        """Give `session` the windows of its group."""
        if session.group is not None:
            for member in session.group.sessions:
                if member is not session:
                    self._copy_windows(session, member)
                    return

    def _copy_windows(self, to: Session, source: Session) -> None:
        if not source.winlinks:
            return
        if to.current is not None and to.current.index not in source.winlinks:
            self._move_on(to)
        current_index = to.current.index if to.current else None
        last_indexes = [winlink.index for winlink in to.last_windows]
        old = to.sorted_winlinks()
        to.winlinks = {}
        to.last_windows = []
        to.current = None
        for index, winlink in sorted(source.winlinks.items()):
            copy = self.add_winlink(to, winlink.window, index)
            self._server.notify("window-linked", session=to, window=winlink.window)
            copy.bell_flag, copy.activity_flag = winlink.bell_flag, winlink.activity_flag
            copy.silence_flag = winlink.silence_flag
        if current_index is None and source.current is not None:
            current_index = source.current.index
        to.current = to.winlinks.get(-1 if current_index is None else current_index)
        to.last_windows = [to.winlinks[index] for index in last_indexes if index in to.winlinks]
        if to.current in to.last_windows:
            to.last_windows.remove(to.current)
        for winlink in old:
            if to.winlink_of(winlink.window) is None:
                self._server.notify("window-unlinked", session=to, window=winlink.window)
            self.remove_winlink(winlink)
        if to.current is None:
            self.set_current(to, to.winlinks[min(to.winlinks)])
        self._server.clients.redraw_session(to)

    def redraw_group_of(self, session: Session) -> None:
        """Redraw whoever looks at the session or another of its group."""
        for member in session.group.sessions if session.group else [session]:
            self._server.clients.redraw_session(member)

    # -- the end -------------------------------------------------------------------------------

    def destroy_group_of(self, session: Session) -> None:
        """Destroy `session` and every other member of its group."""
        for member in list(session.group.sessions) if session.group else [session]:
            self.destroy(member)

    def destroy(self, session: Session) -> None:
        """End a session: its clients move on or detach, its windows go unless linked elsewhere."""
        if self._model.sessions.pop(session.id, None) is None:
            return
        self._move_clients_away(session)
        self._server.notify("session-closed", session=session)
        self.leave_group(session)
        session.current = None
        session.last_windows.clear()
        for winlink in session.sorted_winlinks():
            self._server.notify("window-unlinked", session=session, window=winlink.window)
            self.remove_winlink(winlink)
        self._server.check_exit()

    def _move_clients_away(self, session: Session) -> None:
        clients = [client for client in self._model.clients.values() if client.session is session]
        if not clients:
            return
        heir, fallback = self._heirs(session)
        for client in clients:
            chosen = heir or (fallback if "no-detach-on-destroy" in client.flags else None)
            client.session = None
            client.last_session = None
            self._server.clients.set_session(client, chosen)
            if chosen is None:
                self._server.clients.exit(client)
        self._server.windows.recalculate_sizes()

    def _heirs(self, session: Session) -> tuple[Session | None, Session | None]:
        """Where detach-on-destroy sends clients, and where it may send those that refuse to detach."""
        policy = session.options.get_string("detach-on-destroy")
        others = [other for other in self._model.sessions.values() if other is not session]
        newest = _newest(others)
        if policy == "off":
            return newest, None
        if policy == "no-detached":
            return _newest([other for other in others if not other.attached]), newest
        if policy in ("previous", "next"):
            return self.neighbour(session, 1 if policy == "next" else -1), None
        return None, newest

    def neighbour(
        self, session: Session, step: int, order: Callable[[Session], object] | None = None
    ) -> Session | None:
        """The session `step` places after `session` in name order (or `order`), around the end."""
        key = order or (lambda other: other.name)
        sessions = sorted({*self._model.sessions.values(), session}, key=key)  # type: ignore[arg-type]
        found = sessions[(sessions.index(session) + step) % len(sessions)]
        return found if found is not session else None

    def destroy_unattached_changed(self) -> None:
        """The option destroy-unattached is another somewhere: it is asked about after every call."""
        sets = (self._model.session_options, *(each.options for each in self._model.sessions.values()))
        self._some_end_unattached = any(
            each.get_only("destroy-unattached") not in (None, "off") for each in sets
        )

    def check_unattached(self) -> None:
        """Destroy the sessions that destroy-unattached ends when nobody is attached."""
        if not self._some_end_unattached:
            return
        for session in list(self._model.sessions.values()):
            if session.attached or session.id not in self._model.sessions:
                continue
            policy = session.options.get_string("destroy-unattached")
            group_size = len(session.group.sessions) if session.group else 0
            if (
                policy == "on"
                or (policy == "keep-last" and group_size > 1)
                or (policy == "keep-group" and group_size != 1)
            ):
                self.destroy(session)


def _newest(sessions: list[Session]) -> Session | None:
    return max(sessions, key=lambda session: session.activity, default=None)
