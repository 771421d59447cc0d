"""Parsed commands: what the queue runs, hooks and bindings hold, and list-keys prints."""

from __future__ import annotations

import itertools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tmuxish.grammar.command import Command
    from tmuxish.grammar.flags import Args

_groups = itertools.count(1)


def next_group() -> int:
    """A number for a new group: the commands that are dropped together when one of them fails."""
    return next(_groups)


class ParsedCommand:
    """One command with its arguments and where it was read.

    group: see next_group. verbose: it was read by `source-file -v`, which a nested source-file inherits.
    """

    __slots__ = ("args", "entry", "file", "group", "line", "verbose")

    def __init__(
        self,
        entry: Command,
        args: Args,
        file: str | None = None,
        line: int = 0,
        group: int = 0,
        verbose: bool = False,
    ) -> None:
        self.entry = entry
        self.args = args
        self.file = file
        self.line = line
        self.group = group
        self.verbose = verbose

    def __str__(self) -> str:
        args = str(self.args)
        return f"{self.entry.name} {args}" if args else self.entry.name

    def __repr__(self) -> str:
        return f"<ParsedCommand {self}>"


class CommandList:
    """Commands to run in order; immutable once handed out."""

    __slots__ = ("commands",)

    def __init__(self, commands: list[ParsedCommand] | None = None) -> None:
        self.commands = commands if commands is not None else []

    def __iter__(self) -> Iterator[ParsedCommand]:
        return iter(self.commands)

    def __len__(self) -> int:
        return len(self.commands)

    def __getitem__(self, index: int) -> ParsedCommand:
        return self.commands[index]

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<CommandList {self}>"

    def text(self, *, escaped: bool = False, groups: bool = True) -> str:
        """As tmux prints it: ` ; ` between commands and, if `groups`, ` ;; ` between groups.

        escaped: print the separators as `\\;` (list-keys does).
        """
        separator = "\\;" if escaped else ";"
        parts: list[str] = []
        previous: ParsedCommand | None = None
        for command in self.commands:
            if previous is not None:
                double = groups and command.group != previous.group
                parts.append(f" {separator * 2 if double else separator} ")
            parts.append(str(command))
            previous = command
        return "".join(parts)

    def starts_server(self) -> bool:
        """Whether any command may start a server."""
        return any(command.entry.start_server for command in self.commands)

    def read_only(self) -> bool:
        """Whether a read-only client may run all of it."""
        return all(command.entry.read_only for command in self.commands)

    def replaced(self, values: Sequence[str]) -> CommandList:
        """A copy with placeholders filled from `values`; see Args.replaced. Groups are kept apart."""
        copies: list[ParsedCommand] = []
        previous = group = 0
        for command in self.commands:
            if command.group != previous or not group:
                previous, group = command.group, next_group()
            args = command.args.replaced(values)
            copies.append(ParsedCommand(command.entry, args, command.file, command.line, group))
        return CommandList(copies)
