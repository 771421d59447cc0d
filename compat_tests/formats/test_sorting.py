"""Orders of listings, as tmux's manual and `list-* -O` have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compat_tests.formats.scenario import build_model
from tmuxish.formats import sorting
from tmuxish.model.client import Client
from tmuxish.model.server import Model

FACTS = json.loads(
    (Path(__file__).resolve().parents[2] / "fixtures/formats/expansions.json").read_text(encoding="utf-8")
)["facts"]


@pytest.fixture
def model() -> Model:
    model = build_model(FACTS)
    for number, session in enumerate(model.sessions.values()):
        session.created = 100.0 + number % 2
        session.activity = 200.0 - number
    return model


# Sessions in the order of their ids: main zeta alpha beta; main and alpha are older; main was used last.
SESSIONS = [
    (sorting.NO_ORDER, False, "alpha beta main zeta"),
    (sorting.NO_ORDER, True, "alpha beta main zeta"),
    (sorting.ORDER, True, "zeta main beta alpha"),
    (sorting.NAME, False, "alpha beta main zeta"),
    (sorting.INDEX, False, "main zeta alpha beta"),
    (sorting.INDEX, True, "beta alpha zeta main"),
    (sorting.CREATION, False, "alpha main beta zeta"),
    (sorting.CREATION, True, "zeta beta main alpha"),
    (sorting.ACTIVITY, False, "main zeta alpha beta"),
    (sorting.SIZE, False, "alpha beta main zeta"),
]


@pytest.mark.parametrize(("order", "reverse", "names"), SESSIONS)
def test_sessions(model: Model, order: str, reverse: bool, names: str) -> None:
    listed = sorting.sort_sessions(model.sorted_sessions(), order, reverse)
    assert " ".join(session.name for session in listed) == names


PANES = [
    (sorting.NO_ORDER, False, [0, 1, 2]),
    (sorting.CREATION, True, [2, 1, 0]),
    (sorting.INDEX, False, [0, 1, 2]),
    (sorting.SIZE, False, [2, 1, 0]),
    (sorting.NAME, False, [2, 0, 1]),
    (sorting.ACTIVITY, False, [1, 2, 0]),
    (sorting.Z, False, [2, 0, 1]),
]


@pytest.mark.parametrize(("order", "reverse", "ids"), PANES)
def test_panes(model: Model, order: str, reverse: bool, ids: list[int]) -> None:
    panes = model.windows[0].panes
    for number, pane in zip((3, 1, 2), panes, strict=True):
        pane.active_point = number
    assert [pane.id for pane in sorting.sort_panes(panes, order, reverse)] == ids


def test_windows(model: Model) -> None:
    main = model.session_named("main")
    assert main is not None
    winlinks = main.sorted_winlinks()
    winlinks[1].window.cols = 200
    winlinks[2].window.activity += 5

    def indexes(order: str, reverse: bool = False) -> list[int]:
        return [winlink.index for winlink in sorting.sort_winlinks(winlinks, order, reverse)]

    assert indexes(sorting.NO_ORDER) == [0, 3, 7]
    assert indexes(sorting.NAME) == [3, 0, 7]
    assert indexes(sorting.SIZE, reverse=True) == [3, 7, 0]
    assert indexes(sorting.ACTIVITY)[0] == 7


def test_clients_and_buffers(model: Model) -> None:
    clients = [Client(number) for number in range(3)]
    for client, name, cols in zip(clients, "cab", (80, 100, 80), strict=True):
        client.name, client.cols = name, cols
        client.created = client.activity = float(client.id)
    names = [client.name for client in sorting.sort_clients(clients, sorting.SIZE)]
    assert names == ["b", "c", "a"]
    assert [client.name for client in sorting.sort_clients(clients, sorting.ACTIVITY)] == ["b", "a", "c"]
    buffers = model.buffers.newest_first()
    assert [buffer.name for buffer in sorting.sort_buffers(buffers, sorting.SIZE)] == ["named", "buffer0"]
    assert [buffer.name for buffer in sorting.sort_buffers(buffers, sorting.CREATION)] == ["buffer0", "named"]


def test_only_attached_clients_are_listed(model: Model) -> None:
    attached, command = Client(1), Client(2)
    attached.attached = True
    attached.session = model.session_named("main")
    model.clients = {1: attached, 2: command}
    assert sorting.attached_clients(model) == [attached]


@pytest.mark.parametrize(
    ("text", "order"),
    [("NAME", "name"), ("title", "name"), ("key", "index"), ("nope", ""), ("", ""), (None, "")],
)
def test_names_of_orders(text: str | None, order: str) -> None:
    assert sorting.parse_order(text) == order


def test_modes_cycle_through_orders() -> None:
    sequence = (sorting.INDEX, sorting.NAME)
    assert [sorting.next_order(order, sequence) for order in ("index", "name", "size")] == [
        "name",
        "index",
        "index",
    ]
