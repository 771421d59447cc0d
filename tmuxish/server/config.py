"""Configuration files at start-up: which ones, and what becomes of their errors.

As tmux: without -f the system's file and all of the usual user's files; with -f exactly those named.
A file that is missing is an error only if it was named. The client that started the server waits until all
are read; their errors are shown to the first client that attaches.
"""

from __future__ import annotations

import errno
import os
import sys

from tmuxish.early import pattern
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.files import decode_file
from tmuxish.server.queue import State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmuxish.grammar.nodes import CommandList
    from tmuxish.model.session import Session
    from tmuxish.server.server import Server

_CONTROL = pattern(r"[\x00-\x08\x0b-\x1f\x7f]")

SYSTEM_FILE = "/etc/tmux.conf"


def default_files(home: str | None) -> list[str]:
    """The files read without -f, in order."""
    return windows_files(home, os.environ) if sys.platform == "win32" else unix_files(home)


def windows_files(home: str | None, environment: Mapping[str, str]) -> list[str]:
    """As on Unix, with the folders that Windows has for the system's and the user's settings."""
    import ntpath

    folders = [
        (environment.get("PROGRAMDATA"), r"tmux\tmux.conf"),
        (home, ".tmux.conf"),
        (environment.get("XDG_CONFIG_HOME"), r"tmux\tmux.conf"),
        (environment.get("APPDATA"), r"tmux\tmux.conf"),
        (home, r".config\tmux\tmux.conf"),
    ]
    return list(dict.fromkeys(ntpath.join(folder, name) for folder, name in folders if folder))


def unix_files(home: str | None) -> list[str]:
    """As tmux has them."""
    candidates = [SYSTEM_FILE]
    if home:
        candidates.append(os.path.join(home, ".tmux.conf"))
    config_home = os.environ.get("XDG_CONFIG_HOME") or (os.path.join(home, ".config") if home else "")
    if config_home:
        candidates.append(os.path.join(config_home, "tmux", "tmux.conf"))
    if home:
        candidates.append(os.path.join(home, ".config", "tmux", "tmux.conf"))
    return list(dict.fromkeys(candidates))


async def load(server: Server, named: list[str] | None) -> None:
    """Read the configuration, then let the waiting clients go on."""
    files = named if named is not None else default_files(server.home)
    server.model.config_files = files
    try:
        # Nothing runs before all are parsed.
        loaded = [(path, _parse(server, path, required=named is not None)) for path in files]
        outcomes = [
            server.queue.submit(commands, State(formats={"current_file": path}))
            for path, commands in loaded
            if commands is not None
        ]
        for outcome in outcomes:
            await outcome
    finally:
        show_errors(server)
        server.configured()


def show_errors(server: Server, session: Session | None = None) -> None:
    """Show what went wrong in configuration files: in place of the active pane of `session` (None: of the
    client that was first, or the first session), once somebody looks at it; to a first client that is in
    control mode as lines."""
    errors, model = server.config_errors, server.model
    if not errors:
        return
    client = next(iter(model.clients.values()), None)
    control = server.clients.control(client) if client is not None else None
    if control is None:
        if session is None:
            session = client.session if client is not None else None
            session = session or min(model.sessions.values(), key=lambda each: each.name, default=None)
        if session is None or not session.attached or session.current is None:
            return
    server.config_errors = []
    if control is not None:
        for text in errors:
            control.line(f"%config-error {text}")
    elif session is not None and session.current is not None and session.current.window.active is not None:
        shown = (_CONTROL.sub("", text) for text in errors)
        server.pane_modes.show_output(session.current.window.active, "\n".join(shown))


def _parse(server: Server, path: str, *, required: bool) -> CommandList | None:
    """The commands of one file; None if it is missing or has an error."""
    try:
        with open(path, "rb") as stream:
            text = decode_file(stream.read())
    except OSError as error:
        if required or error.errno != errno.ENOENT:
            server.config_errors.append(f"{path}: {os.strerror(error.errno or 0)}")
        return None
    if not text:
        return None  # as with /dev/null
    try:
        return server.parse_file(text, path)
    except ParseError as error:
        server.config_errors.append(str(error))
        return None
