"""Which programs may be a default shell."""

from __future__ import annotations

import os

FALLBACK = "/bin/sh"


def is_usable(path: str) -> bool:
    """Whether `path` is a program to run as a shell: absolute, executable, and not tmux itself."""
    return path.startswith("/") and os.path.basename(path) != "tmux" and os.access(path, os.X_OK)
