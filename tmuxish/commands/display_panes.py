"""Show the numbers of panes on a client's terminal; a number or letter then chooses one.

Without -b the queue waits until they are gone. -N: any key ends it, and counts as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.deferred import DeferredCommands
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command, every_operand
from tmuxish.grammar.errors import ParseError
from tmuxish.numbers import UINT_MAX, NumberError

if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.loop import Future

TEMPLATE = 'select-pane -t "%%%"'


async def run(ctx: Context) -> None:
    waiting = _show(ctx)
    if waiting is not None:
        await waiting


def _show(ctx: Context) -> Future[None] | None:
    """Show the numbers; what it returns, unless nobody is to wait, is done when they are gone."""
    from tmuxish.display.pane_numbers import PaneNumbers
    from tmuxish.server.loop import Future

    client = ctx.target_client
    view = ctx.server.clients.view(client) if client is not None else None
    if client is None or view is None or view.overlay is not None:
        return None
    delay = _delay(ctx, client)
    commands = DeferredCommands(ctx, default=TEMPLATE)
    gone: Future[None] = Future()
    overlay = PaneNumbers(
        client,
        view.screen,
        lambda pane: _chosen(ctx, client, pane, commands),
        lambda: gone.set_result(None),
        takes_keys=not ctx.args.has("N"),
    )
    view.set_overlay(overlay, delay)
    return None if ctx.args.has("b") else gone


def _delay(ctx: Context, client: Client) -> int:
    """Milliseconds; 0 until a key is pressed."""
    if not ctx.args.has("d"):
        return client.session.options.get_number("display-panes-time") if client.session is not None else 0
    try:
        return ctx.args.number("d", 0, UINT_MAX)
    except NumberError as error:
        raise CommandError(f"delay {error}") from None


def _chosen(ctx: Context, client: Client, pane: Pane, commands: DeferredCommands) -> None:
    """A pane's key was pressed: run the template for it, after this command if that waits."""
    server = ctx.server
    server.windows.unzoom(pane.window)
    try:
        filled = commands.fill([pane.name])
    except ParseError as error:
        server.report_error(client, str(error))
        return
    if ctx.args.has("b"):
        server.queue_of(client).submit(filled)
    else:
        ctx.followers.append((filled, ctx.state))


COMMAND = Command(
    "display-panes",
    "displayp",
    "[-bN] [-d duration] [-t target-client] [template]",
    run=run,
    client="t",
    after_hook=True,
    blocks=every_operand,
)
