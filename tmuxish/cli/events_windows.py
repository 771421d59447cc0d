"""Waiting for channels, and what happens to a console as events among them, on Windows.

There are no signals. The console's close button, a logoff and a shutdown come in a thread that the system
starts for them, and the process is ended when that thread has answered: it waits until we have given the
terminal back. Ctrl-C and Ctrl-Break are for the programs in panes.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from typing import Protocol

from tmuxish.channels import EVENT_READ, EVENT_WRITE, ChannelSelector, Wakeup
from tmuxish.cli.terminal_base import HUNG_UP


class HasFileno(Protocol):
    def fileno(self) -> int: ...


Waitable = int | HasFileno

# What Windows tells a console's processes.
CTRL_C, CTRL_BREAK, CTRL_CLOSE, CTRL_LOGOFF, CTRL_SHUTDOWN = 0, 1, 2, 5, 6

# Windows allows five seconds for an answer that the window is to be closed.
CLOSE_SECONDS = 4.0


def wait(
    inputs: Sequence[Waitable], outputs: Sequence[Waitable], timeout: float | None = None
) -> tuple[list[Waitable], list[Waitable]]:
    """Waits until something can be read or written, or for `timeout` seconds; what can."""
    wanted: dict[int, tuple[Waitable, int]] = {}
    for each in inputs:
        wanted[_number(each)] = each, EVENT_READ
    for each in outputs:
        number = _number(each)
        wanted[number] = each, EVENT_WRITE | (EVENT_READ if number in wanted else 0)
    selector = ChannelSelector()
    try:
        for each, events in wanted.values():
            selector.register(each, events, each)
        ready = selector.select(timeout)
    finally:
        selector.close()
    readable = [key.data for key, events in ready if events & EVENT_READ]
    return readable, [key.data for key, events in ready if events & EVENT_WRITE]


def _number(each: Waitable) -> int:
    return each if isinstance(each, int) else each.fileno()


class Signals:
    """What happens to this process from outside, to be waited for like everything else."""

    def __init__(self, *events: int) -> None:
        """Tells of these events."""
        self._events = events
        self._happened: set[int] = set()
        self._lock = threading.Lock()
        self._wakeup = Wakeup()
        if sys.platform == "win32":
            from tmuxish.cli import console

            console.on_control_event(self.control_event)

    def control_event(self, kind: int) -> bool:
        """In a thread of the system's: what the console tells. True if that is dealt with."""
        if kind in (CTRL_CLOSE, CTRL_LOGOFF, CTRL_SHUTDOWN):
            self.post(HUNG_UP)
            time.sleep(CLOSE_SECONDS)
        return True

    def post(self, event: int) -> None:
        """That has happened; from any thread."""
        if event in self._events:
            with self._lock:
                self._happened.add(event)
                self._wakeup.set()

    def fileno(self) -> int:
        return self._wakeup.fileno()

    def read(self) -> set[int]:
        """What has happened since the last time."""
        with self._lock:
            self._wakeup.clear()
            happened, self._happened = self._happened, set()
            return happened

    def close(self) -> None:
        """Nobody asks any more."""
        self._wakeup.close()
