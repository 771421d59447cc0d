"""Start a program again in a pane that exists: the same one, or another."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.spawning import Spawn, start_directory, variables_of
from tmuxish.grammar.command import PANE, Command, Target


def respawn_request(ctx: Context) -> Spawn:
    """What respawn-pane and respawn-window were asked to start; without -c the pane's directory stays."""
    args, session = ctx.args, ctx.session()
    template = args.get("c")
    return Spawn(
        session,
        argv=args.texts(),
        client=ctx.client,
        cwd=start_directory(ctx, session, template) if template is not None else None,
        environment=variables_of(ctx),
        kill=args.has("k"),
    )


def run(ctx: Context) -> None:
    pane = ctx.pane()
    try:
        ctx.server.panes.respawn(pane, ctx.winlink(), respawn_request(ctx))
    except CommandError as error:
        raise CommandError(f"respawn pane failed: {error}") from None
    ctx.server.clients.redraw_window(pane.window)
    ctx.server.clients.redraw_window_status(pane.window)


COMMAND = Command(
    "respawn-pane",
    "respawnp",
    "[-k] [-c start-directory] [-e environment] [-t target-pane] [shell-command [argument ...]]",
    run=run,
    target=Target("t", PANE),
)
