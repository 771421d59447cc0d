"""automatic-rename follows what a window's program has become, however soon that has printed something."""

from __future__ import annotations

from compat_tests.clients.sandbox import Sandbox, wait_until

PROGRAM = "printf x; exec cat"
WINDOWS = 20


def names(tmux: Sandbox) -> list[str]:
    return tmux.run("list-windows", "-F", "#{window_name}").ok().split()


def test_no_window_keeps_the_name_of_what_was_asked_for(tmux: Sandbox) -> None:
    for at in range(WINDOWS):
        tmux.run("new-session" if not at else "new-window", "-d", PROGRAM).ok()
    wait_until(lambda: names(tmux) == ["cat"] * WINDOWS, "all windows to be called cat")


def test_a_window_is_called_what_was_asked_for_until_its_program_prints(tmux: Sandbox) -> None:
    """Backslashes are doubled once, not again when the name is looked at for the first time."""
    for at in range(WINDOWS):
        tmux.run("new-session" if not at else "new-window", "-d", r"A=\\b; read x; exec cat").ok()
        assert names(tmux) == [r"A=\\\\\\\\b;"] * (at + 1)
