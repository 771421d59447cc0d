"""Attaches a tmux (the real one or ours) on a pty and reads what it draws."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from compat_tests.clients.sandbox import name_host
from compat_tests.display.terminal_screen import Screen, Stream, dump

# Seconds until a screen that does not come is a failure; and without output, one is taken for complete.
PATIENCE = 15.0
QUIET = 0.25


class Tmux:
    """One server of a tmux under test."""

    def __init__(self, argv: Sequence[str], folder: str, name: str = "display") -> None:
        self.argv = [*argv, f"-L{name}", "-f/dev/null"]
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
        self.env.update(TMUX_TMPDIR=folder, LANG="C.UTF-8", TERM="xterm-256color", SHELL="/bin/sh", PS1="$ ")
        self.env.pop("COLORTERM", None)
        self.env.update(name_host(Path(folder) / "host"))

    def run(self, *args: str) -> str:
        return subprocess.run(
            [*self.argv, *args], env=self.env, capture_output=True, text=True, check=True, timeout=20
        ).stdout

    def kill(self) -> None:
        subprocess.run(
            [*self.argv, "kill-server"], env=self.env, capture_output=True, timeout=20, check=False
        )


class Attached:
    """A client on a pty of its own."""

    def __init__(self, tmux: Tmux, session: str, cols: int, rows: int, **env: str) -> None:
        self.screen = Screen(cols, rows)
        self._stream = Stream(self.screen)
        self.received = b""
        pid, self.fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", rows, cols, 0, 0))
            argv = [*tmux.argv, "attach-session", "-t", session]
            os.execve(argv[0], argv, {**tmux.env, **env})
        os.set_inheritable(self.fd, False)  # else another client would keep this one's terminal
        self.pid = pid

    def close(self) -> None:
        os.close(self.fd)
        os.waitpid(self.pid, 0)

    def resize(self, cols: int, rows: int) -> None:
        """The terminal gets another size."""
        self.screen.resize(rows, cols)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("4H", rows, cols, 0, 0))

    def type(self, data: bytes) -> None:
        os.write(self.fd, data)

    def read(self, seconds: float) -> bool:
        """Take what comes within that time; False if nothing did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the client has ended
            return False
        self.received += data
        self._stream.feed(data)
        return True

    def settle(self) -> dict[str, Any]:
        """The screen once something has come, and no more comes."""
        end = time.monotonic() + PATIENCE
        while not self.received and time.monotonic() < end:
            self.read(QUIET)
        while self.read(QUIET) and time.monotonic() < end:
            pass
        return dump(self.screen)

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The screen as soon as it is as wanted, or what it is when patience ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            shown = dump(self.screen)
            if wanted(shown):
                return shown
            self.read(0.1)
        return dump(self.screen)
