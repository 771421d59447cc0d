"""Show a clock in a pane."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import PANE, Command, Target


def run(ctx: Context) -> None:
    from tmuxish.modes.clock import ClockMode

    pane, modes = ctx.pane(), ctx.server.pane_modes
    if modes.raise_or_none(pane, ClockMode.name) is None:
        modes.enter(pane, ClockMode(ctx.server, pane))


COMMAND = Command(
    "clock-mode",
    None,
    "[-t target-pane]",
    run=run,
    target=Target("t", PANE),
    after_hook=True,
)
