"""The client's standard input into an empty pane: `split-window -I`, `display-message -I`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.errors import CommandError

if TYPE_CHECKING:
    from tmuxish.commands.context import Context
    from tmuxish.model.pane import Pane


async def pour_input(ctx: Context, pane: Pane) -> None:
    """Show what comes on the client's standard input in `pane` until it ends. An attached client has none."""
    client, server = ctx.client, ctx.server
    if not pane.empty:
        raise CommandError("pane is not empty")
    if client is None or client.session is not None:
        return

    def show(data: bytes) -> None:
        if pane.id in ctx.model.panes:
            server.panes.output(pane, data)

    await server.clients.connection(client).read_file("-", show)
