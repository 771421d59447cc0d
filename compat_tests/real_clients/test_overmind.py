"""overmind: a Procfile's processes in windows of a session that it steers in control mode over pipes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until
from compat_tests.real_clients.programs import borrow, call

PROCFILE = """\
web: echo up; while read line; do echo "heard $line"; done
worker: echo working; trap 'echo told; exit 0' INT TERM; while :; do sleep 0.1; done
"""


class Overmind:
    """One that runs, the sandbox it runs in and the file it prints to."""

    def __init__(self, tmux: Sandbox) -> None:
        borrow(tmux, "overmind", "go install github.com/DarthSim/overmind/v2@latest")
        self.tmux = tmux
        self.log = tmux.root / "overmind.log"
        self.env = {"OVERMIND_NO_PORT": "1", "OVERMIND_CAN_DIE": "worker"}
        (tmux.work / "Procfile").write_text(PROCFILE)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["overmind", "start"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=tmux.work,
                env=tmux.environment(self.env),
                start_new_session=True,
            )

    def printed(self) -> str:
        """What it has printed, without colours."""
        return re.sub(r"\x1b\[[\d;]*m", "", self.log.read_text())

    def wait_for(self, text: str) -> None:
        wait_until(lambda: text in self.printed(), f"{text!r} printed by overmind")

    def ask(self, *argv: str) -> str:
        """What one of its commands prints."""
        return call(self.tmux, "overmind", *argv, env=self.env).ok()

    def statuses(self) -> dict[str, tuple[int, str]]:
        """By the processes' names: pid and status."""
        rows = [line.split() for line in self.ask("ps").splitlines()[1:]]
        return {name: (int(pid), status) for name, pid, status in rows}

    def end(self) -> int:
        """Quit; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)


@pytest.fixture
def overmind(tmux: Sandbox) -> Iterator[Overmind]:
    running = Overmind(tmux)
    yield running
    running.end()


def test_processes_start_print_and_are_told_of(overmind: Overmind) -> None:
    overmind.wait_for("web    | up")
    overmind.wait_for("worker | working")
    assert {name: status for name, (_, status) in overmind.statuses().items()} == {
        "web": "running",
        "worker": "running",
    }
    for pid, _ in overmind.statuses().values():
        os.kill(pid, 0)


def test_restart_gives_a_new_process_and_stop_ends_one(overmind: Overmind) -> None:
    overmind.wait_for("worker | working")
    overmind.wait_for("web    | up")
    before = overmind.statuses()
    overmind.ask("restart", "web")
    wait_until(lambda: overmind.printed().count("web    | up") == 2, "the second start of web")
    wait_until(lambda: overmind.statuses()["web"][0] != before["web"][0], "another process of web")
    overmind.ask("stop", "worker")
    overmind.wait_for("worker | told")
    wait_until(lambda: overmind.statuses()["worker"][1] == "dead", "the end of worker")
    assert overmind.statuses()["web"][1] == "running"


def test_connect_attaches_to_a_process(overmind: Overmind, tmux: Sandbox) -> None:
    overmind.wait_for("web    | up")
    with PtyClient(
        ["overmind", "connect", "web"], tmux.environment(overmind.env), tmux.work, 100, 30
    ) as client:
        client.wait_for("up")
        client.type(b"a line\r")
        client.wait_for("heard a line")
        overmind.wait_for("web    | heard a line")
        client.type(b"\x02d")
        assert client.wait() == 0
        assert client.closing_line().startswith("[detached (from session ")


def test_quitting_ends_everything(overmind: Overmind, tmux: Sandbox) -> None:
    overmind.wait_for("worker | working")
    overmind.wait_for("web    | up")
    overmind.ask("quit")
    assert overmind.process.wait(15) == 0
    assert not (tmux.work / ".overmind.sock").exists()
    overmind.wait_for("worker | Exited with code 0")
    (socket,) = tmux.socket_path().parent.glob("overmind-*")
    wait_until(lambda: tmux.run("-L", socket.name, "list-sessions").code == 1, "the session's end")
