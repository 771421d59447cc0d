"""A `winpty` module for systems that have none: real programs on real terminals, behind the interface of
pywinpty 3.x, with what that interface is known to do to its users.

Programs get their command line as one string, as on Windows, and it is cut up as the C runtime does. What a
`Fake` is told to misbehave in stands in its constructor; everything else is what pywinpty does every day:

* a read that blocks does not return when the program has ended, but when it is cancelled, with an error;
* each read decodes by itself and drops NULs;
* an exit code of 259 is taken for a program that runs;
* writing to a program that has ended, or a size that is not positive, is an error;
* ConPTY begins with requests of its own;
* the console is closed when the object is dropped, which takes until its programs are gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import queue
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping

STILL_ACTIVE = 259
CONPTY, WINPTY = 0, 1
OWN_REQUESTS = "\x1b[?9001h\x1b[?1004h"
READ_SIZE = 32768
COPY_PATIENCE = 10.0
PYTHON = r"C:\Program Files\Python\python.exe"
CMD = r"C:\Windows\System32\cmd.exe"


class WinptyError(Exception):
    """What pywinpty raises."""


class PanicException(BaseException):
    """What a panic in Rust becomes: no Exception, as in the real module."""


class Fake:
    """The module, with `PTY` bound to its misbehaviour.

    panics, fails: numbers of backends whose constructor panics, or raises. deaf: reads cannot be cancelled.
    silent: after the last output reads return at once, with nothing.
    spawn_fails: how many times spawn raises. late: seconds by which all output comes later than it is
    printed. cut: most UTF-16 units in what one read gives, so that pairs of surrogates are cut.
    preface: what ConPTY says before its program has started.
    """

    def __init__(
        self,
        *,
        panics: tuple[int, ...] = (),
        fails: tuple[int, ...] = (),
        deaf: bool = False,
        silent: bool = False,
        spawn_fails: int = 0,
        late: float = 0.0,
        cut: int = 0,
        preface: str = OWN_REQUESTS,
    ) -> None:
        self.panics = panics
        self.fails = fails
        self.deaf = deaf
        self.silent = silent
        self.spawn_fails = spawn_fails
        self.late = late
        self.cut = cut
        self.preface = preface
        self.programs: dict[int, subprocess.Popen[bytes]] = {}
        self.copied: dict[int, threading.Event] = {}  # set when all that a program has printed may be read
        self.backends: list[int] = []  # asked for
        self.sizes: list[tuple[int, int]] = []  # set
        self.written: list[str] = []
        self.closed_by: list[str] = []  # names of threads
        self.closing = threading.Event()
        self.may_close = threading.Event()
        self.may_close.set()

    def PTY(
        self,
        cols: int,
        rows: int,
        backend: int | None = None,
        mouse_mode: int = 0,
        timeout: int = 30000,
        agent_config: int = 4,
    ) -> PTY:
        chosen = CONPTY if backend is None else backend
        self.backends.append(chosen)
        if chosen in self.panics:
            raise PanicException("called `Result::unwrap()` on an `Err` value")
        if cols <= 0 or rows <= 0:
            raise WinptyError(f"PTY cols and rows must be positive and non-zero. Got: ({cols}, {rows})")
        if chosen in self.fails:
            raise WinptyError("Invalid handle.")
        return PTY(self, cols, rows, chosen)

    def close(self) -> None:
        """End everything that a test has left."""
        self.may_close.set()
        for program in self.programs.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()


class PTY:
    """One console."""

    def __init__(self, module: Fake, cols: int, rows: int, backend: int) -> None:
        self._module = module
        self._backend = backend
        self._master, self._slave = pty.openpty()
        attributes = termios.tcgetattr(self._slave)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(self._slave, termios.TCSANOW, attributes)
        self._resize(cols, rows)
        self._chunks: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._program: subprocess.Popen[bytes] | None = None
        self._rest = ""  # of what was read, if reads are short
        self._cancelled = False
        if backend == CONPTY:
            self._chunks.put(module.preface)

    @property
    def pid(self) -> int | None:
        return self._program.pid if self._program else None

    @property
    def fd(self) -> int | None:
        return self._program.pid if self._program else None

    def spawn(
        self, appname: str, cmdline: str | None = None, cwd: str | None = None, env: str | None = None
    ) -> bool:
        if self._module.spawn_fails:
            self._module.spawn_fails -= 1
            raise WinptyError("Access is denied.")
        if self._backend == CONPTY:  # a command line whose beginning names the file
            argv = split_command_line(f"{appname} {cmdline}" if cmdline else appname)
        else:
            argv = [appname, *split_command_line(cmdline or appname)[1:]]
        self._program = subprocess.Popen(
            _unix_argv(argv),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            cwd=unix_path(cwd) if cwd else None,
            env=_variables(env) if env is not None else None,
            start_new_session=True,
        )
        self._module.programs[self._program.pid] = self._program
        self._module.copied[self._program.pid] = threading.Event()
        copied = os.dup(self._master), self._chunks, self._module, self._program
        threading.Thread(target=_copy, args=copied, daemon=True).start()
        return True

    def read(self, blocking: bool = False) -> str:
        text: str | None = self._rest
        if not text:
            text = self._chunks.get() if blocking else self._chunks.get_nowait()
            if text == "":
                self._chunks.put(text)
        if text is None:
            raise WinptyError("The I/O operation has been aborted because of a thread exit.")
        units = text.replace("\0", "").encode("utf-16-le", "surrogatepass")
        size = 2 * self._module.cut or len(units)
        self._rest = units[size:].decode("utf-16-le", "surrogatepass")
        return units[:size].decode("utf-16-le", "surrogatepass")

    def write(self, to_write: str) -> int:
        if not self.isalive():
            raise WinptyError("The pipe is being closed.")
        self._module.written.append(to_write)
        os.write(self._master, to_write.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode())
        return 0  # a write that is pending counts nothing

    def set_size(self, cols: int, rows: int) -> None:
        if cols <= 0 or rows <= 0:
            raise WinptyError(f"PTY cols and rows must be positive and non-zero. Got: ({cols}, {rows})")
        self._module.sizes.append((cols, rows))
        self._resize(cols, rows)

    def _resize(self, cols: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def isalive(self) -> bool:
        if self._program is None:
            raise WinptyError("Invalid handle.")
        return self._program.poll() is None

    def get_exitstatus(self) -> int | None:
        code = None if self._program is None else self._program.poll()
        return None if code == STILL_ACTIVE else code

    def iseof(self) -> bool:
        return False

    def cancel_io(self) -> bool:
        if self._module.deaf:
            return True
        if self._cancelled:
            raise WinptyError("Element not found.")
        self._cancelled = True
        self._chunks.put(None)
        return True

    def __del__(self) -> None:
        self._module.closed_by.append(threading.current_thread().name)
        self._module.closing.set()
        self._module.may_close.wait()
        for fd in (self._master, self._slave):
            os.close(fd)


def _copy(
    master: int, chunks: queue.SimpleQueue[str | None], module: Fake, program: subprocess.Popen[bytes]
) -> None:
    """The thread that pywinpty reads with: nobody's pace holds it up."""
    with contextlib.suppress(OSError):
        while True:
            if not select.select([master], [], [], 0.02)[0]:
                if program.poll() is not None:
                    if module.silent:
                        chunks.put("")
                    module.copied[program.pid].set()
                    if module.silent:
                        return
                continue
            data = os.read(master, READ_SIZE)
            if module.late:
                time.sleep(module.late)
            chunks.put(data.decode("utf-8", "replace"))


