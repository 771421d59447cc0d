"""Pseudo-terminals on Unix, with `posix_spawn`.

A pane must be cheap to open from a server that holds many megabytes of history. `fork` copies the page
tables and then runs Python in the child (measured: 5 ms with 400 MB in use); `posix_spawn` shares the
memory until the program starts and takes 0.2 ms whatever the server holds. Everything the child needs
can be said ahead of it: a new session, the terminal opened by name as file 0 (which makes it the
controlling terminal), default signals, an empty signal mask; every descriptor of ours is closed by the exec
(PEP 446). What posix_spawn cannot do, the parent does before: the terminal's size and special characters
are set on it, and the working directory is entered and left again, as tmux does it too.

ptyprocess is not used here. It forks and runs Python in the child, takes a program's full path as its
argv[0] (a login shell wants "-sh"), searches the server's PATH instead of the pane's, closes descriptors
one by one up to a limit that containers set to a million, and reaps its child by itself.

Where posix_spawn cannot make a session (macOS before 10.15, old C libraries) or opening a terminal does not
make it the controlling one (FreeBSD), the same is done with `fork`.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import termios

from tmuxish.early import signal, suppress
from tmuxish.pty.base import ExitStatus, PaneProcess, PtyBackend, SpawnError, SpawnRequest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tmuxish.pty.base import ChildWatcher

assert sys.platform != "win32"

# Signals that a program finds as the system's default, whatever the server does with them.
DEFAULT_SIGNALS = [
    number for number in signal.valid_signals() if number not in (signal.SIGKILL, signal.SIGSTOP)
]

# The search path of a program whose environment has no PATH.
DEFAULT_PATH = "/usr/bin:/bin"

# Linux: where the terminal's input is UTF-8, erasing takes whole characters. termios does not name the flag.
IUTF8 = 0x4000

# termios' attribute list.
IFLAG, CONTROL_CHARS = 0, 6

# The width and height in pixels are 16 bits wide in struct winsize.
MAX_PIXELS = 0xFFFF

# The code of a program that could not be executed, as tmux's child reports it.
EXEC_FAILED = 1


# What the system's reason for not giving us a pseudo-terminal means, and what to do about it.
_NO_PTYS = "there are no pseudo-terminals here: mount devpts on /dev/pts"
PTY_HINTS = {
    errno.ENOENT: _NO_PTYS,
    errno.ENODEV: _NO_PTYS,
    errno.ENXIO: _NO_PTYS,
    errno.ENOSPC: "all pseudo-terminals are in use: raise the system's limit (Linux: kernel.pty.max)",
}


class PosixProcess(PaneProcess):
    """A program on the slave side, and our master side."""

    __slots__ = ("_fd", "_on_exit", "exit_status", "pid", "tty")

    def __init__(self, pid: int, fd: int, tty: str, on_exit: Callable[[PaneProcess], None]) -> None:
        self.pid = pid
        self.tty = tty
        self.exit_status = None
        self._fd = fd
        self._on_exit = on_exit

    def ended(self, code: int) -> None:
        """It has been reaped; `code` is as ChildWatcher has it."""
        self.exit_status = ExitStatus(code) if code >= 0 else ExitStatus(signal=-code)
        self._on_exit(self)

    def fileno(self) -> int:
        return self._fd

    def read(self, limit: int) -> bytes | None:
        try:
            return os.read(self._fd, limit)
        except BlockingIOError:
            return None
        except OSError as error:
            # Linux says EIO when the last holder of the terminal is gone.
            if error.errno in (errno.EIO, errno.EBADF):
                return b""
            raise

    def write(self, data: bytes) -> int:
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            if error.errno in (errno.EIO, errno.EBADF):
                return 0
            raise

    def resize(self, cols: int, rows: int, xpixel: int = 0, ypixel: int = 0) -> None:
        if self._fd != -1:
            _set_size(self._fd, cols, rows, xpixel, ypixel)

    def foreground_group(self) -> int | None:
        try:
            return os.tcgetpgrp(self._fd) or None
        except OSError:
            return None

    def kill(self, signal: int) -> None:
        if self.exit_status is None:
            # Gone already, or it has become another user's (su, sudo).
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal)

    def close(self) -> None:
        if self._fd != -1:
            os.close(self._fd)
            self._fd = -1


class PosixBackend(PtyBackend):
    """Starts programs as children of this process; `children` reports their ends."""

    def __init__(self, children: ChildWatcher) -> None:
        self._children = children

    def spawn(self, request: SpawnRequest, on_exit: Callable[[PaneProcess], None]) -> PaneProcess:
        try:
            master, slave = os.openpty()
        except OSError as error:
            hint = PTY_HINTS.get(error.errno or 0)
            raise SpawnError(f"{error.strerror}; {hint}" if hint else str(error.strerror)) from None
        try:
            tty = os.ttyname(slave)
            _set_size(slave, request.cols, request.rows, request.xpixel, request.ypixel)
            _set_characters(slave, request)
            os.set_blocking(master, False)
            pid = _start(request, tty)
        except OSError as error:
            os.close(master)
            raise SpawnError(error.strerror or str(error)) from None
        finally:
            os.close(slave)
        process = PosixProcess(pid, master, tty, on_exit)
        self._children.watch(pid, process.ended)
        return process


def _set_size(fd: int, cols: int, rows: int, xpixel: int, ypixel: int) -> None:
    # The largest windows have more pixels than the system can tell.
    pixels = min(xpixel, MAX_PIXELS), min(ypixel, MAX_PIXELS)
    winsize = b"".join(each.to_bytes(2, sys.byteorder) for each in (rows, cols, *pixels))
    fcntl.ioctl(fd, termios.TIOCSWINSZ, winsize)


def _set_characters(fd: int, request: SpawnRequest) -> None:
    """Special characters as in the terminal the session was made from, and tmux's erase character."""
    attributes = termios.tcgetattr(fd)
    characters = attributes[CONTROL_CHARS]
    for index, value in enumerate(request.control_chars[: len(characters)]):
        characters[index] = bytes((value,))
    characters[termios.VERASE] = bytes((request.erase,))
    if sys.platform == "linux" or sys.platform == "darwin":
        attributes[IFLAG] |= IUTF8
    termios.tcsetattr(fd, termios.TCSANOW, attributes)


