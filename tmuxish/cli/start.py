"""The client's rarer beginnings: no server yet, being the server itself (-D), a log (-v)."""

from __future__ import annotations

import os
import sys
import time

from tmuxish.cli.arguments import Failure, Finished

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.cli.arguments import Arguments
    from tmuxish.wire.transport import Connection

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
) -> tuple[Connection, bool]:
    """A connection after the first attempt has failed with `error`, and whether we started the server.

    With -D this process becomes the server, unless there is one by now; Finished is raised when it has ended.
    Raises Failure.
    """
    if not isinstance(error, (ConnectionRefusedError, FileNotFoundError)):
        raise Failure(f"error connecting to {path} ({_reason(error)})")
    no_server = Failure(f"no server running on {path}")
    if arguments.no_start or not _names_starter(arguments.argv):
        raise no_server
    from tmuxish.server import startup

    options = startup.Options(
        path,
        argv=arguments.argv,
        is_default=is_default,
        config_files=arguments.config_files,
        verbosity=arguments.verbosity,
    )
    try:
        if arguments.foreground:
            connection = startup.serve_here(options)
            if connection is None:
                raise Finished(0, "")
            return connection, False
        connection, started = startup.connect_or_start(options)
        if started and sys.platform != "win32":
            # What the server will ask for, while it gets ready.
            from tmuxish.cli import requests, terminal_posix  # noqa: F401
        return connection, started
    except startup.NoStarter:
        raise no_server from None
    except startup.StartError as problem:
        raise Failure(str(problem)) from None
    except OSError as problem:
        raise Failure(f"error connecting to {path} ({_reason(problem)})") from None


def _reason(error: OSError) -> str:
    """What is wrong, in the words of the C library also where the system has its own."""
    return os.strerror(error.errno) if error.errno else str(error)


def _names_starter(argv: list[str]) -> bool:
    """Whether a command that may start a server comes into question at all: the look at words alone."""
    words = [argv[index] for index in range(len(argv)) if index == 0 or argv[index - 1].endswith(";")]
    return not argv or any(
        word and (name.startswith(word) or word == alias)
        for word in (word.rstrip(";") for word in words)
        for name, alias in STARTERS
    )


def open_client_log(path: str) -> None:
    """Writes `tmux-client-PID.log` in the working directory, as tmux does with -v."""
    from tmuxish.version import TMUX_VERSION

    pid = os.getpid()
    try:
        with open(f"tmux-client-{pid}.log", "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{time.time():.6f} client started ({pid}): version {TMUX_VERSION}, socket {path}\n")
            log.write(f"{time.time():.6f} on {sys.platform}, Python {sys.version.split()[0]}: {sys.argv!r}\n")
    except OSError:
        return  # a directory we may not write to: tmux goes on without a log too
