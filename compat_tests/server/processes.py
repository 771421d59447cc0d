"""What the tests of faults measure about processes, from Linux's /proc."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from compat_tests.clients.sandbox import Sandbox, wait_until

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
UTIME, STIME = 11, 12  # in /proc/PID/stat, counted from behind the name
FLAGS, LISTENING = 3, "00010000"  # in /proc/net/unix


def _stat(pid: int) -> list[str]:
    """The fields behind the name; none if the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return []


def state_of(pid: int) -> str:
    """R, S, T (stopped), ...; "" once it has ended, reaped or not."""
    fields = _stat(pid)
    return fields[0] if fields and fields[0] != "Z" else ""


def cpu_seconds(pid: int) -> float:
    """Processor time used so far."""
    fields = _stat(pid)
    return (int(fields[UTIME]) + int(fields[STIME])) / _TICKS


def memory_mib(pid: int) -> float:
    """Resident memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / (1 << 20)


def descriptors(pid: int) -> list[str]:
    """What each open descriptor refers to, as /proc names it, sorted."""
    names = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            names.append(os.readlink(entry))
    return sorted(names)


def unix_sockets(path: Path) -> tuple[int, int]:
    """How many sockets there are at `path`: listening ones, and servers' ends of connections."""
    lines = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()]
    flags = [fields[FLAGS] for fields in lines if fields[-1] == str(path)]
    return flags.count(LISTENING), len(flags) - flags.count(LISTENING)


def idle_descriptors(tmux: Sandbox) -> int:
    """How many descriptors a server holds when no client is connected; waits until that is so."""
    server = tmux.server_pid()
    wait_until(lambda: unix_sockets(tmux.socket_path())[1] == 0, "the end of all connections")
    return len(descriptors(server))
