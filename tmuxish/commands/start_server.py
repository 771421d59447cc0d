"""Start a server, if there is none: getting here has done it."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import Command


def run(ctx: Context) -> None:
    """The client has started the server on the way."""


COMMAND = Command("start-server", "start", "", run=run, start_server=True)
