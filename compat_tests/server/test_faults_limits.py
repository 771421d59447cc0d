"""When the system runs out of something, the call that needs it fails and says so; the server goes on."""

from __future__ import annotations

import os
import shutil
import signal
import socket

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from compat_tests.server.processes import cpu_seconds, memory_mib
from compat_tests.server.somebody import as_somebody, give_to_somebody, tmux_for_somebody

DESCRIPTORS = 64
PROCESSES = 8


def start_limited(tmux: Sandbox, limit: str, *flags: str) -> None:
    """A server under a limit of the shell's `ulimit`, with the session "a"."""
    result = tmux.shell(f"ulimit {limit}; exec tmux {' '.join(flags)} new-session -d -s a 'exec claude'")
    assert (result.code, result.err) == (0, "")


def fill(tmux: Sandbox) -> str:
    """Open sessions until one fails; what it said."""
    for index in range(DESCRIPTORS):
        result = tmux.run("new-session", "-d", "-s", f"s{index}", "exec claude")
        if result.code:
            return result.err
    raise AssertionError("the limit was never reached")


def test_no_descriptors_left_for_panes(tmux: Sandbox) -> None:
    start_limited(tmux, f"-n {DESCRIPTORS}")
    full = "Too many open files\n"
    assert fill(tmux) == f"create window failed: fork failed: {full}"
    sessions = tmux.run("list-sessions", "-F", "#S").ok()
    for argv, message in [
        (["new-session", "-d"], f"create window failed: fork failed: {full}"),
        (["new-window", "-t", "a:"], f"create window failed: fork failed: {full}"),
        (["split-window", "-t", "a"], f"create pane failed: fork failed: {full}"),
        (["pipe-pane", "-t", "a", "cat"], f"socketpair error: {full}"),
        (["run-shell", "true"], "failed to run command: true\n"),
        (["if-shell", "true", "list-sessions"], "failed to run command: true\n"),
    ]:
        result = tmux.run(*argv)
        assert (result.code, result.err) == (1, message)
    # Nothing half made is left, and what needs no descriptor works.
    assert tmux.run("list-sessions", "-F", "#S").ok() == sessions
    assert tmux.run("list-panes", "-a").ok().count("\n") == sessions.count("\n")
    assert tmux.run("display-message", "-p", "#(echo hi)").ok() == "<'echo hi' didn't start>\n"
    tmux.run("kill-session", "-t", "s0").ok()
    tmux.run("kill-session", "-t", "s1").ok()
    tmux.run("new-session", "-d", "-s", "again", "exec claude").ok()


def test_no_descriptors_left_for_clients(tmux: Sandbox) -> None:
    """Those above the limit wait, without the server trying all the time."""
    start_limited(tmux, f"-n {DESCRIPTORS}")
    server = tmux.server_pid()
    peers = [socket.socket(socket.AF_UNIX) for _ in range(DESCRIPTORS)]
    for peer in peers:
        peer.connect(str(tmux.socket_path()))
    waiting = tmux.popen("list-sessions", "-F", "#S")
    before = cpu_seconds(server)
    with pytest.raises(TimeoutError):  # it can't be served yet
        peers[0].settimeout(0.5)
        peers[0].recv(1)
    assert cpu_seconds(server) - before < 0.2
    assert waiting.poll() is None
    for peer in peers:
        peer.close()
    assert waiting.communicate(timeout=10) == (b"a\n", b"")


def test_no_processes_left() -> None:
    """As a user without other processes, since root is not limited."""
    command = tmux_for_somebody()
    if command is None or shutil.which("prlimit") is None:
        pytest.skip("needs root, setpriv, prlimit, and an interpreter for everybody")
    with Sandbox(as_somebody("prlimit", f"--nproc={PROCESSES}", *command)) as tmux:
        give_to_somebody(tmux)
        tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
        server = tmux.server_pid()
        assert fill(tmux) == "create window failed: fork failed: Resource temporarily unavailable\n"
        assert tmux.run("run-shell", "true").err == "failed to run command: true\n"
        assert tmux.run("if-shell", "true", "list-sessions").err == "failed to run command: true\n"
        assert tmux.run("pipe-pane", "-t", "a", "cat").err == "fork error: Resource temporarily unavailable\n"
        tmux.run("kill-session", "-t", "s0").ok()
        wait_until(lambda: tmux.run("new-session", "-d", "-s", "again", "exec claude").code == 0, "room")
        assert tmux.server_pid() == server


@pytest.mark.skipif(is_foreign(), reason="real tmux is killed by SIGXFSZ")
@pytest.mark.parametrize("flags", [[], ["-v"]], ids=["log-later", "log-from-the-start"])
def test_no_room_for_the_log(tmux: Sandbox, flags: list[str]) -> None:
    """Logging ends, and nothing else."""
    start_limited(tmux, "-f 0", *flags)
    server = tmux.server_pid()
    if not flags:
        os.kill(server, signal.SIGUSR2)
    for _ in range(2):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(str(tmux.socket_path()))
            peer.sendall(b"\xff" * 64)  # which is worth a line in the log
            while peer.recv(4096):
                pass
        assert tmux.server_pid() == server


FULL = [
    (["save-buffer", "/dev/full"], "No space left on device: /dev/full\n"),
    (["save-buffer", "-a", "/dev/full"], "No space left on device: /dev/full\n"),
    (["save-buffer", "/nowhere/file"], "No such file or directory: /nowhere/file\n"),
    (["save-buffer", "/"], "Is a directory: /\n"),
]


@pytest.mark.parametrize(("argv", "message"), FULL, ids=["full", "append", "nowhere", "directory"])
@pytest.mark.skipif(is_foreign(), reason="real tmux does not notice a full disk")
def test_no_room_for_a_buffer(tmux: Sandbox, argv: list[str], message: str) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    tmux.run("load-buffer", "-", stdin=b"x" * 1_000_000).ok()
    result = tmux.run(*argv)
    assert (result.code, result.err) == (1, message)
    tmux.run("has-session", "-t", "a").ok()


@pytest.mark.skipif(is_foreign(), reason="real tmux takes whatever comes")
def test_a_file_without_end(tmux: Sandbox) -> None:
    """It is refused at last, half a gibibyte later."""
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    result = tmux.run("load-buffer", "/dev/zero")
    assert (result.code, result.err) == (1, "File too large: /dev/zero\n")
    assert memory_mib(tmux.server_pid()) < 100


def test_no_room_on_standard_output(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    for line in (
        "tmux list-sessions >/dev/full",
        "tmux capture-pane -p -t a >/dev/full",
        "tmux list-keys | :",
    ):
        assert "Traceback" not in tmux.shell(line).err
    tmux.run("has-session", "-t", "a").ok()
