"""Instructions that a call takes, counted by callgrind: the same in every run, however busy the machine.

The server's are what a server has executed when it has answered a call many times more than another one,
by that number. Both have answered every call a few times, so that what is made on first use does not count.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence

from compat_tests.bench.calls import CALLS
from compat_tests.bench.subject import Run, Subject
from compat_tests.clients.sandbox import wait_until

WARM_UP = 2
MANY, FEW = 100, 20
COUNTED = re.compile(rb"^(?:summary|totals): (\d+)", re.MULTILINE)
LIMIT = 300.0
"""Seconds that anything may take: under valgrind all is fifty times slower."""
SCREEN = "seq -f 'line %g of what a program has printed' 100; exec sleep 1000"


def instructions(run: Run) -> None:
    """Millions of instructions, of the client's process and of the server."""
    many = run.count(MANY, FEW)
    with run.subjects() as subjects:
        for subject in subjects:
            subject.start("new-session", "-d", "-s", "s", "-x", "80", "-y", "24", SCREEN)
        for call in CALLS:
            values = [_client(subject, call) / 1e6 for subject in subjects]
            run.report.add("instructions", f"{call}, client", "million", values)
    before = run.each(lambda subject: _server(subject, ()))
    for call, argv in CALLS.items():
        after = run.each(lambda subject, argv=argv: _server(subject, [argv] * many))  # type: ignore[misc]
        each = [(end - start) / many / 1e6 for start, end in zip(before, after, strict=True)]
        run.report.add("instructions", f"{call}, server", "million", each)


def _valgrind(subject: Subject, label: str) -> list[str]:
    out = subject.work / f"{label}.%p"
    # An executable may be a script that executes another; what runs in panes does not count.
    options = ("--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={out}")
    return [shutil.which("valgrind") or "valgrind", "-q", *options, subject.executable]


def _counted(subject: Subject, label: str, pid: int | None = None) -> int:
    """What was counted for one process, or for all."""
    files = list(subject.work.glob(f"{label}.{pid if pid is not None else '*'}"))
    counts = [COUNTED.search(path.read_bytes()) for path in files]
    found = sum(int(count[1]) for count in counts if count)
    if not found:
        raise RuntimeError(f"valgrind has counted nothing in {[path.name for path in files]}")
    return found


def _client(subject: Subject, call: str) -> int:
    label = f"client-{call.replace(' ', '')}"
    command = [*_valgrind(subject, label), *CALLS[call]]
    subprocess.run(command, env=subject.env, cwd=subject.work, capture_output=True, check=True, timeout=LIMIT)
    return _counted(subject, label)


def _server(subject: Subject, more: Sequence[Sequence[str]]) -> int:
    """What a server executes that answers all calls a few times, and then `more`."""
    # -D: the server is the process that is started, not a child of it.
    serving = subprocess.Popen(
        [*_valgrind(subject, "server"), "-f", "/dev/null", "-D"],
        env=subject.env,
        cwd=subject.work,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        session = ("-N", "new-session", "-d", "-s", "s", "-x", "80", "-y", "24", SCREEN)
        wait_until(lambda: subject.run(*session, timeout=LIMIT).code == 0, "a server under valgrind", LIMIT)
        subject.until("line 100 ", "capture-pane", "-p", "-t", "s", timeout=LIMIT)
        for argv in (*tuple(CALLS.values()) * WARM_UP, *more):
            subject.run(*argv, timeout=LIMIT).ok()
        subject.run("kill-server", timeout=LIMIT).ok()
        serving.wait(LIMIT)
    finally:
        serving.kill()
        serving.wait()
    return _counted(subject, "server", serving.pid)
