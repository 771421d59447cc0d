"""Clients that are killed, stopped, or do not read: nobody else notices, and nothing is left of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from compat_tests.server.processes import cpu_seconds, idle_descriptors, memory_mib, state_of
from tmuxish.wire import frames

MEBIBYTE = 1 << 20
MOMENTS = [index * 0.006 for index in range(16)]
"""Seconds after its start at which a client is killed: from before Python runs to after it is attached."""
PATIENCE = 5.0
"""Seconds that a call may take while others misbehave, with the interpreter's start on a busy machine."""

pytestmark = pytest.mark.skipif(is_foreign(), reason="real tmux loses descriptors and locks here")


@pytest.fixture
def running(tmux: Sandbox) -> Iterator[Sandbox]:
    """A server with one session; in the end it must be the same, with nothing open that was not before."""
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    before = idle_descriptors(tmux)
    yield tmux
    assert tmux.server_pid() == server
    for session in tmux.run("list-sessions", "-F", "#S").ok().split():
        if session != "a":
            tmux.run("kill-session", "-t", session).ok()
    assert tmux.run("list-clients").ok() == ""
    wait_until(lambda: idle_descriptors(tmux) == before, "the closing of all descriptors")


def attach(tmux: Sandbox) -> PtyClient:
    return PtyClient([*tmux.command, "attach-session", "-t", "a"], tmux.environment(), tmux.work)


@pytest.mark.parametrize(
    "argv",
    [["attach-session", "-t", "a"], ["new-session"], ["new-session", "-A", "-s", "b"]],
    ids=["attach", "new", "new-or-attach"],
)
def test_killed_at_every_moment_of_attaching(running: Sandbox, argv: list[str]) -> None:
    for moment in MOMENTS:
        with PtyClient([*running.command, *argv], running.environment(), running.work) as client:
            timer = threading.Timer(moment, client.process.kill)
            timer.start()
            client.process.wait()
            timer.join()
    running.run("has-session", "-t", "a").ok()


@pytest.mark.parametrize(
    "argv",
    [
        ["new-session", "-d"],
        ["capture-pane", "-p", "-S", "-"],
        ["show-buffer", "-b", "big"],
        ["load-buffer", "-"],
        ["wait-for", "never"],
        ["wait-for", "-L", "lock"],
        ["run-shell", "sleep 0.2"],
        ["if-shell", "sleep 0.2", "list-sessions"],
        ["source-file", "-"],
    ],
    ids=" ".join,
)
def test_killed_at_every_moment_of_a_call(running: Sandbox, argv: list[str]) -> None:
    running.run("load-buffer", "-b", "big", "-", stdin=b"x" * MEBIBYTE).ok()
    for moment in MOMENTS[::3]:
        client = running.popen(*argv, stdin=subprocess.PIPE)
        time.sleep(moment)
        client.kill()
        client.communicate()
    running.run("has-session", "-t", "a").ok()
    # What it held or waited for is free.
    running.run("wait-for", "-U", "lock")
    running.run("wait-for", "-L", "lock", timeout=5).ok()


@pytest.mark.parametrize("argv", [["new-session", "-d"], ["attach-session", "-t", "a"], ["new-session"]])
def test_gone_before_it_has_said_who_it_is(running: Sandbox, argv: list[str]) -> None:
    words = [os.fsencode(word) for word in argv]
    command = frames.pack_command(frames.Command(frames.FLAG_STDIN_TTY, b"/", b"", b"", b"", words))
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(running.socket_path()))
        peer.sendall(frames.encode(frames.COMMAND, command))
        received = peer.recv(4096)
        assert received[4] == frames.IDENTIFY_REQUEST
    assert running.run("list-sessions", "-F", "#S").ok() == "a\n"


def test_stopped_while_a_pane_floods(running: Sandbox) -> None:
    """The server's memory stays flat, everybody else is served, and the stopped one catches up."""
    server = running.server_pid()
    with attach(running) as stopped, attach(running) as other:
        stopped.wait_for("Welcome")
        other.wait_for("Welcome")
        stopped.process.send_signal(signal.SIGSTOP)
        wait_until(lambda: state_of(stopped.process.pid) == "T", "the stop")
        lines = "while :; do seq 1000000 1020000; done"
        running.run("respawn-pane", "-k", "-t", "a", lines).ok()
        other.wait_for("1019999")
        before = memory_mib(server)
        for _ in range(10):
            start = time.monotonic()
            running.run("has-session", "-t", "a").ok()
            assert time.monotonic() - start < PATIENCE
            other.wait_for("1019999")
        assert memory_mib(server) < before + 8
        running.run("respawn-pane", "-k", "-t", "a", "exec claude").ok()
        other.wait_for("Welcome")
        stopped.process.send_signal(signal.SIGCONT)
        stopped.wait_for("Welcome")


def test_stopped_and_then_detached_and_killed(running: Sandbox) -> None:
    with attach(running) as stopped:
        stopped.wait_for("Welcome")
        stopped.process.send_signal(signal.SIGSTOP)
        running.run("detach-client", "-s", "a").ok()
        running.until("0", "display-message", "-p", "-t", "a", "#{session_attached}")
        stopped.process.send_signal(signal.SIGCONT)
        assert stopped.wait() == 0
        assert stopped.closing_line() == "[detached (from session a)]"


def test_a_server_ends_in_spite_of_a_stopped_client(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    with attach(tmux) as stopped:
        stopped.wait_for("Welcome")
        stopped.process.send_signal(signal.SIGSTOP)
        tmux.run("kill-server").ok()
        wait_until(lambda: state_of(server) == "", "the server's end")
        stopped.process.send_signal(signal.SIGCONT)
        stopped.wait()
        assert stopped.closing_line() in ("[exited]", "[server exited]")


def test_never_reading_its_standard_output(running: Sandbox) -> None:
    data = bytes(range(256)) * (100 * MEBIBYTE // 256)
    running.run("load-buffer", "-b", "big", "-", stdin=data).ok()
    server = running.server_pid()
    before = memory_mib(server)
    clients = [running.popen("show-buffer", "-b", "big") for _ in range(3)]
    try:
        wait_until(lambda: all(blocked_in_a_pipe(client.pid) for client in clients), "full pipes")
        spent = cpu_seconds(server)
        for _ in range(5):
            start = time.monotonic()
            running.run("has-session", "-t", "a").ok()
            assert time.monotonic() - start < PATIENCE
        assert cpu_seconds(server) - spent < 0.2
        assert memory_mib(server) < before + 8  # the buffer is shared with all of them
        running.run("delete-buffer", "-b", "big").ok()
        assert clients[0].communicate(timeout=20) == (data, b"")
    finally:
        for client in clients:
            client.kill()
            client.communicate()
    wait_until(lambda: memory_mib(server) < before - 90, "the memory's return")


def blocked_in_a_pipe(pid: int) -> bool:
    return "pipe" in Path(f"/proc/{pid}/wchan").read_text()


def test_a_terminal_that_goes_away_in_a_flood(running: Sandbox) -> None:
    running.run("new-session", "-d", "-s", "flood", "exec yes").ok()
    for _ in range(5):
        argv = [*running.command, "attach-session", "-t", "flood"]
        with PtyClient(argv, running.environment(), running.work) as client:
            client.wait_for("y")
            client.close()
            assert client.process.wait(10) == 1
    running.until("0", "display-message", "-p", "-t", "flood", "#{session_attached}")
