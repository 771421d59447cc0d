"""Start a program again in a window: its first pane is kept, the others go."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.respawn_pane import respawn_request
from tmuxish.grammar.command import WINDOW, Command, Target


def run(ctx: Context) -> None:
    window = ctx.winlink().window
    try:
        ctx.server.windows.respawn(ctx.winlink(), respawn_request(ctx))
    except CommandError as error:
        raise CommandError(f"respawn window failed: {error}") from None
    ctx.server.clients.redraw_window(window)
    ctx.server.clients.redraw_window_status(window)


COMMAND = Command(
    "respawn-window",
    "respawnw",
    "[-k] [-c start-directory] [-e environment] [-t target-window] [shell-command [argument ...]]",
    run=run,
    target=Target("t", WINDOW),
)
