"""Bare containers, made of namespaces by whoever runs the tests; no privileges and no image needed.

A container holds the interpreter that runs the tests with its standard library, a shell, the C library and
this package, on a read-only root, and beyond that only what a test asks for. Its process 1 is what the test
says; further commands enter it as `docker exec` does.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from compat_tests.clients.sandbox import (
    CALL_TIMEOUT,
    Result,
    importable,
    is_native,
    native_client,
    wait_until,
)

INSIDE = Path(__file__).with_name("inside.py")
TMUX = "/app/bin/tmux"  # nowhere that the host might have one
# What process 1 runs where nothing else matters: an init that reaps and waits.
INIT = """\
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
while True:
    signal.sigwait([signal.SIGCHLD])
    try:
        while os.waitpid(-1, os.WNOHANG)[0]: pass
    except ChildProcessError: pass
"""


@cache
def refusal() -> str | None:
    """Why no container can be made here; None if one can."""
    for tool in ("unshare", "nsenter", "ldd"):
        if shutil.which(tool) is None:
            return f"no {tool} here"
    probe = subprocess.run(
        [*_unshare(0), "true"], capture_output=True, text=True, check=False, timeout=CALL_TIMEOUT
    )
    return None if probe.returncode == 0 else f"no namespaces here: {probe.stderr.strip()}"


def _unshare(uid: int) -> list[str]:
    ids = [f"--map-user={uid}", f"--map-group={uid}", "--keep-caps"]
    return ["unshare", "--user", *ids, "--mount", "--pid", "--uts", "--fork", "--kill-child"]


def interpreter() -> str:
    """The real interpreter behind a virtual environment's."""
    return os.path.realpath(sys.executable)


def _standard_library() -> str:
    return sysconfig.get_path("stdlib", vars={"base": sys.base_prefix, "installed_base": sys.base_prefix})


@cache
def _libraries() -> dict[str, str]:
    """Every shared library that the interpreter, its modules and the shell need, under its own path."""
    # All but the toolkit, which brings X11 along.
    modules = glob.glob(f"{_standard_library()}/lib-dynload/*.so")
    programs = [interpreter(), "/bin/sh", *(path for path in modules if "_tkinter" not in path)]
    listing = subprocess.run(["ldd", *programs], capture_output=True, text=True, check=True).stdout
    return {path: path for path in re.findall(r"^\s.*?(/\S+) \(0x", listing, re.MULTILINE)}


def _entry_point(module: str) -> str:
    """What pip writes for an entry point, less the path."""
    body = f"import sys; sys.path.insert(0, '/app'); from tmuxish.cli.{module} import main; main()"
    return f"#!{interpreter()}\n{body}\n"


class Container:
    """One bare container; a context manager.

    has: what there is of "devices" (/dev/null and friends), "pts", "ptmx" (/dev/ptmx alone), "proc", "tmp" (a
    writable /tmp) and "passwd". argv: process 1; `terminal` gives it a terminal for its streams. env: the
    whole environment of process 1 and, with changes, of every command.
    """

    def __init__(
        self,
        *,
        has: Sequence[str] = ("devices", "pts", "proc"),
        uid: int = 0,
        argv: Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
        hostname: str = "",
        terminal: bool = False,
    ) -> None:
        self.env = {"TMUX_TMPDIR": "/run", **(env or {})}
        self._root = tempfile.mkdtemp(prefix="tmxbare", dir=os.environ.get("TMUXISH_TEST_TMPDIR", "/tmp"))
        files = {TMUX: _entry_point("tmux")}
        copies = {interpreter(): interpreter(), "/bin/sh": "/bin/sh", **_libraries()}
        if is_native():
            files = {os.path.dirname(TMUX) + "/tmuxish": _entry_point("tmuxish")}
            copies[str(native_client())] = TMUX
        if "passwd" in has:
            files["/etc/passwd"] = f"user:x:{uid}:{uid}::/run:/bin/sh\n"
        library = _standard_library()
        plan = {
            "has": list(has),
            "files": files,
            "copies": copies,
            "binds": {library: library, **{str(path): f"/app/{path.name}" for path in importable()}},
            "hidden": [f"{library}/site-packages", f"{library}/test"],
            "argv": list(argv or [interpreter(), "-c", INIT]),
            "env": self.env,
            "hostname": hostname,
        }
        self._terminal = os.openpty() if terminal else ()
        stream = self._terminal[1] if self._terminal else None
        self.first = subprocess.Popen(
            [*_unshare(uid), sys.executable, str(INSIDE), self._root, json.dumps(plan)],
            stdin=subprocess.DEVNULL if stream is None else stream,
            stdout=subprocess.PIPE if stream is None else stream,
            stderr=subprocess.PIPE if stream is None else stream,
        )
        self.pid = 0
        wait_until(self._is_up, "process 1 of a container")

    def _is_up(self) -> bool:
        """Whether process 1 executes what it is for."""
        assert self.first.poll() is None, self.first.communicate()
        children = Path(f"/proc/{self.first.pid}/task/{self.first.pid}/children").read_text().split()
        if not children:
            return False
        self.pid = int(children[0])
        executes = Path(f"/proc/{self.pid}/cmdline").read_bytes()
        # Empty while one program takes the place of another.
        return executes != b"" and str(INSIDE).encode() not in executes

    def __enter__(self) -> Container:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def entering(self, *argv: str, cwd: str = "/") -> list[str]:
        """The command line that runs `argv` inside."""
        enter = [str(shutil.which("nsenter")), f"--target={self.pid}", "--user", "--preserve-credentials"]
        return [*enter, "--mount", "--pid", "--uts", "--root", f"--wd={self.host_path(cwd)}", *argv]

    def environment(self, changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """The whole environment of a command; a None value removes the variable."""
        merged: dict[str, str | None] = {**self.env, **(changes or {})}
        return {name: value for name, value in merged.items() if value is not None}

    def host_path(self, path: str) -> str:
        """How the host sees a path of the container."""
        return f"/proc/{self.pid}/root{path}"

    def popen(
        self, *argv: str, env: Mapping[str, str | None] | None = None, cwd: str = "/"
    ) -> subprocess.Popen[bytes]:
        """Start a program inside."""
        return subprocess.Popen(
            self.entering(*argv, cwd=cwd),
            env=self.environment(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def execute(self, *argv: str, env: Mapping[str, str | None] | None = None, cwd: str = "/") -> Result:
        """Run a program inside to its end."""
        with self.popen(*argv, env=env, cwd=cwd) as process:
            out, err = process.communicate(timeout=CALL_TIMEOUT)
        return Result(process.returncode, out, err)

    def tmux(self, *argv: str, env: Mapping[str, str | None] | None = None, cwd: str = "/") -> Result:
        """Run the tmux of the container."""
        return self.execute(TMUX, *argv, env=env, cwd=cwd)

    def close(self) -> None:
        """End every process of it."""
        if self.pid and self.first.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(self.pid, signal.SIGKILL)
        self.first.communicate(timeout=CALL_TIMEOUT)
        for fd in self._terminal:
            os.close(fd)
        os.rmdir(self._root)
