"""Record what real tmux makes of the inputs of cases.py: python -m compat_tests.emulator.record TMUX.

Writes fixtures/emulator/screens.json and replies.json; the version it came from stands in each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compat_tests.recording import version_of

from .cases import HISTORY_LIMIT, NAMED, QUERIES, SEEDS, SIZES, random_case

FIXTURES = Path(__file__).parents[2] / "fixtures" / "emulator"

STATE = (
    "#{cursor_x} #{cursor_y} #{history_size} #{alternate_on} #{insert_flag} #{origin_flag} #{wrap_flag}"
    " #{scroll_region_upper} #{scroll_region_lower} #{pane_tabs}"
)

#: Run in a pane: write a query, keep what comes back within the time.
ASK = """
import os, select, sys, time, tty
tty.setraw(0)
os.write(1, open(sys.argv[1], "rb").read())
answer, end = b"", time.time() + 0.5
while time.time() < end:
    if select.select([0], [], [], 0.05)[0]:
        answer += os.read(0, 65536)
open(sys.argv[1] + ".new", "wb").write(answer)
os.rename(sys.argv[1] + ".new", sys.argv[1] + ".answer")
time.sleep(1000)
"""


class Tmux:
    """A tmux server of its own."""

    def __init__(self, binary: str, folder: str) -> None:
        self.folder = Path(folder)
        self.command = [binary, "-S", str(self.folder / "socket"), "-f", "/dev/null"]
        self.environment = {key: value for key, value in os.environ.items() if key != "TMUX"}
        self.environment.update(LANG="C.UTF-8", LC_ALL="C.UTF-8")
        self.run("new-session", "-d", "sleep 100000")
        self.run("set", "-g", "window-size", "manual")
        self.run("set", "-g", "status", "off")
        self.run("set", "-g", "history-limit", str(HISTORY_LIMIT))

    def run(self, *args: str) -> str:
        """Run one tmux command."""
        done = subprocess.run([*self.command, *args], env=self.environment, check=True, capture_output=True)
        return done.stdout.decode("utf-8", "surrogateescape")

    def wait_for(self, path: Path) -> bytes:
        """Wait until a pane's program has made a file."""
        for _ in range(1000):
            if path.exists():
                return path.read_bytes()
            time.sleep(0.01)
        raise TimeoutError(path)

    def screens(self, data: bytes, sizes: list[tuple[int, int]]) -> list[dict[str, object]]:
        """Feed a pane, and read its screen at each size."""
        source, done = self.folder / "input", self.folder / "done"
        source.write_bytes(data)
        done.unlink(missing_ok=True)
        (cols, rows), *others = sizes
        program = f"stty raw -echo; cat {source}; touch {done}; sleep 100000"
        self.run("new-session", "-d", "-s", "case", "-x", str(cols), "-y", str(rows), program)
        self.wait_for(done)
        time.sleep(0.1)
        out = [self.screen((cols, rows))]
        for size in others:
            self.run("resize-window", "-t", "case:", "-x", str(size[0]), "-y", str(size[1]))
            out.append(self.screen(size))
        self.run("kill-session", "-t", "case")
        return out

    def screen(self, size: tuple[int, int]) -> dict[str, object]:
        """State and contents of the case's pane."""

        def capture(*flags: str) -> str:
            return self.run("capture-pane", "-p", *flags, "-S", "-", "-t", "case:")

        return {
            "size": size,
            "state": self.run("display-message", "-p", "-t", "case:", STATE).rstrip("\n"),
            "escapes": capture("-e"),
            "joined": capture("-J"),
            "blanks": capture("-N"),
        }

    def answer(self, query: str) -> str:
        """What a program that writes `query` gets to read."""
        source = self.folder / "query"
        reply = self.folder / "query.answer"
        script = self.folder / "ask.py"
        script.write_text(ASK)
        source.write_bytes(query.encode())
        reply.unlink(missing_ok=True)
        self.run("new-session", "-d", "-s", "ask", "-x", "80", "-y", "24", f"python3 {script} {source}")
        out = self.wait_for(reply)
        self.run("kill-session", "-t", "ask")
        return out.decode("utf-8")


def main(binary: str) -> None:
    """Record everything."""
    FIXTURES.mkdir(parents=True, exist_ok=True)
    version = version_of(binary)
    with tempfile.TemporaryDirectory() as folder:
        tmux = Tmux(binary, folder)
        try:
            screens = {name: tmux.screens(data, SIZES) for name, data in NAMED.items()}
            screens |= {f"random-{seed}": tmux.screens(*random_case(seed)) for seed in SEEDS}
            replies = [[query, tmux.answer(query)] for query in QUERIES]
        finally:
            tmux.run("kill-server")
    for name, recorded in (("screens", screens), ("replies", replies)):
        text = json.dumps({"version": version, name: recorded}, ensure_ascii=True, indent=0)
        (FIXTURES / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
