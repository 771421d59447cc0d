"""The contract of host facts: what runs in a pane now, and in which directory.

The question is about the process group that a pane's keyboard belongs to, which changes with every command
typed into a shell, so nothing is kept between two listings. Within one listing a process is asked about
once at most, and where asking is dear (a program has to be run), once for all panes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from tmuxish.pty.base import PaneProcess

# All panes' programs, for hosts that answer for all of them at once.
Everybody = Callable[[], Iterable[PaneProcess]]


class HostFacts(ABC):
    """The facts of one moment: make one for each listing and throw it away."""

    def __init__(self) -> None:
        self._groups: dict[int, int | None] = {}

    def group(self, process: PaneProcess) -> int | None:
        """The process group that the pane's keyboard belongs to; None if there is none."""
        if process.pid not in self._groups:
            self._groups[process.pid] = process.foreground_group()
        return self._groups[process.pid]

    @abstractmethod
    def command(self, process: PaneProcess) -> str | None:
        """The first word of the foreground program's command line, as it was given (perhaps a path, perhaps
        "-sh"); None if it is not known.
        """

    @abstractmethod
    def path(self, process: PaneProcess) -> str | None:
        """The foreground program's working directory; None if it is not known."""


class UnknownHost(HostFacts):
    """A system that we have no way to ask."""

    def command(self, process: PaneProcess) -> str | None:
        return None

    def path(self, process: PaneProcess) -> str | None:
        return None
