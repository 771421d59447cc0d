"""Shell commands in the background: run-shell, if-shell, copy pipes and `#()` in formats.

A job has a socket as stdin and stdout. It is over when its process has ended *and* nobody holds the other
end of the socket, so that no output is lost.
"""

from __future__ import annotations

import _socket
import os
import sys
import time

from tmuxish.server.loop import Future

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from tmuxish.formats.scope import Scope
    from tmuxish.model.environment import Environment
    from tmuxish.model.session import Session
    from tmuxish.server.server import Server

    class Stream(Protocol):
        """What is used of a socket: the other end is what the command has for its stdin and stdout."""

        def fileno(self) -> int: ...

        def setblocking(self, flag: bool, /) -> None: ...

        def recv(self, limit: int, /) -> bytes: ...

        def send(self, data: bytearray, /) -> int: ...

        def shutdown(self, how: int, /) -> None: ...

        def close(self) -> None: ...

    class Program(Protocol):
        """A command that was started."""

        pid: int

        @property
        def stream(self) -> Stream: ...

        def when_ended(self, ended: Callable[[int], None]) -> None:
            """Call `ended`, on the server's thread, with the exit code (for a signal minus its number)."""

        def kill(self) -> None:
            """Ask it to end; nothing happens if it has."""

        def text(self, output: bytes) -> bytes:
            """What it has printed, as UTF-8 lines."""

    class Listed(Protocol):
        """What the server runs and lists (show-messages -J): a Job, or the program in a popup."""

        command: str
        nowait: bool

        @property
        def pid(self) -> int: ...

        @property
        def fd(self) -> int: ...

        @property
        def status(self) -> int: ...

        @property
        def kill(self) -> Callable[[], None]: ...


READ_SIZE = 65536
# Most output of one job that is kept; a command that prints more is read on, so that it does not hang.
JOB_OUTPUT_LIMIT = 16 * 1024 * 1024
# Most bytes that wait for a command that does not read its input.
JOB_INPUT_LIMIT = 64 * 1024 * 1024
# `#()` commands whose last output is remembered; seconds after which an unused one is forgotten.
FORMAT_JOB_LIMIT = 1024
FORMAT_JOB_LIFETIME = 3600


class Start:
    """How a command is started. folder: None for the server's own, in which a pipe outlives signals meant for
    the server. reads, writes, show_stderr: as `Jobs.start` has them.
    """

    __slots__ = ("command", "environment", "folder", "reads", "show_stderr", "writes")

    def __init__(
        self,
        command: str,
        environment: dict[str, str],
        folder: str | None,
        *,
        reads: bool = True,
        writes: bool = True,
        show_stderr: bool = False,
    ) -> None:
        self.command = command
        self.environment = environment
        self.folder = folder
        self.reads = reads
        self.writes = writes
        self.show_stderr = show_stderr


