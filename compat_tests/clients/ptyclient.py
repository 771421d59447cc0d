"""A client on a terminal of its own: the test holds the master end and plays the user and the terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pyte

from compat_tests.clients.sandbox import WAIT_TIMEOUT, wait_until

READ_SIZE = 65536
LAST_WORDS_TIMEOUT = 2.0
"""Seconds after the process's end in which all, the server too, must let go of the terminal."""
CLOSING_LINE = re.compile(rb"\[(?:detached|exited|server exited|lost server|terminated)[^\]\r\n]*\]")
UNFINISHED = re.compile(rb"\x1b(?:[()]?|\[[0-?]*[ -/]*|[P\]][^\x07\x1b]*)\Z")
UNREADABLE = re.compile(
    rb"\x1b\[[<=>][0-?]*[ -/]*[@-~]|\x1b\[\?[0-?]*(?:\$p|[nmu])|\x1b\[[0-?]*[ $][@-~]|\x1bP[^\x1b]*\x1b\\"
)
"""Queries and private sequences on which pyte 0.8 raises or prints the tail."""


class PtyClient:
    """One process whose controlling terminal is a fresh pty of `cols` x `rows` (0x0 is allowed)."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        cwd: Path,
        cols: int = 80,
        rows: int = 24,
        *,
        held: bool = False,
    ) -> None:
        """Start `argv` there; where it is `held`, it waits for `release` before it touches the terminal."""
        self.master, slave = pty.openpty()
        self.tty = os.ttyname(slave)
        self._wake_read, self._wake_write = os.pipe()
        self._drawn = bytearray()
        self._lock = threading.Lock()
        self._set_size(cols, rows)
        # pyte has no screen of size 0; tmux draws 80x24 there.
        self.screen = pyte.Screen(cols or 80, rows or 24)
        self._stream = pyte.ByteStream(self.screen)
        self._fed = 0
        if held:
            argv = ["/bin/sh", "-c", 'read go <&3; exec "$@" 3<&-', "sh", *argv]
        gate, self._gate = os.pipe()
        self.process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=dict(env),
            preexec_fn=partial(_take_terminal, gate),
            pass_fds=[3] if held else [],
        )
        os.close(slave)
        os.close(gate)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> PtyClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _read(self) -> None:
        # Woken through a pipe: a thread blocked in read() would keep the terminal open beyond close().
        while self._wake_read not in select.select([self.master, self._wake_read], [], [])[0]:
            try:
                data = os.read(self.master, READ_SIZE)
            except OSError:  # EIO: the last holder of the other end has gone
                return
            with self._lock:
                self._drawn += data

    def _set_size(self, cols: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    @property
    def drawn(self) -> bytes:
        """Everything written to the terminal so far."""
        with self._lock:
            return bytes(self._drawn)

    def lines(self) -> list[str]:
        """The rows of the terminal as a user sees them now, right-trimmed."""
        with self._lock:
            self._feed()
            return [line.rstrip() for line in self.screen.display]

    def _feed(self) -> None:
        """Show pyte what came since, less what it cannot read; a sequence cut in two waits."""
        fresh = bytes(self._drawn[self._fed :])
        cut = UNFINISHED.search(fresh)
        fresh = fresh[: cut.start()] if cut else fresh
        self._fed += len(fresh)
        self._stream.feed(UNREADABLE.sub(b"", fresh))

    def type(self, data: bytes) -> None:
        """Put `data` on the terminal's input, as keys."""
        os.write(self.master, data)

    def resize(self, cols: int, rows: int) -> None:
        """TIOCSWINSZ: the terminal gets a new size and the client a SIGWINCH."""
        with self._lock:
            self._feed()
            self.screen.resize(rows, cols)
        self._set_size(cols, rows)

    def close(self) -> None:
        """Hang up: the master end goes away."""
        if self.master < 0:
            return
        os.write(self._wake_write, b"x")
        self._reader.join()
        for fd in (self.master, self._wake_read, self._wake_write, self._gate):
            os.close(fd)
        self.master = -1

    def release(self) -> None:
        """Let a held process go on."""
        os.write(self._gate, b"go\n")

    def wait(self, timeout: float = WAIT_TIMEOUT) -> int:
        """The exit status, once the process has ended and its last words are read."""
        status = self.process.wait(timeout)
        self._reader.join(LAST_WORDS_TIMEOUT)
        return status

    def closing_line(self) -> str:
        """What the client said last, such as `[detached (from session a)]`; empty if nothing."""
        found = CLOSING_LINE.findall(self.drawn)
        return found[-1].decode() if found else ""

    def wait_for(self, text: str) -> None:
        """Return once `text` stands somewhere on the terminal."""
        wait_until(
            lambda: any(text in line for line in self.lines()), f"{text!r} on the terminal: {self.lines()}"
        )

    def end(self) -> None:
        """Whatever state the client is in: gone afterwards."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.close()


def _take_terminal(gate: int) -> None:
    """In the child: a session leader on the terminal at standard input, the gate where the shell reads it."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.dup2(gate, 3)
