"""Make a paste buffer of the operand, add to one with -a, or rename one with -n. -w also sets the clipboard
of the target client."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command
from tmuxish.model.buffers import BufferError

if TYPE_CHECKING:
    from tmuxish.model.buffers import Buffer
    from tmuxish.model.client import Client


def run(ctx: Context) -> None:
    args = ctx.args
    if args.has("n"):
        _rename(ctx)
        return
    text = args.text(0)
    if text is None:
        raise CommandError("no data specified")
    if not text:
        return
    data, name = os.fsencode(text), args.get("b")
    if args.has("a") and name is not None:
        old = ctx.model.buffers.find(name)
        data = (old.data if old is not None else b"") + data
    try:
        ctx.server.buffers.store(data, name)
    except BufferError as error:
        raise CommandError(str(error)) from None
    if args.has("w"):
        set_clipboard(ctx, ctx.target_client, data)


def _rename(ctx: Context) -> None:
    try:
        ctx.server.buffers.rename(buffer_to_change(ctx).name, ctx.args.get("n"))
    except BufferError as error:
        raise CommandError(str(error)) from None


def buffer_to_change(ctx: Context) -> Buffer:
    """The buffer that -b names, or the newest automatic one. Raises CommandError."""
    name = ctx.args.get("b")
    if name is not None:
        buffer = ctx.model.buffers.find(name)
        if buffer is None:
            raise CommandError(f"unknown buffer: {name}")
        return buffer
    top = ctx.model.buffers.top()
    if top is None:
        raise CommandError("no buffer")
    return top


def set_clipboard(ctx: Context, client: Client | None, data: bytes) -> None:
    """Hand `data` to the clipboard of a client's terminal, if it is attached."""
    view = ctx.server.clients.view(client) if client is not None else None
    if view is not None:
        view.set_clipboard("", data)


COMMAND = Command(
    "set-buffer",
    "setb",
    "[-aw] [-b buffer-name] [-n new-buffer-name] [-t target-client] [data]",
    run=run,
    client="t",
    client_can_fail=True,
    after_hook=True,
)
