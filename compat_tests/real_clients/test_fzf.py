"""fzf's chooser beside or above the pane it is called from: its script, and the option of newer versions."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until
from compat_tests.real_clients.programs import attach, borrow

FRUIT = r"printf 'apple\nbanana\ncherry\n'"
FIRST_WITH_TMUX_OPTION = (0, 53)


@pytest.fixture
def user(tmux: Sandbox) -> Iterator[PtyClient]:
    """Someone attached to a shell in a window of 80x23."""
    borrow(tmux, "fzf", "Debian: fzf")
    with attach(tmux, "new-session", "-s", "main") as client:
        client.wait_for("$")
        yield client


def with_tmux_option(tmux: Sandbox) -> None:
    """Skip where fzf is older than its --tmux."""
    shown = subprocess.run([tmux.bin / "fzf", "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = shown.split(".")[:2]
    if (int(major), int(re.split(r"\D", minor)[0])) < FIRST_WITH_TMUX_OPTION:
        pytest.skip(f"fzf {shown.split()[0]} has no --tmux")


def panes(tmux: Sandbox) -> list[str]:
    return (
        tmux.run("list-panes", "-t", "main", "-F", "#{pane_id} #{pane_width}x#{pane_height}")
        .ok()
        .split("\n")[:-1]
    )


def choose(tmux: Sandbox, user: PtyClient, command: str, typed: list[tuple[bytes, str]], end: bytes) -> str:
    """Run a chooser, type, each time waiting for what it then shows; what it printed and its status.

    It looks for what is typed while it reads on, so an Enter in the same breath would take another line.
    """
    user.type(f"{FRUIT} | {command} > chosen; echo $? >> chosen; mv chosen done\r".encode())
    user.wait_for("3/3")
    for keys, shown in typed:
        user.type(keys)
        user.wait_for(shown)
    user.type(end)
    wait_until((tmux.work / "done").exists, f"the end of {command}")
    wait_until(lambda: len(panes(tmux)) == 1, "one pane again")
    return (tmux.work / "done").read_text()


BANANA = [(b"nana", "1/3")]


@pytest.mark.parametrize("where", ["-d 10", "-u 40%", "-l 40", "-r 50%"])
def test_the_script_in_a_split(tmux: Sandbox, user: PtyClient, where: str) -> None:
    borrow(tmux, "fzf-tmux", "Debian: fzf")
    assert choose(tmux, user, f"fzf-tmux {where}", BANANA, b"\r") == "banana\n0\n"
    assert panes(tmux) == ["%0 80x23"]


def test_the_script_in_a_zoomed_window(tmux: Sandbox, user: PtyClient) -> None:
    """It moves the pane to a window of its own for as long as it runs."""
    borrow(tmux, "fzf-tmux", "Debian: fzf")
    tmux.run("split-window", "-h", "-d", "-t", "main", "cat").ok()
    tmux.run("resize-pane", "-Z", "-t", "%0").ok()
    user.type(f"{FRUIT} | fzf-tmux -d 10 > chosen; mv chosen done\r".encode())
    user.wait_for("3/3")
    user.type(b"cher")
    user.wait_for("1/3")
    user.type(b"\r")
    wait_until((tmux.work / "done").exists, "the end of fzf-tmux")
    assert (tmux.work / "done").read_text() == "cherry\n"
    zoomed = ("display-message", "-p", "-t", "%0", "#{window_zoomed_flag} #{window_panes} #{session_windows}")
    tmux.until("1 2 1", *zoomed)


def test_the_script_in_a_popup(tmux: Sandbox, user: PtyClient) -> None:
    borrow(tmux, "fzf-tmux", "Debian: fzf")
    assert choose(tmux, user, "fzf-tmux -p 60%,50%", [(b"app", "1/3")], b"\r") == "apple\n0\n"


def test_the_script_is_left(tmux: Sandbox, user: PtyClient) -> None:
    borrow(tmux, "fzf-tmux", "Debian: fzf")
    assert choose(tmux, user, "fzf-tmux -p", [], b"\x1b") == "130\n"


@pytest.mark.parametrize("where", ["center,60%,50%", "bottom,30%", "left,40%", "top,50%,border-native"])
def test_the_option_opens_a_popup(tmux: Sandbox, user: PtyClient, where: str) -> None:
    with_tmux_option(tmux)
    assert choose(tmux, user, f"fzf --tmux {where}", BANANA, b"\r") == "banana\n0\n"


def test_the_popup_of_the_option_is_left(tmux: Sandbox, user: PtyClient) -> None:
    with_tmux_option(tmux)
    assert choose(tmux, user, "fzf --tmux", [], b"\x03") == "130\n"


def test_several_are_marked_in_a_popup(tmux: Sandbox, user: PtyClient) -> None:
    with_tmux_option(tmux)
    marks = [(b"\t", "3/3 (1)"), (b"\x1b[A\t", "3/3 (2)")]
    assert choose(tmux, user, "fzf --multi --tmux", marks, b"\r") == "apple\nbanana\n0\n"
