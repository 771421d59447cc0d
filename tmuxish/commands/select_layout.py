"""Arrange the panes of a window: by name, by a layout string, the next or previous way, or evenly spread."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model import layout, layout_named, layout_string
from tmuxish.model.window import Window


def run(ctx: Context) -> None:
    args, pane = ctx.args, ctx.pane()
    window = pane.window
    ctx.server.windows.unzoom(window)
    undone = window.old_layout
    before = layout_string.dump(window)
    if args.has("n"):
        layout_named.select_next(window)
    elif args.has("p"):
        layout_named.select_previous(window)
    elif args.has("E"):
        layout.spread_out(window, pane)
    elif not _choose(ctx, window, undone):
        window.old_layout = before
        return
    window.old_layout = before
    changed(ctx, window, chosen=not args.has("E"))


def _choose(ctx: Context, window: Window, undone: str) -> bool:
    """The layout named by the operand, by -o, or used last. False if there is none to choose."""
    text = ctx.args.text(0)
    undo = ctx.args.has("o")
    if text is None and undo:
        text = undone or None
    if not undo:
        number = layout_named.lookup(text) if text is not None else window.last_layout
        if number is not None and number != -1:
            layout_named.select(window, number)
            return True
    if text is None:
        return False
    try:
        layout_string.apply(window, text)
    except layout.LayoutError as error:
        raise CommandError(f"{error}: {text}") from None
    return True


def changed(ctx: Context, window: Window, *, chosen: bool = True) -> None:
    """Let screens and clients follow a new layout. One that was chosen, not made by spreading panes out, is
    told twice, as in tmux."""
    ctx.server.windows.layout_changed(window)
    if chosen and len(window.panes) > 1:
        ctx.server.notify("window-layout-changed", window=window)
    ctx.server.windows.recalculate_sizes()


COMMAND = Command(
    "select-layout",
    "selectl",
    "[-Enop] [-t target-pane] [layout-name]",
    run=run,
    target=Target("t", PANE),
    after_hook=True,
)
