"""The commands of the language, one module each.

A module is named after its command (`kill_session.py` has kill-session; near twins share one) and holds one
`Command` entry per command. `TABLE` knows them all; it is what list-commands prints and the grammar looks in.
"""

from __future__ import annotations

import importlib
import os

from tmuxish.grammar.command import Command
from tmuxish.grammar.registry import Registry

# Modules of this package that are no commands.
HELPERS = frozenset(
    (
        "client_files",
        "context",
        "deferred",
        "errors",
        "file_patterns",
        "listing",
        "option_places",
        "overlay_position",
        "pane_input",
        "spawning",
    )
)
# tmux lists its commands by name, but for this pair, which errors about ambiguous names show too.
BEFORE = {"display-popup": "display-panes"}


def _place(command: Command) -> tuple[str, bool]:
    """Where it stands in the list of all commands."""
    follower = BEFORE.get(command.name)
    return (command.name, True) if follower is None else (follower, False)


def _load() -> Registry:
    commands: list[Command] = []
    # Not pkgutil: it brings inspect, 10 ms of a cold start.
    for file in os.listdir(os.path.dirname(__file__)):
        name, extension = os.path.splitext(file)
        if extension == ".py" and name != "__init__" and name not in HELPERS:
            loaded = importlib.import_module(f"{__name__}.{name}")
            commands += [entry for entry in vars(loaded).values() if isinstance(entry, Command)]
    return Registry(sorted(commands, key=_place))


TABLE = _load()
