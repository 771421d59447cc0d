"""Make a pane that floats above the others; with -L one among them, as split-window does."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.split_window import create_pane, make_cell
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model import layout
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.numbers import NumberError, parse_percentage

# How much further right and down each pane floats that is not told where.
STEP_X = 4
STEP_Y = 2


async def run(ctx: Context) -> None:
    await create_pane(ctx, make_cell if ctx.args.has("L") else make_floating_cell)


def make_floating_cell(ctx: Context, window: Window, beside: Pane) -> layout.Cell:
    """A cell of the size -x and -y (a half by a quarter of the window) at -X and -Y, which may be partly
    outside the window."""
    cols = _size(ctx, "x", 1, window.cols - 1, window.cols)
    rows = _size(ctx, "y", 1, window.rows - 1, window.rows)
    cols = window.cols // 2 if cols is None else cols
    rows = window.rows // 4 if rows is None else rows
    x = _size(ctx, "X", -cols, window.cols, window.cols)
    y = _size(ctx, "Y", -rows, window.rows, window.rows)
    last_x, last_y = window.last_floating
    if x is None:
        last_x = x = STEP_X if last_x > window.cols else last_x + STEP_X
    if y is None:
        last_y = y = STEP_Y if last_y > window.rows else last_y + STEP_Y
    window.last_floating = last_x, last_y
    ctx.server.windows.unzoom(window)
    return layout.add_floating(window, max(cols, 1), max(rows, 1), x, y)


def _size(ctx: Context, flag: str, low: int, high: int, whole: int) -> int | None:
    """The cells or percents of `whole` that a flag says; None if it was not given."""
    text = ctx.args.get(flag)
    if text is None:
        return None
    try:
        return parse_percentage(ctx.format(text), low, high, whole)
    except NumberError as error:
        raise CommandError(f"size or position {error}") from None


COMMAND = Command(
    "new-pane",
    "newp",
    "[-bdefhIklPvZ] [-c start-directory] [-e environment] [-F format] [-l size] [-m message] [-p percentage] "
    "[-s style] [-S active-border-style] [-R inactive-border-style] [-x width] [-y height] [-X x-position] "
    "[-Y y-position] [-t target-pane] [shell-command [argument ...]]",
    run=run,
    target=Target("t", PANE),
    extra_flags="EL",
)
