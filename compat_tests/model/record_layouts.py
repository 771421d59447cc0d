"""Records what a real tmux makes of random sequences of layout commands, for test_layout_replay.

    python -m compat_tests.model.record_layouts TMUX FIRST-SEED COUNT OUTPUT.json

Each case is one window in a server of its own and depends on its seed alone, so a recording can be repeated
with another version.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from compat_tests.recording import version_of

LAYOUT_NAMES = (
    "even-horizontal",
    "even-vertical",
    "main-horizontal",
    "main-horizontal-mirrored",
    "main-vertical",
    "main-vertical-mirrored",
    "tiled",
    "ti",
    "main-h",
    "even",
)

OPTION_VALUES = {
    "pane-border-status": "top bottom off",
    "main-pane-width": "30 50% 200 x",
    "main-pane-height": "10 70% 0 100",
    "other-pane-height": "5 30% 0",
    "other-pane-width": "20 60%",
    "tiled-layout-max-columns": "0 1 2",
    "pane-scrollbars": "on off modal",
    "pane-scrollbars-position": "left right",
    "pane-scrollbars-style": "width=3,pad=1 bg=red,width=2 pad=2",
}


class Tmux:
    """A server of its own, for one case."""

    def __init__(self, binary: str, folder: str) -> None:
        self._argv = [binary, "-S", f"{folder}/socket", "-f", "/dev/null"]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("TMUX")}
        self._environment = {**inherited, "LANG": "C.UTF-8"}

    def run(self, *argv: str) -> tuple[str, str]:
        done = subprocess.run(
            [*self._argv, *argv], env=self._environment, capture_output=True, text=True, timeout=10
        )
        return done.stdout, done.stderr.rstrip("\n")

    def state(self) -> dict[str, Any]:
        """Window size, layout and the panes as (number, left, top, columns, rows)."""
        window = "#{window_width} #{window_height} #{window_layout}"
        pane = "#{pane_id} #{pane_left} #{pane_top} #{pane_width} #{pane_height}"
        out, error = self.run("display-message", "-p", window, ";", "list-panes", "-F", pane)
        if error:
            raise RuntimeError(error)
        first, *others = out.splitlines()
        cols, rows, layout = first.split(" ")
        panes = [list(map(int, line.lstrip("%").split())) for line in others]
        return {"window": [int(cols), int(rows)], "layout": layout, "panes": panes}


def _split(rng: random.Random, target: str) -> list[str]:
    command = ["split-window", "-d", "-E", "-t", target, *rng.choice([["-h"], ["-v"], []])]
    command += ["-b"] if rng.random() < 0.3 else []
    command += ["-f"] if rng.random() < 0.2 else []
    sizes = [[], [], ["-l", str(rng.randint(0, 40))], ["-l", f"{rng.randint(0, 100)}%"]]
    return command + rng.choice([*sizes, ["-p", str(rng.randint(0, 100))]])


def _select_old(rng: random.Random, layouts: list[str]) -> list[str]:
    text = rng.choice(layouts)
    return ["select-layout", text[:-1] + "9" if rng.random() < 0.15 else text]


def _command(rng: random.Random, panes: list[int], layouts: list[str], least: int) -> list[str]:
    """One random command; splits are the most frequent, and all there is while there is one pane."""

    def target() -> str:
        return f"%{rng.choice(panes)}"

    axis = rng.choice("xy")
    absolute = rng.choice([str(rng.randint(0, 90)), f"{rng.randint(0, 100)}%"])
    option = rng.choice(list(OPTION_VALUES))
    choices = [
        (34, _split(rng, target())),
        (20, ["resize-pane", "-t", target(), rng.choice(["-L", "-R", "-U", "-D"]), str(rng.randint(1, 30))]),
        (8, ["resize-pane", "-t", target(), f"-{axis}", absolute]),
        (8, ["resize-window", "-x", str(rng.randint(least, 150)), "-y", str(rng.randint(least, 60))]),
        (10, ["select-layout", rng.choice(LAYOUT_NAMES)]),
        (3, ["select-layout", "-t", target(), "-E"]),
        (3, [rng.choice(["next-layout", "previous-layout"])]),
        (5, ["kill-pane", "-t", target()]),
        (3, ["swap-pane", "-d", "-s", target(), "-t", target()]),
        (3, _select_old(rng, layouts)),
        (3, ["set-option", "-w", option, rng.choice(OPTION_VALUES[option].split())]),
    ]
    weights, commands = zip(*choices, strict=True)
    chosen: list[str] = commands[0] if len(panes) < 2 else rng.choices(commands, weights)[0]
    return chosen


def record(binary: str, seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    small = seed % 4 == 0
    size = [rng.randint(2, 20), rng.randint(2, 12)] if small else [rng.randint(10, 200), rng.randint(5, 70)]
    steps = []
    with tempfile.TemporaryDirectory() as folder:
        tmux = Tmux(binary, folder)
        tmux.run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sleep 1000")
        try:
            state = tmux.state()
            layouts = [state["layout"]]
            for _ in range(rng.randint(6, 14)):
                command = _command(rng, [pane[0] for pane in state["panes"]], layouts, 1 if small else 5)
                _, error = tmux.run(*command)
                state = tmux.state()
                steps.append({"command": command, "error": error, **state})
                layouts.append(state["layout"])
        finally:
            tmux.run("kill-server")
    return {"seed": seed, "size": size, "steps": steps}


def main() -> None:
    binary, first, count, output = sys.argv[1:]
    version = version_of(binary)
    cases = []
    for seed in range(int(first), int(first) + int(count)):
        try:
            cases.append(record(binary, seed))
        except RuntimeError as error:  # some sequences crash real tmux
            print(f"seed {seed}: {error}", file=sys.stderr)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    Path(output).write_text(f'{{"version":"{version}","cases":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
