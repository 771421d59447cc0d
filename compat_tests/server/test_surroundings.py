"""What programs are told when they ask for colours and the theme around them (measured: tmux 3.7c)."""

from __future__ import annotations

import os

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until

ASK = r"stty raw -echo; printf '\033]%s;?\033\\'; dd bs=1 count=%d 2>/dev/null | od -An -c | tr -d ' \n'; sleep 60"


def answer(tmux: Sandbox) -> bytes:
    return tmux.run("capture-pane", "-p", "-J").stdout.strip()


def test_window_style_answers_for_the_background(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-x", "100", "-y", "10").ok()
    tmux.run("set-option", "-w", "window-style", "bg=#102030").ok()
    tmux.run("respawn-pane", "-k", ASK % ("11", 25)).ok()
    wait_until(lambda: b"rgb:1010/2020/3030" in answer(tmux), "the colour of window-style")


@pytest.mark.parametrize(("code", "colour"), [("10", b"rgb:ffff/ffff/ffff"), ("11", b"rgb:0000/8080/0000")])
def test_the_attached_terminal_answers_for_its_colours(tmux: Sandbox, code: str, colour: bytes) -> None:
    tmux.run("new-session", "-d", "-s", "s", "sleep 60").ok()
    with PtyClient([*tmux.command, "attach-session", "-t", "s"], tmux.environment({}), tmux.work) as client:
        wait_until(lambda: tmux.run("list-clients").stdout != b"", "the client")
        os.write(client.master, b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b]11;rgb:0000/8080/0000\x1b\\")

        def asked() -> bool:
            tmux.run("respawn-pane", "-k", "-t", "s", ASK % (code, 25)).ok()
            return colour in answer(tmux)

        wait_until(asked, "the terminal's colour")


def test_a_string_without_an_end_is_given_up(tmux: Sandbox) -> None:
    """After five seconds what follows an unfinished OSC is text again."""
    tmux.run(
        "new-session", "-d", "-x", "80", "-y", "5", r"printf '\033]2;'; sleep 7; echo seen; sleep 60"
    ).ok()
    wait_until(lambda: b"seen" in answer(tmux), "the text", timeout=20)
