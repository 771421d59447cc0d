"""Commands given to another one to be run later, when the placeholders in them can be filled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tmuxish.commands.context import Context
from tmuxish.grammar.nodes import CommandList
from tmuxish.grammar.templates import replace_all

_FIRST_WORD = re.compile("[^ ,]*")


class DeferredCommands:
    """The commands of an operand, a block or a string with `%1`, `%%` ... in it."""

    def __init__(self, ctx: Context, index: int = 0, *, default: str = "", expand: bool = False) -> None:
        """`default` stands for an operand that is missing; expand: a string is a format first."""
        operands = ctx.args.operands
        given = operands[index] if index < len(operands) else default
        if expand and isinstance(given, str):
            given = ctx.format(given)
        self._server = ctx.server
        self._commands = given
        self._place = ctx.file, ctx.line

    @property
    def name(self) -> str:
        """The name of the first command, for a prompt."""
        commands = self._commands
        if isinstance(commands, CommandList):
            return commands[0].entry.name if commands else ""
        match = _FIRST_WORD.match(commands)
        return match[0] if match is not None else ""

    def fill(self, values: Sequence[str] = ()) -> CommandList:
        """The commands, with placeholders 1, 2, ... replaced by `values`. Raises ParseError."""
        if isinstance(self._commands, CommandList):
            return self._commands.replaced(values) if values else self._commands
        return self._server.parse_stored(replace_all(self._commands, values), *self._place)
