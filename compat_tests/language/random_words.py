"""Random texts for the parser and random targets: the parts of the language thrown together."""

from __future__ import annotations

import random

from compat_tests.language.texts import lines

# <nl> and <tab> stand for what a line of the table can't hold.
_PIECES = [piece.replace("<nl>", "\n").replace("<tab>", "\t") for piece in lines("random_pieces")]
_SESSIONS = lines("random_sessions")
_WINDOWS = lines("random_windows")
_PANES = lines("random_panes")


def text(rng: random.Random) -> str:
    """Something like a configuration of a few words or lines."""
    return "".join(rng.choice(_PIECES) + rng.choice([" ", " ", " ", ""]) for _ in range(rng.randint(1, 14)))


def target(rng: random.Random) -> str:
    """Something like a target of a session, window or pane."""
    session, window, pane = rng.choice(_SESSIONS), rng.choice(_WINDOWS), rng.choice(_PANES)
    forms = [
        f"{session}:{window}.{pane}",
        f"{session}:{window}",
        f"{session}:",
        f":{window}",
        f":{window}.{pane}",
        window,
        f"{window}.{pane}",
        f".{pane}",
        pane,
        f"{session}:.{pane}",
        f"{session}.{pane}",
        session,
    ]
    return rng.choice(forms)
