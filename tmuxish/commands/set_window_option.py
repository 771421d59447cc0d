"""set-option for the options of windows: -w is understood."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.set_option import change_option
from tmuxish.grammar.command import CAN_FAIL, WINDOW, Command, Target, operands_after_first


def run(ctx: Context) -> None:
    change_option(ctx, window_command=True)


COMMAND = Command(
    "set-window-option",
    "setw",
    "[-aFgoqu] [-t target-window] option [value]",
    run=run,
    target=Target("t", WINDOW, CAN_FAIL),
    after_hook=True,
    blocks=operands_after_first,
)
