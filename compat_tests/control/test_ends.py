"""Ends of clients in control mode that no conversation has: signals, closed streams, a dead server."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import termios
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import WAIT_TIMEOUT, Sandbox, wait_until


def start(tmux: Sandbox, *argv: str) -> subprocess.Popen[bytes]:
    """A client on pipes that has said who it shows."""
    process = tmux.popen("-C", *argv, stdin=subprocess.PIPE)
    assert process.stdout is not None
    read_until(process.stdout.fileno(), b"%session-changed")
    return process


def read_until(fd: int, text: bytes) -> bytes:
    """Read until `text` is there."""
    told = b""
    while text not in told:
        assert select.select([fd], [], [], WAIT_TIMEOUT)[0], told
        piece = os.read(fd, 65536)
        assert piece, told
        told += piece
    return told


def type_line(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()


def test_a_server_that_dies(tmux: Sandbox) -> None:
    process = start(tmux, "new-session", "cat")
    os.kill(tmux.server_pid(), signal.SIGKILL)
    told, complaints = process.communicate(timeout=WAIT_TIMEOUT)
    assert told.endswith(b"%exit server exited unexpectedly\n")
    assert (process.returncode, complaints) == (1, b"")


def test_a_reader_that_goes_away(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "one", "cat").ok()
    process = start(tmux, "attach-session")
    assert process.stdout is not None
    process.stdout.close()
    tmux.run("rename-window", "told-to-nobody").ok()
    assert process.wait(WAIT_TIMEOUT) == 0
    wait_until(lambda: tmux.run("list-clients").ok() == "", "the end of the client")


def test_a_client_that_is_killed(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "one", "cat").ok()
    process = start(tmux, "attach-session")
    process.kill()
    process.communicate()
    wait_until(lambda: tmux.run("list-clients").ok() == "", "the end of the client")


def test_too_much_is_typed_while_nothing_runs(tmux: Sandbox) -> None:
    process = start(tmux, "new-session", "cat")
    type_line(process, b"wait-for nobody\n")
    assert process.stdin is not None
    line = b"display-message -p " + b"x" * 10_000 + b"\n"
    with pytest.raises(BrokenPipeError):
        for _ in range(10_000):
            type_line(process, line)
    told, _ = process.communicate(timeout=WAIT_TIMEOUT)
    assert told.endswith(b"%exit too much input\n")


def test_a_line_that_never_ends(tmux: Sandbox) -> None:
    process = start(tmux, "new-session", "cat")
    with pytest.raises(BrokenPipeError):
        for _ in range(10_000):
            type_line(process, b"x" * 10_000)
    told, _ = process.communicate(timeout=WAIT_TIMEOUT)
    assert told.endswith(b"%exit too much input\n")


def test_a_command_alone_does_not_read_the_input(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "one", "cat").ok()
    done = tmux.shell("(tmux -C display-message -p hello >/dev/null; cat)", stdin=b"for somebody else\n")
    assert done.ok() == "for somebody else\n"


@pytest.mark.parametrize("ending", ["", "SIGTERM", "SIGKILL"])
def test_a_terminal_is_given_back(tmux: Sandbox, ending: str) -> None:
    """However -CC ends; SIGKILL is the server's."""
    outer, inner = pty.openpty()
    before = termios.tcgetattr(inner)
    process = tmux.popen("-CC", "new-session", "cat", stdin=inner, stdout=inner, stderr=inner)
    told = read_until(outer, b"%session-changed")
    assert told.startswith(b"\x1bP1000p%begin ")
    assert termios.tcgetattr(inner)[3] & termios.ICANON == 0
    if ending == "SIGTERM":
        process.send_signal(signal.SIGTERM)
    elif ending == "SIGKILL":
        os.kill(tmux.server_pid(), signal.SIGKILL)
    else:
        os.write(outer, b"\n")
    told = read_until(outer, b"\x1b\\")
    assert told.endswith(
        b"%exit server exited unexpectedly\r\n\x1b\\" if ending == "SIGKILL" else b"%exit\r\n\x1b\\"
    )
    assert process.wait(WAIT_TIMEOUT) == (1 if ending == "SIGKILL" else 0)
    assert termios.tcgetattr(inner) == before
    os.close(inner)
    os.close(outer)


def test_streams_block_again_afterwards(tmux: Sandbox) -> None:
    """What was put into non-blocking mode is others' too."""
    output = Path(tmux.work / "fifo")
    os.mkfifo(output)
    reading = os.open(output, os.O_RDONLY | os.O_NONBLOCK)
    writing = os.open(output, os.O_WRONLY)
    process = tmux.popen("-C", "new-session", "cat", stdin=subprocess.PIPE, stdout=writing)
    wait_until(lambda: tmux.run("list-clients").out != "", "the client")
    assert not os.get_blocking(writing)
    type_line(process, b"\n")
    assert process.wait(WAIT_TIMEOUT) == 0
    assert os.get_blocking(writing)
    os.close(reading)
    os.close(writing)
