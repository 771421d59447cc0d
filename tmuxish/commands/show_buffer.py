"""Print a paste buffer: its bytes as they are, without a line end. An attached client shows them."""

from __future__ import annotations

from tmuxish.commands import client_files
from tmuxish.commands.context import Context
from tmuxish.commands.save_buffer import buffer_to_read, write_buffer
from tmuxish.grammar.command import Command


async def run(ctx: Context) -> None:
    buffer = buffer_to_read(ctx)
    if ctx.client is not None and (ctx.client.session is not None or ctx.client.control):
        ctx.print(buffer.data.decode("utf-8", "surrogateescape"))
    else:
        await write_buffer(ctx, buffer, client_files.STANDARD)


COMMAND = Command("show-buffer", "showb", "[-b buffer-name]", run=run, after_hook=True)
