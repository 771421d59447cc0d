"""Panes inherit the special characters of the terminal their session was made on (measured: tmux 3.7c)."""

from __future__ import annotations

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until


def test_interrupt_character_of_the_users_terminal_holds_in_panes(tmux: Sandbox) -> None:
    session = " ".join([*map(str, tmux.command), "new-session", "-s", "s", "'stty -a; exec cat'"])
    argv = ["/bin/sh", "-c", f"stty intr ^X; exec {session}"]
    with PtyClient(argv, tmux.environment({}), tmux.work):
        wait_until(lambda: b"intr = ^X;" in tmux.run("capture-pane", "-p").stdout, "stty's answer")
