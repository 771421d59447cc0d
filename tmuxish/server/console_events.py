"""What Windows tells console processes, in place of signals: Ctrl-C, a window closed, logging off.

The events come in a thread of their own. Python's handlers would run on the main thread once that gets on,
which the server's does not while it waits for something to happen.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from ctypes import wintypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

assert sys.platform == "win32"

CTRL_C_EVENT = 0
CTRL_BREAK_EVENT = 1

# The system ends the process when the handler of one of the other events returns, or after about as long.
END_SECONDS = 5.0

_HANDLER = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.SetConsoleCtrlHandler.argtypes = [ctypes.c_void_p, wintypes.BOOL]


def allow_interrupts() -> None:
    """Have Ctrl-C reach the programs that we start: a new process group begins with it disabled."""
    _kernel32.SetConsoleCtrlHandler(None, False)


class ConsoleEvents:
    """Calls `stop` (from any thread) when the process is to end.

    interruptible: Ctrl-C and Ctrl-Break are for us. Of a server in the background they can only be strays,
    meant for a program that shares its hidden console.
    """

    def __init__(self, stop: Callable[[], None], *, interruptible: bool) -> None:
        self._stop = stop
        self._interruptible = interruptible
        self._ended = threading.Event()
        self._handler = _HANDLER(self._event)
        _kernel32.SetConsoleCtrlHandler(self._handler, True)

    def _event(self, event: int) -> bool:
        if event not in (CTRL_C_EVENT, CTRL_BREAK_EVENT):
            self._stop()
            self._ended.wait(END_SECONDS)
        elif self._interruptible:
            self._stop()
        return True

    def ended(self) -> None:
        """Everything has been put in order: the process may end."""
        self._ended.set()
