"""Everything the server knows, as plain data: sessions, windows, panes, clients, options, buffers."""

from __future__ import annotations

import os
import time

from tmuxish.model.buffers import Buffers
from tmuxish.model.environment import Environment
from tmuxish.model.options import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session, SessionGroup, Winlink
    from tmuxish.model.window import Window


# What prompts may ask for; each kind has a history of its own.
PROMPT_KINDS = ("command", "search", "target", "window-target")


class Model:
    """The root of the model. Ids only ever grow, as clients rely on them never to be used twice."""

    def __init__(self, socket_path: str = "") -> None:
        self.socket_path = socket_path
        self.pid = os.getpid()
        self.start_time = time.time()
        self.sessions: dict[int, Session] = {}
        self.windows: dict[int, Window] = {}
        self.panes: dict[int, Pane] = {}
        self.clients: dict[int, Client] = {}
        self.groups: dict[str, SessionGroup] = {}
        self.next_session_id = 0
        self.next_window_id = 0
        self.next_pane_id = 0
        self.next_client_id = 0
        self.next_active_point = 1
        self.server_options = Options.for_server()
        self.session_options = Options.for_global_session()
        self.window_options = Options.for_global_window()
        self.environment = Environment()
        self.buffers = Buffers()
        self._mark: tuple[Session, Winlink, Pane] | None = None
        self.config_files: list[str] = []
        self.prompt_history: dict[str, list[str]] = {kind: [] for kind in PROMPT_KINDS}  # oldest first
        self.messages: list[tuple[float, int, str]] = []  # show-messages: time, number, text

    @property
    def marked(self) -> tuple[Winlink, Pane] | None:
        """The marked pane (select-pane -m) and where it was marked, while it is still there."""
        if self._mark is None:
            return None
        session, winlink, pane = self._mark
        valid = (
            self.sessions.get(session.id) is session
            and session.winlinks.get(winlink.index) is winlink
            and pane in winlink.window.panes
        )
        return (winlink, pane) if valid else None

    @marked.setter
    def marked(self, mark: tuple[Winlink, Pane] | None) -> None:
        self._mark = None if mark is None else (mark[0].session, *mark)

    def move_mark(self, old: Winlink, new: Winlink) -> None:
        """The mark is at `new` if it was at `old`, but stays one of the session in which it was made."""
        if self._mark is not None and self._mark[1] is old:
            self._mark = (self._mark[0], new, self._mark[2])

    def unmark(self, pane: Pane) -> None:
        """Take the mark away, if it is this pane that has it."""
        if self._mark is not None and self._mark[2] is pane:
            self._mark = None

    def sorted_sessions(self) -> list[Session]:
        """All sessions by name, the order of list-sessions."""
        return sorted(self.sessions.values(), key=lambda session: session.name)

    def session_named(self, name: str) -> Session | None:
        """The session of exactly that name."""
        for session in self.sessions.values():
            if session.name == name:
                return session
        return None

    def sessions_of(self, window: Window) -> Iterator[Session]:
        """Each session that links `window`, once."""
        seen: set[int] = set()
        for winlink in window.winlinks:
            if winlink.session.id not in seen:
                seen.add(winlink.session.id)
                yield winlink.session

    def pane_with_tty(self, tty: str) -> Pane | None:
        """The pane whose program runs on that terminal."""
        for pane in self.panes.values():
            if tty and pane.tty == tty:
                return pane
        return None
