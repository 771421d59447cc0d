"""`tmux` as a Python script of our own, which is the Python client on Unix.

The script that pip (before 25.2) writes for an entry point imports `re` first of all, and that is six times
what the client itself costs. Nothing of ours can run before it, so this one takes its place.

What installs it writes the path of its Python into the first line. pip does so even where the path has blanks
or is long, and such a line does not work (for entry points it has /bin/sh in between). So if the Python that
builds, which is that of the environment where pip installs a tree, has such a path, `tmux` is an entry point
after all; where a wheel was taken to one, `tmuxish doctor` says what is wrong. Lest a script gets to Windows,
where nothing could start it, its wheel is one for the system that it was built on: there is no tag for Unix.
"""

from __future__ import annotations

import os
import sys

from tmuxish import packaging
from tmuxish.cli import programs

# Relative to the folder of pyproject.toml: what there is to build from, which is this module.
SOURCE = "tmuxish/packaging/script.py"

TEXT = """\
#!python
from tmuxish.cli.tmux import main

main()
"""


def refusal() -> str:
    """Why `tmux` has to be an entry point; "" if it can be a script."""
    if os.environ.get(packaging.UNIVERSAL):
        return f"{packaging.UNIVERSAL} is set"
    if sys.platform == "win32":
        return "Windows starts no scripts"
    if programs.interpreter_line(sys.executable) is None:
        return f"no interpreter line can name {sys.executable}"
    return ""


def build(path: str) -> None:
    """Writes the script to `path`."""
    with open(path, "w", encoding="ascii") as file:
        file.write(TEXT)
    os.chmod(path, 0o755)
