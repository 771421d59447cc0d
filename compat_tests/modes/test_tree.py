"""Tree modes beyond what recorded screens show: what 3.7c gets wrong, keys from commands, several clients."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until


@pytest.fixture
def terminal(tmux: Sandbox) -> Iterator[PtyClient]:
    """A client attached to session `s`, whose window 0 runs cat, on an 80x24 terminal."""
    tmux.run("new-session", "-d", "-s", "s", "-n", "first", "cat").ok()
    with attached(tmux, "s") as client:
        yield client


def attached(tmux: Sandbox, session: str, *parent: str) -> PtyClient:
    client = PtyClient(
        [*parent, *tmux.command, "attach-session", "-t", session], tmux.environment(), tmux.work
    )
    wait_until(lambda: f"[{session}]" in client.lines()[-1], "the status line")
    return client


def mode(tmux: Sandbox, pane: str = "s:0") -> str:
    return tmux.run("display-message", "-p", "-t", pane, "#{pane_mode}").ok().strip()


def shown(client: PtyClient) -> str:
    return "\n".join(client.lines())


def listed(client: PtyClient) -> list[str]:
    """The lines of the list."""
    return [line.rstrip() for line in client.lines() if line.startswith("(")]


def wait_listed(client: PtyClient, *wanted: str) -> None:
    wait_until(
        lambda: (
            len(listed(client)) == len(wanted)
            and all(text in line for text, line in zip(wanted, listed(client), strict=True))
        ),
        f"the list {wanted}",
    )


# -- kinder than 3.7c --------------------------------------------------------------------------


def test_of_a_session_group_the_first_is_listed(tmux: Sandbox, terminal: PtyClient) -> None:
    for arguments in (("g",), ("h", "-t", "g"), ("z", "-t", "g")):
        tmux.run("new-session", "-d", "-s", *arguments).ok()
    tmux.run("choose-tree", "-s", "-t", "s:0").ok()
    wait_listed(terminal, " s: ", " g: ")


def test_of_its_own_group_the_session_itself_is_listed(tmux: Sandbox, terminal: PtyClient) -> None:
    for name in ("a", "z"):
        tmux.run("new-session", "-d", "-s", name, "-t", "s").ok()
    tmux.run("choose-tree", "-s", "-t", "s:0").ok()
    wait_listed(terminal, " s: ")


@pytest.mark.parametrize(
    "command", [["choose-tree", "-f", "#{m:sec*,#{window_name}}"], ["find-window", "-N", "sec"]]
)
def test_filters_hide_windows_with_many_panes(tmux: Sandbox, terminal: PtyClient, command: list[str]) -> None:
    tmux.run("split-window", "-d", "-t", "s:0", "cat").ok()
    tmux.run("new-window", "-d", "-t", "s:", "-n", "second", "cat").ok()
    tmux.run(command[0], "-t", "s:0", *command[1:]).ok()
    wait_listed(terminal, " s: ", "1: second", "0: ")


def test_menu_tags_all(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "mouse", "on").ok()
    tmux.run("new-session", "-d", "-s", "t").ok()
    tmux.run("choose-tree", "-s", "-t", "s:0").ok()
    wait_listed(terminal, "s:", "t:")
    terminal.type(b"\x1b[<2;30;1M")
    wait_until(lambda: "Tag All" in shown(terminal), "the menu")
    terminal.type(b"\x1b[<0;30;7M\x1b[<0;30;7m")
    wait_listed(terminal, "s*:", "t*:")


def test_menu_kills(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "mouse", "on").ok()
    tmux.run("new-session", "-d", "-s", "t").ok()
    tmux.run("choose-tree", "-s", "-t", "s:0").ok()
    wait_listed(terminal, "s:", "t:")
    terminal.type(b"\x1b[<2;30;2M")
    wait_until(lambda: "Kill" in shown(terminal), "the menu")
    terminal.type(b"x")
    wait_until(lambda: "Kill session t?" in shown(terminal), "the question")
    terminal.type(b"y")
    wait_listed(terminal, "s:")


def test_a_click_behind_the_last_preview_is_one_on_it(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "mouse", "on").ok()
    for name in ("w1", "w2", "w3", "w4"):
        tmux.run("new-window", "-t", "s:", "-n", name, "cat").ok()
    tmux.run("choose-tree", "-s", "-t", "s:4").ok()
    wait_until(lambda: "4:w4" in shown(terminal), "the preview")
    terminal.type(b"\x1b[<0;79;18M\x1b[<0;79;18m")
    tmux.until("", "display-message", "-p", "-t", "s:", "#{pane_mode}")
    assert tmux.run("display-message", "-p", "-t", "s:", "#{window_index}").ok() == "4\n"


# -- keys from commands ------------------------------------------------------------------------


def test_keys_that_are_sent_do_nothing_with_nobody_attached(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "s", "cat").ok()
    tmux.run("new-window", "-d", "-t", "s:").ok()
    tmux.run("choose-tree", "-t", "s:0").ok()
    assert mode(tmux) == "tree-mode"
    tmux.run("send-keys", "-t", "s:0", "x", "X", ":", "/", "f", "F1", "q").ok()
    assert mode(tmux) == "tree-mode"


def test_a_key_that_is_sent_does_not_move_on_after_tagging(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("new-session", "-d", "-s", "t").ok()
    tmux.run("choose-tree", "-s", "-t", "s:0").ok()
    tmux.run("send-keys", "-t", "s:0", "g", "t", "t", "t").ok()
    wait_listed(terminal, "s*:", "t:")


def test_tree_modes_have_no_commands(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "s", "cat").ok()
    tmux.run("choose-tree", "-t", "s:0").ok()
    failed = tmux.run("send-keys", "-t", "s:0", "-X", "cancel")
    assert (failed.code, failed.err) == (1, "not in a mode\n")


# -- what it does not open for -----------------------------------------------------------------


@pytest.mark.parametrize("command", ["choose-buffer", "choose-client"])
def test_nothing_to_choose_from(tmux: Sandbox, command: str) -> None:
    tmux.run("new-session", "-d", "-s", "s", "cat").ok()
    tmux.run(command, "-t", "s:0").ok()
    assert mode(tmux) == ""


@pytest.mark.parametrize("command", ["choose-tree", "choose-buffer", "choose-client"])
def test_unknown_orders_are_refused(tmux: Sandbox, command: str) -> None:
    tmux.run("new-session", "-d", "-s", "s", "cat").ok()
    failed = tmux.run(command, "-O", "colour")
    assert (failed.code, failed.err) == (1, "invalid sort order\n")


# -- clients -----------------------------------------------------------------------------------


def test_hanging_up_ends_the_shell_around_a_client(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("new-session", "-d", "-s", "t", "cat").ok()
    shell = ("/bin/sh", "-c", '"$@"; echo still there; sleep 100', "sh")
    with attached(tmux, "t", *shell) as other:
        tmux.run("choose-client", "-O", "creation", "-t", "s:0").ok()
        wait_listed(terminal, "session s", "session t")
        terminal.type(b"jx")
        other.wait()
        assert b"still there" not in other.drawn
    wait_listed(terminal, "session s")


def test_suspended_clients_are_not_listed(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("new-session", "-d", "-s", "t", "cat").ok()
    shell = ("/bin/bash", "--norc", "-ic", '"$@"; sleep 100', "sh")
    with attached(tmux, "t", *shell):
        tmux.run("choose-client", "-O", "creation", "-t", "s:0").ok()
        wait_listed(terminal, "session s", "session t")
        terminal.type(b"jtZ")
        wait_listed(terminal, "session s")


# -- what changes meanwhile --------------------------------------------------------------------


def test_killing_the_pane_of_the_tree(tmux: Sandbox, terminal: PtyClient) -> None:
    """Zoomed; the answer to a question that is still open then does nothing."""
    tmux.run("split-window", "-d", "-t", "s:0", "cat").ok()
    tmux.run("choose-tree", "-Z", "-t", "s:0").ok()
    wait_until(lambda: "(sort: index)" in shown(terminal), "the tree")
    terminal.type(b"x")
    wait_until(lambda: "Kill pane" in shown(terminal), "the question")
    tmux.run("kill-pane", "-t", "s:0.0").ok()
    terminal.type(b"y")
    wait_until(lambda: "(sort: index)" not in shown(terminal), "the end of the tree")
    assert tmux.run("list-panes", "-t", "s:0", "-F", "#{pane_index} #{window_zoomed_flag}").ok() == "0 0\n"


@pytest.mark.parametrize("command", ["kill-window", "kill-session"])
def test_killing_the_window_of_a_zoomed_tree(tmux: Sandbox, command: str) -> None:
    tmux.run("new-session", "-d", "-s", "s", "cat").ok()
    tmux.run("new-session", "-d", "-s", "t", "cat").ok()
    tmux.run("split-window", "-t", "t:0", "cat").ok()
    tmux.run("choose-tree", "-Z", "-t", "t:0.1").ok()
    tmux.run("resize-window", "-t", "t:0", "-x", "100", "-y", "40").ok()
    tmux.run(command, "-t", "t:0" if command == "kill-window" else "t").ok()
    assert tmux.run("list-panes", "-a", "-F", "#{session_name}").ok() == "s\n"


def test_a_server_with_a_zoomed_tree_ends(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "t", "cat").ok()
    tmux.run("split-window", "-t", "t:0", "cat").ok()
    tmux.run("choose-tree", "-Z", "-t", "t:0.1").ok()
    tmux.run("resize-window", "-t", "t:0", "-x", "100", "-y", "40").ok()
    pid = int(tmux.run("display-message", "-p", "#{pid}").ok())
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: "no server running" in tmux.run("list-sessions").err, "the end of the server")


def test_a_buffer_that_is_gone_is_not_pasted(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-buffer", "-b", "one", "text one").ok()
    tmux.run("set-buffer", "-b", "two", "text two").ok()
    tmux.run("choose-buffer", "-O", "name", "-t", "s:0").ok()
    wait_listed(terminal, "one:", "two:")
    tmux.run("delete-buffer", "-b", "one").ok()
    terminal.type(b"\r")
    wait_until(lambda: mode(tmux) == "", "the end of the mode")
    terminal.type(b"typed\r")
    wait_until(lambda: "typed" in shown(terminal), "what was typed")
    assert "text" not in shown(terminal)


@pytest.mark.parametrize(
    ("old", "saved", "then"),
    [
        ("plain", "other\\n", "other"),
        ("with end\n", "other\\n", "other\n"),
        ("kept", "", "kept"),
        ("kept, too", "\\n", "kept, too"),
    ],
)
def test_edited_buffers(tmux: Sandbox, terminal: PtyClient, old: str, saved: str, then: str) -> None:
    """What an editor saves replaces the buffer, without the line end that editors add; nothing is no text."""
    tmux.run("set-option", "-g", "editor", f"sh -c 'printf \"{saved}\" > $0; tmux set -g @path $0'").ok()
    tmux.run("set-buffer", "-b", "edited", old).ok()
    tmux.run("choose-buffer", "-t", "s:0").ok()
    wait_listed(terminal, "edited:")
    terminal.type(b"e")
    tmux.until("tmux.", "show-options", "-gqv", "@path")
    path = tmux.run("show-options", "-gqv", "@path").ok().strip()
    wait_until(lambda: not Path(path).exists(), "the end of the editor")
    assert tmux.run("show-buffer", "-b", "edited").out == then


def test_an_editor_that_fails_changes_nothing(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "editor", "sh -c 'echo other > $0; tmux set -g @path $0; exit 1'").ok()
    tmux.run("set-buffer", "-b", "edited", "old").ok()
    tmux.run("choose-buffer", "-t", "s:0").ok()
    wait_listed(terminal, "edited:")
    terminal.type(b"e")
    tmux.until("tmux.", "show-options", "-gqv", "@path")
    path = tmux.run("show-options", "-gqv", "@path").ok().strip()
    wait_until(lambda: not Path(path).exists(), "the end of the editor")
    assert tmux.run("show-buffer", "-b", "edited").out == "old"
