"""Which of our modules are compiled to extension modules, and what it takes to do so."""

from __future__ import annotations

import os
from typing import Any

REFUSAL = "TMUXISH_PURE"


class Refused(Exception):
    """No extension modules are built; the text says why."""


def requirements(*, editable: bool) -> list[str]:
    """What pip must install into the build's environment for `extensions` to work."""
    return []


def extensions(*, editable: bool) -> list[Any]:
    """setuptools' descriptions of the extension modules; none if there is nothing to compile.

    Raises Refused with the reason if they cannot be made here, or are not wanted.
    """
    if os.environ.get(REFUSAL):
        raise Refused(f"{REFUSAL} is set")
    return []
