"""What a program is told about where its pane is shown: colours, theme, pixels.

A program may ask for its default colours (OSC 10 and 11) and whether they are dark or light (mode 2031).
The answer comes from what a client in control mode has told (refresh-client -r), else from window-style, else
from the terminals of the clients that have the window in their session. It is worked out when a client, a
session, a window or a style changes, and kept in the policies of emulators, because these answer at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.colours import DEFAULT, NONE, is_default, theme_of
from tmuxish.emulator.modes import THEME_UPDATES
from tmuxish.formats.styles import apply_style

if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window
    from tmuxish.server.server import Server

# Whose colours count, of each the first that has one.
STYLES = ("window-style",)
ACTIVE_STYLES = ("window-active-style", *STYLES)
THEME_REPORTS = {"dark": b"\x1b[?997;1n", "light": b"\x1b[?997;2n"}


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
        windows = self._server.model.windows if self._everywhere else self._windows
        if self._everywhere:
            self._formatted = False
        self._windows = {}
        self._pending = self._everywhere = False
        told = any(client.control for client in self._server.model.clients.values())
        for window in windows.values():
            watching = self._watching(window)
            for pane in window.panes:
                policy = pane.emulator.policy
                policy.control_fg = pane.control_fg if told else NONE
                policy.control_bg = pane.control_bg if told else NONE
                self._update(pane, watching)

    def _watching(self, window: Window) -> list[Client]:
        return [
            client
            for client in self._server.model.clients.values()
            if client.attached
            and not client.suspended
            and client.session is not None
            and client.session.winlink_of(window) is not None
        ]

    def _update(self, pane: Pane, watching: list[Client]) -> None:
        policy = pane.emulator.policy
        foreground, background = self._colours(pane)
        if is_default(foreground):
            foreground = next((client.fg for client in watching if client.fg != NONE), NONE)
        if is_default(background):
            background = next((client.bg for client in watching if client.bg != NONE), NONE)
        policy.fg, policy.bg = foreground, background
        if policy.control_bg != NONE:
            background = policy.control_bg
        policy.cell_width, policy.cell_height = pane.window.xpixel, pane.window.ypixel
        themes = {client.theme for client in watching} - {""}
        theme = theme_of(background) or (themes.pop() if len(themes) == 1 else "")
        if theme != policy.theme:
            policy.theme = theme
            if theme and pane.emulator.modes & THEME_UPDATES:
                self._server.panes.write(pane, THEME_REPORTS[theme])

    def _colours(self, pane: Pane) -> tuple[int, int]:
        """The foreground and background of cells without colours of their own."""
        foreground = background = DEFAULT
        for name in ACTIVE_STYLES if pane is pane.window.active else STYLES:
            text = pane.options.get_string(name)
            if text == "default":  # as nearly everywhere
                continue
            if "#{" in text:
                self._formatted = True
            scope = self._server.scope(self._server.found_for(pane=pane))
            style = apply_style(pane.options, name, scope)
            foreground = style.fg if foreground == DEFAULT else foreground
            background = style.bg if background == DEFAULT else background
        return foreground, background
