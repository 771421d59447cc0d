"""The lines around a command's output: %begin, then %end or %error, with time, number and flags."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Guard:
    """The block of one command's output; it is open once made.

    A command that waits for something, or has other commands run in its place, has its block closed by then,
    as in tmux: what it prints later stands between blocks.
    """

    __slots__ = ("_open", "_tail", "_tell")

    def __init__(self, tell: Callable[[str], None], number: int, *, typed: bool) -> None:
        """typed: the command came as a line of the client (flag 1), not otherwise (0)."""
        self._tell = tell
        self._tail = f"{int(time.time())} {number} {int(typed)}"
        self._open = True
        tell(f"%begin {self._tail}")

    def close(self, *, failed: bool = False) -> None:
        """The command has worked, or not; only the first end counts."""
        if self._open:
            self._open = False
            self._tell(f"%{'error' if failed else 'end'} {self._tail}")
