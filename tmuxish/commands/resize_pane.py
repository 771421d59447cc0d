"""Resize a pane: by an adjustment, to a size, by mouse; zoom it; or trim the lines below its cursor."""

from __future__ import annotations

from collections.abc import Iterator

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model import layout
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.numbers import INT_MAX, NumberError, parse_number
from tmuxish.targets import mouse_pane

DIRECTIONS = {
    "L": (layout.LEFT_RIGHT, -1),
    "R": (layout.LEFT_RIGHT, 1),
    "U": (layout.TOP_BOTTOM, -1),
    "D": (layout.TOP_BOTTOM, 1),
}


def run(ctx: Context) -> None:
    args, pane = ctx.args, ctx.pane()
    window, windows = pane.window, ctx.server.windows
    if args.has("T"):
        if not pane.mode:
            pane.emulator.trim_below_cursor()
            ctx.server.clients.redraw_window(window)
    elif args.has("M"):
        _drag(ctx)
    elif args.has("Z"):
        if not windows.unzoom(window):
            windows.zoom(window, pane)
    else:
        windows.unzoom(window)
        for changed in _resize(ctx, window, pane):
            if changed:
                windows.layout_changed(window)


def _drag(ctx: Context) -> None:
    """-M: from now on the mouse moves the border it is on. Without a mouse event nothing happens."""
    event, client = ctx.state.event, ctx.client
    found = mouse_pane(ctx.model, event.mouse) if event is not None and event.mouse is not None else None
    view = ctx.server.clients.view(client) if client is not None else None
    if found is None or found.pane is None or view is None or client is None:
        return
    if client.session is found.session:
        from tmuxish.server.border_drags import start  # for attached clients only

        start(ctx.server, view, found.pane, event.mouse)


def _resize(ctx: Context, window: Window, pane: Pane) -> Iterator[bool]:
    """Resize one way after the other; whether that changed the layout."""
    args = ctx.args
    adjustment = adjustment_of(ctx)
    if args.has("x"):
        yield layout.resize_pane_to(window, pane, layout.LEFT_RIGHT, _size(ctx, "x", "width", window.cols))
    if args.has("y"):
        rows = _size(ctx, "y", "height", window.rows)
        yield layout.resize_pane_to(window, pane, layout.TOP_BOTTOM, rows + _status_line(window, pane))
    for flag, (direction, sign) in DIRECTIONS.items():
        if args.has(flag):
            yield layout.resize_pane(window, pane, direction, sign * adjustment)
            break


def adjustment_of(ctx: Context) -> int:
    """The operand of resize-pane, resize-window and refresh-client: how many cells, 1 without it."""
    text = ctx.args.text(0)
    if text is None:
        return 1
    try:
        return parse_number(text, 1, INT_MAX)
    except NumberError as error:
        raise CommandError(f"adjustment {error}") from None


def _size(ctx: Context, flag: str, word: str, whole: int) -> int:
    try:
        return ctx.args.percentage(flag, 0, INT_MAX, whole)
    except NumberError as error:
        raise CommandError(f"{word} {error}") from None


def _status_line(window: Window, pane: Pane) -> int:
    """1 if the pane's cell also holds the line of pane-border-status at the window's edge."""
    status = window.options.get_string("pane-border-status")
    at_top = status == "top" and pane.yoff == 1
    at_bottom = status == "bottom" and pane.yoff + pane.rows == window.rows - 1
    return int(at_top or at_bottom)


COMMAND = Command(
    "resize-pane",
    "resizep",
    "[-DLMRTUZ] [-x width] [-y height] [-t target-pane] [adjustment]",
    run=run,
    target=Target("t", PANE),
    after_hook=True,
)
