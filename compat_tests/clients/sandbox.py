"""A private world for one tmux: its own socket folder, home, shell prompt and stand-in programs.

Every call made through a `Sandbox` sees the same fixed environment whoever runs the tests, never the user's
own server, and whatever was started in it is gone when it closes: processes are found by the folder in their
environment and ended by pid, so a hung server cannot outlive its test.
"""

from __future__ import annotations

import atexit
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tmuxish.cli import programs
from tmuxish.packaging import launcher, modules

ROOT = Path(__file__).resolve().parents[2]

CALL_TIMEOUT = 30.0
"""Seconds a single call may take before it counts as hung."""
WAIT_TIMEOUT = 15.0
"""Seconds `wait_until` gives a condition; ten times what a loaded two-core machine needs."""
POLL_INTERVAL = 0.01

STAND_INS = {
    # A program with a prompt: what an agent's command line looks like to the product that drives it.
    "claude": """\
printf 'Welcome to the stand-in\\n> '
while IFS= read -r line; do
    case $line in
    exit) exit 0 ;;
    fail) exit 3 ;;
    ask) printf 'Do you trust the files in this folder?\\n> ' ;;
    *) printf 'said: %s\\n> ' "$line" ;;
    esac
done
""",
    # Text in colour, a long line and a wide character, then silence: for capture-pane -e and -J.
    "painter": """\
printf '\\033[1;31mred\\033[0m \\033[38;5;205mpink\\033[0m \\033[7minverse\\033[0m\\n'
printf '%0100d\\n' 7
printf 'wide \\346\\227\\245\\346\\234\\254 end\\n'
printf 'ready\\n'
exec cat
""",
    # A program that reads raw bytes and prints them in octal, to see what keys arrive as.
    "keyreader": """\
stty raw -echo
printf 'reading\\r\\n'
while :; do
    byte=$(dd bs=1 count=1 2>/dev/null | od -An -to1)
    printf '%s' "$byte"
done
""",
    # A program that asked for bracketed paste.
    "paster": """\
stty -echo
printf '\\033[?2004hpaste here\\n'
exec cat -v
""",
}


@dataclass(frozen=True)
class Result:
    """What one call left: its exit status (negative: ended by that signal) and both streams, undecoded."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8", "backslashreplace")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8", "backslashreplace")

    def ok(self) -> str:
        """Standard output of a call that must have succeeded in silence."""
        assert (self.code, self.err) == (0, ""), f"exit {self.code}: {self.err}"
        return self.out


def executable_under_test() -> list[str]:
    """The tmux to test: TMUXISH_TEST_TMUX; or what TMUXISH_TEST_CLIENT asks for ("native" is the launcher,
    built for these tests, "python" the Python client); or this environment's; or `python -m tmuxish`."""
    override = os.environ.get("TMUXISH_TEST_TMUX")
    if override:
        return [override]
    if is_native():
        return [str(native_client())]
    if not _wanted_client() and programs.kind_of(str(_installed())) == programs.PYTHON:
        return [str(_installed())]
    return [sys.executable, "-m", "tmuxish"]


def is_native() -> bool:
    """Whether the tests of this tree's own client are to be the launcher's."""
    wanted = _wanted_client()
    return wanted == "native" if wanted else programs.kind_of(str(_installed())) == programs.LAUNCHER


def _wanted_client() -> str:
    wanted = os.environ.get("TMUXISH_TEST_CLIENT", "")
    assert wanted in ("", "native", "python"), wanted
    return wanted


def _installed() -> Path:
    return Path(sys.executable).with_name("tmux")


@cache
def native_client() -> Path:
    """The launcher, compiled from this tree, handing over to this interpreter (skips without a compiler)."""
    folder = Path(tempfile.mkdtemp(prefix="tmxlauncher", dir=os.environ.get("TMUXISH_TEST_TMPDIR", "/tmp")))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        launcher.build(str(folder / "tmux"), str(ROOT / launcher.SOURCE))
    except launcher.CompilerError as error:
        pytest.skip(f"the launcher cannot be compiled: {error}")
    python = folder / "python3"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    python.chmod(0o755)
    return folder / "tmux"


def importable() -> list[Path]:
    """What has to stand in one folder for `import tmuxish`: the package, and compiled libraries beside it."""
    package = ROOT / "tmuxish"
    return [package, *(path for path in map(Path, modules.built(str(ROOT))) if package not in path.parents)]


def is_foreign() -> bool:
    """True where the tests were pointed at another tmux: our listed deviations do not hold there."""
    return bool(os.environ.get("TMUXISH_TEST_TMUX"))


# Name of the host on which real tmux was recorded: panes have it for a title.
RECORDED_HOST = "vm"


def name_host(folder: Path) -> dict[str, str]:
    """What to put into the environment of the executable under test so that the host has that name for it; a
    file for Python's start is made in `folder`. Nothing where the name is right, or for another tmux."""
    if socket.gethostname() == RECORDED_HOST or is_foreign():
        return {}
    folder.mkdir(exist_ok=True)
    text = f"import _socket\n_socket.gethostname = lambda: {RECORDED_HOST!r}\n"
    (folder / "sitecustomize.py").write_text(text)
    return {"PYTHONPATH": str(folder)}


