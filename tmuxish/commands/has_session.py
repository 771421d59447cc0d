"""Tell by the exit code whether a session exists. Resolving the target is all there is to it."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import SESSION, Command, Target


def run(ctx: Context) -> None:
    """The target was found, or this would not run."""


COMMAND = Command("has-session", "has", "[-t target-session]", run=run, target=Target("t", SESSION))
