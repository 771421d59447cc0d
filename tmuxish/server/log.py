"""The server's logs: files with -v, nothing without.

tmux writes `tmux-server-PID.log` into the directory it was started in when -v is given, and SIGUSR2
toggles it; so does this. Twice -v adds `tmux-out-PID.log`, a copy of all that is sent to terminals.
"""

from __future__ import annotations

import os
import time

from tmuxish.early import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO, TextIO

_stream: TextIO | None = None
_terminals: BinaryIO | None = None


def open_log(folder: str, verbosity: int) -> None:
    """Log to `tmux-server-PID.log` in `folder` from now on if `verbosity` is above 0, and what terminals are
    sent to `tmux-out-PID.log` if it is above 1."""
    global _stream, _terminals
    if verbosity > 1:
        with suppress(OSError):
            _terminals = open(os.path.join(folder, f"tmux-out-{os.getpid()}.log"), "wb", buffering=0)  # noqa: SIM115
    if verbosity > 0 and _stream is None:
        path = os.path.join(folder, f"tmux-server-{os.getpid()}.log")
        try:
            _stream = open(path, "a", buffering=1, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - lives as long as the process
        except OSError:
            return  # a folder we may not write to: tmux goes on without a log too


def toggle_log(folder: str) -> None:
    """Start the log, or end it (SIGUSR2)."""
    if _stream is None:
        open_log(folder, 1)
    else:
        _close_log()


def _close_log() -> None:
    global _stream
    stream, _stream = _stream, None
    if stream is not None:
        with suppress(OSError):  # the last line does not fit either
            stream.close()


def log(text: str) -> None:
    """Write one entry with its time. Where it does not fit (the disk is full), logging ends."""
    if _stream is None:
        return
    try:
        _stream.write(f"{time.time():.6f} {text.rstrip()}\n")
    except OSError:
        _close_log()


def log_error() -> None:
    """The exception that is being handled, with its traceback."""
    if _stream is not None:
        import traceback  # 3 ms of a cold start, for what hardly ever happens

        log(traceback.format_exc())


def log_output(data: bytes) -> None:
    """Copy what a client's terminal is sent. Where it does not fit (the disk is full), copying ends."""
    global _terminals
    if _terminals is None:
        return
    try:
        _terminals.write(data)
    except OSError:
        _terminals = None
