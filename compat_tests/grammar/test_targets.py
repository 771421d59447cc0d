"""Targets name what real tmux was recorded to find, on a model of the server it was asked on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from compat_tests.grammar.support import load
from tmuxish.grammar.command import (
    CAN_FAIL,
    DEFAULT_MARKED,
    PANE,
    PREFER_UNATTACHED,
    QUIET,
    SESSION,
    WINDOW,
    WINDOW_INDEX,
)
from tmuxish.model.client import Client
from tmuxish.model.environment import Environment
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane
from tmuxish.model.server import Model
from tmuxish.model.session import Session, Winlink
from tmuxish.model.window import Window
from tmuxish.targets import (
    Found,
    TargetError,
    best_client,
    current_client,
    find_client,
    from_client,
    from_pane,
    from_window,
    resolve,
)

RECORDED = load("targets.json")
FIRST_ACTIVITY = 1000.0


def build_model() -> Model:
    """The server that was asked; sessions made later were used later."""
    model = Model()
    model.window_options.set("pane-base-index", 1)
    stacks: dict[int, list[int]] = {}
    for line in RECORDED["state"]:
        session_id, session_name, stack, index, current, *rest = line.split("\t")
        session = add_session(model, int(session_id[1:]), session_name)
        stacks[session.id] = [int(number) for number in stack.split(",")]
        window, pane = add_pane(model, *rest)
        if int(index) not in session.winlinks:
            winlink = Winlink(session, int(index), window)
            session.winlinks[winlink.index] = winlink
            window.winlinks.append(winlink)
            if current == "1":
                session.current = winlink
        assert pane in window.panes
    for session in model.sessions.values():
        session.last_windows = [session.winlinks[index] for index in stacks[session.id][1:]]
    for name, order in RECORDED["activations"].items():
        window = window_called(model, name)
        for number in order:
            window.panes[number - 1].active_point = model.next_active_point
            model.next_active_point += 1
    name, number = RECORDED["marked"].split(".")
    window = window_called(model, name)
    model.marked = window.winlinks[0], window.panes[int(number) - 1]
    return model


def add_session(model: Model, number: int, name: str) -> Session:
    if number not in model.sessions:
        options = Options.for_session(model.session_options)
        session = Session(number, name, "/", options, Environment())
        session.activity = FIRST_ACTIVITY + number
        model.sessions[number] = session
    return model.sessions[number]


def add_pane(model: Model, *state: str) -> tuple[Window, Pane]:
    window_id, name, width, height, zoomed, status, pane_id, left, top, cols, rows, active, last = state
    number = int(window_id[1:])
    if number not in model.windows:
        window = Window(number, int(width), int(height), Options.for_window(model.window_options))
        window.name = name
        window.zoomed = zoomed == "1"
        window.options.set("pane-border-status", status)
        model.windows[number] = window
    window = model.windows[number]
    number = int(pane_id[1:])
    if number not in model.panes:
        emulator: Any = SimpleNamespace(cols=int(cols), rows=int(rows), alternate=False)
        pane = Pane(number, window, Options.for_pane(window.options), emulator)
        pane.xoff, pane.yoff = int(left), int(top)
        model.panes[number] = pane
        window.panes.append(pane)
        window.z_index.append(pane)
        if active == "1":
            window.active = pane
        if last == "1":
            window.last_panes.append(pane)
    return window, model.panes[number]


def window_called(model: Model, name: str) -> Window:
    session, window = name.split(":")
    return next(
        winlink.window
        for winlink in model.sorted_sessions()[0].sorted_winlinks()
        if (winlink.session.name, winlink.window.name) == (session, window)
    )


MODEL = build_model()


def caller(inside: str = "", tty: str = "") -> Client:
    """A client that is not attached."""
    client = Client(90)
    client.tmux_pane = inside
    client.tty = tty
    return client


def attached(model: Model, number: int, session: int, activity: float = 1.0) -> Client:
    client = Client(number)
    client.name = client.tty = f"/dev/pts/{number}"
    client.session = model.sessions[session]
    client.session.attached += 1
    client.activity = activity
    model.clients[number] = client
    return client


def outcome(kind: str, target: str, inside: str) -> str:
    """Our answer to one of the recorder's queries."""
    flags = {"pane": CAN_FAIL, "index": WINDOW_INDEX}.get(kind, 0)
    wanted = {"pane error": PANE, "index": WINDOW}.get(kind, kind)
    try:
        found = resolve(MODEL, target, wanted, flags, client=caller(inside))
    except TargetError as error:
        return str(error)
    session = found.session.name if found.session else ""
    if kind == "pane":
        # A format takes the current window and its active pane for what its target lacks.
        winlink = found.winlink or (found.session and found.session.current)
        pane = found.pane or (winlink and winlink.window.active)
        return f"{session}:{winlink.index if winlink else ''}.{pane.name if pane else ''}"
    if kind == "window":
        return f"{session}:{found.winlink.index if found.winlink else ''}"
    if kind == "index":
        assert found.session is not None
        index = found.session.free_index(1) if found.index is None else found.index
        return f"{'?' if index in found.session.winlinks else session}:{index}"
    return session if kind == "session" else ""


@pytest.mark.parametrize("kind", ["pane", "pane error", "window", "session", "index"])
def test_recorded_targets(kind: str) -> None:
    cases = [case for case in RECORDED["cases"] if case[0] == kind]
    differing = [
        (target, inside, expected, ours)
        for _, target, inside, expected in cases
        if (ours := outcome(kind, target, inside)) != expected
    ]
    assert not differing
    assert len(cases) > 200