def _variables(block: str) -> dict[str, str]:
    assert block.endswith("\0"), "the block's last variable has no end"
    return dict(variable.split("=", 1) for variable in block[:-1].split("\0"))


def _unix_argv(argv: list[str]) -> list[str]:
    """What stands for the program here. cmd knows `/d /c exit N`."""
    if argv[0] == CMD:
        assert argv[1:4] == ["/d", "/c", "exit"], argv
        return ["/bin/sh", "-c", f"exit {argv[4]}"]
    if argv[0] != PYTHON:
        raise WinptyError("The system cannot find the file specified.")
    return [sys.executable, *argv[1:]]


def unix_path(path: str) -> str:
    r"""`C:\x` stands for `/x`."""
    return path.removeprefix("C:").replace("\\", "/")


def windows_path(path: str) -> str:
    """The other way."""
    return "C:" + path.replace("/", "\\")


def split_command_line(line: str) -> list[str]:
    """The arguments as the C runtime of Windows finds them."""
    argv: list[str] = []
    position = 0
    while position < len(line):
        if line[position] in " \t":
            position += 1
            continue
        word, quoted = "", False
        while position < len(line) and (quoted or line[position] not in " \t"):
            slashes = len(line[position:]) - len(line[position:].lstrip("\\"))
            position += slashes
            at_quote = line[position : position + 1] == '"'
            # The first word is a path: backslashes are nothing special there.
            word += "\\" * (slashes // 2 if at_quote and argv else slashes)
            if at_quote and argv and slashes % 2:
                word += '"'
                position += 1
            elif at_quote:
                quoted = not quoted
                position += 1
            elif position < len(line) and (quoted or line[position] not in " \t"):
                word += line[position]
                position += 1
        argv.append(word)
    return argv


class FakeProcess:
    """A program that was started here, as `ProcessTools` gives it. codes: what stands for which code of 32
    bits, which Unix has no room for.

    Its end is seen when the console has its output, so that a busy machine does not make the console late;
    unless the module's is to be late.
    """

    def __init__(self, module: Fake, pid: int, codes: Mapping[int, int]) -> None:
        self.handle = pid
        self._module = module
        self._program = module.programs[pid]
        self._codes = codes

    def wait(self) -> None:
        self._program.wait()
        if not self._module.late:
            self._module.copied[self.handle].wait(COPY_PATIENCE)

    def exit_code(self) -> int:
        code = self._program.wait()
        return self._codes.get(code, code) if code >= 0 else 1

    def terminate(self, code: int) -> None:
        self._program.kill()

    def close(self) -> None:
        pass


class FakeJob:
    """Processes in one session."""

    def __init__(self, tools: FakeTools) -> None:
        self._tools = tools
        self._leader = 0

    def add(self, handle: int) -> None:
        if self._tools.no_jobs:
            raise PermissionError(13, "Access is denied")
        self._leader = handle
        self._tools.jobs[handle] = "open"

    def terminate(self, code: int) -> None:
        self._tools.jobs[self._leader] = "terminated"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._leader, signal.SIGKILL)

    def release(self) -> None:
        self._tools.jobs[self._leader] = "released"


class FakeTools:
    """The system's processes, as far as a fake module has started them."""

    def __init__(
        self, module: Fake, *, no_jobs: bool = False, codes: Mapping[int, int] | None = None
    ) -> None:
        self._module = module
        self._codes = codes or {}
        self.no_jobs = no_jobs
        self.jobs: dict[int, str] = {}

    def open(self, pid: int) -> FakeProcess:
        return FakeProcess(self._module, pid, self._codes)

    def new_job(self) -> FakeJob:
        return FakeJob(self)
