"""A model with one session, for views of it without a server."""

from __future__ import annotations

from typing import Any

from tmuxish.current import Found
from tmuxish.display.client_view import ClientView
from tmuxish.emulator.emulator import Emulator
from tmuxish.formats.scope import Scope
from tmuxish.model.client import Client
from tmuxish.model.environment import Environment
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane
from tmuxish.model.server import Model
from tmuxish.model.session import Session, Winlink
from tmuxish.model.window import Window


class World:
    """A model with one session, and what a view asks of a server."""

    def __init__(self, cols: int, rows: int, panes: list[tuple[int, int, int, int]]) -> None:
        """`panes`: column, row, columns and rows of each."""
        self.commands_run = 0
        self.model = model = Model()
        self.session = Session(0, "s", "/", Options.for_session(model.session_options), Environment())
        self.session.options.set("status-right", "")
        self.window = window = Window(0, cols, rows, Options.for_window(model.window_options))
        window.name = "w"
        winlink = Winlink(self.session, 0, window)
        window.winlinks.append(winlink)
        self.session.winlinks[0] = self.session.current = winlink
        for number, (x, y, width, height) in enumerate(panes):
            pane = Pane(number, window, Options.for_pane(window.options), Emulator(width, height))
            pane.xoff, pane.yoff = x, y
            window.panes.append(pane)
            model.panes[number] = pane
        window.z_index = list(window.panes)
        window.active = window.panes[0]
        model.sessions[0], model.windows[0] = self.session, window

    def scope(self, found: Found, *, client: Client | None = None, **more: Any) -> Scope:
        return Scope(self.model, client, found.session, found.winlink, found.pane, **more)

    def attach(self, cols: int, rows: int, term: str = "xterm-256color") -> ClientView:
        client = Client(0)
        client.cols, client.rows, client.term_name, client.utf8 = cols, rows, term, True
        client.session = self.session
        return ClientView(self, client)


def shell(cols: int = 80, rows: int = 24) -> tuple[World, ClientView]:
    world = World(cols, rows - 1, [(0, 0, cols, rows - 1)])
    return world, world.attach(cols, rows)
