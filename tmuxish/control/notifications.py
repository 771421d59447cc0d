"""What clients in control mode are told about changes of the model, one function per kind of event.

The events are those that `server/hooks.py` names, and come when a hook for them would run. Most go to every
client in control mode, whatever it is attached to; those about windows say whether its session has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.targets import from_winlink

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.control.client import ControlClient
    from tmuxish.server.hooks import Event
    from tmuxish.server.server import Server

LAYOUT = "%layout-change #{window_id} #{window_layout} #{window_visible_layout} #{window_raw_flags}"


def tell(server: Server, event: Event) -> None:
    """Tell every client in control mode that is to know."""
    line_for = LINES.get(event.name)
    if line_for is None:
        return
    for control in server.clients.controls():
        line = line_for(server, event, control)
        if line is not None:
            control.line(line)


def _pane_mode_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    return f"%pane-mode-changed {event.pane.name}" if event.pane is not None else None


def _window_layout_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    window, session = event.window, control.client.session
    if window is None or not window.winlinks or window.layout is None or session is None:
        return None
    if session.winlink_of(window) is None:
        return None
    return server.expand(LAYOUT, from_winlink(window.winlinks[0]))


def _window_pane_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    window = event.window
    if window is None or window.active is None:
        return None
    return f"%window-pane-changed {window.ref} {window.active.name}"


def _of_window(event: Event, control: ControlClient, ours: str, others: str) -> str | None:
    """A line that begins with `ours` or `others`, as the client's session has the window or not."""
    window, session = event.window, control.client.session
    if window is None or session is None:
        return None
    return f"%{ours if session.winlink_of(window) is not None else others} {window.ref}"


def _window_unlinked(server: Server, event: Event, control: ControlClient) -> str | None:
    return _of_window(event, control, "window-close", "unlinked-window-close")


def _window_linked(server: Server, event: Event, control: ControlClient) -> str | None:
    return _of_window(event, control, "window-add", "unlinked-window-add")


def _window_renamed(server: Server, event: Event, control: ControlClient) -> str | None:
    line = _of_window(event, control, "window-renamed", "unlinked-window-renamed")
    return f"{line} {event.window.name}" if line is not None and event.window is not None else None


def _client_session_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    client = event.client
    if client is None or client.session is None or control.client.session is None:
        return None
    where = f"{client.session.ref} {client.session.name}"
    if client is control.client:
        return f"%session-changed {where}"
    return f"%client-session-changed {client.name} {where}"


def _client_detached(server: Server, event: Event, control: ControlClient) -> str | None:
    return f"%client-detached {event.client.name}" if event.client is not None else None


def _session_renamed(server: Server, event: Event, control: ControlClient) -> str | None:
    return f"%session-renamed {event.session.ref} {event.session.name}" if event.session is not None else None


def _sessions_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    return "%sessions-changed"


def _session_window_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    session = event.session
    if session is None or session.current is None:
        return None
    return f"%session-window-changed {session.ref} {session.current.window.ref}"


def _buffer_changed(server: Server, event: Event, control: ControlClient) -> str | None:
    return f"%{event.name} {event.buffer}"


LINES: dict[str, Callable[[Server, Event, ControlClient], str | None]] = {
    "client-detached": _client_detached,
    "client-session-changed": _client_session_changed,
    "pane-mode-changed": _pane_mode_changed,
    "paste-buffer-changed": _buffer_changed,
    "paste-buffer-deleted": _buffer_changed,
    "session-closed": _sessions_changed,
    "session-created": _sessions_changed,
    "session-renamed": _session_renamed,
    "session-window-changed": _session_window_changed,
    "window-layout-changed": _window_layout_changed,
    "window-linked": _window_linked,
    "window-pane-changed": _window_pane_changed,
    "window-renamed": _window_renamed,
    "window-unlinked": _window_unlinked,
}
