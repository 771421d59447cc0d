"""The order of listings and loops: `-O order` and `-r` of the list commands, `/n /t /r` of the loops.

Without an order a listing keeps its natural one: sessions by name, windows by index, panes as they stand in
their window, clients and buffers as they came (buffers newest first). Equal things fall back to their names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tmuxish.model.layout import is_floating

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tmuxish.model.buffers import Buffer
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session, Winlink

ACTIVITY = "activity"
CREATION = "creation"
INDEX = "index"
MODIFIER = "modifier"
NAME = "name"
ORDER = "order"  # the natural order; only `reverse` changes it
SIZE = "size"
Z = "z"
NO_ORDER = ""  # natural order, `reverse` without effect

_NAMES = {order: order for order in (ACTIVITY, CREATION, INDEX, MODIFIER, NAME, ORDER, SIZE, Z)}
_NAMES.update(key=INDEX, title=NAME)

_Item = TypeVar("_Item")
_Key = Callable[[_Item], Any]


def parse_order(text: str | None) -> str:
    """The order a `-O` value names in any case; NO_ORDER for none or an unknown one."""
    return _NAMES.get(text.lower(), NO_ORDER) if text else NO_ORDER


def next_order(order: str, sequence: tuple[str, ...]) -> str:
    """What follows `order` in the sequence a mode cycles through."""
    if order not in sequence:
        return sequence[0]
    return sequence[(sequence.index(order) + 1) % len(sequence)]


def _arrange(
    items: Iterable[_Item], order: str, reverse: bool, name: _Key[_Item], keys: dict[str, _Key[_Item]]
) -> list[_Item]:
    listed = list(items)
    if order == NO_ORDER:
        return listed
    if order == ORDER:
        return listed[::-1] if reverse else listed
    key = keys.get(order)
    if key is None:
        return sorted(listed, key=name, reverse=reverse)
    return sorted(listed, key=lambda item: (key(item), name(item)), reverse=reverse)


def sort_sessions(sessions: Iterable[Session], order: str, reverse: bool = False) -> list[Session]:
    """`sessions` (in natural order, by name) in `order`; most recent activity first."""
    keys: dict[str, _Key[Session]] = {
        INDEX: lambda session: session.id,
        CREATION: lambda session: session.created,
        ACTIVITY: lambda session: -session.activity,
    }
    return _arrange(sessions, order, reverse, lambda session: session.name, keys)


def sort_winlinks(winlinks: Iterable[Winlink], order: str, reverse: bool = False) -> list[Winlink]:
    """`winlinks` (in natural order, by index) in `order`; size is the area in cells."""
    keys: dict[str, _Key[Winlink]] = {
        INDEX: lambda winlink: winlink.index,
        CREATION: lambda winlink: winlink.window.created,
        ACTIVITY: lambda winlink: -winlink.window.activity,
        SIZE: lambda winlink: winlink.window.cols * winlink.window.rows,
    }
    return _arrange(winlinks, order, reverse, lambda winlink: winlink.window.name, keys)


def same_place(first: Winlink, second: Winlink, order: str) -> bool:
    """Whether neither of two windows must come before the other in `order`."""
    both = [first, second]
    return sort_winlinks(both, order) == both and sort_winlinks(both[::-1], order) == both[::-1]


def sort_panes(panes: Iterable[Pane], order: str, reverse: bool = False) -> list[Pane]:
    """`panes` (in natural order) in `order`; activity is when they last became active, oldest first.

    Their names are the titles of what they show: of modes, empty ones mostly.
    """
    keys: dict[str, _Key[Pane]] = {
        ACTIVITY: lambda pane: pane.active_point,
        CREATION: lambda pane: pane.id,
        SIZE: lambda pane: pane.cols * pane.rows,
        INDEX: lambda pane: pane.window.pane_index(pane),
        Z: z_index,
    }
    return _arrange(panes, order, reverse, lambda pane: pane.shown.title, keys)


def sort_clients(clients: Iterable[Client], order: str, reverse: bool = False) -> list[Client]:
    """`clients` (in natural order, as they came) in `order`; most recent activity first."""
    keys: dict[str, _Key[Client]] = {
        SIZE: lambda client: (client.cols, client.rows),
        CREATION: lambda client: client.created,
        ACTIVITY: lambda client: -client.activity,
    }
    return _arrange(clients, order, reverse, lambda client: client.name, keys)


def sort_buffers(buffers: Iterable[Buffer], order: str, reverse: bool = False) -> list[Buffer]:
    """`buffers` (in natural order, newest first) in `order`."""
    keys: dict[str, _Key[Buffer]] = {
        CREATION: lambda buffer: -buffer.order,
        SIZE: lambda buffer: len(buffer.data),
    }
    return _arrange(buffers, order, reverse, lambda buffer: buffer.name, keys)


def attached_clients(model: Model) -> list[Client]:
    """The clients that list-clients and the `L` loop show."""
    return [
        client
        for client in model.clients.values()
        if client.attached and client.session is not None and not client.suspended and not client.leaving
    ]


def z_index(pane: Pane) -> int:
    """How far a pane is from the top: floating ones count from 0, all tiled ones share the next number."""
    above = 0
    for other in pane.window.z_index:
        if other is pane:
            return above if is_floating(pane) else above + 1
        if is_floating(other):
            above += 1
    return above + (0 if is_floating(pane) else 1)
