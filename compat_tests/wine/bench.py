"""What a call and a cold start cost on Windows, as multiples of Python's own start there.

    python -m compat_tests.wine.bench [ROUNDS]

Wine's times say nothing about Windows', but their ratios tell how much is added to what any Python program
costs. All kinds of calls take turns, so that whatever else the machine does falls on all of them.
"""

from __future__ import annotations

import sys
from statistics import median

from compat_tests.wine.harness import prepare, windows_path
from compat_tests.wine.sandbox import WindowsSandbox, wait_until

ROUNDS = 15
EMPTY = "python -c pass"
COLD = "the first new-session -d, which starts the server"

CALLS = {
    "tmux -V": ("-V",),
    "tmux has-session": ("has-session", "-t", "s"),
    "tmux list-sessions": ("list-sessions",),
    "tmux capture-pane -p": ("capture-pane", "-p", "-t", "s"),
    "tmux send-keys": ("send-keys", "-t", "s", "x"),
}


def measure(windows: WindowsSandbox, rounds: int) -> dict[str, float]:
    """Seconds (medians) by what was called."""
    python = WindowsSandbox(windows.wine, [windows_path(windows.wine.python)])
    times: dict[str, list[float]] = {name: [] for name in (EMPTY, *CALLS, COLD)}

    def timed(name: str, box: WindowsSandbox, *argv: str) -> None:
        call = box.start(*argv)
        call.result().ok()
        times[name].append(call.seconds)

    with python:
        for _ in range(rounds):
            timed(EMPTY, python, "-c", "pass")
            timed(COLD, windows, "-f", "NUL", "new-session", "-d", "-s", "s", "sleep 600")
            for name, argv in CALLS.items():
                timed(EMPTY, python, "-c", "pass")
                timed(name, windows, *argv)
            windows.run("kill-server").ok()
            wait_until(lambda: not list(windows.processes()), "the server's end")
    return {name: median(found) for name, found in times.items()}


def main(rounds: int) -> None:
    with WindowsSandbox(prepare()) as windows:
        found = measure(windows, rounds)
    for name, seconds in found.items():
        print(f"{name:50} {1000 * seconds:6.0f} ms {seconds / found[EMPTY]:6.2f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
