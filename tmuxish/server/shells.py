"""Which programs may be a default shell."""

from __future__ import annotations

import os
import sys

FALLBACK = "/bin/sh"


def is_usable(path: str) -> bool:
    """Whether `path` is a program to run as a shell: absolute, executable, and not tmux itself."""
    return path.startswith("/") and os.path.basename(path) != "tmux" and os.access(path, os.X_OK)


def login_shell() -> str:
    """The user's shell in the password database, "" where there is none."""
    if sys.platform == "win32":  # has no such database
        return ""
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_shell
        except KeyError:
            return ""
