"""Menus, popups and numbers on panes, for a client that has no screen."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign


@pytest.fixture
def name(tmux: Sandbox) -> Iterator[str]:
    """The name of an attached client in control mode."""
    tmux.run("new-session", "-d", "-s", "s").ok()
    talk = tmux.popen("-C", "attach-session", stdin=subprocess.PIPE)
    name = f"client-{talk.pid}"
    tmux.until(name, "list-clients", "-F", "#{client_name}")
    yield name
    talk.communicate()


@pytest.mark.skipif(is_foreign(), reason="real tmux waits for ever")
def test_a_menu_is_refused(tmux: Sandbox, name: str) -> None:
    answer = tmux.run("display-menu", "-c", name, "item", "k", "list-keys")
    assert (answer.code, answer.err) == (1, f"client has no screen: {name}\n")


@pytest.mark.parametrize(
    "argv", [("display-popup", "-c", "NAME", "-E", "true"), ("display-panes", "-t", "NAME")], ids=" ".join
)
def test_popups_and_numbers_find_no_room(tmux: Sandbox, name: str, argv: tuple[str, ...]) -> None:
    answer = tmux.run(*(name if word == "NAME" else word for word in argv))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
