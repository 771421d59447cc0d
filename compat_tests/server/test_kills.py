"""Whatever is killed, what is left is clean and the next call works."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until


def start(tmux: Sandbox, name: str, *command: str) -> None:
    tmux.run("new-session", "-d", "-s", name, *command).ok()


def show(tmux: Sandbox, target: str, template: str) -> str:
    return tmux.run("display-message", "-p", "-t", target, template).ok().rstrip("\n")


def gone(pid: int) -> bool:
    """Whether the process has ended; whoever inherited it may not have reaped it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_gone(pid: int, what: str) -> None:
    wait_until(lambda: gone(pid), f"the end of {what}")


def wait_no_server(tmux: Sandbox) -> None:
    wait_until(lambda: "no server running" in tmux.run("ls").err, "no server running")


def test_an_attached_client_is_killed(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        client.process.kill()
        client.process.wait()
        tmux.until("0", "display-message", "-p", "-t", "a", "#{session_attached}")
        assert tmux.run("list-clients").ok() == ""
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")


def test_a_waiting_client_is_killed(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    waiter = tmux.popen("wait-for", "channel")
    tmux.run("wait-for", "-L", "lock").ok()
    second = tmux.popen("wait-for", "-L", "lock")
    for process in (waiter, second):
        process.kill()
        process.communicate()
    tmux.run("has-session", "-t", "a").ok()
    tmux.run("wait-for", "-S", "channel").ok()
    tmux.run("wait-for", "-U", "lock").ok()


@pytest.mark.skipif(is_foreign(), reason="real tmux wakes the client that is gone, and nobody else")
def test_a_signal_is_not_lost_on_a_waiting_client_that_was_killed(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    waiter = tmux.popen("wait-for", "channel")
    wait_until(lambda: "wait-for channel" in tmux.run("show-messages").out, "the client waiting")
    waiter.kill()
    waiter.communicate()
    tmux.run("wait-for", "-S", "channel").ok()
    tmux.run("wait-for", "channel", timeout=5).ok()


def test_a_client_is_killed_in_the_middle_of_its_standard_input(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    loader = tmux.popen("load-buffer", "-b", "half", "-", stdin=subprocess.PIPE)
    assert loader.stdin is not None
    loader.stdin.write(b"x" * 100_000)
    loader.stdin.flush()
    loader.kill()
    loader.communicate()
    tmux.run("has-session", "-t", "a").ok()
    assert tmux.run("list-buffers").ok() == ""
    tmux.run("load-buffer", "-b", "whole", "-", stdin=b"all of it").ok()
    assert tmux.run("show-buffer", "-b", "whole").ok() == "all of it"


def test_a_client_whose_reader_has_gone(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    tmux.run("set-buffer", "-b", "big", "x" * 10_000).ok()
    assert tmux.shell("tmux show-buffer -b big | true").code == 0
    assert tmux.shell("tmux ls <&- >&- 2>&-").code == 0
    tmux.run("has-session", "-t", "a").ok()


def test_the_child_of_a_pane_is_killed(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    start(tmux, "b", "claude")
    tmux.run("split-window", "-t", "b", "claude").ok()
    tmux.until("\n>", "capture-pane", "-p", "-t", "b:0.1")
    os.kill(int(show(tmux, "b:0.1", "#{pane_pid}")), signal.SIGKILL)
    wait_until(lambda: show(tmux, "b", "#{window_panes}") == "1", "the pane closing")
    assert show(tmux, "b", "#{pane_height}") == "24"
    os.kill(int(show(tmux, "b", "#{pane_pid}")), signal.SIGKILL)
    wait_until(lambda: tmux.run("has-session", "-t", "b").code == 1, "the session closing")
    assert tmux.run("list-sessions", "-F", "#S").ok() == "a\n"


def test_the_child_of_a_pane_that_remains_is_killed(tmux: Sandbox) -> None:
    start(tmux, "a", "claude", ";", "set-option", "-t", "a", "remain-on-exit", "on")
    os.kill(int(show(tmux, "a", "#{pane_pid}")), signal.SIGKILL)
    tmux.until(
        "1||9", "display-message", "-p", "-t", "a", "#{pane_dead}|#{pane_dead_status}|#{pane_dead_signal}"
    )
    assert "Pane is dead (signal 9," in tmux.run("capture-pane", "-p", "-t", "a").ok()
    tmux.run("respawn-pane", "-t", "a").ok()
    tmux.until("\n>", "capture-pane", "-p", "-t", "a")


def test_children_are_reaped(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    server = tmux.server_pid()
    for _ in range(10):
        tmux.run("new-window", "-d", "-t", "a:", "exit 0").ok()
        tmux.run("run-shell", "-b", "exit 0").ok()

    def children() -> list[str]:
        return Path(f"/proc/{server}/task/{server}/children").read_text().split()

    pane = show(tmux, "a", "#{pane_pid}")
    wait_until(lambda: children() == [pane], "only the pane's program being left")


def test_the_server_is_killed(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    server, pane = tmux.server_pid(), int(show(tmux, "a", "#{pane_pid}"))
    waiter = tmux.popen("wait-for", "never")
    before = set(tmux.processes())
    os.kill(server, signal.SIGKILL)
    wait_gone(server, "the server")
    wait_gone(pane, "the pane's program, by hangup")
    out, err = waiter.communicate(timeout=10)
    assert (waiter.returncode, out) == (1, b"")
    assert err in (b"server exited unexpectedly\n", f"no server running on {tmux.socket_path()}\n".encode())
    result = tmux.run("ls")
    assert (result.code, result.err) == (1, f"no server running on {tmux.socket_path()}\n")
    start(tmux, "b", "claude")
    assert tmux.run("list-sessions", "-F", "#S").ok() == "b\n"
    assert not before & set(tmux.processes())


def test_a_stale_socket_is_replaced(tmux: Sandbox) -> None:
    path = tmux.socket_path()
    path.parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    result = tmux.run("ls")
    assert (result.code, result.err) == (1, f"no server running on {path}\n")
    start(tmux, "a", "claude")
    assert tmux.run("list-sessions", "-F", "#S").ok() == "a\n"


def test_usr1_brings_a_deleted_socket_back(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    server, path = tmux.server_pid(), tmux.socket_path()
    path.unlink()
    assert tmux.run("has-session", "-t", "a").code == 1
    os.kill(server, signal.SIGUSR1)
    wait_until(path.exists, "the socket")
    tmux.run("has-session", "-t", "a").ok()
    assert tmux.server_pid() == server


def test_sigterm_ends_the_server_cleanly(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    start(tmux, "b", "trap '' HUP; exec sleep 600")
    server, pane = tmux.server_pid(), int(show(tmux, "a", "#{pane_pid}"))
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        os.kill(server, signal.SIGTERM)
        assert client.wait() == 1
        assert client.closing_line() == "[server exited]"
    wait_gone(server, "the server")
    wait_gone(pane, "the pane's program")
    wait_no_server(tmux)
    start(tmux, "c", "claude")
    assert tmux.run("list-sessions", "-F", "#S").ok() == "c\n"


def test_kill_server_leaves_nothing(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    tmux.run("split-window", "-t", "a", "claude").ok()
    tmux.run("kill-server").ok()
    wait_until(lambda: not list(tmux.processes()), "the end of all processes")
    wait_no_server(tmux)


def test_the_server_ends_with_its_last_session(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    server = tmux.server_pid()
    tmux.run("kill-session", "-t", "a").ok()
    wait_gone(server, "the server")
    wait_no_server(tmux)


def test_exit_empty_off_keeps_the_server(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    server = tmux.server_pid()
    tmux.run("set-option", "-g", "exit-empty", "off").ok()
    tmux.run("kill-session", "-t", "a").ok()
    assert tmux.run("list-sessions").ok() == ""
    assert tmux.server_pid() == server
    start(tmux, "b", "claude")
    assert tmux.server_pid() == server
    tmux.run("set-option", "-g", "exit-empty", "on").ok()
    tmux.run("kill-session", "-t", "b").ok()
    wait_gone(server, "the server")


def test_exit_unattached_ends_the_server_with_its_last_client(tmux: Sandbox) -> None:
    start(tmux, "a", "claude")
    server = tmux.server_pid()
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        tmux.run("set-option", "-g", "exit-unattached", "on").ok()
        client.type(b"\x02d")
        client.wait()
    wait_gone(server, "the server")


def test_destroy_unattached_ends_the_session_with_its_last_client(tmux: Sandbox) -> None:
    start(tmux, "keeper", "claude")
    start(tmux, "a", "claude")
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        tmux.run("set-option", "-t", "a", "destroy-unattached", "on").ok()
        client.type(b"\x02d")
        client.wait()
    wait_until(lambda: tmux.run("list-sessions", "-F", "#S").ok() == "keeper\n", "the session's end")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_short_client_told_to_end_does(tmux: Sandbox, number: signal.Signals) -> None:
    start(tmux, "a", "claude")
    # The command substitution's output tells when the client has been heard.
    client = tmux.popen("run-shell", f"echo > {tmux.work}/heard; exec sleep 600")
    wait_until((tmux.work / "heard").exists, "the command of run-shell")
    client.send_signal(number)
    client.communicate(timeout=10)
    tmux.run("has-session", "-t", "a").ok()
