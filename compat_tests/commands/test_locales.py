"""What a client prints that does not understand UTF-8: ASCII, line by line."""

from __future__ import annotations

from compat_tests.clients.sandbox import Sandbox

ASCII_CLIENT = {"LANG": None}


def test_listings_keep_their_lines(tmux: Sandbox) -> None:
    for name in ("a", "ü", "日"):
        tmux.run("new-session", "-d", "-s", name).ok()
    assert tmux.run("list-sessions", "-F", "#S", env=ASCII_CLIENT).ok() == "a\n_\n__\n"
    assert tmux.run("list-windows", "-a", "-F", "", env=ASCII_CLIENT).ok() == "\n\n\n"
    assert len(tmux.run("list-commands", env=ASCII_CLIENT).ok().splitlines()) > 80
    assert "\nversion=" in tmux.run("display-message", "-a", env=ASCII_CLIENT).ok()


def test_a_line_end_within_a_line_is_not_printable(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d").ok()
    assert tmux.run("display-message", "-p", "one\ntwo", env=ASCII_CLIENT).ok() == "one_two\n"
