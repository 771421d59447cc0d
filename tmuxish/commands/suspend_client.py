"""Suspend a client, as Ctrl-Z would suspend another program."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import Command


def run(ctx: Context) -> None:
    assert ctx.target_client is not None  # the entry demands one
    ctx.server.clients.suspend(ctx.target_client)


COMMAND = Command("suspend-client", "suspendc", "[-t target-client]", run=run, client="t")
