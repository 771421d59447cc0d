"""The one exception of commands: its text is what the user reads."""

from __future__ import annotations


class CommandError(Exception):
    """A command can't do what it was asked. The text goes to stderr as it is; the exit code is 1."""
