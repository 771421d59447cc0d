"""The user's own terminal on Windows: the same contract as `terminal_posix`, not available yet."""

from __future__ import annotations

UNAVAILABLE = "attaching is not available on Windows yet"

RESET = b""


def size(fd: int) -> tuple[int, int, int, int]:
    """No size is known."""
    return 0, 0, 0, 0


class Terminal:
    """Cannot be made: raises OSError."""

    def __init__(self, name: str) -> None:
        raise OSError(UNAVAILABLE)

    def fileno(self) -> int:
        raise OSError(UNAVAILABLE)

    def size(self) -> tuple[int, int, int, int]:
        raise OSError(UNAVAILABLE)

    def enter_raw(self) -> None:
        raise OSError(UNAVAILABLE)

    def restore(self) -> None:
        raise OSError(UNAVAILABLE)

    def read(self, limit: int) -> bytes | None:
        raise OSError(UNAVAILABLE)

    def write(self, data: bytes | bytearray | memoryview) -> int | None:
        raise OSError(UNAVAILABLE)

    def close(self) -> None:
        raise OSError(UNAVAILABLE)
