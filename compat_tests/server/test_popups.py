"""Popups when things go wrong: clients and servers that go, programs that flood, or end a string never."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import WAIT_TIMEOUT, Sandbox, executable_under_test, wait_until

CLOSED_EARLY = 129
# What a command may take while a popup is flooded, on a machine that does other things too.
PROMPT = 2.0


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(executable_under_test()) as made:
        made.run("new-session", "-d", "-s", "s", "-x", "60", "-y", "15", "exec cat").ok()
        yield made


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[PtyClient]:
    made = PtyClient([*sandbox.command, "attach-session"], sandbox.environment(), sandbox.work, 60, 16)
    with made:
        made.wait_for("[s]")
        yield made


def popup(
    sandbox: Sandbox, client: PtyClient, program: str = "exec cat"
) -> tuple[subprocess.Popen[bytes], int]:
    """A call that waits for its popup, and the process id of the popup's program."""
    caller = sandbox.popen("display-popup", "-E", f"echo is $$ there; {program}")
    client.wait_for("there")
    found = re.search(r"is (\d+) there", " ".join(client.lines()))
    assert found
    return caller, int(found[1])


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_a_client_that_is_killed_takes_its_popup_along(sandbox: Sandbox, client: PtyClient) -> None:
    caller, pid = popup(sandbox, client)
    client.process.send_signal(signal.SIGKILL)
    assert caller.wait(WAIT_TIMEOUT) == CLOSED_EARLY
    wait_until(lambda: is_gone(pid), "the end of the popup's program")
    assert sandbox.run("list-clients").ok() == ""


def test_a_client_that_detaches_takes_its_popup_along(sandbox: Sandbox, client: PtyClient) -> None:
    caller, pid = popup(sandbox, client)
    sandbox.run("detach-client", "-s", "s").ok()
    assert caller.wait(WAIT_TIMEOUT) == CLOSED_EARLY
    assert client.wait() == 0
    wait_until(lambda: is_gone(pid), "the end of the popup's program")


def test_the_server_ends_with_a_popup_open(sandbox: Sandbox, client: PtyClient) -> None:
    caller, pid = popup(sandbox, client)
    sandbox.run("kill-server").ok()
    caller.wait(WAIT_TIMEOUT)
    client.wait()
    wait_until(lambda: is_gone(pid), "the end of the popup's program")


def test_a_flooded_popup_leaves_room_for_others(sandbox: Sandbox, client: PtyClient) -> None:
    caller, pid = popup(sandbox, client, "read go; exec yes")
    client.type(b"\r")
    wait_until(lambda: client.lines()[8].count("y") == 1, "the flood")
    begun = time.monotonic()
    for _ in range(3):
        sandbox.run("list-sessions").ok()
    assert time.monotonic() - begun < 3 * PROMPT
    sandbox.run("display-popup", "-C").ok()
    assert caller.wait(WAIT_TIMEOUT) == CLOSED_EARLY
    wait_until(lambda: is_gone(pid), "the end of the flood")


def test_a_program_that_does_not_read_blocks_nobody(sandbox: Sandbox, client: PtyClient) -> None:
    caller, _ = popup(sandbox, client, "stty raw -echo; echo deaf; exec sleep 1000")
    client.wait_for("deaf")
    for _ in range(50):
        client.type(b"x" * 4000)
        sandbox.run("has-session").ok()
    sandbox.run("display-popup", "-C").ok()
    assert caller.wait(WAIT_TIMEOUT) == CLOSED_EARLY


def test_a_storm_of_sizes_leaves_a_popup_that_works(sandbox: Sandbox, client: PtyClient) -> None:
    caller, _ = popup(sandbox, client)
    for cols, rows in ((1, 1), (200, 60), (2, 2), (3, 3), (10, 2), (60, 3), (61, 17), (60, 16)):
        client.resize(cols, rows)
    client.type(b"typed\r")
    client.wait_for("typed")
    os.kill(int(sandbox.run("list-clients", "-F", "#{client_pid}").ok()), 0)
    client.type(b"\x04")
    assert caller.wait(WAIT_TIMEOUT) == 0


def test_a_string_without_an_end_is_given_up(sandbox: Sandbox, client: PtyClient) -> None:
    caller, _ = popup(sandbox, client, r"printf '\033]0;no end'; sleep 5.5; echo; echo shown again; exec cat")
    client.wait_for("shown again")
    sandbox.run("display-popup", "-C").ok()
    assert caller.wait(WAIT_TIMEOUT) == CLOSED_EARLY
