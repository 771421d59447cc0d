"""How large a window is to be: the window-size policies."""

from __future__ import annotations

from tmuxish.model.window import WINDOW_MAXIMUM, WINDOW_MINIMUM, parse_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tmuxish.model.client import Client
    from tmuxish.model.options import Options
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window

DEFAULT_SIZE = 80, 24


def status_lines(options: Options) -> int:
    """How many lines the status line takes, 0 to 5, by the options of a session."""
    value = options.get_string("status")
    return {"off": 0, "on": 1}[value] if value in ("off", "on") else int(value)


def room_of(model: Model, client: Client) -> tuple[int, int]:
    """Columns and lines of a client's terminal that are there for the window."""
    session = client.session
    if client.control:
        return client.cols, client.rows
    lines = status_lines(session.options if session is not None else model.session_options)
    if client.rows <= lines:
        lines = 0
    return client.cols, client.rows - lines


def default_size(model: Model, session: Session, client: Client | None) -> tuple[int, int]:
    """The size of a new window of `session`, made by `client`."""
    policy = model.window_options.get_string("window-size")
    if policy == "latest" and client is not None and client.session is not None and _counts(model, client):
        return _bounded(room_of(model, client))
    watching = [
        each
        for each in model.clients.values()
        if (each is client and not each.control) or (each.session is session and _counts(model, each))
    ]
    size = _combined(model, policy, watching) if policy != "manual" else None
    return _bounded(size or parse_size(session.options.get_string("default-size")) or DEFAULT_SIZE)


def counted(model: Model) -> list[Client]:
    """The clients whose terminals have a say in the sizes of the windows they show."""
    return [client for client in model.clients.values() if _counts(model, client)]


def wanted_size(model: Model, window: Window, counted: list[Client]) -> tuple[int, int] | None:
    """The size that the clients showing `window`, of those `counted`, call for; None to leave it as it is."""
    policy = window.options.get_string("window-size")
    if not counted and policy != "manual":  # as while hundreds of sessions are made
        return None
    watching = [each for each in counted if _shows(each, window)]
    chosen = watching
    if policy == "latest" and len(watching) > 1 and window.latest in watching:
        chosen = [window.latest]
    if window.options.get_flag("aggressive-resize"):
        watching = [each for each in watching if _has_current(each, window)]
        chosen = [each for each in chosen if _has_current(each, window)]
    size = window.manual_size if policy == "manual" else _combined(model, policy, chosen, window)
    return _bounded(_clamped(window, watching, size)) if size is not None else None


def size_by_policy(model: Model, session: Session, window: Window, policy: str) -> tuple[int, int]:
    """What the clients of `window` make of largest or smallest; default-size where there are none."""
    watching = [each for each in counted(model) if _shows(each, window)]
    size = _combined(model, policy, watching, window)
    if size is not None:
        return _bounded(_clamped(window, watching, size))
    return _bounded(parse_size(session.options.get_string("default-size")) or DEFAULT_SIZE)


def _clamped(window: Window, clients: Iterable[Client], size: tuple[int, int]) -> tuple[int, int]:
    """No window is larger than a client in control mode has said that this one may be."""
    cols, rows = size
    for client in clients:
        most = client.window_sizes.get(window.id, (0, 0))
        cols, rows = min(cols, most[0] or cols), min(rows, most[1] or rows)
    return cols, rows


def _counts(model: Model, client: Client) -> bool:
    """Whether this client's terminal has a say. One that was attached with ignore-size has none while others
    are attached without it."""
    if client.session is None or not client.attached or client.suspended or client.leaving:
        return False
    if client.control and not client.size_told:
        return False
    if "ignore-size" not in client.flags:
        return True
    return not any(
        each.attached
        and each.session is not None
        and not each.suspended
        and not each.leaving
        and "ignore-size" not in each.flags
        for each in model.clients.values()
    )


def _shows(client: Client, window: Window) -> bool:
    return client.session is not None and client.session.winlink_of(window) is not None


def _has_current(client: Client, window: Window) -> bool:
    session = client.session
    return session is not None and session.current is not None and session.current.window is window


def _combined(
    model: Model, policy: str, clients: Iterable[Client], window: Window | None = None
) -> tuple[int, int] | None:
    rooms = [_room_for(model, client, window) for client in clients]
    if not rooms:
        return None
    choose = max if policy == "largest" else min
    return choose(cols for cols, _ in rooms), choose(rows for _, rows in rooms)


def _room_for(model: Model, client: Client, window: Window | None) -> tuple[int, int]:
    told = client.window_sizes.get(window.id, (0, 0)) if window is not None else (0, 0)
    return told if all(told) else room_of(model, client)


def _bounded(size: tuple[int, int]) -> tuple[int, int]:
    cols, rows = (min(max(value, WINDOW_MINIMUM), WINDOW_MAXIMUM) for value in size)
    return cols, rows
