"""Files that match a pattern, as glob(3) finds them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from tmuxish.formats.patterns import glob_matches

_MAGIC = re.compile(r"[*?[]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def matching_files(pattern: str, folder: str) -> list[str]:
    """The paths that exist and match `pattern`, sorted by bytes.

    Relative ones are looked for in `folder`, whose name is no pattern, and begin with it.
    """
    body = pattern.rstrip("/")
    found = [""] if pattern.startswith("/") else [f"{folder}/"]
    for part in filter(None, re.split("(/+)", body)):
        if part.startswith("/"):
            found = [path + part for path in found]
        else:
            found = [path for start in found for path in _in_folder(start, part)]
    slashes = pattern[len(body) :]
    if slashes:
        # A name with a slash behind it may be a file's nevertheless, a pattern finds folders only.
        any_kind = not _MAGIC.search(body.rpartition("/")[2])
        found = [path + slashes * is_dir for path in found if (is_dir := os.path.isdir(path or "/")) or any_kind]
    return sorted(found, key=os.fsencode)


def _in_folder(folder: str, part: str) -> Iterable[str]:
    """What one part of a pattern finds in `folder`, which ends with a slash."""
    literal = _ESCAPED.sub(r"\1", part)
    if os.path.lexists(folder + literal):
        yield folder + literal
    if not _MAGIC.search(part):
        return
    try:
        names = os.listdir(folder)
    except OSError:  # as glob(3) without GLOB_ERR: what can't be read has no matches
        return
    for name in names:
        if (
            name != literal
            and (not name.startswith(".") or part.startswith("."))
            and glob_matches(part, name)
        ):
            yield folder + name
