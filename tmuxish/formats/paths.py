"""Paths: which are whole, what others are relative to, their parts as basename(3) and dirname(3) give them.

On Windows a path may be written with either slash, and begins with a drive or with two slashes and a host;
one that begins with a single slash is on the drive of whatever it is relative to. `windows` says which rules
count, those of this system unless told otherwise.
"""

from __future__ import annotations

import sys

WINDOWS = sys.platform == "win32"


def is_absolute(path: str, *, windows: bool = WINDOWS) -> bool:
    """Whether it names the same place wherever it is used; on Windows also if only the drive is missing."""
    if not windows:
        return path.startswith("/")
    return path.startswith(("/", "\\")) or path[1:3] in (":/", ":\\")


def joined(folder: str, path: str, *, windows: bool = WINDOWS) -> str:
    """`path`, which is relative to `folder` unless it is absolute."""
    if windows:
        import ntpath

        return ntpath.join(folder, path)
    return path if path.startswith("/") else f"{folder}/{path}"


def below_home(path: str, home: str, *, windows: bool = WINDOWS) -> str:
    """With `~/` at the beginning replaced."""
    return home + path[1:] if path.startswith(("~/", "~\\") if windows else "~/") else path


def basename(path: str, *, windows: bool = WINDOWS) -> str:
    """The last part, trailing slashes aside; `.` for nothing."""
    if not path:
        return "."
    drive, path = _split_drive(path, windows)
    stripped = path.rstrip(_slashes(windows))
    if not stripped:
        return drive + path[:1] if drive else path[:1]
    return stripped[_last_slash(stripped, windows) + 1 :]


def dirname(path: str, *, windows: bool = WINDOWS) -> str:
    """All but the last part; `.` if there is no more."""
    drive, path = _split_drive(path, windows)
    slashes = _slashes(windows)
    stripped = path.rstrip(slashes)
    at = _last_slash(stripped, windows)
    if at < 0:
        return drive + ("" if stripped else path[:1]) or "."
    return drive + (stripped[:at].rstrip(slashes) or stripped[at])


def _slashes(windows: bool) -> str:
    return "/\\" if windows else "/"


def _last_slash(path: str, windows: bool) -> int:
    return max(path.rfind(slash) for slash in _slashes(windows))


def _split_drive(path: str, windows: bool) -> tuple[str, str]:
    if not windows:
        return "", path
    import ntpath

    return ntpath.splitdrive(path)
