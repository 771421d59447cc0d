"""Delete a paste buffer: the one named, or the newest automatic one."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.set_buffer import buffer_to_change
from tmuxish.grammar.command import Command


def run(ctx: Context) -> None:
    ctx.server.buffers.delete(buffer_to_change(ctx))


COMMAND = Command("delete-buffer", "deleteb", "[-b buffer-name]", run=run, after_hook=True)
