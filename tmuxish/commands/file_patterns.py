"""Files that match a pattern, as glob(3) finds them."""

from __future__ import annotations

import os
import re

from tmuxish.formats.paths import WINDOWS
from tmuxish.formats.patterns import glob_matches

_MAGIC = re.compile(r"[*?]|\[.*\]", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def matching_files(pattern: str, folder: str, *, windows: bool = WINDOWS) -> list[str]:
    """The paths that exist and match `pattern`, sorted by bytes.

    Relative ones are looked for in `folder`, whose name is no pattern, and begin with it. On Windows a
    backslash is a slash; everywhere else it takes the meaning from the character behind it.
    """
    drive = ""
    if windows:
        import ntpath

        drive, pattern = ntpath.splitdrive(pattern.replace("\\", "/"))
        if pattern.startswith("/"):
            drive = drive or ntpath.splitdrive(folder)[0]
    body = pattern.rstrip("/")
    found = [drive] if drive or pattern.startswith("/") else [f"{folder}/"]
    for part in filter(None, re.split("(/+)", body)):
        if part.startswith("/"):
            found = [path + part for path in found]
        else:
            found = [path for start in found for path in _in_folder(start, part)]
    slashes = pattern[len(body) :]
    if slashes:
        # A name with a slash behind it may be a file's nevertheless, a pattern finds folders only.
        named = not _MAGIC.search(body.rpartition("/")[2])
        folders = {path for path in found if os.path.isdir(path or "/")}
        found = [path + slashes if path in folders else path for path in found if named or path in folders]
    return sorted(found, key=os.fsencode)


def _in_folder(folder: str, part: str) -> list[str]:
    """What one part of a pattern finds in `folder`, which ends with a slash."""
    if not _MAGIC.search(part):
        path = folder + _ESCAPED.sub(r"\1", part)
        return [path] if os.path.lexists(path) else []
    try:
        names = os.listdir(folder)
    except OSError:  # as glob(3) without GLOB_ERR: what can't be read has no matches
        return []
    dots = part.startswith(".")
    return [
        folder + name for name in names if (dots or not name.startswith(".")) and glob_matches(part, name)
    ]
