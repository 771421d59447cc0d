"""What callers of display-popup get: the exit status of its program, and their own surroundings or others."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import WAIT_TIMEOUT, Sandbox, executable_under_test, wait_until

Attached = tuple[Sandbox, Terminal]


@pytest.fixture(scope="module")
def attached() -> Iterator[Attached]:
    """A client of 60x16 with a shell."""
    with Sandbox(executable_under_test()) as sandbox:
        sandbox.env["PS1"] = "$ "
        sandbox.run("new-session", "-d", "-s", "s", "-x", "60", "-y", "15", "exec cat").ok()
        client = Terminal(
            [*sandbox.command, "attach-session"],
            sandbox.environment({"TERM": "xterm-256color"}),
            sandbox.work,
            60,
            16,
        )
        client.wait_for("[s]")
        yield sandbox, client
        client.end()


def popup(attached: Attached, *argv: str) -> subprocess.Popen[bytes]:
    return attached[0].popen("display-popup", *argv)


@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (("-E", "exit 3"), 3),
        (("-E", "exit 0"), 0),
        (("-EE", "exit 0"), 0),
        (("-E", "kill -9 $$"), 9),
        (("-E", "no-such-program-at-all"), 127),
        (("-E", "no-such-program-at-all", "argument"), 1),
        (("-w", "2", "-h", "2"), 0),
        (("-C",), 0),
        (("-w", "1000"), 1),
    ],
)
def test_status_of_the_program(attached: Attached, argv: tuple[str, ...], status: int) -> None:
    assert popup(attached, *argv).wait(WAIT_TIMEOUT) == status


def jobs(sandbox: Sandbox) -> str:
    return sandbox.run("show-messages", "-J").ok()


def test_status_of_a_program_that_ended_before_its_popup(attached: Attached) -> None:
    sandbox, client = attached
    caller = popup(attached, "echo gone; exit 4")
    client.wait_for("gone")
    wait_until(lambda: not jobs(sandbox), "the program's end")
    client.type(b"\x03")
    assert caller.wait(WAIT_TIMEOUT) == 4


def test_status_of_a_popup_that_is_closed_early(attached: Attached) -> None:
    caller = popup(attached, "-E", "echo there; exec cat")
    attached[1].wait_for("there")
    assert popup(attached, "-C").wait(WAIT_TIMEOUT) == 0
    assert caller.wait(WAIT_TIMEOUT) == 129


def test_the_program_of_a_closed_popup_ends(attached: Attached) -> None:
    sandbox, client = attached
    popup(attached, "-E", "echo $$; echo there; exec cat")
    client.wait_for("there")
    assert jobs(sandbox).startswith("Job 0: echo $$; echo there; exec cat [fd=")
    popup(attached, "-C").wait(WAIT_TIMEOUT)
    assert jobs(sandbox) == ""


def test_the_program_starts_where_the_session_does_not_where_the_caller_is(attached: Attached) -> None:
    sandbox, _ = attached
    sandbox.shell("cd / && tmux display-popup -E 'pwd > $HOME/where'").ok()
    assert (sandbox.home / "where").read_text().strip() == str(sandbox.work)


def test_options_hold_for_popups_that_are_open(attached: Attached) -> None:
    sandbox, client = attached
    popup(attached, "-E", r"echo there; read go; printf '\033]52;c;aGVsbG8=\007'; exec cat")
    client.wait_for("there")
    sandbox.run("set", "-s", "set-clipboard", "on").ok()
    client.type(b"\r")
    wait_until(lambda: sandbox.run("show-buffer").out == "hello", "a paste buffer")
    popup(attached, "-C").wait(WAIT_TIMEOUT)
