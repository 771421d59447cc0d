"""Move every pane of a window to the place of the one before it, or with -D of the next one."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import WINDOW, Command, Target
from tmuxish.targets import Found


def run(ctx: Context) -> None:
    window = ctx.winlink().window
    keep_zoom = ctx.args.has("Z") and window.zoomed
    ctx.server.windows.unzoom(window)
    active = ctx.server.pane_moves.rotate(window, down=ctx.args.has("D"))
    ctx.state.current = Found(ctx.session(), ctx.winlink(), active)
    if keep_zoom:
        ctx.server.windows.zoom(window, active)


COMMAND = Command(
    "rotate-window", "rotatew", "[-DUZ] [-t target-window]", run=run, target=Target("t", WINDOW)
)
