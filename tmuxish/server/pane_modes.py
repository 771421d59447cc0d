"""Panes in modes: entering and leaving them, and keys for the one on top.

A pane may have several modes, stacked; only the top one is shown. The program below goes on all the while.
"""

from __future__ import annotations

from tmuxish.early import cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window
    from tmuxish.modes.base import PaneMode
    from tmuxish.server.server import Server


class PaneModes:
    """The modes of all panes of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def top(self, pane: Pane) -> PaneMode | None:
        """The mode that is shown, if any."""
        return cast("PaneMode", pane.modes[0]) if pane.modes else None

    def find(self, pane: Pane, name: str) -> PaneMode | None:
        """The pane's mode of that name, shown or not."""
        return next((cast("PaneMode", mode) for mode in pane.modes if mode.name == name), None)

    def raise_or_none(self, pane: Pane, name: str) -> PaneMode | None:
        """The mode of that name, brought to the top, if the pane has it: nobody is in the same mode twice."""
        mode = self.find(pane, name)
        if mode is not None and pane.modes[0] is not mode:
            pane.modes.remove(mode)
            pane.modes.insert(0, mode)
            if (mode.screen.cols, mode.screen.rows) != (pane.cols, pane.rows):
                mode.resize(pane.cols, pane.rows)
            self._changed(pane)
        return mode

    def enter(self, pane: Pane, mode: PaneMode) -> None:
        """Put a new mode on top and let it draw itself."""
        pane.modes.insert(0, mode)
        mode.draw()
        self._changed(pane)

    def show_output(self, pane: Pane, text: str) -> None:
        """Output of a command, in place of the pane (view mode), below what is shown there already."""
        from tmuxish.modes.view import show_lines  # a detached server may never need it

        lines = text.encode("utf-8", "surrogateescape").split(b"\n")
        show_lines(self._server, pane, lines if lines[-1] else lines[:-1])

    def leave(self, pane: Pane) -> None:
        """End the mode on top; the one below it, or the program, is shown again."""
        if not pane.modes:
            return
        mode = cast("PaneMode", pane.modes.pop(0))
        mode.close()
        mode.restore()
        if pane.modes:
            pane.modes[0].resize(pane.cols, pane.rows)
        else:
            pane.unseen_changes = False
        self._changed(pane)

    def leave_all(self, pane: Pane) -> None:
        """End all modes of the pane."""
        while pane.modes:
            self.leave(pane)

    def update(self, window: Window) -> None:
        """Options, styles or what is listed may be others: the modes shown in that window look again."""
        for pane in list(window.panes):
            mode = self.top(pane)
            if mode is not None:
                mode.update()

    def forget(self, pane: Pane) -> None:
        """The pane is going: its modes end without anything being drawn or told."""
        modes, pane.modes = pane.modes, []
        for mode in modes:
            mode.close()

    def _changed(self, pane: Pane) -> None:
        window = pane.window
        if window.options.get_string("pane-scrollbars") == "modal":
            self._server.windows.refit(window)
        if pane is window.active:
            self._server.windows.schedule_rename(window)  # automatic-rename-format tells of modes
        self._server.clients.redraw_window(window)
        self._server.clients.redraw_window_status(window)
        self._server.notify("pane-mode-changed", pane=pane)

    # -- keys ----------------------------------------------------------------------------------

    def key_table(self, pane: Pane) -> str | None:
        """The key table that the mode on top wants instead of the usual one."""
        mode = self.top(pane)
        return None if mode is None else mode.key_table

    def press(self, pane: Pane, who: Presser, press: KeyPress) -> None:
        """A key that nothing is bound to, for the mode on top."""
        mode = self.top(pane)
        if mode is not None:
            from tmuxish.grammar.keys import MASK_FLAGS
            from tmuxish.keys.press import KeyPress

            mode.key(who, KeyPress(press.key & ~MASK_FLAGS, press.mouse, typed=press.typed))
