"""Where the programs come from: the machine, or folders that the environment names."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Result, Sandbox

CHECKOUTS = "TMUXISH_TEST_CHECKOUTS"
"""Names a folder with checkouts of clients that no registry of binaries has (plugins, for instance)."""


def borrow(tmux: Sandbox, name: str, source: str) -> str:
    """Make the machine's program `name` one of the sandbox's; a skip that names its source without it."""
    # An environment that was not activated has its programs beside its Python, not on PATH.
    path = shutil.which(name) or shutil.which(name, path=Path(sys.executable).parent)
    if path is None:
        pytest.skip(f"{name} is not installed ({source})")
    link = tmux.bin / name
    # Not resolved: a script in a virtual environment finds its libraries by the path it is called by.
    if not link.exists():
        link.symlink_to(path)
    return path


def checkout(name: str) -> Path:
    """A client's checkout below the folder the environment names, or a skip."""
    folder = os.environ.get(CHECKOUTS)
    if not folder:
        pytest.skip(f"{CHECKOUTS} names no folder with a checkout of {name}")
    path = Path(folder) / name
    if not path.is_dir():
        pytest.skip(f"no checkout of {name} in {folder}")
    return path


def call(
    tmux: Sandbox,
    *argv: str,
    env: Mapping[str, str | None] | None = None,
    stdin: bytes | None = None,
    cwd: Path | None = None,
) -> Result:
    """Run a program in the sandbox, where `tmux` is the executable under test, to its end."""
    return tmux.call(argv, stdin, env, cwd=cwd)


def attach(tmux: Sandbox, *argv: str, cols: int = 80, rows: int = 24) -> PtyClient:
    """A user with a terminal of that size who starts tmux there."""
    return PtyClient([*tmux.command, *argv], tmux.env, tmux.work, cols, rows)
