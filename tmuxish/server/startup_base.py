"""What every system's way of bringing a server to life has in common."""

from __future__ import annotations

import gc
import os

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable

    # Serves on a listening socket until the server ends. Also given: the connection of the client that has
    # started it, or None for a server in the foreground.
    Run = Callable[["Options", _socket.socket, "_socket.socket | None"], None]

INCOMPLETE = "the server cannot start: {error}; `tmuxish doctor` looks for what is missing"


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

    def run(options: Options, listener: _socket.socket, starter: _socket.socket | None) -> None:
        serve(
            socket.socket(fileno=listener.detach()),
            options.socket_path,
            recreate=lambda: socket.socket(fileno=listen().detach()),
            config_files=options.config_files,
            verbosity=options.verbosity,
            folder=folder,
            starter=None if starter is None else socket.socket(fileno=starter.detach()),
        )

    return run
