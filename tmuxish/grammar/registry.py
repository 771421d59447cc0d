"""Looking commands up by name, alias or unique prefix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tmuxish.grammar.command import Command
from tmuxish.grammar.errors import ParseError


class Registry:
    """All commands there are, in the order in which list-commands shows them."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = list(commands)
        self._known = {command.name: command for command in self._commands}
        self._known.update((command.alias, command) for command in self._commands if command.alias)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)

    def find(self, name: str) -> Command:
        """The command of this name or alias, or the only one whose name begins so; raise ParseError."""
        command = self._known.get(name)
        if command is not None:
            return command
        found = [command for command in self._commands if command.name.startswith(name)]
        if not found:
            raise ParseError(f"unknown command: {name}")
        if len(found) > 1:
            names = ", ".join(command.name for command in found)
            raise ParseError(f"ambiguous command: {name}, could be: {names}")
        self._known[name] = found[0]
        return found[0]
