"""Many sessions at once: each is there, takes what is typed, and shows it; also when no more can be had."""

from __future__ import annotations

from compat_tests.bench.memory import answering, hold
from compat_tests.clients.sandbox import Sandbox
from compat_tests.server.processes import memory_mib

MANY = 500
DESCRIPTORS = 256
"""The usual limit of macOS. Neither tmux nor we raise it."""
NEEDED = 16
"""Descriptors that are not panes'."""
FEW = 100
KIB = 10
"""What one more session may take; real tmux's takes 8."""


def test_five_hundred_sessions_answer(tmux: Sandbox) -> None:
    names = [f"s{number}" for number in range(MANY)]
    hold(tmux, names[:FEW]).ok()
    before = memory_mib(tmux.server_pid())
    hold(tmux, names[FEW:]).ok()
    assert (memory_mib(tmux.server_pid()) - before) * 1024 / (MANY - FEW) < KIB
    assert answering(tmux, names) == MANY
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok().split() == sorted(names)


def test_all_that_there_is_room_for_answer(tmux: Sandbox) -> None:
    result = tmux.shell(f"ulimit -n {DESCRIPTORS}; exec tmux -f /dev/null new-session -d -s first cat")
    assert (result.code, result.err) == (0, "")
    result = hold(tmux, [f"s{number}" for number in range(DESCRIPTORS)])
    assert result.code == 1
    assert result.err == "create window failed: fork failed: Too many open files\n"
    names = tmux.run("list-sessions", "-F", "#{session_name}").ok().split()
    assert DESCRIPTORS - NEEDED < len(names) < DESCRIPTORS
    assert answering(tmux, names) == len(names)
