"""Another user of this machine, for the tests that need one; only root can play it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from compat_tests.clients.sandbox import Sandbox

SOMEBODY = 54321  # a user id that nobody has
SOURCE = Path(__file__).parents[2]
# The interpreter of the tests may lie in somebody's home.
INTERPRETERS = (sys.executable, "/usr/bin/python3")


def as_somebody(*argv: str) -> list[str]:
    """A command line that runs `argv` as that user."""
    return ["setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups", "env", *argv]


@cache
def tmux_for_somebody() -> list[str] | None:
    """The tmux under test for that user; None if there is none, or nobody can become that user."""
    if os.getuid() != 0 or shutil.which("setpriv") is None:
        return None
    environment = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"}
    for interpreter in INTERPRETERS:
        command = [interpreter, "-m", "tmuxish"]
        probe = as_somebody(*command, "-V")
        if subprocess.run(probe, capture_output=True, env=environment, check=False).returncode == 0:
            return command
    return None


def give_to_somebody(tmux: Sandbox) -> None:
    """Make a sandbox that user's, who finds our package in it."""
    tmux.env["PYTHONPATH"] = str(SOURCE)
    for folder in (tmux.root, tmux.home, tmux.work, tmux.sockets, tmux.bin):
        os.chown(folder, SOMEBODY, SOMEBODY)
