"""Counts the bytes that an attached client's terminal gets, for the same work in real tmux and in ours.

The work is done key by key, each once the screen has gone quiet after the last: what is counted does not
depend on the speed of either. Only in the flood the two are free to skip what nobody could have read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from compat_tests.attached.player import joined
from compat_tests.attached.terminal import Terminal
from compat_tests.bench.figures import Goal
from compat_tests.bench.subject import Run
from compat_tests.clients.sandbox import Sandbox, wait_until

COLS, ROWS = 80, 24
QUIET = 0.06
"""Seconds without output after which a key's effect is over."""
LIMIT = 20.0
FLOOD_LINES = 300_000

SHELL = "bash --norc --noprofile"
TYPED = (
    "ls -l /usr/bin | head -30\rehco\x7f\x7f\x7fcho 'some words'\r\x1b[A\x01\x06\x06\x04X\x05 more\rseq 40\r"
)
TEXT = "\n".join(
    f"{n:4} {'the quick brown fox jumps over the lazy dog '[n % 20 :]} {n * n}" for n in range(400)
)
LESS_KEYS = "jjjjjjjjjjkkkkk  b  d u G g /jumps\rnnnNq"
VIM_KEYS = (
    "5jwwdwidone \x1bjjoanother line of text\x1bggVG>gg:set number\r/fox\rnnnGkkkdd\x15\x04\x04u"
    ":vsplit\rjjjjx:q!\r:q!\r"
)


class Session:
    """One attached terminal with a program in its pane."""

    def __init__(self, command: str, program: str) -> None:
        self.box = Sandbox([command])
        (self.box.work / "text").write_text(TEXT)
        size = ("-x", str(COLS), "-y", str(ROWS - 1))
        settings = [("set", "-g", name, value) for name, value in _SETTINGS.items()]
        start = ("new-session", "-d", "-s", "s", "-n", "w", "-c", str(self.box.work), *size, program)
        self.box.run(*joined([("start-server",), *settings, start])).ok()
        argv = [*self.box.command, "attach-session", "-t", "s"]
        self.terminal = Terminal(argv, self.box.environment(), Path("/"), COLS, ROWS)
        wait_until(lambda: self.terminal.drawn, "a first screen")
        self.quiet(0.5)

    def quiet(self, seconds: float = QUIET) -> None:
        """Wait until nothing has come for a while."""
        size, since, end = -1, time.monotonic(), time.monotonic() + LIMIT
        while time.monotonic() < min(since + seconds, end):
            now = len(self.terminal.drawn)
            if now != size:
                size, since = now, time.monotonic()
            time.sleep(0.005)

    def close(self) -> None:
        self.terminal.end()
        self.box.close()


_SETTINGS = {
    "status-right": "",
    "status-interval": "0",
    "automatic-rename": "off",
    "default-terminal": "tmux-256color",
    "default-shell": "/bin/sh",
}


def keys(text: str) -> Callable[[Session], None]:
    """Work that is typing, key by key."""

    def work(session: Session) -> None:
        for key in re.findall(r"\x1b\[.|.", text, re.DOTALL):
            session.terminal.type(key.encode())
            session.quiet()

    return work


def flood(session: Session) -> None:
    """A program that prints as fast as it can."""
    session.terminal.type(f"seq {FLOOD_LINES}; echo 'it is' over\r".encode())
    wait_until(lambda: any("it is over" in line[:12] for line in session.terminal.lines()), "the end", 120)
    session.quiet(0.3)


WORK: dict[str, tuple[str, Callable[[Session], None]]] = {
    "typing in a shell": (SHELL, keys(TYPED)),
    "scrolling less": ("less text", keys(LESS_KEYS)),
    "a vim session": ("vim -u NONE -N text", keys(VIM_KEYS)),
    f"a flood of {FLOOD_LINES} lines": (SHELL, flood),
}
QUICK_WORK = ("typing in a shell",)


def measure(command: str, program: str, work: Callable[[Session], None]) -> int:
    """Bytes that the terminal gets for the work."""
    session = Session(command, program)
    try:
        before = len(session.terminal.drawn)
        work(session)
        return len(session.terminal.drawn) - before
    finally:
        session.close()


def bytes_sent(run: Run) -> None:
    """A figure for each kind of work."""
    for name in QUICK_WORK if run.quick else WORK:
        program, work = WORK[name]
        values = [measure(command, program, work) for command in run.executables]
        run.report.add("bytes sent", name, "bytes", values, Goal(ratio=1.0))
