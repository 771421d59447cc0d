"""Panes that change places: swapped, rotated, broken off into a window of their own, joined to another.

Their programs go on; what changes is whose panes they are, which cells hold them and which are active.
"""

from __future__ import annotations

from tmuxish.model import layout
from tmuxish.server.policy import apply_policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.layout import Cell
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window
    from tmuxish.server.server import Server


class PaneMoves:
    """What moves panes between places and windows."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def swap(self, source: Pane, target: Pane, *, select: bool) -> None:
        """Let two panes trade places; neither may float.

        select: make what came into a place active, not just where the pane that left was.
        """
        source_window, target_window = source.window, target.window
        for ours, theirs in (
            (source_window.panes, target_window.panes),
            (source_window.z_index, target_window.z_index),
        ):
            here, there = ours.index(source), theirs.index(target)
            ours[here], theirs[there] = target, source
        layout.swap(source, target)
        self._server.clients.pane_lost(source)
        self._server.clients.pane_lost(target)
        self._adopt(source, target_window)
        self._adopt(target, source_window)
        windows = self._server.windows
        if source_window is target_window:
            layout.fix(source_window)
            windows.fit_panes(source_window)
            self._activate_swapped(source_window, source, target, select=select)
        else:
            for window, gone, come in ((source_window, source, target), (target_window, target, source)):
                layout.fix(window)
                windows.fit_panes(window)
                if select or window.active is gone:
                    windows.set_active(window, come)
                if gone in window.last_panes:
                    window.last_panes.remove(gone)
        for window in dict.fromkeys((source_window, target_window)):
            windows.layout_changed(window)

    def _activate_swapped(self, window: Window, source: Pane, target: Pane, *, select: bool) -> None:
        if select or window.active is source:
            self._server.windows.set_active(window, target)
        if not select and window.active is target:
            self._server.windows.set_active(window, source)

    def rotate(self, window: Window, *, down: bool) -> Pane:
        """Move every pane to the place of the next one (`down`) or the one before.

        The active place stays active; return the pane that is there now.
        """
        assert window.active is not None
        place = window.panes.index(window.active)
        places = [(pane.cell, pane.xoff, pane.yoff, pane.cols, pane.rows) for pane in window.panes]
        if down:
            window.panes.insert(0, window.panes.pop())
        else:
            window.panes.append(window.panes.pop(0))
        for pane, (cell, *geometry) in zip(window.panes, places, strict=True):
            if cell is not None:
                cell.hold(pane)
            pane.xoff, pane.yoff, pane.cols, pane.rows = geometry
        self._server.windows.fit_panes(window)
        active = window.panes[place]
        self._server.windows.set_active(window, active)
        self._server.clients.redraw_window(window)
        return active

    def break_off(self, pane: Pane, client: Client | None) -> Window:
        """Give a pane a window of its own, which no session links yet and which has no name."""
        old = pane.window
        self._server.windows.lose_pane(old, pane)
        layout.close(old, pane)
        self._server.windows.layout_changed(old)
        window = self._server.windows.create(old.cols, old.rows, client)
        self._adopt(pane, window)
        window.panes.append(pane)
        window.z_index.append(pane)
        window.active = pane
        layout.init(window, pane)
        self._server.windows.fit_panes(window)
        return window

    def join(self, pane: Pane, beside: Pane, cell: Cell) -> None:
        """Move a pane behind `beside` in the list of that one's window and into `cell` of its layout.

        The window it leaves may be empty afterwards.
        """
        old, window = pane.window, beside.window
        layout.close(old, pane)
        self._server.windows.layout_changed(old)
        self._server.windows.lose_pane(old, pane)
        self._adopt(pane, window)
        for panes in (window.panes, window.z_index):
            panes.insert(panes.index(beside) + 1, pane)
        cell.hold(pane)
        layout.fix(window)
        self._server.windows.fit_panes(window)

    def _adopt(self, pane: Pane, window: Window) -> None:
        """Make the pane one of `window`, whose options count for it from now on."""
        pane.window = window
        pane.options.parent = window.options
        apply_policy(pane.emulator, pane.options, self._server.model)
        self._server.surroundings.window_changed(window)
