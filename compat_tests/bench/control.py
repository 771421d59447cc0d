"""Control mode: how fast output comes out as %output lines."""

from __future__ import annotations

import subprocess
import time

from compat_tests.bench.figures import Goal
from compat_tests.bench.floods import QUICK_SIZES, workload
from compat_tests.bench.subject import Run, Subject

SIZE, QUICK_SIZE = 5_000_000, 2_000_000
GOAL = Goal(ratio=0.3, higher=True)
END = b"it is over"


def control(run: Run) -> None:
    """MB/s of a pane's output, as counted before it is escaped."""
    for kind in QUICK_SIZES:
        data = workload(kind, run.count(SIZE, QUICK_SIZE))

        def rate(subject: Subject, data: bytes = data, kind: str = kind) -> float:
            path = subject.work / kind
            path.write_bytes(data)
            show = f"cat {path}; echo {END.decode().replace(' ', '_')} | tr _ ' '; cat"
            subject.start("new-session", "-d", "-s", "s", "-x", "80", "-y", "24", "sleep 1000")
            client = subject.popen("-C", "attach-session", "-t", "s", stdin=subprocess.PIPE)
            assert client.stdin is not None and client.stdout is not None
            try:
                started = time.perf_counter()
                client.stdin.write(f'respawn-pane -k "{show}"\n'.encode())
                client.stdin.flush()
                for line in client.stdout:
                    if END in line and line.startswith(b"%output"):
                        break
                return len(data) / (time.perf_counter() - started) / 1e6
            finally:
                client.kill()
                client.wait()

        run.report.add("control", f"%output, {kind}", "MB/s", run.each(rate), GOAL)
