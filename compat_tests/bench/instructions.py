"""Instructions that a call takes, counted by callgrind: the same in every run, however busy the machine.

The server's are what a server has executed after many calls, less what one has executed after few.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence

from compat_tests.bench.calls import CALLS
from compat_tests.bench.subject import Run, Subject
from compat_tests.clients.sandbox import wait_until

FEW, MANY = 20, 120
COUNTED = re.compile(rb"^(?:summary|totals): (\d+)", re.MULTILINE)
START_LIMIT = 120.0
"""Seconds that a server may take to answer: under valgrind all is fifty times slower."""


def instructions(run: Run) -> None:
    """Millions of instructions, of the client's process and of the server."""
    if shutil.which("valgrind") is None:
        print("instructions: there is no valgrind here")
        return
    few, many = (2, 4) if run.quick else (FEW, MANY)
    for name, argv in CALLS.items():
        values = run.each(lambda subject, argv=argv: _client(subject, argv) / 1e6)  # type: ignore[misc]
        run.report.add("instructions", f"{name}, client", "million", values)
        values = run.each(
            lambda subject, argv=argv: (  # type: ignore[misc]
                (_server(subject, argv, many) - _server(subject, argv, few)) / (many - few) / 1e6
            )
        )
        run.report.add("instructions", f"{name}, server", "million", values)


def _valgrind(subject: Subject, label: str) -> list[str]:
    out = subject.work / f"{label}.%p"
    options = ("--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={out}")
    return ["valgrind", "-q", *options, subject.executable]


def _counted(subject: Subject, label: str, pid: int | None = None) -> int:
    """What was counted for one process, or for all."""
    files = subject.work.glob(f"{label}.{pid if pid is not None else '*'}")
    counts = (COUNTED.search(path.read_bytes()) for path in files)
    return sum(int(count[1]) for count in counts if count)


def _client(subject: Subject, argv: Sequence[str]) -> int:
    subject.start("new-session", "-d", "-s", "s", "sh")
    _call(subject, [*_valgrind(subject, "client"), *argv])
    return _counted(subject, "client")


def _call(subject: Subject, command: list[str]) -> None:
    subprocess.run(command, env=subject.env, cwd=subject.work, capture_output=True, check=True, timeout=300)


def _server(subject: Subject, argv: Sequence[str], calls: int) -> int:
    label = f"server{calls}"
    # -D: the server is the process that is started, not a child of it.
    serving = subprocess.Popen(
        [*_valgrind(subject, label), "-f", "/dev/null", "-D"],
        env=subject.env,
        cwd=subject.work,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(
            lambda: subject.run("-N", "new-session", "-d", "-s", "s", "sleep 1000", timeout=300).code == 0,
            "a server under valgrind",
            START_LIMIT,
        )
        for _ in range(calls):
            subject.run(*argv, timeout=300)
        subject.run("kill-server", timeout=300)
        serving.wait(300)
    finally:
        serving.kill()
        serving.wait()
    return _counted(subject, label, serving.pid)
