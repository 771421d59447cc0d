"""Make the pane active that was before; or switch its input off (-d) or on (-e)."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.select_pane import select_last
from tmuxish.grammar.command import WINDOW, Command, Target


def run(ctx: Context) -> None:
    select_last(ctx, ctx.winlink().window)


COMMAND = Command("last-pane", "lastp", "[-deZ] [-t target-window]", run=run, target=Target("t", WINDOW))
