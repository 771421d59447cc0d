"""Suspend a client, as Ctrl-Z would suspend another program."""

from __future__ import annotations

import sys

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command


def run(ctx: Context) -> None:
    if sys.platform == "win32":
        raise CommandError("clients can't be suspended on Windows, which has no job control")
    assert ctx.target_client is not None  # the entry demands one
    ctx.server.clients.suspend(ctx.target_client)


COMMAND = Command("suspend-client", "suspendc", "[-t target-client]", run=run, client="t")
