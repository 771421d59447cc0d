"""What every system's way of bringing a server to life has in common."""

from __future__ import annotations

INCOMPLETE = "the server cannot start: {error}; `tmuxish doctor` looks for what is missing"


class StartError(Exception):
    """The server could not be started; the text is for the user."""


class NoStarter(Exception):
    """The command is none that starts a server; nothing has been started."""


class Options:
    """How a server is to be started. The fields are tmux's flags, as the client read them."""

    __slots__ = ("argv", "config_files", "is_default", "socket_path", "verbosity")

    def __init__(
        self,
        socket_path: str,
        *,
        argv: list[str],
        is_default: bool,
        config_files: list[str] | None,
        verbosity: int,
    ) -> None:
        self.socket_path = socket_path
        self.argv = argv  # the command that is to start it
        self.is_default = is_default  # the socket lies in the user's own folder
        self.config_files = config_files
        self.verbosity = verbosity
