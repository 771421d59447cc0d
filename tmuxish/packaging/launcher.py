"""Compiling the launcher, `tmux` in C.

A static executable starts in half the time (nothing is linked when it starts) and runs on every Linux of its
kind, so that is tried first; where the system has no static C library it is linked as usual.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

from tmuxish.packaging import refused

# Relative to the folder of pyproject.toml, where backends run.
SOURCE = "tmuxish/native/tmux.c"

REFUSAL = "TMUXISH_PURE_CLIENT"

OPTIONS = ("-std=gnu99", "-O2")
STRIP = ("-s",)
STATIC = ("-static",)


class CompilerError(Exception):
    """There is no C compiler, or it did not like what it saw."""


def is_here() -> bool:
    """Whether this tree has the launcher's source."""
    return os.path.exists(SOURCE)


def refusal() -> str:
    """Why no launcher is wanted or possible here at all; "" if one is."""
    if refused(REFUSAL):
        return refused(REFUSAL)
    if sys.platform == "win32":
        return "the launcher is for Unix"
    return "" if is_here() else f"there is no {SOURCE}"


def problem(path: str) -> str:
    """Why the launcher cannot be built as `path`; "" if it has been."""
    try:
        build(path)
    except CompilerError as error:
        return str(error)
    return ""


def build(path: str, source: str = SOURCE) -> None:
    """Compiles the launcher to `path`. Raises CompilerError."""
    command = [*compiler(), *OPTIONS, *_words("CFLAGS"), *_words("ARCHFLAGS"), "-o", path, source]
    for linking in ((*STRIP, *STATIC), STRIP, ()):
        try:
            done = subprocess.run(
                [*command, *linking, *_words("LDFLAGS")], capture_output=True, text=True, check=False
            )
        except OSError as error:
            raise CompilerError(f"{command[0]}: {error.strerror}") from None
        if done.returncode == 0:
            return
    lines = [line for line in done.stderr.split("\n") if line] or [f"exit status {done.returncode}"]
    raise CompilerError(f"{command[0]}: " + next((line for line in lines if "error" in line), lines[0]))


def compiler() -> list[str]:
    """The C compiler's command."""
    return _words("CC") or ["cc"]


def _words(name: str) -> list[str]:
    return shlex.split(os.environ.get(name, ""))
