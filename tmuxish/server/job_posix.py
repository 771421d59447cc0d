"""A background command on Unix: `/bin/sh -c` with one end of a socket for its stdin and stdout."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.pty.base import ChildWatcher
    from tmuxish.server.jobs import Start

SHELL = "/bin/sh"


class PosixProgram:
    """A child, which `children` reaps."""

    def __init__(self, how: Start, children: ChildWatcher) -> None:
        """Raises OSError if there is no process to be had."""
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [SHELL, "-c", how.command],
                stdin=theirs.fileno() if how.reads else subprocess.DEVNULL,
                stdout=theirs.fileno() if how.writes else subprocess.DEVNULL,
                stderr=theirs.fileno() if how.show_stderr else subprocess.DEVNULL,
                cwd=how.folder,
                env=how.environment,
                start_new_session=how.folder is None,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._children = children
        self.pid = self._process.pid
        self.stream = ours

    def when_ended(self, ended: Callable[[int], None]) -> None:
        def reaped(code: int) -> None:
            self._process.returncode = code  # or Popen would wait for a child that we have reaped
            ended(code)

        self._children.watch(self.pid, reaped)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def text(self, output: bytes) -> bytes:
        return output
