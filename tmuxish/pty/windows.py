"""Pseudo-terminals on Windows: pywinpty's raw `PTY`, that is ConPTY, or WinPTY where that is missing.

Nothing of a console can be selected on there, so threads block in its place and meet the server's loop in a
channel: one reads, one writes, one waits for the program's end. What shapes them (pywinpty 3.x):

* The end of the output is not told: a read may go on for ever after the program has ended. So the process is
  watched, then the output is drained for a moment, the read is cancelled, and only then the end reported, so
  that a pane's last words are seen.
* Dropping the object is what closes the console, and may block until the programs in it are gone: the thread
  that has waited for the process does it.
* An exit code of 259 means "still running" to pywinpty: the code is taken from the process itself, once it
  has ended.
* The constructor fails with a WinptyError, or with a Rust panic, which is no Exception.

Each pane's programs are in one job object. It is ended with the pane, and the system ends it with the
server, however that goes: no program is left behind. A pane whose program has ended by itself leaves what
that has started in the background alone, as on Unix.

What is asked of the system beyond pywinpty stands in `ProcessTools`, so that all this runs in tests on
other systems too.
"""

from __future__ import annotations

import contextlib
import ntpath
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from tmuxish.channels import ByteChannel
from tmuxish.pty.base import ExitStatus, PaneProcess, PtyBackend, SpawnError, SpawnRequest
from tmuxish.pty.console_text import ConsoleInput, ConsoleOutput
from tmuxish.pty.windows_commands import failing, plan
from tmuxish.pty.windows_programs import Host, from_msys

# Seconds without output after which an ended program's output counts as complete, and most seconds that are
# spent waiting for more of it (programs left in the background may go on printing).
DRAIN_QUIET = 0.15
DRAIN_LIMIT = 0.25
# Seconds between two looks whether output is still coming, and between two attempts to cancel a read.
DRAIN_INTERVAL = 0.02
CANCEL_INTERVAL = 0.05
# A read that cannot be cancelled is left behind after that many attempts.
CANCEL_ATTEMPTS = 20
# Seconds that a reader rests when it was given nothing. Once that is a chunk of NULs, which pywinpty drops;
# time after time it means that pywinpty reads no more, which is the end once the program has ended.
EMPTY_READ_PAUSE = 0.01
EMPTY_READS = 3
# Bytes written at a time. A pending write's buffer is not kept by pywinpty: it has to fit the pipe.
WRITE_SIZE = 4096
# The code of programs that are ended because their pane is; ExitStatus tells the signal that was meant.
TERMINATED = 1
# Unix's number, in whose place a pane's programs are ended with it; Windows has no such signal.
SIGHUP = 1

# The two kinds of consoles, by the numbers of winpty.Backend; the first is tried first.
CONPTY, WINPTY = "conpty", "winpty"
BACKENDS = {CONPTY: 0, WINPTY: 1}


class Console(Protocol):
    """What is used of winpty.PTY."""

    @property
    def pid(self) -> int | None: ...

    def spawn(
        self, appname: str, cmdline: str | None = None, cwd: str | None = None, env: str | None = None
    ) -> bool: ...

    def read(self, blocking: bool = False) -> str: ...

    def write(self, to_write: str) -> int: ...

    def set_size(self, cols: int, rows: int) -> None: ...

    def cancel_io(self) -> bool: ...


class Process(Protocol):
    """A process of the system, held so that its id stays its own."""

    handle: int

    def wait(self) -> None:
        """Until it has ended."""

    def exit_code(self) -> int:
        """Once it has ended."""

    def terminate(self, code: int) -> None:
        """End it; nothing happens if it has ended."""

    def close(self) -> None:
        """Hold it no more."""


class Job(Protocol):
    """A set of processes with all that they start."""

    def add(self, handle: int) -> None:
        """Put a process into it. Raises OSError if the system refuses, or the process has ended."""

    def terminate(self, code: int) -> None:
        """End all of them."""

    def release(self) -> None:
        """Let those that are left go their own way."""


class ProcessTools(Protocol):
    """What is asked of the system about processes. Both raise OSError."""

    def open(self, pid: int) -> Process: ...

    def new_job(self) -> Job:
        """A job that ends with whoever holds it."""


