"""Which programs may be a default shell."""

from __future__ import annotations

import os

FALLBACK = "/bin/sh"


def is_usable(path: str) -> bool:
    """Whether `path` is a program to run as a shell: absolute, executable, and not tmux itself."""
    return path.startswith("/") and os.path.basename(path) != "tmux" and os.access(path, os.X_OK)


def login_shell() -> str:
    """The user's shell in the password database, "" where there is none."""
    try:
        import pwd
    except ImportError:  # no such database on this system
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_shell
    except KeyError:
        return ""
