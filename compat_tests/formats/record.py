"""Record what real tmux expands the templates of `cases` to: `python -m compat_tests.formats.record TMUX`.

Writes fixtures/formats/expansions.json: the version, what identifies the recording's machine, and for each
target the templates with their expansions; and how some of them expand step by step.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compat_tests.formats.cases import CASES, TRACED
from compat_tests.formats.scenario import COMMANDS, ENVIRONMENT, SCREEN, TARGETS

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "formats"
WAIT = 10.0


class Recorder:
    """One server of a real tmux."""

    def __init__(self, tmux: str, folder: str) -> None:
        self._tmux = [tmux, "-L", "formats-record", "-f", "/dev/null"]
        self._folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "SHELL": "/bin/sh",
            "TMUX_TMPDIR": folder,
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm",
            "SCREEN": SCREEN,
            **ENVIRONMENT,
        }

    def run(self, *arguments: str) -> str:
        """Run a command and return its output. Raises CalledProcessError."""
        done = subprocess.run(
            [*self._tmux, *arguments],
            env=self._environment,
            cwd=self._folder,
            check=True,
            capture_output=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    def expand(self, target: str, template: str) -> str:
        """What display-message prints."""
        return self.run("display-message", "-p", "-t", target, template).removesuffix("\n")

    def trace(self, template: str) -> list[str]:
        """What display-message -v prints, the expansion in the last line."""
        return self.run("display-message", "-v", "-p", "-t", "%0", template).removesuffix("\n").split("\n")

    def wait_for(self, text: str) -> None:
        """Until pane %0 shows `text`."""
        deadline = time.monotonic() + WAIT
        while text not in self.run("capture-pane", "-p", "-t", "%0"):
            if time.monotonic() > deadline:
                raise TimeoutError(text)
            time.sleep(0.01)

    def build(self) -> None:
        """Make the scenario."""
        for command in COMMANDS:
            self.run(*command)
        self.run("set-option", "-g", "@loop", "x#{E:@loop}")
        self.wait_for("READY")
        self.run("send-keys", "-t", "%0", "Enter")
        self.wait_for("end")

    def facts(self, target: str) -> dict[str, str]:
        """All variables of a target."""
        lines = self.run("display-message", "-a", "-p", "-t", target).splitlines()
        return dict(line.partition("=")[::2] for line in lines)


def main(tmux: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(tmux, folder)
        try:
            recorder.build()
            recorded = {
                "version": recorder.expand("%0", "#{version}"),
                "now": int(time.time()),
                "facts": {target: recorder.facts(target) for target in TARGETS},
                "cases": {
                    target: [[template, recorder.expand(target, template)] for template in templates]
                    for target, templates in CASES.items()
                },
                "traces": [[template, recorder.trace(template)] for template in TRACED],
            }
        finally:
            recorder.run("kill-server")
    FIXTURES.mkdir(parents=True, exist_ok=True)
    text = json.dumps(recorded, ensure_ascii=False, indent=1)
    (FIXTURES / "expansions.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
