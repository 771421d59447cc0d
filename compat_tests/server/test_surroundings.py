"""What programs are told when they ask for colours and the theme around them (measured: tmux 3.7c)."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until

SHOW = r"dd bs=1 count=%d 2>/dev/null | od -An -c | tr -d ' \n'; sleep 60"
ASK = r"stty raw -echo; printf '\033]%s;?\033\\'; " + SHOW


def answer(tmux: Sandbox) -> bytes:
    return tmux.run("capture-pane", "-p", "-J").stdout.strip()


def test_window_style_answers_for_the_background(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-x", "100", "-y", "10").ok()
    tmux.run("set-option", "-w", "window-style", "bg=#102030").ok()
    tmux.run("respawn-pane", "-k", ASK % ("11", 25)).ok()
    wait_until(lambda: b"rgb:1010/2020/3030" in answer(tmux), "the colour of window-style")


def test_a_new_pane_and_another_active_one_have_their_style(tmux: Sandbox) -> None:
    """window-active-style counts for the active pane only, whichever that is by now."""
    tmux.run("new-session", "-d", "-x", "100", "-y", "20", "sleep 60").ok()
    tmux.run("set-option", "-w", "window-style", "bg=#102030").ok()
    tmux.run("set-option", "-w", "window-active-style", "bg=#405060").ok()
    slow = "sleep 1; " + ASK % ("11", 25)
    tmux.run("split-window", slow, ";", "split-window", slow).ok()
    for pane, colour in (("1", b"rgb:1010/2020/3030"), ("2", b"rgb:4040/5050/6060")):
        show = ("capture-pane", "-p", "-J", "-t", f":.{pane}")
        wait_until(lambda show=show, colour=colour: colour in tmux.run(*show).stdout, f"pane {pane}'s colour")  # type: ignore[misc]


def test_a_style_with_formats_follows_what_they_show(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-x", "100", "-y", "10").ok()
    tmux.run("set-option", "-w", "window-style", "#{?#{==:#{window_name},dark},bg=#102030,bg=#fefefe}").ok()
    tmux.run("rename-window", "dark").ok()
    tmux.run("respawn-pane", "-k", ASK % ("11", 25)).ok()
    wait_until(lambda: b"rgb:1010/2020/3030" in answer(tmux), "the colour of the style")


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
        "new-session", "-d", "-x", "80", "-y", "5", r"printf '\033]2;'; sleep 5.5; echo seen; sleep 60"
    ).ok()
    wait_until(lambda: b"seen" in answer(tmux), "the text", timeout=20)


@pytest.mark.parametrize(
    ("options", "question", "from_terminal", "expected"),
    [
        ((), r"\033]4;99;?\033\\", b"\x1b]4;99;rgb:0101/0202/0303\x1b\\", b"rgb:0101/0202/0303"),
        (
            ("set-option", "-s", "get-clipboard", "request", ";", "set-option", "-s", "set-clipboard", "on"),
            r"\033]52;c;?\033\\",
            b"\x1b]52;c;UmVxdWVzdA==\x1b\\",
            b"UmVxdWVzdA==",
        ),
    ],
    ids=["palette", "clipboard"],
)
def test_what_only_the_terminal_knows_is_asked_of_it(
    tmux: Sandbox, options: tuple[str, ...], question: str, from_terminal: bytes, expected: bytes
) -> None:
    tmux.run("new-session", "-d", "-s", "s", "sleep 60").ok()
    if options:
        tmux.run(*options).ok()
    with PtyClient([*tmux.command, "attach-session", "-t", "s"], tmux.environment({}), tmux.work) as client:
        wait_until(lambda: tmux.run("list-clients").stdout != b"", "the client")

        def asked() -> bool:
            ask = f"stty raw -echo; printf '{question}'; {SHOW % 18}"
            before = len(client.drawn)
            tmux.run("respawn-pane", "-k", "-t", "s", ask).ok()
            wait_until(lambda: re.search(rb"\x1b\](4;99|52;[cs]?);\?", client.drawn[before:]), "the question")
            os.write(client.master, from_terminal)
            wait_until(lambda: answer(tmux) != b"", "the answer")
            return expected[:8] in answer(tmux)

        wait_until(asked, "the terminal's answer")


def test_a_terminal_that_changes_its_theme_is_asked_for_its_colours_first(tmux: Sandbox) -> None:
    """Or programs would be told of a dark theme while the background is known as a light one."""
    tmux.run("new-session", "-d", "-s", "s", f"stty raw -echo; printf '\\033[?2031h'; {SHOW % 18}").ok()
    with PtyClient([*tmux.command, "attach-session", "-t", "s"], tmux.environment({}), tmux.work) as client:
        wait_until(lambda: b"\x1b]11;?" in client.drawn, "the first question")
        client.type(b"\x1b]10;rgb:0000/0000/0000\x1b\\\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
        client.wait_for("[s]")
        assert tmux.run("display", "-p", "#{client_theme}").out == "\n"
        before = len(client.drawn)
        client.type(b"\x1b[?997;1n")
        wait_until(lambda: b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\" in client.drawn[before:], "the second question")
        client.type(b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b]11;rgb:0000/0000/0000\x1b\\")
        wait_until(lambda: answer(tmux) == rb"033[?997;2n033[?997;1n", "what the program is told")
        assert tmux.run("display", "-p", "#{client_theme}").out == "dark\n"


def test_window_style_answers_for_the_foreground(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-x", "100", "-y", "10").ok()
    tmux.run("set-option", "-w", "window-style", "fg=#102030").ok()
    tmux.run("respawn-pane", "-k", ASK % ("10", 25)).ok()
    wait_until(lambda: b"rgb:1010/2020/3030" in answer(tmux), "the colour of window-style")


OWN = r"printf '\033]%s;#010203\033\\'; "


@pytest.mark.parametrize(
    ("code", "first", "colour"),
    [
        ("10", "", b"rgb:1111/2222/3333"),
        ("11", "", b"rgb:1111/2222/3333"),
        ("10", OWN % "10", b"rgb:1111/2222/3333"),
        ("11", OWN % "11", b"rgb:1111/2222/3333"),
    ],
)
def test_what_a_client_in_control_mode_tells_of_colours_comes_first(
    tmux: Sandbox, code: str, first: str, colour: bytes
) -> None:
    """refresh-client -r, for as long as any client in control mode is there."""
    tmux.run("new-session", "-d", "-s", "s", "-x", "100", "-y", "10", "sleep 60").ok()
    tmux.run("set-option", "-w", "window-style", "fg=#aabbcc,bg=#aabbcc").ok()
    client = tmux.popen("-C", "attach-session", "-t", "s", stdin=subprocess.PIPE)
    try:
        assert client.stdin is not None
        client.stdin.write(rf'refresh-client -r "%0:\033]{code};rgb:1111/2222/3333\033\\"'.encode() + b"\n")
        client.stdin.write(b"wait-for -S told\n")
        client.stdin.flush()
        tmux.run("wait-for", "told").ok()
        tmux.run("respawn-pane", "-k", "-t", "s", first + ASK % (code, 25)).ok()
        wait_until(lambda: colour in answer(tmux), "the colour it told")
    finally:
        client.kill()
        client.communicate()
    if not first:
        wait_until(lambda: tmux.run("list-clients").stdout == b"", "the client's end")
        tmux.run("respawn-pane", "-k", "-t", "s", ASK % (code, 25)).ok()
        wait_until(lambda: b"rgb:aaaa/bbbb/cccc" in answer(tmux), "the style's colour")
