"""Readers that are slow, or never read: what they cost the server and others, and how it ends."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compat_tests.clients.sandbox import WAIT_TIMEOUT, Sandbox, wait_until

FLOOD = "yes the quick brown fox jumps over the lazy dog"
# MiB that one client may cost.
MEMORY_LIMIT = 64
MIB = 1024 * 1024


@contextmanager
def attached(
    tmux: Sandbox, *flags: str, stdout: int | None = subprocess.PIPE
) -> Iterator[subprocess.Popen[bytes]]:
    """A client in control mode on session `flood` whose output nobody reads, or discards."""
    before = clients(tmux)
    process = tmux.popen(
        "-C", "attach-session", "-t", "flood", *flags, stdin=subprocess.PIPE, stdout=stdout, stderr=stdout
    )
    try:
        wait_until(lambda: clients(tmux) == before + 1, "another client")
        yield process
    finally:
        process.kill()
        process.communicate()


def clients(tmux: Sandbox) -> int:
    return len(tmux.run("list-clients", "-F", "x").out.split())


def memory(pid: int) -> float:
    """What a process has in memory, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1]
    return int(status.split()[0]) / 1024


def lines_of(tmux: Sandbox) -> int:
    """How many lines pane 0 has printed so far: they are numbered."""
    shown = tmux.run("capture-pane", "-p", "-t", "flood").out.split()
    return max((int(word) for word in shown if word.isdigit()), default=0)


def rest_of(process: subprocess.Popen[bytes]) -> bytes:
    """All that a client prints from now on; its input is left open."""
    pieces = []
    while piece := some_of(process):
        pieces.append(piece)
    return b"".join(pieces)


def some_of(process: subprocess.Popen[bytes]) -> bytes:
    """The next bytes that a client prints, none at its end."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], WAIT_TIMEOUT)[0], "nothing more came"
    return os.read(process.stdout.fileno(), 65536)


def test_a_reader_that_never_reads_ends_and_costs_little(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "flood", "-x", "80", "-y", "24", FLOOD)
    pid = tmux.server_pid()
    with attached(tmux) as never, attached(tmux, stdout=subprocess.DEVNULL):
        before = memory(pid)
        most = before

        def gone() -> bool:
            nonlocal most
            most = max(most, memory(pid))
            return clients(tmux) == 1

        wait_until(gone, "the end of the reader that does not read", timeout=60)
        assert most - before < MEMORY_LIMIT
        assert rest_of(never).endswith(b"\n%exit too far behind\n")
        assert never.wait() == 0
        assert clients(tmux) == 1


def test_a_reader_that_asked_for_pauses_is_paused(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "flood", "-x", "80", "-y", "24", FLOOD)
    with attached(tmux, "-f", "pause-after") as slow, attached(tmux, stdout=subprocess.DEVNULL):
        # Behind by a millisecond is behind: no reader keeps up with this.
        assert slow.stdin is not None
        told = b""
        while b"%pause %0\n" not in told:
            piece = some_of(slow)
            assert piece
            told += piece  # perhaps no output: on a busy machine the first of it may come too late
        slow.stdin.write(b"refresh-client -f pause-after=60 ; refresh-client -A '%0:continue'\n")
        slow.stdin.flush()
        told = b""
        while b"%continue %0\n" not in told or b"%extended-output" not in told.partition(b"%continue")[2]:
            told += some_of(slow)
        assert clients(tmux) == 2


def test_a_pane_waits_for_the_only_reader(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "flood", "-x", "80", "-y", "24", "seq 1000000000")
    with attached(tmux) as slow:

        def stands() -> bool:
            reached = lines_of(tmux)
            tmux.run("run-shell", "-d", "0.2", "")  # long enough for thousands of lines
            return reached > 0 and lines_of(tmux) == reached

        wait_until(stands, "a pane that waits")
        reached = lines_of(tmux)
        taken = 0
        while taken < 2 * MIB:
            taken += len(some_of(slow))
        wait_until(lambda: lines_of(tmux) > reached, "more of its output")
    wait_until(lambda: clients(tmux) == 0, "the end of the only reader")
    reached = lines_of(tmux)
    wait_until(lambda: lines_of(tmux) > reached + 100_000, "a pane that waits for nobody")


def test_a_pane_waits_for_nobody_who_has_not_got_it(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "flood", "-x", "80", "-y", "24", "seq 1000000000")
    with attached(tmux, "-f", "no-output"):
        reached = lines_of(tmux)
        wait_until(lambda: lines_of(tmux) > reached + 100_000, "more of its output")


def test_a_server_ends_although_a_reader_does_not_read(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "flood", "-x", "80", "-y", "24", FLOOD)
    pid = tmux.server_pid()
    with attached(tmux):
        tmux.run("kill-server")
        wait_until(lambda: not Path(f"/proc/{pid}").exists(), "the end of the server", timeout=20)


def test_lines_are_typed_faster_than_answers_are_read(tmux: Sandbox) -> None:
    """Whoever types without reading is not held up, and finds all answers later."""
    tmux.run("new-session", "-d", "-s", "flood", "cat")
    number = 5_000
    with attached(tmux) as process:
        assert process.stdin is not None
        process.stdin.write(b"".join(b"display-message -p answer-%d\n" % each for each in range(number)))
        process.stdin.write(b"display-message -p last\n\n")
        process.stdin.flush()
        answers = [line for line in rest_of(process).split(b"\n") if line.startswith(b"answer-")]
    assert answers == [b"answer-%d" % each for each in range(number)]
