"""Bind a key to commands in a key table: the prefix table, -n the root table, -T another.

Without commands only the note (-N) and the repeat flag (-r) of an existing binding change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar import keys
from tmuxish.grammar.command import Command, every_operand
from tmuxish.grammar.nodes import CommandList
from tmuxish.grammar.parser import parse_argv, parse_text

if TYPE_CHECKING:
    from tmuxish.grammar.flags import Args


def run(ctx: Context) -> None:
    args = ctx.args
    name = args.text(0) or ""
    key = keys.string_to_key(name)
    if key in (keys.NONE, keys.UNKNOWN):
        raise CommandError(f"unknown key: {name}")
    commands = _commands(ctx)
    ctx.server.key_tables.bind(table_of(args), key, commands, args.get("N"), args.has("r"))


def table_of(args: Args) -> str:
    """The table that -T or -n name."""
    named = args.get("T")
    if named is not None:
        return named
    return "root" if args.has("n") else "prefix"


def _commands(ctx: Context) -> CommandList | None:
    """What the key is to do; None where only its note or flag is to change. Raises ParseError."""
    operands = ctx.args.operands[1:]
    if not operands:
        return None
    context = ctx.server.parse_context()
    if len(operands) > 1:
        return parse_argv(operands, context=context)
    (only,) = operands
    return only if isinstance(only, CommandList) else parse_text(only, context=context)


COMMAND = Command(
    "bind-key",
    "bind",
    "[-nr] [-T key-table] [-N note] key [command [argument ...]]",
    run=run,
    after_hook=True,
    blocks=every_operand,
)
