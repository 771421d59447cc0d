"""Bringing a server to life: which commands may, and the way to this system's own steps.

A client that finds no server comes here, with what its flags say about the new one.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable

    # Serves on a listening socket until the server ends; the flag: in the foreground.
    Run = Callable[["Options", _socket.socket, bool], None]

INCOMPLETE = "the server cannot start: {error}; `tmuxish doctor` looks for what is missing"
UNAVAILABLE = "no server can be started on Windows yet"


class StartError(Exception):
    """The server could not be started; the text is for the user."""


class Options:
    """How a server is to be started. The fields are tmux's flags, as the client read them."""

    __slots__ = ("config_files", "is_default", "socket_path", "verbosity")

    def __init__(
        self, socket_path: str, *, is_default: bool, config_files: list[str] | None, verbosity: int
    ) -> None:
        self.socket_path = socket_path
        self.is_default = is_default  # the socket lies in the user's own folder
        self.config_files = config_files
        self.verbosity = verbosity


def may_start(argv: list[str]) -> bool:
    """Whether this starts a server where there is none: it parses, and one of its commands says so.

    Raises StartError if this installation is incomplete.
    """
    if not argv:
        return True
    gc.disable()  # see load_server
    try:
        from tmuxish.commands import TABLE
        from tmuxish.grammar.errors import ParseError
        from tmuxish.grammar.parser import ParseContext, parse_argv
    except ImportError as error:
        raise StartError(INCOMPLETE.format(error=error)) from error
    try:
        return parse_argv(argv, context=ParseContext(TABLE, alias=_default_alias)).starts_server()
    except ParseError:
        return False


def _default_alias(name: str) -> str | None:
    """The replacement text of a command alias before any configuration."""
    from tmuxish.model.options import Options as OptionSet

    for entry in OptionSet.for_server().get_strings("command-alias"):
        alias, _, text = entry.partition("=")
        if alias == name:
            return text
    return None


def connect_or_start(options: Options) -> tuple[_socket.socket, bool]:
    """A connection to the server, and whether we started it. Raises StartError, OSError."""
    if sys.platform == "win32":
        raise StartError(UNAVAILABLE)
    else:  # noqa: RET506 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.server import startup_posix

        return startup_posix.connect_or_start(options)


def serve_here(options: Options) -> _socket.socket | None:
    """Serves in this process (-D) until the server ends; a connection instead if somebody else has become it
    meanwhile. Raises StartError, OSError.
    """
    if sys.platform == "win32":
        raise StartError(UNAVAILABLE)
    else:  # noqa: RET506
        from tmuxish.server import startup_posix

        return startup_posix.serve_here(options)


def load_server(listen: Callable[[], _socket.socket]) -> Run:
    """Everything a server needs, loaded while there is still a terminal to complain on.

    `listen` makes the socket again when somebody has deleted it; it raises OSError. Raises StartError.

    What is loaded stays for ever, so the garbage collector rests meanwhile (it would run dozens of times)
    and never looks at it again.
    """
    gc.disable()
    try:
        import socket

        from tmuxish.server.main import serve
    except ImportError as error:
        raise StartError(INCOMPLETE.format(error=error)) from error
    gc.freeze()
    gc.enable()

    try:
        folder = os.getcwd()
    except OSError:  # deleted
        folder = "/"

    def run(options: Options, listener: _socket.socket, foreground: bool) -> None:
        serve(
            socket.socket(fileno=listener.detach()),
            options.socket_path,
            recreate=lambda: socket.socket(fileno=listen().detach()),
            config_files=options.config_files,
            verbosity=options.verbosity,
            folder=folder,
            foreground=foreground,
        )

    return run
