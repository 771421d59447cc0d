"""Servers in the foreground (-D): one per socket however they race, and none beside one that runs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from compat_tests.server.processes import unix_sockets
from tmuxish.cli import diagnosis

SERVERS = 6


@pytest.fixture
def foreground(tmux: Sandbox) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is our child."""
    with tmux.popen("-D") as process:
        wait_until(lambda: "no server running" not in tmux.run("has-session").err, "the server")
        yield process
        process.kill()


def test_it_stays_without_sessions(tmux: Sandbox, foreground: subprocess.Popen[bytes]) -> None:
    tmux.run("new-session", "-d", "-s", "a", "claude").ok()
    assert tmux.server_pid() == foreground.pid
    tmux.run("kill-session", "-t", "a").ok()
    assert tmux.run("list-sessions").ok() == ""


def test_it_ends_when_told(tmux: Sandbox, foreground: subprocess.Popen[bytes]) -> None:
    foreground.send_signal(signal.SIGTERM)
    assert foreground.communicate(timeout=10) == (b"", b"")
    assert foreground.returncode == 0


def test_another_one_is_a_client(tmux: Sandbox, foreground: subprocess.Popen[bytes]) -> None:
    result = tmux.run("-D")
    assert (result.code, result.err) == (1, "open terminal failed: not a terminal\n")
    tmux.run("new-session", "-d", "-s", "a", "claude").ok()
    assert tmux.server_pid() == foreground.pid


@pytest.mark.skipif(not Path("/proc/net/unix").exists(), reason="needs /proc")
@pytest.mark.skipif(is_foreign(), reason="real tmux's start lock is of another kind")
def test_many_at_once_are_one(tmux: Sandbox) -> None:
    """All but one find it taken; so does a client that starts a daemon meanwhile."""
    servers = [tmux.popen("-D") for _ in range(SERVERS)]
    client = tmux.popen("new-session", "-d", "-s", "a", "claude")
    try:
        assert client.communicate(timeout=20) == (b"", b"")
        wait_until(lambda: sum(server.poll() is None for server in servers) <= 1, "all others' end")
        assert tmux.run("list-sessions", "-F", "#S").ok() == "a\n"
        assert unix_sockets(tmux.socket_path())[0] == 1
    finally:
        for server in servers:
            server.kill()
            server.communicate()


@pytest.mark.skipif(is_foreign(), reason="about our own client")
@pytest.mark.skipif(not Path("/proc/self/comm").exists(), reason="needs /proc")
@pytest.mark.parametrize("daemon", [True, False], ids=["daemon", "foreground"])
def test_a_server_that_is_busy_for_long_is_not_taken_for_another_program(
    tmux: Sandbox, monkeypatch: pytest.MonkeyPatch, daemon: bool
) -> None:
    """As a call would fail otherwise that the server carries out all the same."""
    monkeypatch.setattr(diagnosis, "ANSWER_SECONDS", 0.05)
    if not daemon:
        tmux.popen("-D")
        wait_until(lambda: "no server running" not in tmux.run("has-session").err, "the server")
    tmux.run("new-session", "-d", "exec claude").ok()
    server = tmux.server_pid()
    os.kill(server, signal.SIGSTOP)
    assert diagnosis.foreign_server(str(tmux.socket_path())) is None
    os.kill(server, signal.SIGCONT)
    with silent_program(tmux) as path:
        assert "does not answer" in str(diagnosis.foreign_server(path))


@contextmanager
def silent_program(tmux: Sandbox) -> Iterator[str]:
    """Something that listens and says nothing."""
    path = str(tmux.root / "silent")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        yield path
