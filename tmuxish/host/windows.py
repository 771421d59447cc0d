"""Host facts on Windows, from a list of all processes and, for directories, the process itself.

A console has no foreground group. What tmux shows elsewhere is the program that a shell was told to run, not
what that runs in turn; so from the pane's own program on the way leads from a shell to the child it has
started last, and ends at the first that is no shell.

One list serves for one listing of tmux's, for all panes. A process id is given again soon after its process
has ended, so whoever is older than its parent is somebody else's child. Windows' side stands behind
`ProcessSystem`, and is loaded with the first question.
"""

from __future__ import annotations

import ntpath
import re
import sys
from typing import NamedTuple, Protocol

from tmuxish.host.base import HostFacts
from tmuxish.pty.base import PaneProcess

# Programs that are there to run others: shells, and what starts a program without being one's business.
SHELLS = frozenset(
    {
        *(
            "ash",
            "bash",
            "cmd",
            "dash",
            "elvish",
            "fish",
            "ksh",
            "nu",
            "powershell",
            "pwsh",
            "sh",
            "xonsh",
            "zsh",
        ),
        *("conemuc", "env", "sudo", "winpty"),
        "wine-constub",  # in front of every program where these are tested without Windows
    }
)
# Shells that move about without taking their process along.
STAYING = frozenset({"powershell", "pwsh"})
# What the folder for temporary files is called.
TEMPORARY = ("temp", "tmp")
# The consoles themselves.
CONSOLES = frozenset({"conhost", "openconsole", "winpty-agent"})


class Process(NamedTuple):
    """A row of the list. name: its file's, with the extension."""

    pid: int
    parent: int
    name: str


class ProcessSystem(Protocol):
    """What is asked of the system."""

    def processes(self) -> list[Process]: ...

    def created(self, pid: int) -> int | None:
        """When it was; None if it is gone, or not ours to ask about. Any unit."""

    def folder(self, pid: int) -> str | None:
        """Its working directory; None as above."""


class WindowsFacts(HostFacts):
    """Facts of one moment."""

    def __init__(self, system: ProcessSystem | None = None) -> None:
        super().__init__()
        self._system = system or _this_system()
        self._children: dict[int, list[Process]] | None = None
        self._names: dict[int, str] = {}
        self._chains: dict[int, list[int]] = {}
        self._created: dict[int, int | None] = {}

    def command(self, process: PaneProcess) -> str | None:
        chain = self._chain(process)
        return _without_extension(self._names[chain[-1]]) if chain else None

    def path(self, process: PaneProcess) -> str | None:
        chain = self._chain(process)
        if chain and (launched := self._launched(chain[-1])) is not None:
            chain = [*chain, launched]
        # Another user's program does not tell; the shell that has started it does.
        for pid in reversed(chain):
            folder = self._system.folder(pid)
            if folder:
                return folder if folder.endswith(":\\") else folder.rstrip("\\")
        return None

    def _launched(self, pid: int) -> int | None:
        """The Python that runs for one of pip's launchers, which wait for it where temporary files are."""
        folder = self._system.folder(pid)
        child = self._newest(pid, self._all_children().get(pid, [])) if folder else None
        if child is None or not self._names[child].lower().startswith("python"):
            return None
        return child if ntpath.basename((folder or "").rstrip("\\")).lower() in TEMPORARY else None

    def _chain(self, process: PaneProcess) -> list[int]:
        """The pane's program, and one after the other what was started from it; empty if it has ended."""
        root = self.group(process)
        if root is None:
            return []
        if root not in self._chains:
            self._chains[root] = self._follow(root)
        return self._chains[root]

    def _follow(self, root: int) -> list[int]:
        children = self._all_children()
        if root not in self._names:
            return []
        chain = [root]
        while _without_extension(self._names[chain[-1]]).lower() in SHELLS:
            newest = self._newest(chain[-1], children.get(chain[-1], []))
            if newest is None or newest in chain:
                break
            chain.append(newest)
        return chain

    def _newest(self, parent: int, children: list[Process]) -> int | None:
        candidates = [child for child in children if _without_extension(child.name).lower() not in CONSOLES]
        born = self._when(parent)
        ages = [
            (created, child.pid)
            for child in candidates
            if (created := self._when(child.pid)) is not None and (born is None or created >= born)
        ]
        return max(ages)[1] if ages else None

    def _when(self, pid: int) -> int | None:
        if pid not in self._created:
            self._created[pid] = self._system.created(pid)
        return self._created[pid]

    def _all_children(self) -> dict[int, list[Process]]:
        if self._children is None:
            self._children = {}
            for process in self._system.processes():
                self._names[process.pid] = process.name
                if process.pid != process.parent:
                    self._children.setdefault(process.parent, []).append(process)
        return self._children


def told_folder(command: str | None, url: str) -> str | None:
    """Where PowerShell is, if its prompt tells (OSC 7, as the format `pane_path` has it): its process stays
    where it was started. None for other programs, and for what is no directory of this system.
    """
    if command is None or command.lower() not in STAYING:
        return None
    match = re.fullmatch(r"file:///?(?:[^/:]*/)?([A-Za-z]:/.*)", url)
    if match is None:
        return None
    from urllib.parse import unquote  # few prompts tell

    folder = unquote(match[1]).replace("/", "\\")
    return folder if folder.endswith(":\\") else folder.rstrip("\\")


def _without_extension(name: str) -> str:
    return name[:-4] if name[-4:].lower() in (".exe", ".com") else name


def _this_system() -> ProcessSystem:
    if sys.platform != "win32":
        raise NotImplementedError("only Windows has these processes")
    else:  # noqa: RET506 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.host.windows_system import SystemProcesses

        return SystemProcesses()
