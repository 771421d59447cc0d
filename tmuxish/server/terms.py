"""Which TERM a pane gets: default-terminal, or where the host does not know that, the best entry it has.

Bare containers have few terminfo entries or none. A program that finds no entry for its TERM gives up or
falls back to a dumb terminal, so an entry that exists and is true enough of us is better (a deviation).
"""

from __future__ import annotations

import os
import sys

# What stands in for an entry that is missing, best first. All of them describe a subset of what we do.
FALLBACKS = ("tmux-256color", "screen-256color", "tmux", "screen", "xterm-256color", "xterm", "vt100", "ansi")
FOLDERS = (
    "/etc/terminfo",
    "/lib/terminfo",
    "/usr/lib/terminfo",
    "/usr/share/terminfo",
    "/usr/share/lib/terminfo",
    "/usr/local/share/terminfo",
)


def terminfo_folders() -> list[str]:
    """Where terminfo entries are looked for, in order."""
    folders = [os.environ.get("TERMINFO", "")]
    if home := os.environ.get("HOME"):
        folders.append(os.path.join(home, ".terminfo"))
    folders += os.environ.get("TERMINFO_DIRS", "").split(os.pathsep)
    return [folder for folder in [*folders, *_system_folders()] if folder]


def _system_folders() -> list[str]:
    """Those of the system. On Windows only what comes with Git Bash reads terminfo; it has few entries."""
    if sys.platform != "win32":
        return list(FOLDERS)
    else:  # noqa: RET505 - mypy skips what another platform does not have only in an explicit branch
        from tmuxish.pty.windows_programs import Host

        root = Host(os.environ, "").git_root()
        return [] if root is None else [root + folder for folder in FOLDERS]


def has_entry(name: str) -> bool:
    """Whether this host's terminfo describes `name` (by first letter or its hexadecimal code)."""
    if not name or "/" in name:
        return False
    subfolders = (name[0], f"{ord(name[0]):x}")
    return any(
        os.path.exists(os.path.join(folder, sub, name)) for folder in terminfo_folders() for sub in subfolders
    )


_best: dict[str, str] = {}  # as many as default-terminal has had values


def best_term(wanted: str) -> str:
    """`wanted` if the host knows it or knows nothing better; looked for once."""
    found = _best.get(wanted)
    if found is None:
        known = has_entry(wanted)
        found = _best[wanted] = wanted if known else next(filter(has_entry, FALLBACKS), wanted)
    return found
