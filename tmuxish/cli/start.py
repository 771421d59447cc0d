"""The client's rarer beginnings: no server yet, a server in the foreground (-D), a log (-v)."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from tmuxish.cli.arguments import Failure

if TYPE_CHECKING:
    import _socket

    from tmuxish.cli.arguments import Arguments
    from tmuxish.server.startup import Options

# The commands that start a server, (name, alias): a first look, so that a `has-session` that finds no
# server ends at once. The grammar decides, with flags and abbreviations, when one of these comes into
# question.
STARTERS = (
    ("new-session", "new"),
    ("attach-session", "attach"),
    ("start-server", "start"),
    ("list-commands", "lscm"),
    ("list-keys", "lsk"),
)


def connect_or_start(
    arguments: Arguments, path: str, is_default: bool, error: OSError
) -> tuple[_socket.socket, bool]:
    """A connection after the first attempt has failed with `error`, and whether we started the server.

    Raises Failure.
    """
    if not isinstance(error, (ConnectionRefusedError, FileNotFoundError)):
        raise Failure(f"error connecting to {path} ({error.strerror})")
    if arguments.no_start or not _may_start(arguments.argv):
        raise Failure(f"no server running on {path}")
    from tmuxish.server import startup

    try:
        return startup.connect_or_start(_options(arguments, path, is_default))
    except startup.StartError as problem:
        raise Failure(str(problem)) from None
    except OSError as problem:
        raise Failure(f"error connecting to {path} ({problem.strerror})") from None


def serve_here(arguments: Arguments, path: str, is_default: bool) -> int:
    """-D: be the server until it ends; the exit status."""
    from tmuxish.server import startup

    try:
        startup.serve_here(_options(arguments, path, is_default))
    except startup.StartError as problem:
        raise Failure(str(problem)) from None
    return 0


def _options(arguments: Arguments, path: str, is_default: bool) -> Options:
    from tmuxish.server import startup

    return startup.Options(
        path, is_default=is_default, config_files=arguments.config_files, verbosity=arguments.verbosity
    )


def _may_start(argv: list[str]) -> bool:
    words = [argv[index] for index in range(len(argv)) if index == 0 or argv[index - 1].endswith(";")]
    if argv and not any(
        word and (name.startswith(word) or word == alias)
        for word in (word.rstrip(";") for word in words)
        for name, alias in STARTERS
    ):
        return False
    from tmuxish.server import startup

    return startup.may_start(argv)


def open_client_log(verbosity: int, path: str) -> None:
    """Starts `tmux-client-PID.log` in the working directory if -v was given, as tmux does."""
    if verbosity == 0:
        return
    from tmuxish.version import TMUX_VERSION

    pid = os.getpid()
    try:
        with open(f"tmux-client-{pid}.log", "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{time.time():.6f} client started ({pid}): version {TMUX_VERSION}, socket {path}\n")
            log.write(f"{time.time():.6f} on {sys.platform}, Python {sys.version.split()[0]}: {sys.argv!r}\n")
    except OSError:
        return  # a directory we may not write to: tmux goes on without a log too
