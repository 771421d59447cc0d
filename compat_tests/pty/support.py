"""Running a program on a pty without a server."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from typing import Any

from tmuxish.pty.base import PaneProcess, SpawnRequest
from tmuxish.pty.posix import PosixBackend

PATIENCE = 10.0


class Reaper:
    """The server's part: tells a backend of the end of its children."""

    def __init__(self) -> None:
        self._watched: dict[int, Callable[[int], None]] = {}

    def watch(self, pid: int, ended: Callable[[int], None]) -> None:
        self._watched[pid] = ended

    def wait(self, pid: int) -> None:
        """Blocks until that child has ended, and reports it."""
        _, status = os.waitpid(pid, 0)
        self._watched.pop(pid)(os.waitstatus_to_exitcode(status))

    def kill_all(self) -> None:
        for pid in list(self._watched):
            os.kill(pid, 9)
            self.wait(pid)


class Host:
    """A backend, its reaper, and what a test asks of both."""

    def __init__(self) -> None:
        self.reaper = Reaper()
        self.backend = PosixBackend(self.reaper)
        self.ended: list[PaneProcess] = []

    def spawn(self, *argv: str, **changes: Any) -> PaneProcess:
        request: dict[str, Any] = {
            "argv": argv,
            "shell": "/bin/sh",
            "cwd": "/",
            "env": {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            "cols": 80,
            "rows": 24,
        }
        return self.backend.spawn(SpawnRequest(**{**request, **changes}), self.ended.append)

    def output(self, process: PaneProcess, until: str | None = None) -> str:
        """What the program printed until its end, or until that text has appeared."""
        seen = b""
        deadline = time.monotonic() + PATIENCE
        while until is None or until.encode() not in seen:
            left = deadline - time.monotonic()
            assert left > 0, f"still waiting, having seen {seen!r}"
            select.select([process], [], [], left)
            data = process.read(65536)
            if data == b"":
                break
            seen += data or b""
        return seen.decode().replace("\r\n", "\n")

    def run(self, *argv: str, **changes: Any) -> str:
        """The whole output of a program, which is reaped."""
        process = self.spawn(*argv, **changes)
        text = self.output(process)
        self.reaper.wait(process.pid)
        process.close()
        return text