class WindowsProcess(PaneProcess):
    """A program in its console, and the threads that serve it."""

    def __init__(
        self,
        console: Console,
        kind: str,
        process: Process,
        job: Job | None,
        ended: Callable[[ExitStatus], None],
    ) -> None:
        """`ended` is called with the status, by a thread, when all output is in the channel."""
        self.pid = console.pid or 0
        self.tty = f"{kind}/{self.pid}"
        self.exit_status = None
        self._console: Console | None = console
        self._process: Process | None = process
        self._job = job
        self._report = ended
        self._channel = ByteChannel()
        self._output = ConsoleOutput(own_requests=kind == CONPTY)
        self._ending: int | None = None  # the signal in whose place we have ended it
        self._reading_since: float | None = None
        self._exited = threading.Event()
        self._over = threading.Event()  # no more output is wanted
        self._read_all = threading.Event()
        self._size_lock = threading.Lock()
        self._size: tuple[int, int] | None = None  # the one to be set
        self._resizing = False

    def start(self) -> None:
        """Begin to serve it."""
        for work in (self._read_output, self._write_input, self._await_end):
            self._thread(work)

    def finish(self, status: ExitStatus) -> None:
        """On the server's thread: the program has ended, and all of its output is there. Whoever reads learns
        of the end no earlier, or would hang up on a program that seems to have let go of its terminal.
        """
        self.exit_status = status
        self._channel.end()

    def _thread(self, work: Callable[[], None]) -> None:
        name = f"{self.tty}{work.__name__}"
        threading.Thread(target=work, name=name, daemon=True).start()

    # -- the server's side ---------------------------------------------------------------------

    def fileno(self) -> int:
        return self._channel.fileno()

    def read(self, limit: int) -> bytes | None:
        return self._channel.read(limit)

    def write(self, data: bytes) -> int:
        return self._channel.write(data)

    def resize(self, cols: int, rows: int, xpixel: int = 0, ypixel: int = 0) -> None:
        if cols <= 0 or rows <= 0 or self.fileno() == -1:
            return
        with self._size_lock:
            self._size = cols, rows
            if self._resizing:
                return
            self._resizing = True
        self._thread(self._set_size)

    def foreground_group(self) -> int | None:
        """There are no groups here; the program stands for whatever runs in its console."""
        return self.pid if self.exit_status is None and self.fileno() != -1 else None

    def kill(self, signal: int) -> None:
        """Ends all of the pane's programs, whatever the signal: they understand no other."""
        if self.exit_status is not None or self._ending is not None:
            return
        self._ending = signal
        job, process = self._job, self._process  # which a thread gives up when they are over
        if job is not None:
            job.terminate(TERMINATED)
        elif process is not None:
            process.terminate(TERMINATED)

    def close(self) -> None:
        if self.fileno() != -1:
            self._channel.close()
            self.kill(SIGHUP)

    # -- threads -------------------------------------------------------------------------------

    def _read_output(self) -> None:
        try:
            empty = 0
            while (text := self._next_text()) is not None:
                if text:
                    empty = 0
                    if not self._channel.put(self._output.feed(text)):
                        return
                elif empty == EMPTY_READS and self._exited.is_set():
                    break
                else:
                    empty = min(empty + 1, EMPTY_READS)
                    self._over.wait(EMPTY_READ_PAUSE)
            self._channel.put(self._output.finish())
        finally:
            self._read_all.set()

    def _next_text(self) -> str | None:
        """None at the end. The console tells it by an error, or by nothing for ever."""
        console = self._console
        if console is None:
            return None
        self._reading_since = time.monotonic()
        try:
            text = console.read(True)
        except BaseException:  # WinptyError, whatever its text (ended, cancelled, broken), or a Rust panic
            return None
        finally:
            self._reading_since = None
        return None if not text and self._over.is_set() else text

    def _write_input(self) -> None:
        text = ConsoleInput()
        while data := self._channel.take(WRITE_SIZE):
            if not self._type(text.feed(data)):
                break
        self._channel.refuse()

    def _type(self, text: str) -> bool:
        """Whether somebody is there to take it. (It holds the console no longer than that takes.)"""
        console = self._console
        if console is None:
            return False
        try:
            console.write(text)
        except Exception:  # WinptyError: the program is gone
            return False
        return True

    def _set_size(self) -> None:
        while True:
            with self._size_lock:
                size, self._size = self._size, None
                if size is None:
                    self._resizing = False
                    return
            console = self._console
            if console is not None:
                with contextlib.suppress(Exception):  # WinptyError: the program is gone
                    console.set_size(*size)

    def _await_end(self) -> None:
        process = self._process
        assert process is not None
        try:
            process.wait()
            code = process.exit_code()
        except OSError:  # the system does not tell, so there is nothing to wait for
            code = TERMINATED
        self._exited.set()
        if self._ending is None:
            self._drain()
        self._over.set()
        self._cancel()
        ending = self._ending
        if self._job is not None:
            if ending is None:
                with contextlib.suppress(OSError):  # then what is left ends with the job
                    self._job.release()
            self._job = None
        self._process = None
        process.close()
        self._report(ExitStatus(code) if ending is None else ExitStatus(signal=ending))
        self._console = None  # this closes it, and may take a while

    def _drain(self) -> None:
        """Until the output has paused since the end, or the reader has waited for DRAIN_LIMIT in all: what a
        program prints last takes the console a moment to show.
        """
        self._channel.lift_input_limit()
        ended = time.monotonic()
        waited = 0.0
        while waited < DRAIN_LIMIT and not self._read_all.wait(DRAIN_INTERVAL):
            since = self._reading_since
            if since is not None:
                waited += DRAIN_INTERVAL
                if time.monotonic() - max(since, ended) >= DRAIN_QUIET:
                    return

    def _cancel(self) -> None:
        """Have the reader come back. One that does not is left where it is, and its console with it."""
        for _ in range(CANCEL_ATTEMPTS):
            self._cancel_once()
            if self._read_all.wait(CANCEL_INTERVAL):
                return

    def _cancel_once(self) -> None:
        console = self._console
        if console is not None:
            with contextlib.suppress(Exception):  # WinptyError: there was nothing to cancel
                console.cancel_io()


