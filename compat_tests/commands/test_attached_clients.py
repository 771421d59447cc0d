"""What commands about a client do to its terminal; seen with tmux 3.7c first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until

# A shell with job control around the client, so that there is somebody to come back to.
JOB_CONTROL = ["bash", "-c", 'set -m; "$@"; echo stopped; read line; fg >/dev/null', "bash"]


@contextmanager
def attached(tmux: Sandbox, *around: str) -> Iterator[PtyClient]:
    """A client attached to session `a`, whose pane shows `needle`."""
    tmux.run("new-session", "-d", "-s", "a", "echo needle; exec cat").ok()
    argv = [*around, *tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        tmux.until("1", "display-message", "-p", "-t", "a", "#{session_attached}")
        client.wait_for("needle")
        client.wait_for("[a]")
        yield client


@pytest.fixture
def terminal(tmux: Sandbox) -> Iterator[PtyClient]:
    with attached(tmux) as client:
        yield client


def test_refresh_draws_everything_again(tmux: Sandbox, terminal: PtyClient) -> None:
    seen = terminal.drawn.count(b"needle")
    tmux.run("refresh-client").ok()
    wait_until(lambda: terminal.drawn.count(b"needle") > seen, "the pane drawn again")


def test_the_status_line_is_drawn_again(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "status-left", "b=#{buffer_sample} ").ok()
    terminal.wait_for("b= ")
    tmux.run("set-buffer", "other").ok()  # of which no client is told
    tmux.run("refresh-client", "-S").ok()
    wait_until(lambda: terminal.lines()[-1].startswith("b=other"), "the new status line")


def test_the_terminal_is_asked_for_its_clipboard_once(tmux: Sandbox, terminal: PtyClient) -> None:
    question = b"\x1b]52;;?\a"
    tmux.run("refresh-client", "-l").ok()
    tmux.run("refresh-client", "-l").ok()
    wait_until(lambda: question in terminal.drawn, "the question")
    tmux.run("refresh-client").ok()
    assert terminal.drawn.count(question) == 1


def test_the_lock_command_has_the_terminal(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-option", "-g", "lock-command", "echo 'who are you?'; read answer").ok()
    tmux.run("lock-session", "-t", "a").ok()
    terminal.wait_for("who are you?")
    assert not any("needle" in line for line in terminal.lines())
    terminal.type(b"me\n")
    terminal.wait_for("needle")


def test_a_suspended_client_comes_back(tmux: Sandbox) -> None:
    with attached(tmux, *JOB_CONTROL) as terminal:
        tmux.run("suspend-client").ok()
        terminal.wait_for("stopped")
        tmux.until("0", "display-message", "-p", "-t", "a", "#{session_attached}")
        assert tmux.run("list-clients").ok() == ""
        terminal.type(b"\n")
        tmux.until("1", "display-message", "-p", "-t", "a", "#{session_attached}")
        terminal.wait_for("needle")


def test_panning_shows_another_part_of_the_window(tmux: Sandbox) -> None:
    tmux.run("set-option", "-g", "window-size", "manual", ";", "new-session", "-d", "-s", "a").ok()
    tmux.run("resize-window", "-t", "a", "-x", "200", "-y", "24").ok()
    tmux.run("respawn-pane", "-k", "-t", "a", "printf 'left%150sright' ''; exec cat").ok()
    with PtyClient([*tmux.command, "attach", "-t", "a"], tmux.environment(), tmux.work) as terminal:
        tmux.until("1", "display-message", "-p", "-t", "a", "#{session_attached}")
        tmux.run("refresh-client", "-L", "1000").ok()
        terminal.wait_for("left")
        tmux.run("refresh-client", "-R", "100").ok()
        terminal.wait_for("right")
        tmux.run("refresh-client", "-L", "1000").ok()
        terminal.wait_for("left")
