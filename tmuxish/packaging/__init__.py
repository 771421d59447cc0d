"""How the package is built: pip calls `backend`; nothing here is wanted when `tmux` runs."""

from __future__ import annotations

import os

UNIVERSAL = "TMUXISH_UNIVERSAL"


def refused(variable: str) -> str:
    """That the builder's environment refuses something, by that variable or as what is not for every system;
    "" if it does not.
    """
    return next((f"{name} is set" for name in (variable, UNIVERSAL) if os.environ.get(name)), "")
