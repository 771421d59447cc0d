"""Destroy a pane, and its window with its last pane; with -a all panes of the window but this."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import PANE, Command, Target


def run(ctx: Context) -> None:
    pane = ctx.pane()
    if not ctx.args.has("a"):
        ctx.server.panes.kill(pane)
        return
    window = pane.window
    ctx.server.windows.unzoom(window)
    for other in [each for each in window.panes if each is not pane]:
        ctx.server.windows.remove_pane(other)
    ctx.server.clients.redraw_window(window)


COMMAND = Command(
    "kill-pane", "killp", "[-a] [-t target-pane]", run=run, target=Target("t", PANE), after_hook=True
)
