"""The user's own terminal on Windows: the same contract as `terminal_posix`, not available yet."""

from __future__ import annotations

UNAVAILABLE = "attaching is not available on Windows yet"

RESET = b""


def size(fd: int) -> tuple[int, int, int, int]:
    """No size is known."""
    return 0, 0, 0, 0


def control_chars(fd: int) -> bytes:
    """Windows terminals have none."""
    return b""


def found(fd: int) -> bytes:
    """Nothing that the server could put back."""
    return b""


class TerminalError(Exception):
    """The terminal cannot be used; the text says why."""


class Terminal:
    """Cannot be made: raises TerminalError."""

    def __init__(self, name: str) -> None:
        raise TerminalError(UNAVAILABLE)

    def fileno(self) -> int:
        raise TerminalError(UNAVAILABLE)

    def size(self) -> tuple[int, int, int, int]:
        raise TerminalError(UNAVAILABLE)

    def enter_raw(self) -> None:
        raise TerminalError(UNAVAILABLE)

    def restore(self) -> None:
        raise TerminalError(UNAVAILABLE)

    def read(self, limit: int) -> bytes | None:
        raise TerminalError(UNAVAILABLE)

    def write(self, data: bytes | bytearray | memoryview) -> int | None:
        raise TerminalError(UNAVAILABLE)

    def close(self) -> None:
        raise TerminalError(UNAVAILABLE)