def _start(request: SpawnRequest, tty: str) -> int:
    """Starts the program on the terminal; its pid. Raises OSError if there is no process to be had."""
    env = dict(request.env)
    here = _open_here()
    entered = _enter(request)
    try:
        if entered is not None:
            env["PWD"] = entered
        path, argv = _program(request, env)
        return _execute(path, argv, env, tty)
    finally:
        if here is None:
            os.chdir("/")
        else:
            os.fchdir(here)
            os.close(here)


def _open_here() -> int | None:
    """Our own working directory, to come back to; None if it is gone or closed to us."""
    try:
        return os.open(".", getattr(os, "O_PATH", os.O_RDONLY) | os.O_CLOEXEC)
    except OSError:
        return None


def _enter(request: SpawnRequest) -> str | None:
    """Enters the first directory that will have us and names it."""
    for folder in (request.cwd, request.home, "/"):
        if folder:
            try:
                os.chdir(folder)
            except OSError:
                continue
            return folder
    return None


def _program(request: SpawnRequest, env: Mapping[str, str]) -> tuple[str, list[str]]:
    """The file to execute and its argv."""
    shell = request.shell
    shell_name = shell.rpartition("/")[2] or shell
    if not request.argv:
        return shell, [f"-{shell_name}"]
    if len(request.argv) == 1:
        return shell, [shell_name, "-c", request.argv[0]]
    return _find(request.argv[0], env), list(request.argv)


def _find(name: str, env: Mapping[str, str]) -> str:
    """The program as execvp finds it on the pane's own PATH; the name itself if it is nowhere."""
    if "/" in name:
        return name
    for folder in env.get("PATH", DEFAULT_PATH).split(":"):
        path = os.path.join(folder or ".", name)
        if os.access(path, os.X_OK) and not os.path.isdir(path):
            return path
    return name


def _execute(path: str, argv: list[str], env: Mapping[str, str], tty: str) -> int:
    try:
        return _spawn(path, argv, env, tty)
    except OSError as error:
        if error.errno == errno.ENOEXEC:
            # A script without "#!" goes to the shell, as execvp does it.
            return _execute("/bin/sh", ["sh", path, *argv[1:]], env, tty)
        if error.errno in (errno.EAGAIN, errno.ENOMEM):
            raise
        # The pane starts and ends at once with tmux's code.
        return _spawn("/bin/sh", ["sh", "-c", f"exit {EXEC_FAILED}"], env, tty)


def _spawn_needs_fork() -> bool:
    return sys.platform not in ("linux", "darwin")


def _spawn(path: str, argv: list[str], env: Mapping[str, str], tty: str) -> int:
    if _spawn_needs_fork():
        return _fork(path, argv, env, tty)
    try:
        return os.posix_spawn(
            path,
            argv,
            env,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ],
            setsid=True,
            setsigmask=[],
            setsigdef=DEFAULT_SIGNALS,
        )
    except NotImplementedError:  # this C library's posix_spawn has no setsid
        return _fork(path, argv, env, tty)


def _fork(path: str, argv: list[str], env: Mapping[str, str], tty: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        fd = os.open(tty, os.O_RDWR)
        if sys.platform != "linux":
            fcntl.ioctl(fd, termios.TIOCSCTTY, 0)
        for target in (0, 1, 2):
            os.dup2(fd, target)
        for number in DEFAULT_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        os.execve(path, argv, env)
    finally:
        os._exit(EXEC_FAILED)
