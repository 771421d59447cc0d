"""Where -x and -y of display-menu and display-popup place a box on the client's terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tmuxish.display.viewport import status_size
from tmuxish.formats.expand import expand

if TYPE_CHECKING:
    from tmuxish.commands.context import Context
    from tmuxish.model.client import Client
    from tmuxish.server.attached import AttachedClient

# What the letters stand for; other text is a format that gives a number.
_X_LETTERS = {
    "C": "#{popup_centre_x}",
    "R": "#{popup_pane_right}",
    "P": "#{popup_pane_left}",
    "M": "#{popup_mouse_centre_x}",
    "W": "#{popup_window_status_line_x}",
}
_Y_LETTERS = {
    "C": "#{popup_centre_y}",
    "P": "#{popup_pane_bottom}",
    "M": "#{popup_mouse_top}",
    "S": "#{popup_status_line_y}",
    "W": "#{popup_window_status_line_y}",
}
_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")
# Positions are unsigned: what is left of or above the terminal counts as far beyond its other end.
_UNSIGNED = 2**32


def place_box(
    ctx: Context, client: Client, view: AttachedClient, cols: int, rows: int
) -> tuple[int, int] | None:
    """The upper left corner of a box of `cols` x `rows` as -x and -y say; None if it does not fit.

    -y is where its lower end is.
    """
    if cols > client.cols or rows > client.rows:
        return None
    variables = {
        "popup_width": cols,
        "popup_height": rows,
        **_centre(client, cols, rows),
        **_status(ctx, client, view, rows),
        **_mouse(ctx, client, cols, rows),
        **_pane(ctx, client, view, cols, rows),
    }
    scope = ctx.scope(client=client, extras={name: str(value) for name, value in variables.items()})
    x_text, y_text = ctx.args.get("x") or "C", ctx.args.get("y") or "C"
    x = _number(expand(_X_LETTERS.get(x_text, x_text), scope))
    y = _number(expand(_Y_LETTERS.get(y_text, y_text), scope))
    return _within(x, cols, client.cols), _within(max(y - rows, 0), rows, client.rows)


def _number(text: str) -> int:
    """The number a text begins with, or 0."""
    found = _NUMBER.match(text)
    return int(found[1][:30]) if found else 0


def _within(start: int, size: int, whole: int) -> int:
    return whole - size if start + size >= whole else max(start, 0)


def _centre(client: Client, cols: int, rows: int) -> dict[str, int]:
    x, y = (client.cols - 1) // 2 - cols // 2, (client.rows - 1) // 2 + rows // 2
    return {
        "popup_centre_x": max(x, 0),
        "popup_centre_y": client.rows - rows if y >= client.rows else y,
    }


def _status(ctx: Context, client: Client, view: AttachedClient, rows: int) -> dict[str, int]:
    """At the status line, and at the target window's name in it."""
    session = client.session
    if session is None:
        return {}
    lines = status_size(session.options, client.rows)
    if not lines:
        return {}
    at_top = session.options.get_string("status-position") == "top"
    found = {"popup_status_line_y": lines + rows if at_top else client.rows - lines}
    place = view.screen.window_status_place(ctx.winlink().index)
    if place is not None:
        x, line = place
        found["popup_window_status_line_x"] = x
        found["popup_window_status_line_y"] = line + 1 + rows if at_top else client.rows - lines + line
    return found


def _mouse(ctx: Context, client: Client, cols: int, rows: int) -> dict[str, int]:
    """Around the mouse, where a mouse binding runs the command."""
    mouse = ctx.state.event.mouse if ctx.state.event is not None else None
    if mouse is None:
        return {}
    x, y = mouse.report.x, mouse.report.y
    middle, below = y - rows // 2, y + rows
    return {
        "popup_mouse_x": x,
        "popup_mouse_y": y,
        "popup_mouse_centre_x": max(x - cols // 2, 0),
        "popup_mouse_centre_y": client.rows - rows if middle + rows >= client.rows else middle,
        "popup_mouse_top": min(below, client.rows - 1),
        "popup_mouse_bottom": max(y - rows, 0),
    }


def _pane(ctx: Context, client: Client, view: AttachedClient, cols: int, rows: int) -> dict[str, int]:
    """At the edges of the target pane."""
    pane, viewport = ctx.pane(), view.screen.viewport
    left, top = pane.xoff - viewport.x, viewport.body_top + pane.yoff - viewport.y
    return {
        "popup_pane_top": client.rows - rows if top + rows >= client.rows else top + rows,
        "popup_pane_bottom": (top + pane.rows) % _UNSIGNED,
        "popup_pane_left": left % _UNSIGNED,
        "popup_pane_right": max(left + pane.cols - cols, 0),
    }
