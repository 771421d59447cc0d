"""Let two panes trade places, also between windows: with the one named, the next (-D) or previous (-U)."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import DEFAULT_MARKED, PANE, Command, Target
from tmuxish.model import layout
from tmuxish.model.pane import Pane


def run(ctx: Context) -> None:
    windows, target = ctx.server.windows, ctx.pane()
    zoomed = {target.window: target.window.zoomed}
    windows.unzoom(target.window)
    source = _source(ctx, target)
    zoomed.setdefault(source.window, source.window.zoomed)
    windows.unzoom(source.window)
    if source is not target:
        if layout.is_floating(source) or layout.is_floating(target):
            raise CommandError("cannot swap floating panes")
        ctx.server.pane_moves.swap(source, target, select=not ctx.args.has("d"))
    for window, was_zoomed in zoomed.items():
        if ctx.args.has("Z") and was_zoomed and window.active is not None:
            windows.zoom(window, window.active)


def _source(ctx: Context, target: Pane) -> Pane:
    panes = target.window.panes
    if ctx.args.has("D"):
        return panes[(panes.index(target) + 1) % len(panes)]
    if ctx.args.has("U"):
        return panes[panes.index(target) - 1]
    assert ctx.source.pane is not None
    return ctx.source.pane


COMMAND = Command(
    "swap-pane",
    "swapp",
    "[-dDUZ] [-s src-pane] [-t dst-pane]",
    run=run,
    source=Target("s", PANE, DEFAULT_MARKED),
    target=Target("t", PANE),
)
