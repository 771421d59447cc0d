"""Times listings with formats, the same calls in turn on real tmux and on ours.

    TMUX_ORACLE=/path/to/tmux python -m compat_tests.bench.formats [ROUNDS]

Shown are medians of whole calls (a process each) and, as "served", what is left of them after taking away a
call that prints one word: about what the server and the transport of the output take.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from libtmux.neo import get_output_format

from compat_tests.clients.sandbox import Sandbox, executable_under_test

ROUNDS = 30
SESSIONS = 200
PANES = 50
PANES_PER_WINDOW = 5

GWQ = (
    "#{session_name}:#{session_created}:#{session_activity}:#{session_attached}:"
    "#{pane_current_command}:#{pane_current_path}"
)
LIBTMUX = get_output_format("list-panes", "3.7")[1]

CALLS = {
    "one word": ["display-message", "-p", "x"],
    f"list-sessions, {SESSIONS} sessions": ["list-sessions", "-F", "#{session_name}"],
    f"gwq's format, {SESSIONS} sessions": ["list-sessions", "-F", GWQ],
    f"libtmux's {LIBTMUX.count('#{')} variables, {PANES} panes": [
        "list-panes",
        "-s",
        "-t",
        "panes",
        "-F",
        LIBTMUX,
    ],
}


def build(box: Sandbox) -> None:
    """Sessions of one window each, and one more with many panes."""
    for start in range(0, SESSIONS, 10):
        words: list[str] = []
        for number in range(start, min(start + 10, SESSIONS - 1)):
            words += ["new-session", "-d", "-s", f"agent-{number:03}", "cat", ";"]
        box.run("-f", "/dev/null", *words[:-1]).ok()
    box.run("new-session", "-d", "-s", "panes", "-x", "200", "-y", "100", "cat").ok()
    for window in range(PANES // PANES_PER_WINDOW):
        if window:
            box.run("new-window", "-d", "-t", f"panes:{window}", "cat").ok()
        for _ in range(PANES_PER_WINDOW - 1):
            box.run("split-window", "-d", "-t", f"panes:{window}", "cat").ok()
            box.run("select-layout", "-t", f"panes:{window}", "tiled").ok()


def measure(boxes: dict[str, Sandbox], rounds: int) -> dict[str, dict[str, float]]:
    """Median milliseconds by call and executable; all take turns, so that they meet the same load."""
    times: dict[str, dict[str, list[float]]] = {call: {name: [] for name in boxes} for call in CALLS}
    environments = {name: box.environment() for name, box in boxes.items()}
    for _ in range(rounds + 1):
        for call, argv in CALLS.items():
            for name, box in boxes.items():
                command = [*box.command, *argv]
                started = time.perf_counter()
                subprocess.run(command, env=environments[name], stdout=subprocess.PIPE, check=True)
                times[call][name].append((time.perf_counter() - started) * 1000)
    # The first round warms the caches.
    return {
        call: {name: statistics.median(found[1:]) for name, found in by_name.items()}
        for call, by_name in times.items()
    }


def main(rounds: int = ROUNDS) -> int:
    """Print the table; exit status."""
    oracle = os.environ.get("TMUX_ORACLE")
    if not oracle:
        print("TMUX_ORACLE names no real tmux", file=sys.stderr)
        return 1
    with Sandbox([oracle]) as theirs, Sandbox(executable_under_test()) as ours:
        boxes = {"tmux": theirs, "tmuxish": ours}
        for box in boxes.values():
            build(box)
        results = measure(boxes, rounds)
    base = results["one word"]
    print(f"{'milliseconds, median of ' + str(rounds):42}{'tmux':>8}{'tmuxish':>9}   served: tmux tmuxish")
    for call, by_name in results.items():
        served = {name: value - base[name] for name, value in by_name.items()}
        print(
            f"{call:42}{by_name['tmux']:8.1f}{by_name['tmuxish']:9.1f}"
            f"   {served['tmux']:12.1f}{served['tmuxish']:8.1f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
