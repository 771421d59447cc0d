"""Wait until a channel is signalled (-S), or hold a channel as a lock (-L, -U)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command

if TYPE_CHECKING:
    from tmuxish.server.loop import Future


async def run(ctx: Context) -> None:
    channels, name = ctx.server.channels, ctx.args.text(0) or ""
    if ctx.args.has("S"):
        channels.signal(name)
    elif ctx.args.has("L"):
        await _as_client(ctx, channels.lock(name))
    elif ctx.args.has("U"):
        if not channels.unlock(name):
            raise CommandError(f"channel {name} not locked")
    elif ctx.client is None:
        raise CommandError("not able to wait")
    else:
        await _as_client(ctx, channels.wait(name))


async def _as_client(ctx: Context, turn: Future[None]) -> None:
    """Wait for `turn`, giving the place up if the client goes away first."""
    if ctx.client is None:
        raise CommandError("not able to lock")
    if turn.done:
        return
    lost = ctx.server.clients.connection(ctx.client).on_lost

    def give_up() -> None:
        ctx.server.channels.abandon(turn)

    lost.append(give_up)
    await turn
    lost.remove(give_up)


COMMAND = Command("wait-for", "wait", "[-L|-S|-U] channel", run=run)
