"""Somebody hammers on the keyboard, shakes the mouse and the terminal's corner: nothing breaks.

Keys are typed much faster than anybody could wait for what they do. The server must live, its log must hold
no traceback, and clients must still be served. `TMUXISH_MONKEY_ROUNDS` plays more rounds than the usual ones.
"""

from __future__ import annotations

import os
import random

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until

ROUNDS = int(os.environ.get("TMUXISH_MONKEY_ROUNDS", "8"))
STEPS = 150
PREFIX = b"\x02"
ARROWS = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"]
# Not those that detach, suspend or kill what is played with.
AFTER_PREFIX = [
    *(bytes([code]) for code in range(0x20, 0x7F) if chr(code) not in "dD&x"),
    *ARROWS,
    b"\x1b[1;5A", b"\x1b[1;3B", b"\x0f", b"\x1b1", b"\x1b2", b"\x1b5", b"\x1b6", b"\x1bn", b"\x1bo",
]  # fmt: skip
TYPED = [
    *(bytes([code]) for code in range(0x20, 0x7F)),
    *ARROWS,
    b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1bOP", b"\r", b"\x1b", b"\t", b"\x7f", b"\x00", b"\x01",
    b"\x05", b"\x0e", b"\x10", b"\x12", b"\x13", b"\x17", b"\x0b", b"\x19", b"\x1bv", b"\x1b<", b"\x1b>",
    b"\x1bw", b"\x1bx", "é漢".encode(),
]  # fmt: skip
SIZES = [(80, 24), (20, 5), (3, 2), (1, 1), (200, 60)]
CHOICES = {
    "mouse": ("on", "off"),
    "mode-keys": ("vi", "emacs"),
    "status-keys": ("vi", "emacs"),
    "pane-scrollbars": ("off", "on", "modal"),
    "remain-on-exit": ("on", "off"),
    "pane-border-status": ("off", "top", "bottom"),
    "status": ("on", "2", "off"),
}

pytestmark = pytest.mark.skipif(is_foreign(), reason="what is in the log of a real tmux is its own business")


def mouse(rng: random.Random, cols: int, rows: int) -> bytes:
    button = rng.choice([0, 1, 2, 32, 34, 64, 65, 8, 16, 35])
    x, y = rng.randrange(1, cols + 1), rng.randrange(1, rows + 1)
    return f"\x1b[<{button};{x};{y}{rng.choice('MMMm')}".encode()


def keys(rng: random.Random, cols: int, rows: int) -> bytes:
    """What is done next, b"" for a resize."""
    kind = rng.randrange(12)
    if kind < 4:
        return PREFIX + rng.choice(AFTER_PREFIX)
    if kind < 9:
        return b"".join(rng.choice(TYPED) for _ in range(rng.randrange(1, 4)))
    return mouse(rng, cols, rows) if kind < 11 else b""


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_monkey(tmux: Sandbox, seed: int) -> None:
    rng = random.Random(seed)
    tmux.run("-v", "new-session", "-d", "-s", "main", "-x", "80", "-y", "24", "sh").ok()
    tmux.run("new-session", "-d", "-s", "other", "sh").ok()
    tmux.run("set-buffer", "some text\nmore").ok()
    tmux.run("set-option", "-g", "exit-empty", "off").ok()
    for option, values in CHOICES.items():
        tmux.run("set-option", "-g", option, rng.choice(values)).ok()
    server = tmux.server_pid()
    cols, rows = 80, 24
    argv = [*tmux.command, "attach-session", "-t", "main"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        wait_until(lambda: client.drawn, "the first frame")
        for _ in range(STEPS):
            pressed = keys(rng, cols, rows)
            if pressed:
                client.type(pressed)
            else:
                cols, rows = rng.choice(SIZES)
                client.resize(cols, rows)
            if rng.randrange(4) == 0:
                seen = len(client.drawn)
                client.lines()  # takes a moment: what was typed may have been drawn
                if len(client.drawn) == seen:
                    tmux.run("has-session", "-t", "other")
        assert tmux.server_pid() == server
        tmux.run("display-message", "-p", "#{pid}").ok()
    [log] = tmux.work.glob(f"tmux-server-{server}.log")
    assert "Traceback" not in log.read_text(errors="replace")
