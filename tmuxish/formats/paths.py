"""Parts of a path, as basename(3) and dirname(3) tell them."""

from __future__ import annotations


def basename(path: str) -> str:
    """The last part, trailing slashes aside; `.` for nothing."""
    if not path:
        return "."
    stripped = path.rstrip("/")
    return stripped[stripped.rfind("/") + 1 :] if stripped else "/"


def dirname(path: str) -> str:
    """All but the last part; `.` if there is no more."""
    stripped = path.rstrip("/")
    if not stripped:
        return "/" if path else "."
    if "/" not in stripped:
        return "."
    return stripped[: stripped.rfind("/")].rstrip("/") or "/"
