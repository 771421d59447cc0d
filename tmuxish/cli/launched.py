"""What the launcher (native/tmux.c) leaves to Python: being the client, and saying who holds a socket."""

from __future__ import annotations

import os
import sys

from tmuxish.cli.streams import write_all

# The first argument of `tmuxish` that stands for this module, where the launcher knows no interpreter.
MARK = "--launched"

CLIENT = "client"  # the client's whole argv follows
DIAGNOSE = "diagnose"  # a socket's path follows


def main(argv: list[str]) -> None:
    """Does what the launcher asks for, which is its first word; never returns."""
    what, *rest = argv
    if what == CLIENT:
        from tmuxish.cli.tmux import main as client

        sys.argv[:] = rest
        client()
    if what == DIAGNOSE:
        from tmuxish.cli import diagnosis

        problem = diagnosis.foreign_server(rest[0])
        if problem is not None:
            write_all(2, os.fsencode(f"{problem}\n"))
        os._exit(0 if problem is None else 1)
    raise SystemExit(f"tmuxish: the launcher and this package do not belong together ({what})")
