"""Programs in Windows consoles, for tests that hold for the real pywinpty and for the fake one alike.

On Windows (and under Wine) a `World` is the system itself, elsewhere it is made of fake_winpty. `world` is
the fixture for either.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tmuxish.pty.base import PaneProcess, SpawnRequest
from tmuxish.pty.windows import ProcessTools, WindowsBackend
from tmuxish.pty.windows_programs import Host

PATIENCE = 20.0
ON_WINDOWS = sys.platform == "win32"
# Looks at the world by turns; there is no selector here that could wait for all of it.
TURN = 0.01


class World:
    """A backend, the server's thread (which is the test's), and what a test asks of both."""

    def __init__(self, backend: WindowsBackend, calls: queue.SimpleQueue[Callable[[], None]]) -> None:
        self.backend = backend
        self.calls = calls
        self.python = sys.executable
        self.shell = os.environ.get("COMSPEC", "")
        self.folder = os.path.expanduser("~")
        self.env = dict(os.environ)
        self.module: Any = None
        self.ended: list[PaneProcess] = []
        self.seen: dict[PaneProcess, bytes] = {}

    def spawn(self, *argv: str, **changes: Any) -> PaneProcess:
        request: dict[str, Any] = {
            "argv": argv,
            "shell": self.shell,
            "cwd": self.folder,
            "env": self.env,
            "cols": 80,
            "rows": 24,
        }
        process = self.backend.spawn(SpawnRequest(**{**request, **changes}), self.ended.append)
        self.seen[process] = b""
        return process

    def run_python(self, code: str, *arguments: str, **changes: Any) -> PaneProcess:
        return self.spawn(self.python, "-c", code, *arguments, **changes)

    def turn(self) -> None:
        """One turn of the server's thread: what others want done there, then all output."""
        with contextlib.suppress(queue.Empty):
            self.calls.get(timeout=TURN)()
        for process in self.seen:
            while process.fileno() != -1 and (data := process.read(65536)):
                self.seen[process] += data

    def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"still waiting for {what}; seen: {list(self.seen.values())}"
            self.turn()

    def wait(self, process: PaneProcess) -> None:
        """Until its end has been told."""
        self.until(lambda: process in self.ended, "the program's end")

    def until_seen(self, process: PaneProcess, text: str) -> None:
        self.until(lambda: text in self.text(process), repr(text))

    def number(self, process: PaneProcess) -> int:
        """The number that it prints as <number>."""

        def found() -> list[str]:
            return re.findall(r"<(\d+)>", self.text(process))

        self.until(lambda: bool(found()), "a number")
        return int(found()[0])

    def text(self, process: PaneProcess) -> str:
        """What it has printed, without what says how it looks (some of which may be somebody else's: a
        terminal's number is given again at once).
        """
        plain = re.sub(
            rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[()].|\x1b[=>78c]", b"", self.seen[process]
        )
        return plain.decode().replace("\r", "")

    def close(self) -> None:
        for process in self.seen:
            process.close()


def fake_world(module: Any, tools: ProcessTools) -> World:
    """A world made of fakes."""
    from compat_tests.pty import fake_winpty as fake

    calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    backend = WindowsBackend(
        calls.put,
        tools=tools,
        winpty=module,
        host=lambda request: Host(
            request.env, request.cwd, is_file=lambda path: path in (fake.PYTHON, fake.CMD)
        ),
        is_folder=lambda path: os.path.isdir(fake.unix_path(path)),
    )
    world = World(backend, calls)
    world.python = fake.PYTHON
    world.shell = fake.CMD
    world.folder = fake.windows_path("/usr")
    world.env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "COMSPEC": fake.CMD}
    return world


@pytest.fixture
def world() -> Iterator[World]:
    if ON_WINDOWS:
        calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        real = World(WindowsBackend(calls.put), calls)
        yield real
        real.close()
    else:
        from compat_tests.pty.fake_winpty import Fake, FakeTools

        module = Fake()
        # Unix has room for eight bits of a program's code; this one stands for what pywinpty mistakes.
        made = fake_world(module, FakeTools(module, codes={3: 259}))
        yield made
        made.close()
        module.close()
