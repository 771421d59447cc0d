"""Unbind a key of a key table, or with -a all of them. -q says nothing of what is not there."""

from __future__ import annotations

from tmuxish.commands.bind_key import table_of
from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar import keys
from tmuxish.grammar.command import Command


def run(ctx: Context) -> None:
    try:
        _unbind(ctx)
    except CommandError:
        if ctx.args.has("q"):
            raise CommandError("") from None  # still a failure
        raise


def _unbind(ctx: Context) -> None:
    args, tables = ctx.args, ctx.server.key_tables
    name, table = args.text(0), table_of(args)
    if args.has("a"):
        if name is not None:
            raise CommandError("key given with -a")
        _check_table(ctx, table)
        tables.remove_table(table)
        ctx.server.clients.key_table_removed(table)
        return
    if name is None:
        raise CommandError("missing key")
    key = keys.string_to_key(name)
    if key in (keys.NONE, keys.UNKNOWN):
        raise CommandError(f"unknown key: {name}")
    if args.has("T"):
        _check_table(ctx, table)
    tables.unbind(table, key)


def _check_table(ctx: Context, name: str) -> None:
    if ctx.server.key_tables.get(name) is None:
        raise CommandError(f"table {name} doesn't exist")


COMMAND = Command(
    "unbind-key",
    "unbind",
    "[-anq] [-T key-table] key",
    run=run,
    after_hook=True,
    min_operands=0,
)
