"""Variables of panes: where they are and what runs in them. What their screens hold: `variables_screen`.

A function's name is its variable's without the `pane_`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.colours import DEFAULT, colour_to_string
from tmuxish.formats.names import window_name_of
from tmuxish.formats.scope import PANE
from tmuxish.formats.sorting import z_index
from tmuxish.model.layout import is_floating
from tmuxish.quoting import quote_argv

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope


def _flag(value: object) -> str:
    return "1" if value else "0"


def active(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None else _flag(pane.window.active is pane)


def at_bottom(scope: Scope) -> str | None:
    pane = scope.pane
    if pane is None:
        return None
    status = pane.window.options.get_string("pane-border-status") == "bottom"
    return _flag(pane.yoff + pane.rows == pane.window.rows - status)


def at_left(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.pane.xoff == 0)


def at_right(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None else _flag(pane.xoff + pane.cols == pane.window.cols)


def at_top(scope: Scope) -> str | None:
    pane = scope.pane
    if pane is None:
        return None
    status = pane.window.options.get_string("pane-border-status") == "top"
    return _flag(pane.yoff == int(status))


def _default_colour(scope: Scope, background: bool) -> str | None:
    """The colour of text without one: what the window styles say, or what the program set as default."""
    pane = scope.pane
    if pane is None:
        return None
    # Imported here: styles expand formats, which look their variables up in this module.
    from tmuxish.formats.styles import style_from_option

    names = ["window-style"]
    if pane.window.active is pane:
        names.insert(0, "window-active-style")
    for name in names:
        if pane.options.get_string(name) == "default":  # as nearly everywhere
            continue
        style = style_from_option(pane.options, name, scope)
        colour = DEFAULT if style is None else style.bg if background else style.fg
        if colour != DEFAULT:
            return colour_to_string(colour)
    palette = pane.emulator.palette
    return colour_to_string(palette.bg if background else palette.fg)


def bg(scope: Scope) -> str | None:
    return _default_colour(scope, True)


def fg(scope: Scope) -> str | None:
    return _default_colour(scope, False)


def bottom(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.yoff + scope.pane.rows - 1)


def left(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.xoff)


def right(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.xoff + scope.pane.cols - 1)


def top(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.yoff)


def height(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.rows)


def width(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.cols)


def z(scope: Scope) -> str | None:
    return None if scope.pane is None else str(z_index(scope.pane))


def current_command(scope: Scope) -> str | None:
    pane = scope.pane
    if pane is None or not pane.shell:
        return None
    command = scope.host.command(pane) if scope.host is not None and not pane.dead else None
    return window_name_of(command or quote_argv(pane.argv) or pane.shell)


def current_path(scope: Scope) -> str | None:
    pane = scope.pane
    if pane is None or scope.host is None or pane.dead:
        return None
    return scope.host.path(pane)


def dead(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.pane.dead)


def dead_signal(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None or pane.dead_signal is None else str(pane.dead_signal)


def dead_status(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None or pane.dead_status is None else str(pane.dead_status)


def dead_time(scope: Scope) -> int | None:
    pane = scope.pane
    return None if pane is None or not pane.dead_time else int(pane.dead_time)


def flags(scope: Scope) -> str | None:
    pane = scope.pane
    if pane is None:
        return None
    window = pane.window
    symbols = "*" if pane is window.active else ""
    if window.last_panes and pane is window.last_panes[0]:
        symbols += "-"
    if window.zoomed and pane is window.active:
        symbols += "Z"
    return symbols + "F" if is_floating(pane) else symbols


def floating_flag(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(is_floating(scope.pane))


def is_format(scope: Scope) -> str | None:
    return _flag(scope.kind == PANE)


def id_(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.name


def in_mode(scope: Scope) -> str | None:
    return None if scope.pane is None else str(len(scope.pane.modes))


def index(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None or pane not in pane.window.panes else str(pane.window.pane_index(pane))


def input_off(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.pane.input_off)


def last(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None else _flag(pane in pane.window.last_panes[:1])


def marked(scope: Scope) -> str | None:
    pane = scope.pane
    if pane is None:
        return None
    return _flag(scope.model.marked is not None and scope.model.marked[1] is pane)


def marked_set(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.model.marked is not None)


def mode(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.mode or None


def pid(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.pid)


def pipe(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.pane.pipe_pid)


def pipe_pid(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None or not pane.pipe_pid else str(pane.pipe_pid)


def search_string(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.search_string


def start_command(scope: Scope) -> str | None:
    return None if scope.pane is None else quote_argv(scope.pane.argv)


def start_path(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.cwd


def synchronized(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.pane.options.get_flag("synchronize-panes"))


def tty(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.tty


def unseen_changes(scope: Scope) -> str | None:
    return None if scope.pane is None else _flag(scope.pane.unseen_changes)


def zoomed_flag(scope: Scope) -> str | None:
    pane = scope.pane
    return None if pane is None else _flag(pane.window.zoomed and pane.window.active is pane)
