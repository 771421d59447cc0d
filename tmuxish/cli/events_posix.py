"""Waiting for descriptors, and signals as events among them, on Unix."""

from __future__ import annotations

import _socket
import select
import sys

from tmuxish.cli.terminal_base import CONTINUED, HUNG_UP, RESIZED, TERMINATED
from tmuxish.early import signal

assert sys.platform != "win32"

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class HasFileno(Protocol):
        def fileno(self) -> int: ...

    Waitable = int | HasFileno

READ_SIZE = 4096

# The signals that a client may be told of.
EVENTS = {
    signal.SIGTERM: TERMINATED,
    signal.SIGHUP: HUNG_UP,
    signal.SIGCONT: CONTINUED,
    signal.SIGWINCH: RESIZED,
}


def wait(
    inputs: Sequence[Waitable], outputs: Sequence[Waitable], timeout: float | None = None
) -> tuple[list[Waitable], list[Waitable]]:
    """Waits until something can be read or written, or for `timeout` seconds; what can."""
    readable, writable, _ = select.select(inputs, outputs, [], timeout)
    return readable, writable


class Signals:
    """Signals only write their number into a socket, which is read like everything else."""

    def __init__(self, *events: int) -> None:
        """Catches the signals of these events."""
        self._receiver, self._sender = _socket.socketpair()
        self._receiver.setblocking(False)
        self._sender.setblocking(False)
        signal.set_wakeup_fd(self._sender.fileno())
        for number, event in EVENTS.items():
            if event in events:
                signal.signal(number, _noted)

    def fileno(self) -> int:
        return self._receiver.fileno()

    def read(self) -> set[int]:
        """What has happened since the last time."""
        numbers = self._receiver.recv(READ_SIZE)
        return {event for number, event in EVENTS.items() if number in numbers}

    def close(self) -> None:
        signal.set_wakeup_fd(-1)
        self._receiver.close()
        self._sender.close()


def _noted(_number: int, _frame: object) -> None:
    """Makes Python catch the signal and write it to the wake-up descriptor."""
