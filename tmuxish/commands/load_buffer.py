"""Read a file (`-`: the client's standard input) into a paste buffer, and with -w into the target client's
clipboard. A file that cannot be read does not stop the commands after this one."""

from __future__ import annotations

from tmuxish.commands import client_files
from tmuxish.commands.context import Context
from tmuxish.commands.set_buffer import set_clipboard
from tmuxish.grammar.command import Command
from tmuxish.model.buffers import BufferError


async def run(ctx: Context) -> None:
    path = client_files.full_path(ctx, ctx.format(ctx.args.text(0) or ""))
    data, error = await client_files.read(ctx, path)
    if error:
        client_files.failure(ctx, error, path)
        return
    try:
        buffer = ctx.server.buffers.store(data, ctx.args.get("b"))
    except BufferError as problem:
        ctx.report(str(problem))
        return
    if buffer is not None and ctx.args.has("w"):
        set_clipboard(ctx, ctx.target_client, data)


COMMAND = Command(
    "load-buffer",
    "loadb",
    "[-b buffer-name] [-t target-client] path",
    run=run,
    client="t",
    client_can_fail=True,
    after_hook=True,
    extra_flags="w",
)
