"""Times what a person at a terminal feels: a key until its echo, a redraw, a key while another pane floods.

All figures are milliseconds between writing to the pty and reading what comes back, with
everything in between: client, server, the pane's program (`cat`, echoed by the kernel).
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import time
from collections.abc import Callable

from compat_tests.attached.player import joined
from compat_tests.bench.figures import Goal
from compat_tests.bench.subject import Run, Subject
from compat_tests.clients.sandbox import Sandbox

ROUNDS, FEW_ROUNDS = 150, 20
"""Keys typed, and screens drawn."""
PAUSE = 0.03
"""Seconds between two keys: faster than anybody types, slower than frames follow each other."""
QUIET = 0.3
LIMIT = 3.0
"""Seconds after which an answer no longer comes, and what never goes quiet counts as it is."""
SIZE = (200, 60)
COLOURED = (
    "for n in $(seq 60); do printf '\\033[3%dmsome coloured text\\033[m and plain\\n' $((n % 8)); done; cat"
)


class Terminal:
    """A client on a pty, read by whoever waits for it."""

    def __init__(self, box: Sandbox, cols: int, rows: int) -> None:
        pid, self.fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", rows, cols, 0, 0))
            os.execve(box.command[0], [*box.command, "attach-session", "-t", "s"], box.environment())
        self.pid = pid
        self.quiet()

    def read(self, seconds: float) -> bytes:
        """What comes within that time, b"" if nothing does."""
        return os.read(self.fd, 1 << 20) if select.select([self.fd], [], [], seconds)[0] else b""

    def quiet(self, seconds: float = QUIET) -> int:
        """Read until nothing comes for a while; how much came."""
        size, end = 0, time.monotonic() + LIMIT
        while time.monotonic() < end and (data := self.read(seconds)):
            size += len(data)
        return size

    def until(self, done: Callable[[bytes], bool], sent: bytes) -> float:
        """Type and read until all that came since satisfies `done`; the milliseconds it took."""
        start = time.perf_counter()
        os.write(self.fd, sent)
        seen = b""
        while not done(seen):
            if time.perf_counter() - start > LIMIT:
                raise TimeoutError(f"no answer to {sent!r}: {seen[-200:]!r}")
            seen += self.read(LIMIT)
        return (time.perf_counter() - start) * 1000

    def close(self) -> None:
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def start(box: Sandbox, cols: int, rows: int, program: str, *more: tuple[str, ...]) -> Terminal:
    """A server with one session, and a terminal attached to it."""
    size = ("-x", str(cols), "-y", str(rows - 1))
    settings = [("set", "-g", "status-right", ""), ("set", "-g", "status-interval", "0")]
    session = ("new-session", "-d", "-s", "s", "-n", "w", *size, program)
    box.run(*joined([("start-server",), *settings, session, *more])).ok()
    return Terminal(box, cols, rows)


def echo(terminal: Terminal, keys: int) -> list[float]:
    """Milliseconds until each typed letter is seen."""
    times = []
    for number in range(keys):
        letter = b"QWXZKVJY"[number % 8 : number % 8 + 1]
        times.append(terminal.until(lambda seen, letter=letter: letter in seen, letter))  # type: ignore[misc]
        if number % 60 == 59:
            terminal.until(lambda seen: b"\n" in seen or b"\x1b[" in seen, b"\r")
        time.sleep(PAUSE)
    return times


def typing(box: Sandbox, keys: int) -> list[float]:
    """Keys in a quiet session."""
    terminal = start(box, 80, 24, "cat >/dev/null")
    try:
        return echo(terminal, keys)
    finally:
        terminal.close()


def typing_beside_a_flood(box: Sandbox, keys: int) -> list[float]:
    """Keys while the pane next to it prints without end."""
    terminal = start(box, 80, 24, "cat >/dev/null", ("split-window", "-d", "-h", "-t", "s:", "yes"))
    try:
        return echo(terminal, keys)
    finally:
        terminal.close()


def redraws(box: Sandbox, count: int) -> list[float]:
    """A terminal of 200x60 with eight panes, drawn from nothing (prefix r)."""
    splits: list[tuple[str, ...]] = []
    for _ in range(7):
        splits += [("split-window", "-t", "s:", COLOURED), ("select-layout", "-t", "s:", "tiled")]
    terminal = start(box, *SIZE, COLOURED, *splits)
    try:
        terminal.quiet(1.0)
        os.write(terminal.fd, b"\x02r")
        size = terminal.quiet()
        times = []
        for _ in range(count):
            times.append(terminal.until(lambda seen: len(seen) >= size, b"\x02r"))
            terminal.quiet(0.05)
        return times
    finally:
        terminal.close()


ECHO_GOAL = Goal(value=0.5)
WORK: dict[str, tuple[Callable[[Sandbox, int], list[float]], Goal | None]] = {
    "a key until its echo": (typing, ECHO_GOAL),
    "the same beside `yes`": (typing_beside_a_flood, Goal(value=20.0)),
    "200x60, 8 panes, redrawn": (redraws, Goal(value=15.0)),
}


def attached(run: Run) -> None:
    """All of it, the executables one after the other."""
    for name, (work, goal) in WORK.items():
        times: list[list[float]] = []
        for executable in run.executables:
            with Subject(executable) as subject:
                times.append(work(subject, run.count(ROUNDS, FEW_ROUNDS)))
        run.report.add_times("attached", f"{name}, p50", times, goal)
