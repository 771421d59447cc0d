"""What a pane's program asked for that concerns more than its own screen: bell, title, clipboard, ..."""

from __future__ import annotations

from tmuxish.emulator.osc import clipboard_reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server


class PaneEvents:
    """Acts on the events an emulator has collected."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._handlers: dict[str, Callable[[Pane, object], None]] = {
            "alternate": self._alternate,
            "bell": self._bell,
            "title": self._title,
            "path": self._path,
            "rename": self._rename,
            "clipboard-set": self._clipboard_set,
            "clipboard-query": self._clipboard_query,
            "palette-query": self._palette_query,
            "passthrough": self._passthrough,
            "sync": self._sync,
        }

    def handle(self, pane: Pane, kind: str, value: object) -> None:
        """One event. A kind without a handler concerns the screen only, which is redrawn anyway."""
        handler = self._handlers.get(kind)
        if handler is not None:
            handler(pane, value)

    def _alternate(self, pane: Pane, value: object) -> None:
        """The alternate screen has no scrollbar: its room goes to the program, or comes back."""
        if pane.window.options.get_string("pane-scrollbars") != "off":
            self._server.windows.refit(pane.window)

    def _bell(self, pane: Pane, value: object) -> None:
        self._server.windows.alerts.queue(pane.window, "bell")

    def _title(self, pane: Pane, value: object) -> None:
        self._server.notify("pane-title-changed", pane=pane, window=pane.window)
        self._server.clients.redraw_window_status(pane.window)

    def _path(self, pane: Pane, value: object) -> None:
        self._server.clients.redraw_window_status(pane.window)

    def _rename(self, pane: Pane, value: object) -> None:
        """ESC k: the program names its window; an empty name gives it back to automatic-rename."""
        window = pane.window
        name = str(value)
        if name:
            window.options.set("automatic-rename", 0)
            self._server.windows.rename(window, name)
        else:
            window.options.unset("automatic-rename")
            if not window.options.get_flag("automatic-rename"):
                self._server.windows.rename(window, "")

    def _clipboard_set(self, pane: Pane, value: object) -> None:
        """OSC 52: a paste buffer of our own, and the clipboard of whoever looks at the pane."""
        assert isinstance(value, tuple)
        targets, data = value
        self._server.buffers.store(data)
        self._server.notify("pane-set-clipboard", pane=pane, window=pane.window)
        self._server.clients.set_clipboard(pane.window, targets, data)

    def _clipboard_query(self, pane: Pane, value: object) -> None:
        """OSC 52 with `?`: the answer is the newest paste buffer, or what the terminal has."""
        assert isinstance(value, tuple)
        target, end = value
        if self._server.model.server_options.get_string("get-clipboard") in ("request", "both"):
            self._server.requests.ask_clipboard(pane, target, end)
            return
        buffer = self._server.model.buffers.top()
        if buffer is not None:
            self._server.panes.write(pane, clipboard_reply(target, buffer.data, end))

    def _palette_query(self, pane: Pane, value: object) -> None:
        """OSC 4 with `?` for a colour that nobody has set."""
        assert isinstance(value, tuple)
        self._server.requests.ask_palette(pane, *value)

    def _passthrough(self, pane: Pane, value: object) -> None:
        assert isinstance(value, bytes)
        self._server.clients.passthrough(pane, value)

    def _sync(self, pane: Pane, value: object) -> None:
        """Synchronised output (mode 2026) began or ended: hold redraws back, for a second at the most."""
        self._server.panes.set_sync(pane, bool(value))
