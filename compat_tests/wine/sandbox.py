"""A private Windows user for one tmux: compat_tests/clients/sandbox.py's world, run under Wine.

Every call sees a fixed Windows environment: a profile of its own, so %LOCALAPPDATA% too, below a folder with
a blank in its name, as users' names have. Whatever was started in it is gone when it closes: Wine's processes
are processes of this machine, found by a variable in their environment and ended by pid.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import queue
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from compat_tests.clients import sandbox as posix
from compat_tests.clients.sandbox import POLL_INTERVAL, Result
from compat_tests.wine.harness import CHECKOUT, Wine, windows_path
from compat_tests.wine.standins import install

Popen = subprocess.Popen[bytes]
Answer = dict[str, Any]

WAIT_TIMEOUT = 60.0
"""Seconds `until` gives a condition; a call takes several where other tests run beside it."""
CALL_TIMEOUT = 120.0
"""Seconds a single call may take before it counts as hung."""
AGENT = "agent.py"
MARK = "TMUXISH_TEST_WORLD"
# Wine's services start with the first program and end with the last one; they belong to all worlds.
SYSTEM_PROGRAMS = tuple(
    rf"C:\windows\system32\{name}.exe"
    for name in ("explorer", "plugplay", "rpcss", "services", "start", "svchost", "wineboot", "winedevice")
)
SYSTEM_PATH = r"C:\windows\system32;C:\windows;C:\windows\system32\wbem"
# Unix variables that Windows programs are not to see.
HIDDEN = ("LC_ALL", "HOME")


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Return as soon as `condition` holds; AssertionError naming `what` if it never does."""
    posix.wait_until(condition, what, WAIT_TIMEOUT)


class WindowsSandbox:
    """One private world around `python.exe -m tmuxish` or another command line; a context manager."""

    def __init__(self, wine: Wine, command: Sequence[str | Path] = ()) -> None:
        self.wine = wine
        self.command = [str(word) for word in command] or [windows_path(wine.python), "-m", "tmuxish"]
        self.root = Path(tempfile.mkdtemp(prefix="tmxw", dir="/tmp")).resolve()
        self.home = self.root / "John Doe"
        self.work = self.root / "work dir"
        self.bin = self.root / "bin"
        self.local = self.home / "AppData" / "Local"
        self.temporary = self.local / "Temp"
        self.temporary.mkdir(parents=True)
        self.work.mkdir()
        install(wine, self.bin)
        self.env: dict[str, str | None] = {
            "USERPROFILE": windows_path(self.home),
            "HOMEDRIVE": "Z:",
            "HOMEPATH": windows_path(self.home)[2:],
            "APPDATA": windows_path(self.home / "AppData" / "Roaming"),
            "LOCALAPPDATA": windows_path(self.local),
            "TEMP": windows_path(self.temporary),
            "TMP": windows_path(self.temporary),
            "PATH": ";".join([windows_path(self.bin), windows_path(wine.python.parent), SYSTEM_PATH]),
            "PYTHONPATH": windows_path(CHECKOUT),
        }
        self._running: Agent | None = None
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

    def start(
        self,
        *argv: str,
        stdin: bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        timeout: float = CALL_TIMEOUT,
        flags: int = 0,
        job: bool = False,
    ) -> Call:
        """Start a call of tmux without waiting for it.

        `flags` are CreateProcess' creation flags; `job` puts it into a job that ends all its processes too.
        """
        return self._start([*self.command, *argv], stdin, env, timeout, flags=flags, job=job)

    def run(
        self,
        *argv: str,
        stdin: bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        timeout: float = CALL_TIMEOUT,
    ) -> Result:
        """Run one call of tmux to its end."""
        return self.start(*argv, stdin=stdin, env=env, timeout=timeout).result()

    def python(self, *argv: str, env: Mapping[str, str | None] | None = None) -> Result:
        """Run Windows' python.exe."""
        return self.program(windows_path(self.wine.python), *argv, env=env)

    def program(self, *argv: str, env: Mapping[str, str | None] | None = None) -> Result:
        """Run any Windows program."""
        return self._start(argv, None, env, CALL_TIMEOUT).result()

    def command_line(self, line: str, env: Mapping[str, str | None] | None = None) -> Result:
        """Run a command line as it stands, quotes and all."""
        return self._start(line, None, env, CALL_TIMEOUT).result()

    def shell(self, line: str) -> Result:
        """Run a line in this machine's sh, where `tmux` is the one under test: Git Bash in its place."""
        script = self.bin / "tmux"
        command = shlex.join(["wine", str(self.wine.with_environment), *self.command])
        script.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        script.chmod(0o755)
        env = self.environment()
        env["PATH"] = f"{self.bin}:{env['PATH']}"
        done = subprocess.run(
            ["/bin/sh", "-c", line], stdin=subprocess.DEVNULL, capture_output=True,
            cwd=self.work, env=env, timeout=CALL_TIMEOUT, check=False,
        )  # fmt: skip
        return Result(done.returncode, done.stdout, done.stderr)

    def _start(
        self,
        argv: Sequence[str] | str,
        stdin: bytes | None,
        env: Mapping[str, str | None] | None,
        timeout: float,
        **more: object,
    ) -> Call:
        if stdin is not None:
            more["stdin"] = base64.b64encode(stdin).decode()
        return self._agent().call(
            do="run", argv=argv, env=dict(env or {}), cwd=windows_path(self.work), timeout=timeout, **more
        )

    def _agent(self) -> Agent:
        if self._running is None:
            script = windows_path(Path(__file__).with_name(AGENT))
            self._running = Agent(self.popen(script, command=[windows_path(self.wine.python)]))
        return self._running

    def popen(self, *argv: str, command: Sequence[str] | None = None, tty: int | None = None) -> Popen:
        """Start a call from Unix: on a terminal (its descriptor), else with pipes for its first two streams.

        Standard error goes nowhere: Wine hands it on to every process that is ever started.
        """
        return subprocess.Popen(
            ["wine", str(self.wine.with_environment), *(self.command if command is None else command), *argv],
            stdin=subprocess.PIPE if tty is None else tty,
            stdout=subprocess.PIPE if tty is None else tty,
            stderr=subprocess.DEVNULL if tty is None else tty,
            cwd=self.work,
            env=self.environment(),
            start_new_session=True,
        )

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
        assert self._agent().call(do="end", pid=pid).answer()["ended"], f"no process {pid}"

    def alive(self) -> set[int]:
        """The Windows pids of all processes, those of other worlds too."""
        return set(self._agent().call(do="alive").answer()["pids"])

    def processes(self) -> Iterator[int]:
        """Pids, this machine's, of everything that calls have started here and that is still there."""
        return (pid for pid, line in self._all_processes() if AGENT not in line)

    def command_lines(self) -> list[str]:
        """The command lines of these."""
        return [line for _, line in self._all_processes() if AGENT not in line]

    def _all_processes(self) -> Iterator[tuple[int, str]]:
        mark = f"{MARK}={self.root}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environ = (entry / "environ").read_bytes()
                words = (entry / "cmdline").read_bytes()
            except OSError:  # ended meanwhile, or not ours to see
                continue
            line = words.rstrip(b"\0").replace(b"\0", b" ").decode("utf-8", "replace")
            if mark in environ.split(b"\0") and not line.startswith(SYSTEM_PROGRAMS):
                yield int(entry.name), line

    def close(self) -> None:
        """End whatever is left, then remove the folder."""
        wait_until(self._end_all, "the end of every process of a Windows world")
        shutil.rmtree(self.root, ignore_errors=True)

    def _end_all(self) -> bool:
        pids = [pid for pid, _ in self._all_processes()]
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return not pids


