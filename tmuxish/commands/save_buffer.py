"""Write a paste buffer to a file (`-`: the client's standard output), with -a to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands import client_files
from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command

if TYPE_CHECKING:
    from tmuxish.model.buffers import Buffer


async def run(ctx: Context) -> None:
    buffer = buffer_to_read(ctx)
    await write_buffer(ctx, buffer, ctx.format(ctx.args.text(0) or ""))


def buffer_to_read(ctx: Context) -> Buffer:
    """The buffer that -b names, or the newest automatic one. Raises CommandError."""
    name = ctx.args.get("b")
    buffer = ctx.model.buffers.top() if name is None else ctx.model.buffers.find(name)
    if buffer is None:
        raise CommandError("no buffers" if name is None else f"no buffer {name}")
    return buffer


async def write_buffer(ctx: Context, buffer: Buffer, path: str) -> None:
    """The buffer's bytes, as they are, into `path`."""
    path = client_files.full_path(ctx, path)
    error = await client_files.write(ctx, path, buffer.data, append=ctx.args.has("a"))
    if error:
        client_files.failure(ctx, error, path)


COMMAND = Command("save-buffer", "saveb", "[-a] [-b buffer-name] path", run=run, after_hook=True)