class Job:
    """One running command. `nowait`: the server may end before it."""

    __slots__ = (
        "_input_ends",
        "_sock",
        "_status",
        "_text",
        "_unsent",
        "command",
        "kill",
        "manager",
        "nowait",
        "on_done",
        "on_output",
        "output",
        "pid",
    )

    def __init__(
        self, manager: Jobs, command: str, program: Program, on_done: Callable[[Job, int], None]
    ) -> None:
        self.manager = manager
        self.command = command
        self.pid = program.pid
        self.kill = program.kill
        self._text = program.text
        self.output = bytearray()
        self.on_done = on_done
        self.on_output: Callable[[Job], None] | None = None
        self.nowait = False
        sock = program.stream
        self._sock: Stream | None = sock
        self._status: int | None = None
        self._unsent = bytearray()
        self._input_ends = False
        sock.setblocking(False)
        manager.loop.add_reader(sock.fileno(), self._readable)
        program.when_ended(self._ended)

    def send(self, data: bytes) -> None:
        """Bytes for its stdin. Of a command that does not read no more than JOB_INPUT_LIMIT are kept."""
        if self._sock is None or len(self._unsent) + len(data) > JOB_INPUT_LIMIT:
            return
        waiting = bool(self._unsent)
        self._unsent += data
        if not waiting:
            self._flush()

    def finish_input(self) -> None:
        """It reads end of file after what was sent."""
        self._input_ends = True
        if not self._unsent:
            self.close_input()

    def _flush(self) -> None:
        if self._sock is None:
            return
        fd = self._sock.fileno()
        try:
            sent = self._sock.send(self._unsent)
            del self._unsent[:sent]
        except BlockingIOError:
            pass
        except OSError:  # it has closed its stdin
            self._unsent.clear()
        if self._unsent:
            self.manager.loop.add_writer(fd, self._flush)
        else:
            self.manager.loop.remove_writer(fd)
            if self._input_ends:
                self.close_input()

    def close_input(self) -> None:
        """It reads end of file."""
        if self._sock is not None:
            try:
                self._sock.shutdown(_socket.SHUT_WR)
            except OSError:
                return  # it is gone already

    def _readable(self) -> None:
        assert self._sock is not None
        try:
            data = self._sock.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            if len(self.output) < JOB_OUTPUT_LIMIT:
                self.output += data
            if self.on_output is not None:
                self.on_output(self)
            return
        self.manager.loop.remove_reader(self._sock.fileno())
        self.manager.loop.remove_writer(self._sock.fileno())
        self._sock.close()
        self._sock = None
        self._finish_if_over()

    def _ended(self, code: int) -> None:
        self._status = code
        self._finish_if_over()

    def _finish_if_over(self) -> None:
        if self._sock is None and self._status is not None:
            self.manager.finished(self)
            self.on_done(self, self._status)

    @property
    def text(self) -> bytes:
        """What it has printed, as UTF-8 lines; `output` has it as it came."""
        return self._text(bytes(self.output))

    @property
    def fd(self) -> int:
        """Its socket; -1 once nobody holds the other end."""
        return self._sock.fileno() if self._sock is not None else -1

    @property
    def status(self) -> int:
        """How its process ended, as wait(2) would say; 0 while it runs."""
        code = self._status or 0
        return -code if code < 0 else code << 8


class FormatJob:
    """The last output of one `#()`."""

    __slots__ = ("expanded", "job", "last_run", "output", "updated", "used")

    def __init__(self) -> None:
        self.job: Job | None = None
        self.expanded = ""
        self.output = ""
        self.updated = False  # it has printed a whole line since it was last started
        self.last_run = 0
        self.used = 0.0


