"""Variables of sessions. A function's name is its variable's without the `session_`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats.scope import SESSION

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.session import SessionGroup, Winlink


def _flag(value: object) -> str:
    return "1" if value else "0"


def active(scope: Scope) -> str | None:
    if scope.session is None or scope.client is None:
        return None
    return _flag(scope.client.session is scope.session)


def active_window_index(scope: Scope) -> str | None:
    session = scope.session
    return None if session is None or session.current is None else str(session.current.index)


def last_window_index(scope: Scope) -> str | None:
    session = scope.session
    return None if session is None else str(max(session.winlinks, default=0))


def activity(scope: Scope) -> int | None:
    return None if scope.session is None else int(scope.session.activity)


def created(scope: Scope) -> int | None:
    return None if scope.session is None else int(scope.session.created)


def last_attached(scope: Scope) -> int | None:
    return None if scope.session is None else int(scope.session.last_attached or 0)


def _first_winlink(scope: Scope) -> Winlink | None:
    session = scope.session
    return None if session is None or not session.winlinks else session.winlinks[min(session.winlinks)]


# tmux looks at the window in question for activity and silence, at the session's first for bells.


def activity_flag(scope: Scope) -> str | None:
    if _first_winlink(scope) is None or scope.winlink is None:
        return None
    return _flag(scope.winlink.activity_flag)


def bell_flag(scope: Scope) -> str | None:
    first = _first_winlink(scope)
    return None if first is None else _flag(first.bell_flag)


def silence_flag(scope: Scope) -> str | None:
    if _first_winlink(scope) is None or scope.winlink is None:
        return None
    return _flag(scope.winlink.silence_flag)


def alert(scope: Scope) -> str | None:
    """Each kind of alert in the session once, in the order of the windows."""
    if scope.session is None:
        return None
    symbols = "".join(alert_symbols(winlink) for winlink in scope.session.sorted_winlinks())
    return "".join(dict.fromkeys(symbols))


def alerts(scope: Scope) -> str | None:
    """The windows with alerts, and which."""
    if scope.session is None:
        return None
    return ",".join(
        f"{winlink.index}{alert_symbols(winlink)}"
        for winlink in scope.session.sorted_winlinks()
        if winlink.alerted
    )


def alert_symbols(winlink: Winlink) -> str:
    """`#` activity, `!` bell, `~` silence."""
    symbols = "#" if winlink.activity_flag else ""
    if winlink.bell_flag:
        symbols += "!"
    return symbols + "~" if winlink.silence_flag else symbols


def attached(scope: Scope) -> str | None:
    return None if scope.session is None else str(scope.session.attached)


def many_attached(scope: Scope) -> str | None:
    return None if scope.session is None else _flag(scope.session.attached > 1)


def attached_list(scope: Scope) -> str | None:
    session = scope.session
    if session is None:
        return None
    return (
        ",".join(client.name for client in scope.model.clients.values() if client.session is session) or None
    )


def is_format(scope: Scope) -> str | None:
    return _flag(scope.kind == SESSION)


def _group(scope: Scope) -> SessionGroup | None:
    return None if scope.session is None else scope.session.group


def group(scope: Scope) -> str | None:
    found = _group(scope)
    return None if found is None else found.name


def group_attached(scope: Scope) -> str | None:
    found = _group(scope)
    return None if found is None else str(sum(session.attached for session in found.sessions))


def group_attached_list(scope: Scope) -> str | None:
    found = _group(scope)
    if found is None:
        return None
    names = [client.name for client in scope.model.clients.values() if client.session in found.sessions]
    return ",".join(names) or None


def group_list(scope: Scope) -> str | None:
    found = _group(scope)
    return None if found is None else ",".join(session.name for session in found.sessions)


def group_many_attached(scope: Scope) -> str | None:
    found = _group(scope)
    return None if found is None else _flag(sum(session.attached for session in found.sessions) > 1)


def group_size(scope: Scope) -> str | None:
    found = _group(scope)
    return None if found is None else str(len(found.sessions))


def grouped(scope: Scope) -> str | None:
    return None if scope.session is None else _flag(scope.session.group is not None)


def id_(scope: Scope) -> str | None:
    return None if scope.session is None else scope.session.ref


def marked(scope: Scope) -> str | None:
    if scope.session is None:
        return None
    mark = scope.model.marked
    return _flag(mark is not None and mark[0].session is scope.session)


def name(scope: Scope) -> str | None:
    return None if scope.session is None else scope.session.name


def path(scope: Scope) -> str | None:
    return None if scope.session is None else scope.session.cwd


def stack(scope: Scope) -> str | None:
    """Indexes of the windows, the most recently current first."""
    session = scope.session
    if session is None or session.current is None:
        return None
    return ",".join(str(winlink.index) for winlink in (session.current, *session.last_windows))


def windows(scope: Scope) -> str | None:
    return None if scope.session is None else str(len(scope.session.winlinks))
