"""The contract of a pane's program, the same on every system.

A backend starts programs on new pseudo-terminals. Nobody outside this package knows whose child a program
is: its end is an event that carries a status, not a `waitpid`. So a backend may later be a process of its
own that keeps panes alive while the server is replaced.

Everything here happens on the server's one thread and nothing blocks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol

    class ChildWatcher(Protocol):
        """The one place that reaps the server's children."""

        def watch(self, pid: int, ended: Callable[[int], None]) -> None:
            """Calls `ended`, on the server's thread, with the exit code (for a signal minus its number)."""


class SpawnError(Exception):
    """No pseudo-terminal or no process could be had. The text is the system's reason."""


class ExitStatus:
    """How a program ended: with a code, or by a signal. The other one is None."""

    __slots__ = ("code", "signal")

    def __init__(self, code: int | None = None, signal: int | None = None) -> None:
        self.code = code
        self.signal = signal

    def __repr__(self) -> str:
        return f"ExitStatus(code={self.code}, signal={self.signal})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ExitStatus) and (self.code, self.signal) == (other.code, other.signal)

    def __hash__(self) -> int:
        return hash((self.code, self.signal))


class SpawnRequest:
    """What to run, and where.

    `argv` follows tmux: nothing is a login shell, one string is a command for `shell -c`, several are a
    program and its arguments, run without a shell. `env` is the whole environment; the backend adds only
    PWD. If `cwd` cannot be entered, `home` and then "/" are tried. `control_chars` are the special
    characters of the terminal the session was made from (termios' c_cc), `erase` the byte that deletes.
    """

    __slots__ = (
        "argv",
        "cols",
        "control_chars",
        "cwd",
        "env",
        "erase",
        "home",
        "rows",
        "shell",
        "xpixel",
        "ypixel",
    )

    def __init__(
        self,
        *,
        argv: Sequence[str],
        shell: str,
        cwd: str,
        env: Mapping[str, str],
        cols: int,
        rows: int,
        home: str | None = None,
        xpixel: int = 0,
        ypixel: int = 0,
        control_chars: bytes = b"",
        erase: int = 0x7F,
    ) -> None:
        self.argv = tuple(argv)
        self.shell = shell
        self.cwd = cwd
        self.home = home
        self.env = env
        self.cols = cols
        self.rows = rows
        self.xpixel = xpixel
        self.ypixel = ypixel
        self.control_chars = control_chars
        self.erase = erase


class PaneProcess(ABC):
    """One program on its pseudo-terminal."""

    pid: int  # the program's process id, also its process group and session where the system has those
    tty: str  # the terminal's name as `ps -t` understands it ("/dev/pts/3")
    exit_status: ExitStatus | None  # None while the program runs

    @abstractmethod
    def fileno(self) -> int:
        """What the server's selector watches for reading and writing; -1 once closed."""

    @abstractmethod
    def read(self, limit: int) -> bytes | None:
        """Up to `limit` bytes of output. None: nothing there now. b"": nobody holds the terminal any more."""

    @abstractmethod
    def write(self, data: bytes) -> int:
        """Types `data`; the number of bytes taken, 0 if the terminal's queue is full or the program is
        gone.
        """

    @abstractmethod
    def resize(self, cols: int, rows: int, xpixel: int = 0, ypixel: int = 0) -> None:
        """Sets the terminal's size; the program is told as its system does it. Pixels are the whole
        terminal's.
        """

    @abstractmethod
    def foreground_group(self) -> int | None:
        """The process group that the terminal's keyboard belongs to now; None if there is none."""

    @abstractmethod
    def kill(self, signal: int) -> None:
        """Sends a signal to the program's process group; nothing happens if it is gone."""

    @abstractmethod
    def close(self) -> None:
        """Gives up our end of the terminal, which hangs up on the program. The exit event still comes."""


class PtyBackend(ABC):
    """Starts programs and reports their ends."""

    @abstractmethod
    def spawn(self, request: SpawnRequest, on_exit: Callable[[PaneProcess], None]) -> PaneProcess:
        """Starts a program. `on_exit` is called once, on the server's thread, after `exit_status` is set.

        A program that cannot be executed is not an error here: as in tmux its pane starts and ends with
        code 1. Raises SpawnError if there is no terminal or no process to be had.
        """
