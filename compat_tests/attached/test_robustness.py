"""Screens under stress: terminals of any size, that change it all the time, or that do not read; floods.

There is nothing of real tmux to compare with; what counts is that in the end the screen is what a fresh
client gets to see, and that nobody waits for anybody.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.attached.player import FIXED_SETTINGS, joined
from compat_tests.attached.terminal import Cell, Terminal, look
from compat_tests.clients.sandbox import Sandbox, executable_under_test, wait_until
from compat_tests.display.attached import Attached, Tmux

LINES = 30_000
WIDE = "printf '中文字中文字中文字中文字中文字中文字\\n%.0s' 1 2 3 4 5 6; exec cat"
SIZES = [(1, 1), (80, 24), (2, 2), (3, 1), (1, 40), (10, 3), (200, 60), (5, 2), (17, 9), (2, 30), (60, 1)]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(executable_under_test()) as sandbox:
        yield sandbox


def start(box: Sandbox, *commands: tuple[str, ...], program: str = "") -> None:
    shell = (program,) if program else ()
    first = ("new-session", "-d", "-s", "s", "-n", "w", "-x", "60", "-y", "15", *shell)
    box.run(*joined([("start-server",), *FIXED_SETTINGS, first, *commands])).ok()


def attach(box: Sandbox, cols: int, rows: int, *flags: str) -> Terminal:
    argv = [*box.command, "attach-session", *flags, "-t", "s"]
    client = Terminal(argv, box.environment(), Path("/"), cols, rows)
    wait_until(lambda: client.drawn, "a first screen")
    return client


def shown(client: Terminal) -> list[list[tuple[str, str]]]:
    def cell(each: Cell) -> tuple[str, str]:
        return each.data, look(each)

    return [list(map(cell, row)) for row in client.cells()]


def looks_like_a_fresh_one(box: Sandbox, client: Terminal, cols: int, rows: int) -> None:
    fresh = attach(box, cols, rows)
    try:
        wait_until(lambda: shown(client) == shown(fresh), f"the same at {cols}x{rows}")
    finally:
        fresh.end()


def test_after_any_number_of_sizes_the_screen_is_that_of_a_fresh_client(box: Sandbox) -> None:
    floating = ("new-pane", "-t", "s:.0", "-x", "24", "-y", "5", "-X", "10", "-Y", "3", WIDE)
    start(box, ("split-window", "-h", WIDE), ("split-window", "-v", WIDE), floating, program=WIDE)
    client = attach(box, 60, 16)
    try:
        for cols, rows in SIZES:
            client.resize(cols, rows)
            box.until(f"{cols}x{rows}\n", "list-clients", "-F", "#{client_width}x#{client_height}")
        for size in ((50, 14), (10, 3)):
            client.resize(*size)
            looks_like_a_fresh_one(box, client, *size)
    finally:
        client.end()


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 2), (10, 3), (1, 40), (60, 1)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_any_size_shows_prompts_messages_and_other_windows(box: Sandbox, size: tuple[int, int]) -> None:
    start(box, ("split-window", "-h"), ("split-window", "-v"))
    client = attach(box, *size)
    try:
        for keys in (
            b"\x02:",
            b"abc\x03",
            b"\x02?",
            b"q",
            b"\x02[",
            b"q",
            b"\x02w",
            b"q",
            b"\x02c",
            b"\x02%",
        ):
            client.type(keys)
            box.run("display-message", "-c", client.tty, "a message of some length").ok()
        wait_until(lambda: "2" in box.run("display-message", "-p", "#{session_windows}").ok(), "a new window")
        assert client.process.poll() is None
    finally:
        client.end()


def test_a_terminal_that_does_not_read_holds_nobody_and_skips_what_it_missed(tmp_path: Path) -> None:
    tmux = Tmux(executable_under_test(), str(tmp_path))
    tmux.run("new-session", "-d", "-s", "s", "-x", "80", "-y", "23")
    try:
        client = Attached(tmux, "s", 80, 24)
        client.settle()
        tmux.run("send-keys", "-t", "s:", f"seq {LINES}; echo it is 'over'", "Enter")
        wait_until(
            lambda: "\nit is over" in tmux.run("capture-pane", "-p", "-t", "s:"), "the end of the flood"
        )
        before = len(client.received)
        screen = client.wait_for(lambda screen: any(row == "it is over" for row in screen["text"]))
        assert f"{LINES}" in screen["text"]
        assert len(client.received) - before < LINES * 6 / 4, "not all of it was sent"
        client.close()
    finally:
        tmux.kill()


def test_keys_are_seen_though_the_client_is_stopped(box: Sandbox) -> None:
    """The server reads and writes the terminal itself, as real tmux does."""
    start(box, program="cat")
    client = attach(box, 60, 16)
    try:
        client.type(b"first\r")
        wait_until(lambda: client.lines()[:2] == ["first", "first"], "an echo")
        os.kill(client.process.pid, signal.SIGSTOP)
        client.type(b"second\r")
        wait_until(lambda: client.lines()[2:4] == ["second", "second"], "an echo without the client")
        os.kill(client.process.pid, signal.SIGCONT)
        client.type(b"\x02d")
        assert client.process.wait() == 0
    finally:
        client.end()


def test_keys_after_being_suspended_and_locked(box: Sandbox) -> None:
    start(box, ("set", "-g", "lock-command", "head -n 1 >/dev/null"), program="cat")
    client = attach(box, 60, 16)
    try:
        client.type(b"first\r")
        wait_until(lambda: client.lines()[:2] == ["first", "first"], "an echo")
        # There is no shell that could have it go on, so the system does not let it stop.
        box.run("suspend-client").ok()
        os.kill(client.process.pid, signal.SIGCONT)
        box.until("0\n", "list-clients", "-F", "#{m:*suspended*,#{client_flags}}")
        client.type(b"second\r")
        wait_until(lambda: client.lines()[2:4] == ["second", "second"], "an echo")
        box.run("lock-client").ok()
        wait_until(lambda: "second" not in client.lines(), "nothing to be seen")
        client.type(b"for the lock-command\n")
        wait_until(lambda: client.lines()[2:4] == ["second", "second"], "a redraw")
        client.type(b"third\r")
        wait_until(lambda: client.lines()[4:6] == ["third", "third"], "an echo")
    finally:
        client.end()


def test_typing_beside_a_flood_is_seen(box: Sandbox) -> None:
    start(box, ("split-window", "-d", "-h", "yes"))
    client = attach(box, 80, 24)
    try:
        client.wait_for("$")
        for word in ("one", "two", "three"):
            client.type(f"echo {word}-$((1 + 1))\r".encode())
            client.wait_for(f"{word}-2")
    finally:
        client.end()