def test_the_queue_may_say_what_is_current() -> None:
    found = resolve(MODEL, "beta:1", PANE, client=caller())
    assert resolve(MODEL, "", PANE, current=found, client=caller()).pane is found.pane
    assert (
        resolve(MODEL, ":+", WINDOW, current=found, client=caller()).winlink
        is (MODEL.sessions[3].winlinks[2])
    )


def test_what_is_current_no_more_is_ignored() -> None:
    gone = Found(MODEL.sessions[1], MODEL.sessions[2].current, MODEL.panes[1])
    found = resolve(MODEL, None, SESSION, current=gone, client=caller())
    assert found.session is MODEL.sessions[5]


def test_the_marked_pane_is_the_default_of_some_commands() -> None:
    assert resolve(MODEL, None, PANE, DEFAULT_MARKED, client=caller()).pane is MODEL.panes[18]


def test_without_sessions_nothing_is_current() -> None:
    with pytest.raises(TargetError, match=r"^no current target$"):
        resolve(Model(), None, PANE)
    assert resolve(Model(), "x", PANE, CAN_FAIL).session is None
    with pytest.raises(TargetError, match=r"^$"):
        resolve(MODEL, "nosuch", PANE, QUIET)


@pytest.mark.parametrize("text", ["@", "{active}", "{current}"])
def test_active_is_what_the_attached_client_sees(text: str) -> None:
    model = build_model()
    with pytest.raises(TargetError, match=r"^no current client$"):
        resolve(model, text, PANE, client=caller())
    client = attached(model, 1, 2)
    found = resolve(model, text, PANE, client=client)
    assert (found.session, found.pane) == (client.session, model.panes[22])


def mouse(session: int, window: int | None = None, pane: int | None = None) -> Any:
    return SimpleNamespace(mouse=SimpleNamespace(session_id=session, window_id=window, pane_id=pane))


@pytest.mark.parametrize(
    ("event", "kind", "expected"),
    [
        (mouse(1), PANE, (1, 1, 4)),
        (mouse(1, 8), PANE, (1, 10, 15)),
        (mouse(1, 8, 12), PANE, (1, 10, 12)),
        (mouse(1, 8, 12), WINDOW, (1, 10, 15)),
        (mouse(1, 8, 1), PANE, (1, 10, 15)),
        (mouse(1, 11, 22), PANE, (1, 1, 4)),
        (mouse(1, 99), PANE, None),
        (mouse(99), PANE, None),
        (SimpleNamespace(mouse=None), PANE, None),
        (None, PANE, None),
    ],
)
def test_mouse(event: Any, kind: str, expected: tuple[int, int, int] | None) -> None:
    for text in ("=", "{mouse}"):
        if expected is None:
            with pytest.raises(TargetError, match=r"^no mouse target$"):
                resolve(MODEL, text, kind, client=caller(), event=event)
            continue
        found = resolve(MODEL, text, kind, client=caller(), event=event)
        assert found.session
        assert found.winlink
        assert found.pane
        assert (found.session.id, found.winlink.index, found.pane.id) == expected


def test_a_program_in_a_pane_means_its_session() -> None:
    model = build_model()
    model.panes[12].tty = "/dev/pts/7"
    for client in (caller("%12"), caller(tty="/dev/pts/7")):
        found = from_client(model, client)
        assert found is not None
        # The active pane of the current window, not the one it runs in.
        assert found.pane is model.panes[4]
    model.panes[12].dead = True
    found = from_client(model, caller(tty="/dev/pts/7"))
    assert found is not None
    assert found.session is model.sessions[5]


def test_a_linked_window_is_found_in_the_session_used_last() -> None:
    model = build_model()
    window = model.windows[2]
    found = from_window(model, window)
    assert found is not None
    assert found.session is model.sessions[3]
    attached(model, 1, 3)
    found = from_pane(model, model.panes[6], PREFER_UNATTACHED)
    assert found is not None
    assert (found.session, found.pane) == (model.sessions[2], model.panes[6])
    model.sessions[1].activity = FIRST_ACTIVITY + 50
    found = from_window(model, window, PREFER_UNATTACHED)
    assert found is not None
    assert found.session is model.sessions[1]


def test_clients() -> None:
    model = build_model()
    assert current_client(model, caller()) is None
    one, two, three = attached(model, 1, 2, 5.0), attached(model, 2, 2, 7.0), attached(model, 3, 3, 6.0)
    for name in ("/dev/pts/1", "pts/1", "/dev/pts/1:"):
        assert find_client(model, name) is one
    two.name = "client-22"
    assert find_client(model, "client-22") is two
    for name in ("nosuch", "", "/dev/pts/9"):
        assert find_client(model, name, quiet=True) is None
    with pytest.raises(TargetError, match=r"^can't find client: nosuch$"):
        find_client(model, "nosuch:")
    assert current_client(model, three) is three
    assert best_client(model, model.sessions[2]) is two
    assert best_client(model, model.sessions[5]) is two
    assert current_client(model, caller("%22")) is two
    assert current_client(model, caller("%23")) is three
    assert current_client(model, caller()) is two
    # A client stands for its session.
    assert resolve(model, "/dev/pts/3", SESSION, client=caller()).session is model.sessions[3]
    assert resolve(model, "=pts/3:", PANE, client=caller()).session is model.sessions[3]
