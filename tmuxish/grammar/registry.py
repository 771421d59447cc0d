"""Looking commands up by name, alias or unique prefix."""

from __future__ import annotations

from tmuxish.grammar.command import Command
from tmuxish.grammar.errors import ParseError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Registry:
    """All commands there are, in the order in which list-commands shows them.

    names: of all, in that order. aliases: names by alias. load: makes a command's entry when it is wanted.
    """

    def __init__(
        self, names: Iterable[str], aliases: Mapping[str, str], load: Callable[[str], Command]
    ) -> None:
        self._names = list(names)
        self._aliases = {**{name: name for name in self._names}, **aliases}
        self._load = load
        self._known: dict[str, Command] = {}

    @classmethod
    def of(cls, commands: Iterable[Command]) -> Registry:
        """One of entries that are there already."""
        entries = {command.name: command for command in commands}
        aliases = {command.alias: name for name, command in entries.items() if command.alias}
        return cls(entries, aliases, entries.__getitem__)

    def __iter__(self) -> Iterator[Command]:
        return (self.find(name) for name in self._names)

    def __len__(self) -> int:
        return len(self._names)

    def find(self, name: str) -> Command:
        """The command of this name or alias, or the only one whose name begins so; raise ParseError."""
        command = self._known.get(name)
        if command is None:
            full = self._aliases.get(name) or self._only_one(name)
            command = self._known.get(full) or self._load(full)
            self._known[name] = self._known[full] = command
        return command

    def _only_one(self, prefix: str) -> str:
        """The only command whose name begins so."""
        found = [name for name in self._names if name.startswith(prefix)]
        if not found:
            raise ParseError(f"unknown command: {prefix}")
        if len(found) > 1:
            raise ParseError(f"ambiguous command: {prefix}, could be: {', '.join(found)}")
        return found[0]
