"""Child processes and their ends: one place reaps, whoever started a child is told.

Unknown children are reaped too: as process 1 of a container the server inherits every orphan. A child that
has been stopped is told to go on, as tmux does it: nobody is there who could.
"""

from __future__ import annotations

import os
import sys

from tmuxish.early import signal, suppress
from tmuxish.server.log import log_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Children:
    """Who waits for which child."""

    def __init__(self) -> None:
        self._watchers: dict[int, Callable[[int], None]] = {}

    def watch(self, pid: int, ended: Callable[[int], None]) -> None:
        """Call `ended` with the exit code (minus the signal's number for a signal) when `pid` has ended."""
        self._watchers[pid] = ended

    def reap(self) -> None:
        """Collect every child that has ended (SIGCHLD); run on the loop, never inside a signal handler."""
        if sys.platform == "win32":
            return  # a system without SIGCHLD, or children to reap
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if os.WIFSTOPPED(status):
                if pid in self._watchers:
                    _resume(pid, os.WSTOPSIG(status))
                continue
            ended = self._watchers.pop(pid, None)
            if ended is not None:
                try:
                    ended(os.waitstatus_to_exitcode(status))
                except Exception:  # the other children must not wait for it
                    log_error()


def _resume(pid: int, stopped_by: int) -> None:
    """Tell a stopped child to go on, with its group if it leads one; not if its terminal has stopped it."""
    if sys.platform == "win32" or stopped_by in (signal.SIGTTIN, signal.SIGTTOU):
        return
    with suppress(ProcessLookupError, PermissionError):
        try:
            os.killpg(pid, signal.SIGCONT)
        except ProcessLookupError:
            os.kill(pid, signal.SIGCONT)