class Jobs:
    """All jobs of the server; also what `#()` in formats asks (tmuxish.formats.scope.Jobs)."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.loop = server.loop
        self._jobs: dict[Listed, None] = {}  # in the order they began
        self._format_jobs: dict[tuple[int, str, str], FormatJob] = {}

    def start(
        self,
        command: str,
        on_done: Callable[[Job, int], None],
        *,
        session: Session | None = None,
        environment: Environment | None = None,
        cwd: str | None = None,
        reads: bool = True,
        writes: bool = True,
        show_stderr: bool = False,
    ) -> Job:
        """Run `command` with sh in `cwd` (or home, or /) with what programs of `session` see.

        reads, writes, show_stderr: whether stdin, stdout and stderr are the job's socket; else they are
        /dev/null. Raises OSError if there is no process to be had.
        """
        server = self._server
        variables = server.panes.child_environment(session, environment, no_term=not server.ready)
        folder = next((path for path in (cwd, server.home) if path and os.path.isdir(path)), "/")
        variables["PWD"] = folder
        how = Start(command, variables, folder, reads=reads, writes=writes, show_stderr=show_stderr)
        return self._run(how, on_done, session)

    def run(self, command: str, **options: Any) -> Future[tuple[int, bytes]]:
        """Run `command` as `start` does and wait for it: its exit code (negative: the signal) and output.

        It reads end of file.
        """
        result: Future[tuple[int, bytes]] = Future()
        job = self.start(command, lambda job, code: result.set_result((code, job.text)), **options)
        job.close_input()
        return result

    def start_pipe(
        self, command: str, on_done: Callable[[Job, int], None], *, reads: bool, writes: bool
    ) -> Job:
        """Run a pipe-pane command: in the server's own environment and directory, as tmux does."""
        return self._run(Start(command, dict(os.environ), None, reads=reads, writes=writes), on_done)

    def _run(self, how: Start, on_done: Callable[[Job, int], None], session: Session | None = None) -> Job:
        program: Program
        if sys.platform == "win32":
            from tmuxish.server.job_windows import WindowsProgram

            shell = self._server.panes.shell_of(session)
            if how.folder is None:  # the server's own is none that a user knows
                folders = (self._server.start_folder, self._server.home)
                how.folder = next((path for path in folders if path and os.path.isdir(path)), None)
            program = WindowsProgram(how, shell, self.loop.call_soon_threadsafe)
        else:
            from tmuxish.server.job_posix import PosixProgram

            program = PosixProgram(how, self._server.children)
        job = Job(self, how.command, program, on_done)
        self._jobs[job] = None
        return job

    def add(self, job: Listed) -> None:
        """Something else that runs on the server's behalf."""
        self._jobs[job] = None

    def finished(self, job: Listed) -> None:
        """The job is over."""
        self._jobs.pop(job, None)
        self.loop.call_soon(self._server.check_exit)

    def newest_first(self) -> list[Listed]:
        """All jobs that are not over."""
        return list(reversed(self._jobs))

    def running(self) -> bool:
        """Whether a job runs that the server must not end before."""
        return any(not job.nowait for job in self._jobs)

    def kill_all(self) -> None:
        """The server ends."""
        for job in self._jobs:
            job.kill()

    # -- #() -----------------------------------------------------------------------------------

    def output(self, command: str, expanded: str, scope: Scope) -> str:
        """The last line `command` printed so far; it is started again at most once a second."""
        client = scope.requester
        key = (client.id if client is not None else -1, scope.tag, command)
        entry = self._format_jobs.get(key)
        if entry is None:
            self._forget_unused()
            entry = self._format_jobs[key] = FormatJob()
        now = int(time.time())
        entry.used = now
        force = scope.force_jobs or expanded != entry.expanded
        entry.expanded = expanded
        if force and entry.job is not None:
            entry.job.kill()
            entry.job = None
        if entry.job is None and (force or entry.last_run != now):
            self._start_format_job(entry, expanded, scope, now)
        elif entry.job is not None and now - entry.last_run > 1 and not entry.output:
            return f"<'{command}' not ready>"
        return entry.output

    def _start_format_job(self, entry: FormatJob, expanded: str, scope: Scope, now: int) -> None:
        entry.last_run = now
        entry.updated = False
        session = scope.session
        cwd = session.cwd if session is not None else None
        try:
            entry.job = self.start(
                expanded, lambda job, code: self._format_job_done(entry, job), session=session, cwd=cwd
            )
        except OSError:
            entry.output = f"<'{expanded}' didn't start>"
            return
        entry.job.nowait = True
        entry.job.close_input()
        entry.job.on_output = lambda job: self._format_job_output(entry, job)

    def _format_job_output(self, entry: FormatJob, job: Job) -> None:
        lines = job.text.decode("utf-8", "replace").split("\n")
        complete = [line for line in lines[:-1] if line]
        if complete:
            entry.updated = True
            self._show(entry, complete[-1])

    def _format_job_done(self, entry: FormatJob, job: Job) -> None:
        if entry.job is job:
            entry.job = None
        last = job.text.decode("utf-8", "replace").rpartition("\n")[2]
        if last or not entry.updated:
            self._show(entry, last)

    def _show(self, entry: FormatJob, line: str) -> None:
        if line != entry.output:
            entry.output = line
            self._server.clients.redraw_all_status()

    def _forget_unused(self) -> None:
        if len(self._format_jobs) < FORMAT_JOB_LIMIT:
            return
        oldest = time.time() - FORMAT_JOB_LIFETIME
        self._format_jobs = {key: entry for key, entry in self._format_jobs.items() if entry.used > oldest}
