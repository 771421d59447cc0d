"""End the server: every session, program and client."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import Command


def run(ctx: Context) -> None:
    ctx.server.stop(ctx.client)


COMMAND = Command("kill-server", None, "", run=run)
