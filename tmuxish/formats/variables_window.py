"""Variables of windows. A function's name is its variable's without the `window_`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats.scope import WINDOW
from tmuxish.formats.variables_session import alert_symbols
from tmuxish.model.layout_string import dump

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.client import Client
    from tmuxish.model.session import Winlink


def _flag(value: object) -> str:
    return "1" if value else "0"


def active(scope: Scope) -> str | None:
    winlink = scope.winlink
    return None if winlink is None else _flag(winlink.session.current is winlink)


def _looking_clients(scope: Scope) -> list[Client] | None:
    """The clients that have the window in front of them."""
    if scope.winlink is None:
        return None
    window = scope.winlink.window
    return [
        client
        for client in scope.model.clients.values()
        if client.session is not None
        and client.session.current is not None
        and client.session.current.window is window
    ]


def active_clients(scope: Scope) -> str | None:
    clients = _looking_clients(scope)
    return None if clients is None else str(len(clients))


def active_clients_list(scope: Scope) -> str | None:
    clients = _looking_clients(scope)
    return None if clients is None else ",".join(client.name for client in clients) or None


def _showing_sessions(scope: Scope) -> list[str] | None:
    """Names of the sessions whose current window it is."""
    if scope.winlink is None:
        return None
    return [
        winlink.session.name
        for winlink in scope.winlink.window.winlinks
        if winlink.session.current is winlink
    ]


def active_sessions(scope: Scope) -> str | None:
    names = _showing_sessions(scope)
    return None if names is None else str(len(names))


def active_sessions_list(scope: Scope) -> str | None:
    names = _showing_sessions(scope)
    return None if names is None else ",".join(names) or None


def activity(scope: Scope) -> int | None:
    return None if scope.window is None else int(scope.window.activity)


def activity_flag(scope: Scope) -> str | None:
    return None if scope.winlink is None else _flag(scope.winlink.activity_flag)


def bell_flag(scope: Scope) -> str | None:
    return None if scope.winlink is None else _flag(scope.winlink.bell_flag)


def silence_flag(scope: Scope) -> str | None:
    return None if scope.winlink is None else _flag(scope.winlink.silence_flag)


def cell_height(scope: Scope) -> str | None:
    return None if scope.window is None else str(scope.window.ypixel)


def cell_width(scope: Scope) -> str | None:
    return None if scope.window is None else str(scope.window.xpixel)


def end_flag(scope: Scope) -> str | None:
    winlink = scope.winlink
    return None if winlink is None else _flag(winlink.index == max(winlink.session.winlinks, default=-1))


def start_flag(scope: Scope) -> str | None:
    winlink = scope.winlink
    return None if winlink is None else _flag(winlink.index == min(winlink.session.winlinks, default=-1))


def _symbols(scope: Scope, winlink: Winlink) -> str:
    session = winlink.session
    symbols = alert_symbols(winlink)
    if winlink is session.current:
        symbols += "*"
    if session.last_windows and winlink is session.last_windows[0]:
        symbols += "-"
    if scope.model.marked is not None and scope.model.marked[0] is winlink:
        symbols += "M"
    return symbols + "Z" if winlink.window.zoomed else symbols


def flags(scope: Scope) -> str | None:
    """The window's flags, a `#` among them doubled so that it survives being drawn."""
    return None if scope.winlink is None else _symbols(scope, scope.winlink).replace("#", "##")


def raw_flags(scope: Scope) -> str | None:
    return None if scope.winlink is None else _symbols(scope, scope.winlink)


def is_format(scope: Scope) -> str | None:
    return _flag(scope.kind == WINDOW)


def height(scope: Scope) -> str | None:
    return None if scope.window is None else str(scope.window.rows)


def width(scope: Scope) -> str | None:
    return None if scope.window is None else str(scope.window.cols)


def id_(scope: Scope) -> str | None:
    return None if scope.window is None else scope.window.ref


def index(scope: Scope) -> str | None:
    return None if scope.winlink is None else str(scope.winlink.index)


def last_flag(scope: Scope) -> str | None:
    winlink = scope.winlink
    return None if winlink is None else _flag(winlink in winlink.session.last_windows[:1])


def layout(scope: Scope) -> str | None:
    """The layout, also while a pane is zoomed."""
    window = scope.window
    return None if window is None else dump(window, window.saved_layout or window.layout)


def visible_layout(scope: Scope) -> str | None:
    return None if scope.window is None else dump(scope.window, scope.window.layout)


def linked(scope: Scope) -> str | None:
    return None if scope.winlink is None else _flag(len(scope.winlink.window.winlinks) > 1)


def linked_sessions(scope: Scope) -> str | None:
    """How many sessions link the window, a group of sessions counting as one."""
    if scope.winlink is None:
        return None
    sharing = {id(winlink.session.group or winlink.session) for winlink in scope.winlink.window.winlinks}
    return str(len(sharing))


def linked_sessions_list(scope: Scope) -> str | None:
    if scope.winlink is None:
        return None
    return ",".join(winlink.session.name for winlink in scope.winlink.window.winlinks) or None


def marked_flag(scope: Scope) -> str | None:
    if scope.winlink is None:
        return None
    return _flag(scope.model.marked is not None and scope.model.marked[0] is scope.winlink)


def name(scope: Scope) -> str | None:
    return None if scope.window is None else scope.window.name


def panes(scope: Scope) -> str | None:
    return None if scope.window is None else str(len(scope.window.panes))


def stack_index(scope: Scope) -> str | None:
    """How many windows were current since this one was; 0 for the current one."""
    winlink = scope.winlink
    if winlink is None:
        return None
    last = winlink.session.last_windows
    return str(last.index(winlink) + 1) if winlink in last else "0"


def zoomed_flag(scope: Scope) -> str | None:
    return None if scope.window is None else _flag(scope.window.zoomed)
