"""Where we differ from tmux on purpose, so that the recorded cases leave it out."""

from __future__ import annotations

from compat_tests.clients.sandbox import Sandbox


def test_nested_loops_keep_their_orders(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "b", ";", "new-session", "-d", "-s", "a").ok()
    shown = tmux.run("display-message", "-p", "#{S/n:#{session_name}=#{S/nr:#{session_name}} }").ok()
    assert shown == "a=ba b=ba \n"


def test_a_refused_shell_changes_nothing(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", ";", "set-option", "-g", "default-shell", "/bin/sh").ok()
    assert tmux.run("set-option", "default-shell", "text").err == "not a suitable shell: text\n"
    assert tmux.run("show-options", "default-shell").ok() == ""