class WindowsBackend(PtyBackend):
    """Starts programs in consoles of their own.

    call_soon: runs something on the server's thread. tools: the system's processes. winpty: the module.
    """

    def __init__(
        self,
        call_soon: Callable[[Callable[[], None]], None],
        *,
        tools: ProcessTools | None = None,
        winpty: Any = None,
        host: Callable[[SpawnRequest], Host] = lambda request: Host(request.env, request.cwd),
        is_folder: Callable[[str], bool] = os.path.isdir,
    ) -> None:
        self._call_soon = call_soon
        self._tools = tools or _system_tools()
        self._winpty = winpty
        self._host = host
        self._is_folder = is_folder
        self._kinds = [CONPTY, WINPTY]

    def spawn(self, request: SpawnRequest, on_exit: Callable[[PaneProcess], None]) -> PaneProcess:
        console, kind = self._console(request.cols, request.rows)
        self._start(console, kind, request)
        pid = console.pid
        if not pid:
            raise SpawnError("the console has started no program")
        try:
            held = self._tools.open(pid)
        except OSError as error:
            raise SpawnError(error.strerror or str(error)) from None

        def ended(status: ExitStatus) -> None:
            process.finish(status)
            on_exit(process)

        def report(status: ExitStatus) -> None:
            self._call_soon(lambda: ended(status))

        process = WindowsProcess(console, kind, held, self._job_of(held), report)
        process.start()
        return process

    def _console(self, cols: int, rows: int) -> tuple[Console, str]:
        """A console, and of which kind. A kind that this system does not have is not tried again."""
        winpty = self._module()
        reasons = []
        for kind in list(self._kinds):
            try:
                return winpty.PTY(max(cols, 1), max(rows, 1), backend=BACKENDS[kind]), kind
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # a Rust panic is no Exception
                reasons.append(f"{kind}: {error}")
                if len(self._kinds) > 1:
                    self._kinds.remove(kind)
        raise SpawnError("; ".join(reasons))

    def _module(self) -> Any:
        if self._winpty is None:
            try:
                import winpty
            except ImportError as error:
                raise SpawnError(f"pywinpty is missing or broken ({error})") from None
            self._winpty = winpty
        return self._winpty

    def _start(self, console: Console, kind: str, request: SpawnRequest) -> None:
        """Start the program. One that cannot be started is replaced by one that fails at once."""
        folders = [ntpath.normpath(from_msys(path)) for path in (request.cwd, request.home) if path]
        folder = next(filter(self._is_folder, folders), None)
        host = self._host(request)
        wanted = plan(request.argv, request.shell, host)
        reason = ""
        for what in (wanted, failing(host)):
            cwd = what.cwd if what.cwd is not None and self._is_folder(what.cwd) else folder
            # ConPTY's backend puts the two together; WinPTY's gives them to the system as they are, as a file
            # and a command line.
            words = (
                (what.program, what.arguments or None) if kind == CONPTY else (what.path, what.command_line)
            )
            try:
                if console.spawn(*words, cwd, what.environment_block(cwd)):
                    return
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # as above
                reason = str(error)
        raise SpawnError(reason or "the console starts no program")

    def _job_of(self, process: Process) -> Job | None:
        """A job with the program in it. None if it has ended already, or the system refuses."""
        try:
            job = self._tools.new_job()
            job.add(process.handle)
        except OSError:  # then the program is all that can be ended
            return None
        return job


def _system_tools() -> ProcessTools:
    if sys.platform != "win32":
        raise NotImplementedError("only Windows has these processes")
    else:  # noqa: RET506 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.pty.windows_processes import SystemTools

        return SystemTools()
