"""What all who record real tmux's answers share."""

from __future__ import annotations

import subprocess


def version_of(tmux: str) -> str:
    """What that executable says it is ("tmux 3.7c"), to stand beside what was recorded from it."""
    return subprocess.run([tmux, "-V"], capture_output=True, text=True, check=True).stdout.strip()
