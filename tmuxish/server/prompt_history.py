"""What was typed at prompts, kept from one server to the next in history-file: lines of `kind:text`."""

from __future__ import annotations

from tmuxish.formats.paths import below_home, is_absolute
from tmuxish.model.server import PROMPT_KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.server.server import Server

COMMAND = PROMPT_KINDS[0]


def add(server: Server, kind: str, line: str) -> None:
    """Remember a line, unless it is the last one again; prompt-history-limit bounds each kind."""
    lines = server.model.prompt_history[kind]
    if not lines or lines[-1] != line:
        lines.append(line)
    limit = server.model.server_options.get_number("prompt-history-limit")
    del lines[: max(len(lines) - limit, 0)]


def load(server: Server) -> None:
    """Read the file; a line without a kind, as old versions wrote them, was typed at the command prompt."""
    path = _path(server)
    if path is None:
        return
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
            lines = stream.read().split("\n")
    except OSError as error:
        server.log(f"{path}: {error.strerror}")
        return
    for line in lines[:-1] if lines[-1] == "" else lines:
        kind, colon, text = line.partition(":")
        if colon and kind in PROMPT_KINDS:
            add(server, kind, text)
        else:
            add(server, COMMAND, line)


def save(server: Server) -> None:
    """Write the file."""
    path = _path(server)
    if path is None:
        return
    try:
        with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
            for kind, lines in server.model.prompt_history.items():
                stream.writelines(f"{kind}:{line}\n" for line in lines)
    except OSError as error:
        server.log(f"{path}: {error.strerror}")


def _path(server: Server) -> str | None:
    """Where the option says; None for nowhere. Only whole paths and those below home count."""
    name = server.model.server_options.get_string("history-file")
    path = below_home(name, server.home) if server.home else name
    return path if is_absolute(path) else None
