"""Programs called `tmux`: which there are, and which of them are ours."""

from __future__ import annotations

import os
import sys

SCRIPT_SIZE = 4096  # a Python script that starts us is shorter

# What the compiled launcher has in it (native/tmux.c), and how much of a program is searched for it.
LAUNCHER_MARK = b"tmuxish launcher\0"
LAUNCHER_SIZE = 4 << 20

# Linux before 5.1 cuts longer first lines of scripts.
MAX_INTERPRETER_LINE = 127

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


def interpreter_line(python: str, options: str = "") -> str | None:
    """The first line of a script for that Python, without its end; None if no such line can name that: blanks
    end a name there, and its length is limited.
    """
    line = " ".join(filter(None, (f"#!{python}", options)))
    too_long = len(os.fsencode(line)) > MAX_INTERPRETER_LINE
    return None if too_long or any(char.isspace() for char in python) else line


def interpreter(path: str) -> str | None:
    """The Python that a script names in its first line; None where that is something else, or no script."""
    try:
        with open(path, "rb") as file:
            line = os.fsdecode(file.readline(SCRIPT_SIZE))
    except OSError:
        return None
    words = line.removeprefix("#!").split()
    if not line.startswith("#!") or not words:
        return None
    return words[0] if os.path.basename(words[0]).startswith(("python", "pypy")) else None
