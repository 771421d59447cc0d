"""Commands about options, buffers and files where a client is attached; seen with tmux 3.7c first."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until


@pytest.fixture
def terminal(tmux: Sandbox) -> Iterator[PtyClient]:
    """A client attached to session `a`, which runs cat in an 80x24 terminal."""
    tmux.run("new-session", "-d", "-s", "a", "cat").ok()
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        tmux.until("1", "display-message", "-p", "-t", "a", "#{session_attached}")
        wait_until(lambda: "[a]" in client.lines()[-1], "the status line")
        yield client


def display(tmux: Sandbox, template: str) -> str:
    return tmux.run("display-message", "-p", "-t", "a", template).ok().rstrip("\n")


@pytest.mark.parametrize(("status", "rows"), [("off", "24"), ("on", "23"), ("3", "21")])
def test_the_status_line_takes_room_from_the_window(
    tmux: Sandbox, terminal: PtyClient, status: str, rows: str
) -> None:
    tmux.run("set-option", "-g", "status", status).ok()
    assert display(tmux, "#{window_height} #{pane_height}") == f"{rows} {rows}"


def test_an_option_shows_at_once(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "status-left", "changed ").ok()
    wait_until(lambda: terminal.lines()[-1].startswith("changed "), "the new status line")


def test_the_prefix_is_the_one_of_now(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "prefix", "C-a").ok()
    terminal.type(b"\x01d")
    assert terminal.wait() == 0


def test_key_table_is_where_keys_are_looked_up(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "key-table", "other").ok()
    assert tmux.run("list-clients", "-F", "#{client_key_table}").ok() == "other\n"


@pytest.mark.parametrize("command", [["set-buffer", "-w", "clip"], ["load-buffer", "-w", "clip.txt"]])
def test_w_sets_the_clipboard_of_the_terminal(tmux: Sandbox, terminal: PtyClient, command: list[str]) -> None:
    (tmux.work / "clip.txt").write_text("clip")
    tmux.run(*command).ok()
    sent = b"\x1b]52;;" + base64.b64encode(b"clip") + b"\a"
    wait_until(lambda: sent in terminal.drawn, "the clipboard")


@pytest.mark.parametrize(
    "commands",
    [
        "load-buffer -b x file ; save-buffer -b x copy ; set -g @done 1",
        "source-file commands",
    ],
)
def test_hooks_find_files_where_the_client_is(tmux: Sandbox, terminal: PtyClient, commands: str) -> None:
    """A hook has no client of its own and takes the attached one, whose files the server opens itself."""
    (tmux.work / "file").write_text("content")
    (tmux.work / "commands").write_text("load-buffer -b x file\nsave-buffer -b x copy\nset -g @done 1\n")
    tmux.run("set-option", "-g", "client-resized", commands).ok()
    terminal.resize(90, 30)
    tmux.until("1", "show-options", "-gqv", "@done")
    assert (tmux.work / "copy").read_text() == "content"


def test_an_error_in_a_hook_shows_on_the_terminal(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "client-resized", "has-session -t nosuch").ok()
    terminal.resize(90, 30)
    wait_until(lambda: "Can't find session: nosuch" in terminal.lines(), "the message")
