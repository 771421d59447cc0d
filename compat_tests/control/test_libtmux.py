"""libtmux's own client in control mode, and what it does with attached clients."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import pytest

from compat_tests.clients.sandbox import Sandbox, wait_until

if TYPE_CHECKING:
    from libtmux import Session

libtmux = pytest.importorskip("libtmux", reason="libtmux is not installed")
control_mode = pytest.importorskip(
    "libtmux._internal.control_mode", reason="this libtmux has no control mode"
)


@pytest.fixture
def session(tmux: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session made by libtmux on the executable under test."""
    for name in ("TMUX", "TMUX_PANE", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in tmux.env.items():
        monkeypatch.setenv(name, value)
    server = libtmux.Server(socket_name="libtmux", tmux_bin=tmux.bin / "tmux")
    yield server.new_session("main", x=100, y=30)


def read_some(stream: IO[str]) -> str:
    """What a client has printed by now."""
    os.set_blocking(stream.fileno(), False)
    try:
        return os.read(stream.fileno(), 65536).decode()
    except BlockingIOError:
        return ""


def test_a_client_is_there_while_it_is_used(session: Session) -> None:
    server = session.server
    assert server.cmd("list-clients").stdout == []
    with control_mode.ControlMode(server=server, session=session) as control:
        assert control.client_name.startswith("client-")
        listed = server.cmd("list-clients", "-F", "#{client_name} #{client_control_mode}").stdout
        assert listed == [f"{control.client_name} 1"]
    wait_until(lambda: server.cmd("list-clients").stdout == [], "the end of the client")


def test_a_client_can_be_detached(session: Session) -> None:
    with control_mode.ControlMode(server=session.server, session=session) as control:
        assert session.server.cmd("detach-client", "-t", control.client_name).stderr == []
        assert control.stdout.read().splitlines()[-1] == "%exit"


def test_a_client_is_told_what_happens(session: Session) -> None:
    with control_mode.ControlMode(server=session.server, session=session) as control:
        window = session.new_window("made")
        window.rename_window("renamed")
        pane = window.split()
        pane.send_keys("echo h''ello")
        wanted = [
            f"%window-add {window.window_id}\n",
            f"%window-renamed {window.window_id} renamed\n",
            f"%layout-change {window.window_id} ",
            r"hello\015\012",  # not what is typed, which has quotes in it
        ]
        told = ""

        def complete() -> bool:
            nonlocal told
            told += read_some(control.stdout)
            return all(text in told for text in wanted)

        wait_until(complete, f"all of {wanted}")


def test_clients_are_objects_too(session: Session) -> None:
    with control_mode.ControlMode(server=session.server, session=session) as control:
        (client,) = session.server.clients
        assert client.client_name == control.client_name
        assert client.client_session == "main"
