"""Logs: -v makes one for the client and one for the server, -vv another of all that terminals are sent."""

from __future__ import annotations

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until


def test_one_v_logs_client_and_server(tmux: Sandbox) -> None:
    tmux.run("-v", "new-session", "-d", "-s", "a", "exec claude").ok()
    server = tmux.server_pid()
    kinds = sorted(path.name.rsplit("-", 1)[0] for path in tmux.work.glob("tmux-*.log"))
    assert kinds == ["tmux-client", "tmux-server"]
    assert (tmux.work / f"tmux-server-{server}.log").exists()


def test_two_also_log_what_terminals_are_sent(tmux: Sandbox) -> None:
    tmux.run("-vv", "new-session", "-d", "-s", "a", "exec claude").ok()
    log = tmux.work / f"tmux-out-{tmux.server_pid()}.log"
    assert log.read_bytes() == b""
    with PtyClient([*tmux.command, "attach", "-t", "a"], tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        tmux.run("detach-client", "-s", "a").ok()
        client.wait()
        sent = log.read_bytes()
        assert b"Welcome to the stand-in" in sent
        wait_until(lambda: sent in client.drawn, "all that was logged on the terminal")
