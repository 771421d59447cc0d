"""Rename a window, and stop automatic-rename from doing it."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.new_window import expanded_name
from tmuxish.grammar.command import WINDOW, Command, Target


def run(ctx: Context) -> None:
    window = ctx.winlink().window
    name = expanded_name(ctx, ctx.args.text(0), ctx.target)
    assert name is not None  # the usage demands an operand
    ctx.server.windows.rename(window, name)
    window.options.set("automatic-rename", 0)


COMMAND = Command(
    "rename-window",
    "renamew",
    "[-t target-window] new-name",
    run=run,
    target=Target("t", WINDOW),
    after_hook=True,
)
