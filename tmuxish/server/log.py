"""The server's log: a file with -v, nothing without.

tmux writes `tmux-server-PID.log` into the directory it was started in when -v is given, and SIGUSR2
toggles it; so does this.
"""

from __future__ import annotations

import os
import time
from typing import TextIO

_stream: TextIO | None = None


def open_log(folder: str, verbosity: int) -> None:
    """Log to `tmux-server-PID.log` in `folder` from now on if `verbosity` is above 0."""
    global _stream
    if verbosity > 0 and _stream is None:
        path = os.path.join(folder, f"tmux-server-{os.getpid()}.log")
        try:
            _stream = open(path, "a", buffering=1, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - lives as long as the process
        except OSError:
            return  # a folder we may not write to: tmux goes on without a log too


def toggle_log(folder: str) -> None:
    """Start the log, or end it (SIGUSR2)."""
    global _stream
    if _stream is None:
        open_log(folder, 1)
    else:
        _stream.close()
        _stream = None


def log(text: str) -> None:
    """Write one entry with its time."""
    if _stream is not None:
        _stream.write(f"{time.time():.6f} {text.rstrip()}\n")
