"""Variables of clients. A function's name is its variable's without the `client_`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator import modes
from tmuxish.features import features_text
from tmuxish.formats.variables_server import user_named

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.client import Client
    from tmuxish.model.session import Session


def _flag(value: object) -> str:
    return "1" if value else "0"


def _has_terminal(client: Client) -> bool:
    """Whether something is drawn for it."""
    return client.attached and not client.control


def activity(scope: Scope) -> int | None:
    return None if scope.client is None else int(scope.client.activity)


def created(scope: Scope) -> int | None:
    return None if scope.client is None else int(scope.client.created)


def cell_height(scope: Scope) -> str | None:
    client = scope.client
    return None if client is None or not _has_terminal(client) else str(client.ypixel)


def cell_width(scope: Scope) -> str | None:
    client = scope.client
    return None if client is None or not _has_terminal(client) else str(client.xpixel)


def control_mode(scope: Scope) -> str | None:
    return None if scope.client is None else _flag(scope.client.control)


def discarded(scope: Scope) -> str | None:
    return None if scope.client is None else str(scope.client.discarded)


# Flags a user gives (new-session -f, refresh-client -f), in the order in which they are listed.
_USER_FLAGS = ("ignore-size", "no-detach-on-destroy", "no-output", "wait-exit")


def flags(scope: Scope) -> str | None:
    client = scope.client
    if client is None:
        return None
    listed: list[str] = []
    for name, present in (
        ("attached", client.attached),
        ("focused", client.focused),
        ("control-mode", client.control),
    ):
        if present:
            listed.append(name)
    listed.extend(flag for flag in _USER_FLAGS if flag in client.flags)
    listed.extend(flag for flag in client.flags if flag.startswith("pause-after="))
    for name, present in (
        ("read-only", client.readonly),
        ("active-pane", "active-pane" in client.flags),
        ("suspended", client.suspended),
        ("UTF-8", client.utf8),
    ):
        if present:
            listed.append(name)
    return ",".join(listed)


def height(scope: Scope) -> str | None:
    client = scope.client
    return None if client is None or not _has_terminal(client) else str(client.rows)


def width(scope: Scope) -> str | None:
    return None if scope.client is None else str(scope.client.cols)


def key_table(scope: Scope) -> str | None:
    return None if scope.client is None else scope.client.key_table


def _alive(scope: Scope, session: Session | None) -> bool:
    return session is not None and scope.model.sessions.get(session.id) is session


def last_session(scope: Scope) -> str | None:
    client = scope.client
    if client is None or client.last_session is None or not _alive(scope, client.last_session):
        return None
    return client.last_session.name


def name(scope: Scope) -> str | None:
    return None if scope.client is None else scope.client.name


def pid(scope: Scope) -> str | None:
    return None if scope.client is None else str(scope.client.pid)


def prefix(scope: Scope) -> str | None:
    """Whether the client is in another key table than it begins in, as after its prefix key."""
    client = scope.client
    if client is None:
        return None
    first = "" if client.session is None else client.session.options.get_string("key-table")
    return _flag(client.key_table != (first or "root"))


def readonly(scope: Scope) -> str | None:
    return None if scope.client is None else _flag(scope.client.readonly)


def session(scope: Scope) -> str | None:
    client = scope.client
    return None if client is None or client.session is None else client.session.name


def termfeatures(scope: Scope) -> str | None:
    return None if scope.client is None else features_text(scope.client.features)


def termname(scope: Scope) -> str | None:
    return None if scope.client is None else scope.client.term_name


def termtype(scope: Scope) -> str | None:
    return None if scope.client is None else scope.client.term_type


def theme(scope: Scope) -> str | None:
    client = scope.client
    return None if client is None else client.theme or None


def tty(scope: Scope) -> str | None:
    return None if scope.client is None else scope.client.tty


def uid(scope: Scope) -> str | None:
    return None if scope.client is None else str(scope.client.uid)


def user(scope: Scope) -> str | None:
    return None if scope.client is None else user_named(scope.client.uid)


def utf8(scope: Scope) -> str | None:
    return None if scope.client is None else _flag(scope.client.utf8)


def written(scope: Scope) -> str | None:
    return None if scope.client is None else str(scope.client.written)


# -- what part of a window larger than itself a client shows ----------------------------------------


def status_lines(client: Client) -> int:
    """Lines the status line takes from a client's rows."""
    if client.session is None:
        return 0
    value = client.session.options.get_string("status")
    if value in ("off", "on"):
        return int(value == "on")
    return int(value)


def shown_size(client: Client) -> tuple[int, int]:
    """Columns and rows of the client's terminal that show the window."""
    return client.cols, client.rows - status_lines(client)


def view(client: Client) -> tuple[int, int] | None:
    """Column and row of the window at the client's top left; None if the window fits the client."""
    session = client.session
    if session is None or session.current is None or not _has_terminal(client):
        return None
    window = session.current.window
    pane = window.active
    cols, rows = shown_size(client)
    if (cols >= window.cols and rows >= window.rows) or pane is None:
        return None
    if client.pan is not None and client.pan[0] == window.id:
        _, x, y = client.pan
        return _panned(x, cols, window.cols), _panned(y, rows, window.rows)
    emulator = pane.emulator
    if not emulator.modes & modes.CURSOR:
        return 0, 0
    x, y = pane.xoff + emulator.cursor_x, pane.yoff + emulator.cursor_y
    return _following(x, cols, window.cols, cols // 2), _following(y, rows, window.rows, rows - 1)


def _panned(offset: int, shown: int, whole: int) -> int:
    return 0 if shown >= whole else min(offset, whole - shown)


def _following(cursor: int, shown: int, whole: int, ahead: int) -> int:
    """The first cell shown so that the cursor is too: the start, `ahead` cells before it, or the end."""
    if cursor < shown:
        return 0
    return whole - shown if cursor > whole - shown else cursor - ahead


def window_bigger(scope: Scope) -> str | None:
    return None if scope.client is None else _flag(view(scope.client) is not None)


def window_offset_x(scope: Scope) -> str | None:
    at = None if scope.client is None else view(scope.client)
    return None if at is None else str(at[0])


def window_offset_y(scope: Scope) -> str | None:
    at = None if scope.client is None else view(scope.client)
    return None if at is None else str(at[1])
