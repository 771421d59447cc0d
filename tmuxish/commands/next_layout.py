"""Arrange the panes of a window in the next or previous of the named layouts."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.select_layout import changed
from tmuxish.grammar.command import WINDOW, Command, Target
from tmuxish.model import layout_named, layout_string
from tmuxish.model.window import Window


def run_next(ctx: Context) -> None:
    window = _prepared(ctx)
    layout_named.select_next(window)
    changed(ctx, window)


def run_previous(ctx: Context) -> None:
    window = _prepared(ctx)
    layout_named.select_previous(window)
    changed(ctx, window)


def _prepared(ctx: Context) -> Window:
    """The target, not zoomed, its layout kept for select-layout -o."""
    window = ctx.winlink().window
    ctx.server.windows.unzoom(window)
    window.old_layout = layout_string.dump(window)
    return window


NEXT = Command(
    "next-layout",
    "nextl",
    "[-t target-window]",
    run=run_next,
    target=Target("t", WINDOW),
    after_hook=True,
)
PREVIOUS = Command(
    "previous-layout",
    "prevl",
    "[-t target-window]",
    run=run_previous,
    target=Target("t", WINDOW),
    after_hook=True,
)
