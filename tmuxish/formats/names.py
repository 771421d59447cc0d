"""The name a window takes from the command that runs in it."""

from __future__ import annotations

from tmuxish.formats.paths import basename
from tmuxish.model.vis import clean_name


def window_name_of(command: str) -> str:
    """The first word of a command line, without quotes, `exec` and leading dashes, and its directory."""
    name = command[1:] if command.startswith('"') else command
    name = name.partition('"')[0]
    name = name.removeprefix("exec ").lstrip(" -").partition(" ")[0]
    # What is no visible ASCII character at the end goes, down to the first character.
    while len(name) > 1 and not "!" <= name[-1] <= "~":
        name = name[:-1]
    if name.startswith("/"):
        name = basename(name)
    return clean_name(name) or ""
