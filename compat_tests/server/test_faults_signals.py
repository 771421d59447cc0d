"""What signals do to the server: end it cleanly, make it do something, or nothing. As they do in tmux."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until
from compat_tests.server.processes import descriptors, idle_descriptors, state_of
from tmuxish.server.loop import Loop

OF_NO_MEANING = [
    "SIGHUP",
    "SIGQUIT",
    "SIGPIPE",
    "SIGCHLD",
    "SIGCONT",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGWINCH",
]
ENDING = ["SIGTERM", "SIGINT"]
OFTEN = 50


@pytest.mark.parametrize("name", OF_NO_MEANING)
def test_a_signal_of_no_meaning(tmux: Sandbox, name: str) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    for _ in range(OFTEN):
        os.kill(server, getattr(signal, name))
    assert tmux.server_pid() == server
    tmux.run("send-keys", "-t", "a", "hello", "Enter").ok()
    tmux.until("said: hello", "capture-pane", "-p", "-t", "a")


@pytest.mark.parametrize("name", ENDING)
def test_a_signal_that_ends_the_server(tmux: Sandbox, name: str) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    with PtyClient([*tmux.command, "attach-session", "-t", "a"], tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        os.kill(server, getattr(signal, name))
        assert client.wait() == 1
        assert client.closing_line() == "[server exited]"
    wait_until(lambda: not list(tmux.processes()), "the end of all processes")


def test_usr1_again_and_again(tmux: Sandbox) -> None:
    """Each makes the socket anew; none is lost for those who call, and none is left open."""
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    before = idle_descriptors(tmux)
    for _ in range(20):
        inode = tmux.socket_path().stat().st_ino
        os.kill(server, signal.SIGUSR1)
        wait_until(partial(renewed, tmux, inode), "a new socket")
        assert tmux.server_pid() == server
    assert idle_descriptors(tmux) == before


def renewed(tmux: Sandbox, inode: int) -> bool:
    try:
        return tmux.socket_path().stat().st_ino != inode
    except FileNotFoundError:
        return False


def test_usr1_with_nowhere_to_go(tmux: Sandbox) -> None:
    """The old socket stays in use where a new one cannot be made, until it can."""
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server, folder = tmux.server_pid(), tmux.socket_path().parent
    away = folder.rename(folder.with_name("away"))
    os.kill(server, signal.SIGUSR1)
    assert tmux.run("-S", str(away / "default"), "display-message", "-p", "#{pid}").ok() == f"{server}\n"
    away.rename(folder)
    tmux.socket_path().unlink()
    os.kill(server, signal.SIGUSR1)
    wait_until(tmux.socket_path().exists, "the socket")
    assert tmux.server_pid() == server


def test_usr2_turns_the_log_on_and_off(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    log = tmux.work / f"tmux-server-{server}.log"

    def is_open(wanted: bool) -> bool:
        return (str(log) in descriptors(server)) is wanted

    for wanted in (True, False, True, False):
        os.kill(server, signal.SIGUSR2)
        wait_until(partial(is_open, wanted), "the log's state")
    assert log.exists()
    assert tmux.server_pid() == server


def test_a_stopped_server_goes_on(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    os.kill(server, signal.SIGSTOP)
    wait_until(lambda: state_of(server) == "T", "the stop")
    calls = [tmux.popen("display-message", "-p", str(number)) for number in range(5)]
    os.kill(server, signal.SIGCONT)
    for number, call in enumerate(calls):
        assert call.communicate(timeout=20) == (b"%d\n" % number, b"")


def test_a_signal_in_the_last_moment() -> None:
    """Programs end while the server does, and their signals may come when the loop is closed already."""
    loop = Loop()
    loop.close()
    loop.call_soon_threadsafe(lambda: None)
