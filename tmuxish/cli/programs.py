"""Programs called `tmux`: which there are, and which of them are ours."""

from __future__ import annotations

import os
import sys

SCRIPT_SIZE = 4096  # a Python script that starts us is shorter

# What the compiled launcher has in it (native/tmux.c), and how much of a program is searched for it.
LAUNCHER_MARK = b"tmuxish launcher\0"
LAUNCHER_SIZE = 4 << 20

# What pip's starter of a script has in it on Windows, and no other program of that name.
WINDOWS_MARK = b"tmuxish.cli.tmux"

# What a program called tmux may be.
PYTHON, LAUNCHER, OTHER = "Python client", "launcher", "other"


def on_path(name: str) -> list[str]:
    """Every program of that name, in the order of PATH."""
    found: list[str] = []
    names = [name, f"{name}.exe"] if sys.platform == "win32" else [name]
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for candidate in (os.path.join(folder or ".", each) for each in names):
            if os.path.isfile(candidate) and os.access(candidate, os.X_OK) and candidate not in found:
                found.append(candidate)
    return found


def is_ours(path: str) -> bool:
    """Whether a program called tmux is one of ours."""
    return kind_of(path) != OTHER


def kind_of(path: str) -> str:
    """PYTHON for a script that names our package (on Windows, pip's starter), LAUNCHER for the compiled one,
    else OTHER.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(SCRIPT_SIZE)
            if b"tmuxish" in data and data.startswith(b"#!"):
                return PYTHON
            data += file.read(LAUNCHER_SIZE)
            if data.startswith(b"MZ") and WINDOWS_MARK in data:
                return PYTHON
            return LAUNCHER if LAUNCHER_MARK in data else OTHER
    except OSError:
        return OTHER