class Agent:
    """The other side's half is agent.py. Calls may be made from several threads."""

    def __init__(self, process: Popen) -> None:
        self._process = process
        self._numbers = itertools.count(1)
        self._waiting: dict[int, queue.SimpleQueue[Answer]] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def call(self, **request: object) -> Call:
        """Send a request."""
        assert self._process.stdin is not None
        with self._lock:
            number = next(self._numbers)
            call = Call(self._waiting.setdefault(number, queue.SimpleQueue()))
            self._process.stdin.write(json.dumps({"id": number, **request}).encode() + b"\n")
            self._process.stdin.flush()
        return call

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer = json.loads(line)
            self._waiting[answer["id"]].put(answer)
        for waiting in self._waiting.values():
            waiting.put({"failed": "the agent has ended"})


class Call:
    """A request that is under way."""

    def __init__(self, answers: queue.SimpleQueue[Answer]) -> None:
        self._answers = answers
        self._pid: int | None = None
        self.seconds = 0.0
        """From its start until its end and that of its streams, as measured there; known with the result."""

    def answer(self) -> Answer:
        """The next answer; AssertionError if there is none, or it says that the request could not be done."""
        try:
            answer = self._answers.get(timeout=2 * CALL_TIMEOUT)
        except queue.Empty:
            raise AssertionError("the agent does not answer") from None
        assert "failed" not in answer, answer["failed"]
        return answer

    @property
    def pid(self) -> int:
        """The Windows pid of the program that was started."""
        if self._pid is None:
            self._pid = int(self.answer()["pid"])
        return self._pid

    def result(self) -> Result:
        """Wait for the program's end and that of both its streams."""
        assert self.pid
        answer = self.answer()
        self.seconds = answer["seconds"]
        streams = [base64.b64decode(answer[name]) for name in ("stdout", "stderr")]
        assert not answer["hung"], f"not over in time (exit code by then: {answer['code']}): {streams}"
        return Result(answer["code"], *streams)
