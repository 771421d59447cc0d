"""Host facts on macOS, from `ps` and `lsof`: each is run once for a whole listing, when it is first asked.

There is no /proc, and libproc would have to be called through ctypes with hand-made structures; both programs
are part of the system. Names are the kernel's (`ucomm`), cut to 16 characters, as tmux shows them there.
"""

from __future__ import annotations

import os
import subprocess

from tmuxish.host.base import Everybody, HostFacts
from tmuxish.pty.base import PaneProcess

PS = ["/bin/ps", "-A", "-o", "pid=,ucomm="]
LSOF = "/usr/sbin/lsof"

# A host so busy that a listing takes longer is answered without these facts.
PATIENCE_SECONDS = 5.0


class MacFacts(HostFacts):
    """Facts from two programs' output."""

    def __init__(self, everybody: Everybody) -> None:
        super().__init__()
        self._everybody = everybody
        self._commands: dict[int, str] | None = None
        self._paths: dict[int, str] | None = None

    def command(self, process: PaneProcess) -> str | None:
        group = self.group(process)
        if group is None:
            return None
        if self._commands is None:
            self._commands = parse_ps(_output(PS))
        return self._commands.get(group)

    def path(self, process: PaneProcess) -> str | None:
        group = self.group(process)
        if group is None:
            return None
        if self._paths is None:
            groups = {self.group(other) for other in (process, *self._everybody())} - {None}
            pids = ",".join(str(group) for group in sorted(filter(None, groups)))
            self._paths = parse_lsof(_output([LSOF, "-a", "-d", "cwd", "-p", pids, "-F", "pn0"]))
        return self._paths.get(group)


def _output(argv: list[str]) -> bytes:
    """What the program printed; nothing if it is missing or too slow. lsof exits with 1 if any pid has
    gone.
    """
    try:
        done = subprocess.run(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout


def parse_ps(output: bytes) -> dict[int, str]:
    """pid -> name, from lines of "pid name" (names may hold spaces)."""
    names = {}
    for line in output.splitlines():
        pid, _, name = line.strip().partition(b" ")
        if pid.isdigit() and name.strip():
            names[int(pid)] = os.fsdecode(name.strip())
    return names


def parse_lsof(output: bytes) -> dict[int, str]:
    """pid -> directory, from lsof's fields: "p" starts a process, "n" is a name; each ends with a NUL."""
    paths: dict[int, str] = {}
    pid: int | None = None
    for field in output.replace(b"\0\n", b"\0").split(b"\0"):
        if field[:1] == b"p" and field[1:].isdigit():
            pid = int(field[1:])
        elif field[:1] == b"n" and pid is not None:
            paths[pid] = os.fsdecode(field[1:])
    return paths
