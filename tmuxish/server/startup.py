"""Bringing a server to life: which commands may, and the way to this system's own steps.

A client that finds no server comes here, with what its flags say about the new one.
"""

from __future__ import annotations

import gc
import sys

from tmuxish.server.startup_base import INCOMPLETE, NoStarter, Options, StartError

__all__ = ["NoStarter", "Options", "StartError", "connect_or_start", "may_start", "serve_here"]

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.wire.transport import Connection


def may_start(argv: list[str]) -> bool:
    """Whether this starts a server where there is none: it parses, and one of its commands says so.

    Raises StartError if this installation is incomplete.
    """
    if not argv:
        return True
    gc.disable()  # as for the rest of the server: see startup_posix, startup_windows
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


def connect_or_start(options: Options) -> tuple[Connection, bool]:
    """A connection to the server, and whether we started it. Raises NoStarter, StartError, OSError."""
    if sys.platform == "win32":
        from tmuxish.server import startup_windows

        return startup_windows.connect_or_start(options)
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        if not may_start(options.argv):
            raise NoStarter
        from tmuxish.server import startup_posix

        return startup_posix.connect_or_start(options)


def serve_here(options: Options) -> Connection | None:
    """Serves in this process (-D) until the server ends; a connection instead if somebody else has become it
    meanwhile. Raises NoStarter, StartError, OSError.
    """
    if not may_start(options.argv):
        raise NoStarter
    if sys.platform == "win32":
        from tmuxish.server import startup_windows

        return startup_windows.serve_here(options)
    else:  # noqa: RET505
        from tmuxish.server import startup_posix

        return startup_posix.serve_here(options)
