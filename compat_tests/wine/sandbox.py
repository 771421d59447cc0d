"""A private Windows user for one tmux: compat_tests/clients/sandbox.py's world, run under Wine.

Every call sees a fixed Windows environment: a profile of its own, so %LOCALAPPDATA% too, below a folder with
a blank in its name, as users' names have. Whatever was started in it is gone when it closes: Wine's processes
are processes of this machine, found by a variable in their environment and ended by pid.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from compat_tests.clients.sandbox import POLL_INTERVAL, WAIT_TIMEOUT, Result, wait_until
from compat_tests.wine.harness import CHECKOUT, Wine, windows_path

CALL_TIMEOUT = 60.0
"""Seconds a single call may take before it counts as hung."""
MARK = "TMUXISH_TEST_WORLD"
SYSTEM_PATH = r"C:\windows\system32;C:\windows;C:\windows\system32\wbem"
# Unix variables that Windows programs are not to see.
HIDDEN = ("LC_ALL", "HOME")


class WindowsSandbox:
    """One private world around `python.exe -m tmuxish` or another command line; a context manager."""

    def __init__(self, wine: Wine, command: Sequence[str | Path] = ()) -> None:
        self.wine = wine
        self.command = [str(word) for word in command] or [windows_path(wine.python), "-m", "tmuxish"]
        self.root = Path(tempfile.mkdtemp(prefix="tmxw", dir="/tmp")).resolve()
        self.home = self.root / "John Doe"
        self.work = self.root / "work dir"
        self.local = self.home / "AppData" / "Local"
        self.temporary = self.local / "Temp"
        self.temporary.mkdir(parents=True)
        self.work.mkdir()
        self.env: dict[str, str | None] = {
            "USERPROFILE": windows_path(self.home),
            "HOMEDRIVE": "Z:",
            "HOMEPATH": windows_path(self.home)[2:],
            "APPDATA": windows_path(self.home / "AppData" / "Roaming"),
            "LOCALAPPDATA": windows_path(self.local),
            "TEMP": windows_path(self.temporary),
            "TMP": windows_path(self.temporary),
            "PATH": f"{windows_path(wine.python.parent)};{SYSTEM_PATH}",
            "PYTHONPATH": windows_path(CHECKOUT),
        }
        wine.stay_ready()

    def __enter__(self) -> WindowsSandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def environment(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """What Unix hands to Wine: `extra` on top of the fixed variables; a None value removes one."""
        wanted: dict[str, str | None] = {**dict.fromkeys(HIDDEN), **self.env, **(extra or {})}
        passed = {f"AS_{name}": value or "" for name, value in wanted.items()}
        return {**self.wine.environment(), MARK: str(self.root), **passed}

    def popen(
        self,
        *argv: str,
        env: Mapping[str, str | None] | None = None,
        stdin: int | None = subprocess.DEVNULL,
        stdout: int | None = subprocess.PIPE,
        stderr: int | None = subprocess.PIPE,
        command: Sequence[str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a call without waiting for it. Streams must be pipes, terminals or /dev/null, see README."""
        return subprocess.Popen(
            ["wine", str(self.wine.with_environment), *(self.command if command is None else command), *argv],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd=self.work,
            env=self.environment(env),
            start_new_session=True,
        )

    def run(
        self,
        *argv: str,
        stdin: bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        timeout: float = CALL_TIMEOUT,
    ) -> Result:
        """Run one call of tmux to its end. Of an exit code the lowest eight bits come through."""
        return self._finish(self.command, argv, stdin, env, timeout)

    def python(self, *argv: str, env: Mapping[str, str | None] | None = None) -> Result:
        """Run Windows' python.exe."""
        return self._finish([windows_path(self.wine.python)], argv, None, env, CALL_TIMEOUT)

    def program(self, *argv: str, env: Mapping[str, str | None] | None = None) -> Result:
        """Run any Windows program."""
        return self._finish([], argv, None, env, CALL_TIMEOUT)

    def _finish(
        self,
        command: Sequence[str],
        argv: Sequence[str],
        stdin: bytes | None,
        env: Mapping[str, str | None] | None,
        timeout: float,
    ) -> Result:
        source = subprocess.DEVNULL if stdin is None else subprocess.PIPE
        with self.popen(*argv, env=env, stdin=source, command=command) as call:
            try:
                stdout, stderr = _communicate(call, stdin, time.monotonic() + timeout)
            except subprocess.TimeoutExpired:
                call.kill()
                raise
        return Result(call.returncode, stdout, stderr)

    def until(
        self,
        text: str,
        *argv: str,
        env: Mapping[str, str | None] | None = None,
        timeout: float = WAIT_TIMEOUT,
    ) -> Result:
        """Repeat a call until its standard output contains `text`; its last result."""
        deadline = time.monotonic() + timeout
        while text not in (last := self.run(*argv, env=env)).out:
            shown = f"{' '.join(argv)}: {text!r} never came; last: {last.out.rstrip()!r} {last.err!r}"
            assert time.monotonic() < deadline, shown
            time.sleep(POLL_INTERVAL)
        return last

    def server_pid(self, *globals_: str) -> int:
        """The (Windows) pid the server gives for itself."""
        return int(self.run(*globals_, "display-message", "-p", "#{pid}").ok())

    def end(self, pid: int) -> None:
        """End a process by its Windows pid, as Task Manager would: it gets no chance to clean up."""
        done = self.program("taskkill", "/f", "/pid", str(pid))
        assert done.code == 0, done

    def processes(self) -> Iterator[int]:
        """Pids, this machine's, of everything started in this world and still there."""
        mark = f"{MARK}={self.root}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environ = (entry / "environ").read_bytes()
            except OSError:  # ended meanwhile, or not ours to see
                continue
            if mark in environ.split(b"\0"):
                yield int(entry.name)

    def command_lines(self) -> list[str]:
        """The command lines of everything started in this world and still there."""
        lines = []
        for pid in self.processes():
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            lines.append(words.rstrip(b"\0").replace(b"\0", b" ").decode("utf-8", "replace"))
        return lines

    def close(self) -> None:
        """End whatever is left, then remove the folder."""
        wait_until(self._end_all, "the end of every process of a Windows world")
        shutil.rmtree(self.root, ignore_errors=True)

    def _end_all(self) -> bool:
        pids = list(self.processes())
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return not pids


