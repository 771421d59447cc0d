"""Facts about processes, a module per operating system."""

from __future__ import annotations

import sys

from tmuxish.host.base import Everybody, HostFacts, UnknownHost

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.pane import Pane
    from tmuxish.pty.base import PaneProcess


def host_facts(everybody: Everybody) -> HostFacts:
    """The facts of this moment; `everybody` gives all panes' programs, if the host needs to know them."""
    if sys.platform == "linux":
        from tmuxish.host.linux import LinuxFacts

        return LinuxFacts()
    if sys.platform == "darwin":
        from tmuxish.host.macos import MacFacts

        return MacFacts(everybody)
    if sys.platform == "win32":
        from tmuxish.host.windows import WindowsFacts

        return WindowsFacts()
    return UnknownHost()


class Facts:
    """What formats ask about panes, for one listing. Nothing is read before it is asked for.

    `process_of` gives a pane's program, None for a pane without one. `everybody` gives all panes' programs:
    hosts that have to run a program to learn anything then run it once.
    """

    __slots__ = ("_everybody", "_host", "_process_of")

    def __init__(
        self, process_of: Callable[[Pane], PaneProcess | None], everybody: Everybody | None = None
    ) -> None:
        self._process_of = process_of
        self._everybody = everybody
        self._host: HostFacts | None = None

    def _facts(self) -> HostFacts:
        if self._host is None:
            self._host = host_facts(self._everybody or tuple)
        return self._host

    def command(self, pane: Pane) -> str | None:
        """The first word of the command line that runs in the pane now; None if it is not known."""
        process = self._process_of(pane)
        return None if process is None else self._facts().command(process)

    def path(self, pane: Pane) -> str | None:
        """The directory in which that program is; None if it is not known."""
        process = self._process_of(pane)
        if process is None:
            return None
        facts = self._facts()
        if sys.platform == "win32":
            from tmuxish.host.windows import told_folder

            told = told_folder(facts.command(process), pane.emulator.path)
            if told is not None:
                return told
        return facts.path(process)
