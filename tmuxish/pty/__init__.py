"""Pseudo-terminals and the programs that run on them: one contract (base), a module per system."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.pty.base import ChildWatcher, PtyBackend


def default_backend(
    children: ChildWatcher, call_soon: Callable[[Callable[[], None]], None] = lambda callback: callback()
) -> PtyBackend:
    """This system's backend.

    children: who reaps, where a program is a child. call_soon: how threads have something done on the
    server's, where threads watch a program.
    """
    if sys.platform == "win32":
        from tmuxish.pty.windows import WindowsBackend

        return WindowsBackend(call_soon)
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.pty.posix import PosixBackend

        return PosixBackend(children)