def _communicate(call: subprocess.Popen[bytes], stdin: bytes | None, deadline: float) -> tuple[bytes, bytes]:
    """Both streams of a call that ends before `deadline`.

    Standard output is read to its end: a server that kept the caller's end open shows as a timeout here.
    Standard error is not: Wine hands it on to every process that is ever started, for its own messages.
    """
    assert call.stdout is not None and call.stderr is not None
    parts: dict[int, list[bytes]] = {call.stdout.fileno(): [], call.stderr.fileno(): []}
    out, err = parts
    if stdin is not None:
        assert call.stdin is not None
        try:
            call.stdin.write(stdin)  # the tests' inputs fit into a pipe
            call.stdin.close()
        except BrokenPipeError:
            pass
        call.stdin = None
    waiting = {out, err}
    while out in waiting:
        readable = select.select(waiting, [], [], max(0.0, deadline - time.monotonic()))[0]
        if not readable:
            raise subprocess.TimeoutExpired(
                call.args, CALL_TIMEOUT, b"".join(parts[out]), b"".join(parts[err])
            )
        for fd in readable:
            if data := os.read(fd, 1 << 16):
                parts[fd].append(data)
            else:
                waiting.discard(fd)
    call.wait(max(0.1, deadline - time.monotonic()))
    while err in waiting and select.select([err], [], [], 0)[0] and (data := os.read(err, 1 << 16)):
        parts[err].append(data)
    return b"".join(parts[out]), b"".join(parts[err])
