"""Forget a pane's scrollback, and with -H its hyperlinks too; end the modes that show them."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import PANE, Command, Target


def run(ctx: Context) -> None:
    pane = ctx.pane()
    ctx.server.pane_modes.leave_all(pane)
    pane.emulator.clear_history(hyperlinks=ctx.args.has("H"))
    ctx.server.clients.redraw_window(pane.window)


COMMAND = Command(
    "clear-history", "clearhist", "[-H] [-t target-pane]", run=run, target=Target("t", PANE), after_hook=True
)
