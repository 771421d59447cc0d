"""Window indexes end at 2147483647. tmux 3.7c crashes on `-a` there; here it is an error."""

from __future__ import annotations

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign

LAST = 2147483647

pytestmark = pytest.mark.skipif(is_foreign(), reason="real tmux crashes on these")


@pytest.fixture
def full(tmux: Sandbox) -> Sandbox:
    """Session `a` with windows at 0 and the last index."""
    tmux.run("new-session", "-d", "-s", "a", "cat").ok()
    tmux.run("new-window", "-d", "-t", f":{LAST}", "cat").ok()
    return tmux


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["new-window", "-a", "-t", f":{LAST}", "cat"], f"create window failed: index {LAST} in use"),
        (["new-window", "-b", "-t", f":{LAST}", "cat"], f"create window failed: index {LAST} in use"),
        (["move-window", "-a", "-s", "0", "-t", f":{LAST}"], f"index in use: {LAST}"),
        (["link-window", "-b", "-s", "0", "-t", f":{LAST}"], f"index in use: {LAST}"),
        (["break-pane", "-a", "-s", "0", "-t", f":{LAST}"], f"index in use: {LAST}"),
        (["new-window", "-t", f":{LAST + 1}", "cat"], f"can't find window: {LAST + 1}"),
    ],
)
def test_nothing_comes_after_the_last(full: Sandbox, argv: list[str], message: str) -> None:
    result = full.run(*argv)
    assert (result.code, result.err) == (1, message + "\n")
    assert full.run("list-windows", "-F", "#{window_index}").ok() == f"0\n{LAST}\n"


def test_after_the_last_comes_0(full: Sandbox) -> None:
    full.run("set-option", "-g", "base-index", str(LAST)).ok()
    full.run("new-window", "-d", "cat").ok()
    assert full.run("list-windows", "-F", "#{window_index}").ok() == f"0\n1\n{LAST}\n"
    full.run("move-window", "-r").ok()
    assert full.run("list-windows", "-F", "#{window_index}").ok() == f"0\n1\n{LAST}\n"
