"""Which programs may be a default shell, and what is one where nobody says."""

from __future__ import annotations

import os
import sys

from tmuxish import users

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.pty.windows_programs import Host

FALLBACK = "/bin/sh"
# Shells of Windows, the best first.
WINDOWS_SHELLS = ("pwsh", "powershell")


def is_usable(path: str) -> bool:
    """Whether `path` is a program to run as a shell: absolute, executable, and not tmux itself."""
    if sys.platform == "win32":
        return is_usable_on_windows(path, _host())
    return path.startswith("/") and os.path.basename(path) != "tmux" and os.access(path, os.X_OK)


def candidates() -> Iterator[str]:
    """What to try where $SHELL names no usable one."""
    if sys.platform == "win32":
        yield from windows_candidates(_host())
    else:
        yield users.own_shell() or ""
        yield FALLBACK


def fallback() -> str:
    """The shell in place of a default-shell that cannot be run."""
    return next(windows_candidates(_host())) if sys.platform == "win32" else FALLBACK


def variables(shell: str) -> dict[str, str]:
    """What tells a program its shell. On Windows only a POSIX shell is told: programs that look there expect
    one, and take any other for one (vim, agent tools).
    """
    if sys.platform == "win32":
        from tmuxish.pty.windows_commands import is_posix_shell

        if not is_posix_shell(shell):
            return {}
    return {"SHELL": shell}


def exec_argv(shell: str) -> list[str]:
    """The arguments that start a shell which is no login shell, where the system has a difference."""
    if sys.platform == "win32":
        return []
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        import shlex

        return [f"exec {shlex.quote(shell)}"]


def _host() -> Host:
    from tmuxish.pty.windows_programs import Host

    return Host(os.environ, "")


def is_usable_on_windows(path: str, host: Host) -> bool:
    """The same there. `/bin/bash` and the like are found where Git for Windows is."""
    import ntpath

    if not (ntpath.splitdrive(path)[0] or path.startswith("/")):
        return False
    found = host.find(path)
    return found is not None and ntpath.splitext(ntpath.basename(found))[0].lower() != "tmux"


def windows_candidates(host: Host) -> Iterator[str]:
    """PowerShell, the older PowerShell, cmd."""
    for name in WINDOWS_SHELLS:
        found = host.find(name)
        if found is not None:
            yield found
    yield host.comspec
