"""The `tmuxish` program: what a user needs around `tmux` and tmux itself has no command for."""

from __future__ import annotations

import io
import sys

from tmuxish.version import TMUX_VERSION, VERSION

USAGE = """\
tmuxish: a tmux for every place that has none.

Usage:
  tmuxish doctor
  tmuxish shim DIR
  tmuxish ls [--json]
  tmuxish --version
  tmuxish --help

Commands:
  doctor  Look at PATH, the socket folder, the terminal, the locale and ptys; say what is wrong and
          the command that mends it. The exit status is 1 if something is wrong.
  shim    Write a `tmux` launcher into DIR, which you then put first on PATH: for one project, one
          image, or wherever another tmux is in the way.
  ls      List all servers in your socket folder, and their sessions.

Options:
  --json     Print JSON, for programs.
  --version  Print the versions.
  -h --help  Print this.

Everything else is tmux's own: see `tmux list-commands`.
"""


def main() -> None:
    """The `tmuxish` entry point."""
    if sys.platform == "win32":  # else text would be the code page's, and its lines end in two characters
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", newline="\n")
    from tmuxish.cli import launched

    if sys.argv[1:2] == [launched.MARK]:
        launched.main(sys.argv[2:])
    sys.exit(run(sys.argv[1:]))


def run(argv: list[str]) -> int:
    """Does what the command line asks for; the exit status."""
    from docopt import docopt

    from tmuxish.cli.tmux import undo_locale_coercion

    undo_locale_coercion()
    asked = docopt(USAGE, argv)
    if asked["--version"]:
        print(f"tmuxish {VERSION} (answers as tmux {TMUX_VERSION}), Python {sys.version.split()[0]}")
        return 0
    if asked["doctor"]:
        from tmuxish.cli import doctor

        return doctor.report()
    if asked["shim"]:
        from tmuxish.cli import shim

        return shim.write(asked["DIR"])
    from tmuxish.cli import servers

    return servers.show(as_json=asked["--json"])
