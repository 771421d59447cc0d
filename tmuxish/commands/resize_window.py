"""Give a window a size of its own, and keep it (window-size becomes manual)."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.resize_pane import adjustment_of
from tmuxish.grammar.command import WINDOW, Command, Target
from tmuxish.model.window import WINDOW_MAXIMUM, WINDOW_MINIMUM
from tmuxish.numbers import NumberError


def run(ctx: Context) -> None:
    args, window = ctx.args, ctx.winlink().window
    adjustment = adjustment_of(ctx)
    cols = _size(ctx, "x", "width", window.cols)
    rows = _size(ctx, "y", "height", window.rows)
    if args.has("L"):
        cols -= adjustment if cols >= adjustment else 0
    elif args.has("R"):
        cols += adjustment
    elif args.has("U"):
        rows -= adjustment if rows >= adjustment else 0
    elif args.has("D"):
        rows += adjustment
    if args.has("A"):
        cols, rows = ctx.server.windows.size_for(ctx.session(), window, "largest")
    elif args.has("a"):
        cols, rows = ctx.server.windows.size_for(ctx.session(), window, "smallest")
    window.options.set("window-size", "manual")
    window.manual_size = (cols, rows)
    ctx.server.windows.resize(window, cols, rows)


def _size(ctx: Context, flag: str, word: str, current: int) -> int:
    if not ctx.args.has(flag):
        return current
    try:
        return ctx.args.number(flag, WINDOW_MINIMUM, WINDOW_MAXIMUM)
    except NumberError as error:
        raise CommandError(f"{word} {error}") from None


COMMAND = Command(
    "resize-window",
    "resizew",
    "[-aADLRU] [-x width] [-y height] [-t target-window] [adjustment]",
    run=run,
    target=Target("t", WINDOW),
    after_hook=True,
)
