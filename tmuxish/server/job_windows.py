"""A background command on Windows: pipes for its streams, threads that block on them, a job object for its
processes.

It has a hidden console of its own. The server's is not for others to change, and what the server has for
standard streams may be anything: all three are always given.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING

from tmuxish.channels import ByteChannel
from tmuxish.pty.windows_commands import plan
from tmuxish.pty.windows_programs import Host

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.pty.windows import Job
    from tmuxish.server.jobs import Start

READ_SIZE = 65536
CREATE_NO_WINDOW = 0x08000000
TERMINATED = 1
# Python's name for the code page that Windows gives to new consoles.
CONSOLE_ENCODING = "oem"


class JobChannel(ByteChannel):
    """The server's end of a command's streams, used as a socket."""

    def shutdown(self, how: int) -> None:
        """Nothing more will be sent. (The only thing that is ever shut down is sending.)"""
        self.finish_output()


class WindowsProgram:
    """A command that the default shell's rules have started."""

    def __init__(self, how: Start, shell: str, call_soon: Callable[[Callable[[], None]], None]) -> None:
        """Raises OSError if it could not be started."""
        host = Host(how.environment, how.folder or os.getcwd())
        launch = plan([how.command], shell, host, for_sh=True)
        self._call_soon = call_soon
        self._process = subprocess.Popen(
            launch.command_line,
            stdin=subprocess.PIPE if how.reads else subprocess.DEVNULL,
            stdout=subprocess.PIPE if how.writes else subprocess.DEVNULL,
            stderr=_standard_error(how),
            cwd=launch.cwd or how.folder,
            env=launch.environment(),
            bufsize=0,
            creationflags=CREATE_NO_WINDOW,
        )
        self._job = _job_of(self._process)
        self.pid = self._process.pid
        self.stream = JobChannel()

    def when_ended(self, ended: Callable[[int], None]) -> None:
        output = self._process.stdout or self._process.stderr
        command_input = self._process.stdin
        if output is not None:
            _start_thread(lambda: _read(output, self.stream))
        if command_input is not None:
            _start_thread(lambda: _write(command_input, self.stream))
        else:
            self.stream.refuse()
        _start_thread(lambda: self._wait(ended, reads_output=output is not None))

    def _wait(self, ended: Callable[[int], None], *, reads_output: bool) -> None:
        code = self._process.wait()
        if self._job is not None:
            self._job.release()  # what it has left in the background goes on, as on Unix
        if not reads_output:
            self.stream.end()
        self._call_soon(lambda: ended(code))

    def kill(self) -> None:
        if self._process.poll() is not None:
            return
        if self._job is not None:
            self._job.terminate(TERMINATED)
        else:
            self._process.kill()

    def text(self, output: bytes) -> bytes:
        return as_lines(output, CONSOLE_ENCODING)


def as_lines(output: bytes, encoding: str) -> bytes:
    r"""Text as Unix has it: UTF-8, and a line's end is \n.

    A line that is no UTF-8 is in the console's encoding: most programs ask the console what to write.
    """
    return b"\n".join(_as_utf8(line, encoding) for line in output.replace(b"\r\n", b"\n").split(b"\n"))


def _as_utf8(line: bytes, encoding: str) -> bytes:
    try:
        line.decode()
    except UnicodeDecodeError:
        return line.decode(encoding, "replace").encode()
    return line


def _standard_error(how: Start) -> int:
    if not how.show_stderr:
        return subprocess.DEVNULL
    return subprocess.STDOUT if how.writes else subprocess.PIPE


def _job_of(process: subprocess.Popen[bytes]) -> Job | None:
    """A job object with the command in it; None where the system refuses."""
    if sys.platform != "win32":
        return None
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.pty.windows_processes import SystemJob

        try:
            job = SystemJob()
            job.add(int(process._handle))  # type: ignore[attr-defined]
        except OSError:
            return None
        return job


def _start_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()


def _read(output: IO[bytes], channel: JobChannel) -> None:
    """Its output, to the end: until nobody holds the pipe any more."""
    with output:
        try:
            while (data := output.read(READ_SIZE)) and channel.put(data):
                continue
        except OSError:  # the pipe broke, which is an end as well
            pass
        finally:
            channel.end()


def _write(command_input: IO[bytes], channel: JobChannel) -> None:
    """What the server sends, until it sends no more or the command reads no more."""
    # Closing flushes nothing, but may find the pipe broken.
    with contextlib.suppress(OSError), command_input:
        while data := channel.take(READ_SIZE):
            view = memoryview(data)
            while view:
                view = view[command_input.write(view) or 0 :]
    channel.refuse()
