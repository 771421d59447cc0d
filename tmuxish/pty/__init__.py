"""Pseudo-terminals and the programs that run on them: one contract (base), a module per system."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tmuxish.pty.base import ChildWatcher, PtyBackend


def default_backend(children: ChildWatcher) -> PtyBackend:
    """This system's backend. Raises NotImplementedError where there is none."""
    if sys.platform == "win32":
        raise NotImplementedError("panes need a Unix system so far")
    else:  # noqa: RET506 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.pty.posix import PosixBackend

        return PosixBackend(children)
