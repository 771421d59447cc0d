"""Where floating panes are meant to differ from tmux 3.7c, whose own answers end in crashes."""

from __future__ import annotations

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign

pytestmark = pytest.mark.skipif(is_foreign(), reason="real tmux crashes on these")

PLACES = "#{pane_id} #{pane_width}x#{pane_height}+#{pane_left}+#{pane_top} #{pane_floating_flag}"


@pytest.fixture
def window(tmux: Sandbox) -> Sandbox:
    """A window of two tiled panes and a floating one."""
    tmux.run("new-session", "-d", "-s", "a", "-x", "80", "-y", "24", "cat").ok()
    tmux.run("split-window", "cat").ok()
    tmux.run("new-pane", "-x", "20", "-y", "5", "-X", "3", "-Y", "2", "cat").ok()
    return tmux


@pytest.mark.parametrize("layout", ["even-horizontal", "main-vertical", "main-horizontal-mirrored", "tiled"])
def test_named_layouts_leave_them_floating(window: Sandbox, layout: str) -> None:
    """tmux forgets where they are, and crashes when they are swapped."""
    window.run("select-layout", layout).ok()
    assert "%2 20x5+3+2 1" in window.run("list-panes", "-F", PLACES).ok()
    assert window.run("swap-pane", "-s", "0", "-t", "2").err == "cannot swap floating panes\n"
    window.run("kill-pane", "-t", "2").ok()
    assert window.run("display-message", "-p", "#{window_panes}").ok() == "2\n"


@pytest.mark.parametrize("flag", ["-x", "-y"])
def test_a_pane_has_at_least_one_cell(window: Sandbox, flag: str) -> None:
    result = window.run("new-pane", flag, "0", "cat")
    assert (result.code, result.err) == (1, "size or position too small\n")
