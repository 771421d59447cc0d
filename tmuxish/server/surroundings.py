"""What a program is told about where its pane is shown: colours, theme, pixels.

A program may ask for its default colours (OSC 10 and 11) and whether they are dark or light (mode 2031).
The answer comes from what a client in control mode has told (refresh-client -r), else from window-style, else
from the terminals of the clients that have the window in their session. It is worked out when a client, a
session, a window or a style changes, and kept in the policies of emulators, because these answer at once.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.window import Window
    from tmuxish.server.server import Server


class Surroundings:
    """Keeps the emulators' policies true to what surrounds them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._pending = False
        self._everywhere = False
        self._windows: dict[int, Window] = {}  # those to look at, if not all
        self._formatted = False  # a style has formats in it, which may mean something else any time

    def changed(self) -> None:
        """A client, a session or a style is another: look once, when what is going on is over."""
        self._everywhere = True
        self._look_soon()

    def window_changed(self, window: Window) -> None:
        """A window has a new pane, another active one, or is in other sessions: look at this one."""
        self._windows[window.id] = window
        self._look_soon()

    def command_over(self) -> None:
        """A client that was not attached has ended: whatever its command did, formats may show it."""
        if self._formatted:
            self.changed()

    def _look_soon(self) -> None:
        if not self._pending:
            self._pending = True
            self._server.loop.call_soon(self._look)

    def _look(self) -> None:
        from tmuxish.server.shown_colours import tell  # after the first answer of a server

        windows = self._server.model.windows if self._everywhere else self._windows
        if self._everywhere:
            self._formatted = False
        self._windows = {}
        self._pending = self._everywhere = False
        controlled = any(client.control for client in self._server.model.clients.values())
        for window in windows.values():
            watching = self._watching(window)
            for pane in window.panes:
                self._formatted |= tell(self._server, pane, watching, controlled=controlled)

    def _watching(self, window: Window) -> list[Client]:
        return [
            client
            for client in self._server.model.clients.values()
            if client.attached
            and not client.suspended
            and client.session is not None
            and client.session.winlink_of(window) is not None
        ]
