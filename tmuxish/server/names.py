"""What a window is called after its command."""

from __future__ import annotations

import os
import string

from tmuxish.model.vis import clean_name


def window_name_from_command(command: str) -> str:
    """What a window that runs `command` is called, by tmux's rules: the first word's last path component,
    without quotes, `exec`, leading dashes and trailing odd characters."""
    name = command.removeprefix('"')
    name = name.partition('"')[0]
    name = name.removeprefix("exec ").lstrip(" -").partition(" ")[0]
    allowed = string.ascii_letters + string.digits + string.punctuation
    while len(name) > 1 and name[-1] not in allowed:
        name = name[:-1]
    if name.startswith("/"):
        name = os.path.basename(name.rstrip("/")) or "/"
    return clean_name(name) or ""
