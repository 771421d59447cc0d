"""What needs a screen says so where the client has none."""

from __future__ import annotations

import subprocess

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign


@pytest.mark.skipif(is_foreign(), reason="real tmux waits for ever")
@pytest.mark.parametrize(
    "argv",
    [
        ("display-menu", "-c", "a", "item", "k", "list-keys"),
        ("display-popup", "-c", "a", "true"),
        ("display-panes", "-t", "a"),
    ],
    ids=lambda argv: argv[0],
)
def test_nothing_is_shown_to_a_client_in_control_mode(tmux: Sandbox, argv: tuple[str, ...]) -> None:
    tmux.run("new-session", "-d", "-s", "s").ok()
    talk = tmux.popen("-C", "attach-session", stdin=subprocess.PIPE)
    name = f"client-{talk.pid}"
    tmux.until(name, "list-clients", "-F", "#{client_name}")
    answer = tmux.run(*(name if word == "a" else word for word in argv))
    assert (answer.code, answer.err) == (1, f"client has no screen: {name}\n")
    talk.communicate()
