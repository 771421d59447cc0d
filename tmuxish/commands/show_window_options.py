"""show-options for the options of windows: -w is understood."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.show_options import print_options
from tmuxish.grammar.command import CAN_FAIL, WINDOW, Command, Target


def run(ctx: Context) -> None:
    print_options(ctx, window_command=True)


COMMAND = Command(
    "show-window-options",
    "showw",
    "[-gv] [-t target-window] [option]",
    run=run,
    target=Target("t", WINDOW, CAN_FAIL),
    after_hook=True,
)
