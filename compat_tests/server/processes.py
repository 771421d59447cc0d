"""What the tests of faults measure about processes, from Linux's /proc."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from compat_tests.clients.sandbox import wait_until

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
UTIME, STIME = 11, 12  # in /proc/PID/stat, counted from behind the name


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


def idle_descriptors(pid: int) -> int:
    """How many descriptors a server holds when no client is connected; waits until that is so."""
    wait_until(
        lambda: sum(name.startswith("socket:") for name in descriptors(pid)) == 1,
        "the end of all connections",
    )
    return len(descriptors(pid))