def wait_until(condition: Callable[[], object], what: str, timeout: float = WAIT_TIMEOUT) -> None:
    """Return as soon as `condition` holds; AssertionError naming `what` if it never does."""
    deadline = time.monotonic() + timeout
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        began = pause(began)


def pause(began: float) -> float:
    """Let time pass between a look that began then and the next, of which it returns the time: as much as the
    look took, at least, so that what is waited for has its share of the machine.
    """
    time.sleep(max(POLL_INTERVAL, time.monotonic() - began))
    return time.monotonic()


class Sandbox:
    """One private world around one executable; a context manager."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        # Socket paths are limited to about 100 bytes, so not below pytest's long temporary folders.
        self.root = Path(
            tempfile.mkdtemp(prefix="tmx", dir=os.environ.get("TMUXISH_TEST_TMPDIR", "/tmp"))
        ).resolve()
        self.home = self.root / "home"
        self.work = self.root / "work"
        self.sockets = self.root / "run"
        self.bin = self.root / "bin"
        for folder in (self.home, self.work, self.sockets, self.bin):
            folder.mkdir(mode=0o700)
        path = f"{self.bin}:/usr/bin:/bin"
        # A login shell may reset PATH and PS1 from /etc/profile; ENV is read after it and puts both back.
        rc = self.home / "shrc"
        rc.write_text(f"PS1='$ '\nPS2='> '\nPATH={path}\nexport PATH\n")
        self._script("tmux", f'exec {" ".join(self.command)} "$@"\n')
        for name, body in STAND_INS.items():
            self._script(name, body)
        self.env = {
            "HOME": str(self.home),
            "PATH": path,
            "SHELL": "/bin/sh",
            "ENV": str(rc),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "TMUX_TMPDIR": str(self.sockets),
        }

    def _script(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{body}")
        path.chmod(0o755)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def environment(self, extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """The fixed environment with `extra` on top; a None value removes the variable."""
        merged: dict[str, str | None] = {**self.env, **(extra or {})}
        return {name: value for name, value in merged.items() if value is not None}

    def socket_path(self, name: str = "default") -> Path:
        """Where tmux puts the socket called `name` (-L) in this world."""
        return self.sockets / f"tmux-{os.getuid()}" / name

    def popen(
        self,
        *argv: str,
        env: Mapping[str, str | None] | None = None,
        stdin: int | None = subprocess.DEVNULL,
        stdout: int | None = subprocess.PIPE,
        stderr: int | None = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """Start a call without waiting for it."""
        return subprocess.Popen(
            [*self.command, *argv],
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
        """Run one call to its end."""
        return self.call([*self.command, *argv], stdin, env, timeout)

    def shell(
        self,
        line: str,
        stdin: bytes | None = None,
        env: Mapping[str, str | None] | None = None,
    ) -> Result:
        """Run a shell line in which `tmux` is the executable under test."""
        return self.call(["/bin/sh", "-c", line], stdin, env)

    def call(
        self,
        argv: Sequence[str],
        stdin: bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        timeout: float = CALL_TIMEOUT,
        cwd: Path | None = None,
    ) -> Result:
        """Run any program to its end, in the sandbox's folder unless `cwd` names another."""
        # Pipes, as products use them: a server that kept the caller's end open would show as a timeout here.
        done = subprocess.run(
            argv,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            cwd=cwd or self.work,
            env=self.environment(env),
            timeout=timeout,
            start_new_session=True,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def until(
        self,
        text: str,
        *argv: str,
        env: Mapping[str, str | None] | None = None,
        timeout: float = WAIT_TIMEOUT,
    ) -> Result:
        """Repeat a call until its standard output contains `text`; its last result."""
        began = time.monotonic()
        deadline = began + timeout
        last = self.run(*argv, env=env)
        while text not in last.out:
            shown = f"{' '.join(argv)}: {text!r} never came; last: {last.out.rstrip()!r} {last.err!r}"
            assert time.monotonic() < deadline, shown
            began = pause(began)
            last = self.run(*argv, env=env)
        return last

    def server_pid(self, *globals_: str) -> int:
        """The pid the server gives for itself."""
        return int(self.run(*globals_, "display-message", "-p", "#{pid}").ok())

    def processes(self) -> Iterator[int]:
        """Pids of everything started in this world and still there (only where /proc shows environments)."""
        mark = f"TMUX_TMPDIR={self.sockets}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environ = (entry / "environ").read_bytes()
            except OSError:  # ended meanwhile, or not ours to see
                continue
            if mark in environ.split(b"\0"):
                yield int(entry.name)

    def close(self) -> None:
        """End every server and whatever else is left, then remove the folder."""
        folder = self.sockets / f"tmux-{os.getuid()}"
        pids = list(self.processes())
        if not pids and folder.exists():
            for path in folder.iterdir():
                self.run("-S", str(path), "kill-server")
        for pid in pids:
            _kill(pid)
        wait_until(lambda: not list(self.processes()), "the end of every process of a sandbox")
        shutil.rmtree(self.root, ignore_errors=True)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
