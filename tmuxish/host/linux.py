"""Host facts on Linux, from /proc: a file to read or a link to follow for each fact, and nothing to run."""

from __future__ import annotations

import os

from tmuxish.host.base import HostFacts
from tmuxish.pty.base import PaneProcess

# A command line's first word may be that long; the rest is not looked at.
MAX_COMMAND = 4096


class LinuxFacts(HostFacts):
    """Facts read from /proc. `proc` is where it is mounted."""

    def __init__(self, proc: str = "/proc") -> None:
        super().__init__()
        self._proc = proc
        self._commands: dict[int, str | None] = {}
        self._paths: dict[int, str | None] = {}

    def command(self, process: PaneProcess) -> str | None:
        group = self.group(process)
        if group is None:
            return None
        if group not in self._commands:
            self._commands[group] = self._first_word(group)
        return self._commands[group]

    def path(self, process: PaneProcess) -> str | None:
        group = self.group(process)
        if group is None:
            return None
        if group not in self._paths:
            # The foreground program may be another user's (su, sudo); its session's leader is ours.
            self._paths[group] = self._link(group) or self._link(process.pid)
        return self._paths[group]

    def _first_word(self, pid: int) -> str | None:
        try:
            fd = os.open(f"{self._proc}/{pid}/cmdline", os.O_RDONLY)
        except OSError:
            return None
        try:
            words = os.read(fd, MAX_COMMAND)
        except OSError:
            return None
        finally:
            os.close(fd)
        return os.fsdecode(words.split(b"\0", 1)[0]) or None

    def _link(self, pid: int) -> str | None:
        try:
            return os.readlink(f"{self._proc}/{pid}/cwd")
        except OSError:
            return None
