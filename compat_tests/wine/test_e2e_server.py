"""One server on Windows: how it comes to life, whom it serves, what is left of it."""

from __future__ import annotations

import pytest

from compat_tests.wine.sandbox import WindowsSandbox, wait_until

pytestmark = pytest.mark.wine

DETACHED_PROCESS = 0x8
CREATE_NO_WINDOW = 0x8000000


def all_gone(windows: WindowsSandbox) -> None:
    """Nothing that was started is left."""
    wait_until(lambda: not list(windows.processes()), "the end of everything")


def test_killed_server_takes_its_panes_along_and_the_next_call_works(windows: WindowsSandbox) -> None:
    windows.run("new-session", "-d", "-s", "first", "cat").ok()
    windows.run("split-window", "-d", "sleep 600").ok()
    windows.end(windows.server_pid())
    all_gone(windows)
    assert windows.run("list-sessions").err.startswith("no server running on ")
    windows.run("new-session", "-d", "-s", "second", "cat").ok()
    assert windows.run("list-sessions", "-F", "#{session_name}").ok() == "second\n"


@pytest.mark.parametrize("flags", [DETACHED_PROCESS, CREATE_NO_WINDOW], ids=["none", "hidden"])
def test_server_outlives_whoever_starts_it(windows: WindowsSandbox, flags: int) -> None:
    """Whose console is none, or one that nobody sees, and whose job ends what it leaves."""
    windows.start("new-session", "-d", "-s", "a", "cat", flags=flags, job=True).result().ok()
    windows.run("send-keys", "-t", "a", "still here", "Enter").ok()
    windows.until("still here\nstill here\n", "capture-pane", "-p", "-t", "a")


def test_last_session_ends_the_server(windows: WindowsSandbox) -> None:
    windows.run("new-session", "-d", "-s", "a", "claude").ok()
    windows.until("\n>", "capture-pane", "-p", "-t", "a")
    windows.run("send-keys", "-t", "a", "exit", "Enter").ok()
    wait_until(lambda: windows.run("has-session", "-t", "a").code == 1, "the end of the session")
    all_gone(windows)


def test_large_arguments_and_output_pass_whole(windows: WindowsSandbox) -> None:
    text = "".join(chr(0x4E00 + number % 5000) for number in range(5000))
    windows.run("new-session", "-d", "-s", "a", "cat").ok()
    windows.run("set-buffer", text).ok()
    assert windows.run("show-buffer").ok() == text
    windows.run("load-buffer", "-", stdin=b"\0\1\r\n" * 20000).ok()
    assert windows.run("save-buffer", "-").stdout == b"\0\1\r\n" * 20000
