"""List key bindings as commands that would make them, or with -N the notes of the usual ones.

Where there is just one line, tmux 3.7c shows it in the status line of the client that asks, or else of the
one used last, instead of printing it; where nobody is attached it goes to the message log alone (measured).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.listing import order_of
from tmuxish.formats.expand import expand
from tmuxish.formats.trim import text_width
from tmuxish.grammar import keys
from tmuxish.grammar.command import Command
from tmuxish.keys.order import sort_bindings
from tmuxish.keys.tables import PREFIX, ROOT, Binding, KeyTable
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPLATE = (
    "#{?notes_only,#{key_prefix} #{p|#{key_string_width}:key_string} "
    "#{?key_note,#{key_note},#{key_command}},"
    "bind-key #{?key_has_repeat,#{?key_repeat,-r,  },} -T #{p|#{key_table_width}:key_table} "
    "#{p|#{key_string_width}:#{q|a:key_string}} #{key_command}}"
)

Row = tuple[KeyTable, Binding]


def run(ctx: Context) -> None:
    args = ctx.args
    only = _key(args.text(0))
    rows = _rows(ctx)
    shown = rows
    if args.has("N") and not args.has("a"):
        shown = [row for row in shown if row[1].note is not None]
    if only is not None:
        shown = [row for row in shown if row[1].key == only]
    single = args.has("1")
    if single:
        # tmux takes the first row there is, also where none was left.
        shown = (shown or rows)[:1]
    shared = {
        "notes_only": str(int(args.has("N"))),
        "key_prefix": _prefix(ctx),
        "key_has_repeat": str(int(any(binding.repeat for _, binding in shown))),
        "key_string_width": str(_widest(keys.key_to_string(binding.key) for _, binding in shown)),
        "key_table_width": str(_widest(table.name for table, _ in shown)),
    }
    for table, binding in shown:
        line = _line(ctx, table, binding, shared)
        if len(shown) == 1:
            ctx.server.clients.message(ctx.target_client, line, styled=False)
        elif line:
            ctx.print(line)


def _key(name: str | None) -> int | None:
    if name is None:
        return None
    key = keys.string_to_key(name)
    if key == keys.UNKNOWN:
        raise CommandError(f"invalid key: {name}")
    return key & (keys.MASK_KEY | keys.MASK_MODIFIERS)


def _rows(ctx: Context) -> list[Row]:
    """The bindings of the tables asked for, in the order asked for."""
    args, tables = ctx.args, ctx.server.key_tables
    order, reverse = order_of(ctx), args.has("r")
    name = args.get("T")
    if name is not None:
        table = tables.get(name)
        if table is None:
            raise CommandError(f"table {name} doesn't exist")
        return sort_bindings(_bindings(table), order, reverse)
    if args.has("N"):
        notable = (tables.get(PREFIX), tables.get(ROOT))
        return [
            row
            for table in notable
            if table is not None
            for row in sort_bindings(_bindings(table), order, reverse)
        ]
    everything = [row for table in tables.sorted_tables() for row in _bindings(table)]
    return sort_bindings(everything, order, reverse)


def _bindings(table: KeyTable) -> list[Row]:
    return [(table, binding) for binding in table.sorted_bindings()]


def _prefix(ctx: Context) -> str:
    given = ctx.args.get("P")
    if given is not None:
        return given
    key = ctx.server.key_option(ctx.model.session_options, "prefix")
    return "" if key == keys.NONE else keys.key_to_string(key)


def _widest(texts: Iterable[str]) -> int:
    return max(map(text_width, texts), default=0)


def _line(ctx: Context, table: KeyTable, binding: Binding, shared: dict[str, str]) -> str:
    extras = {
        **shared,
        "key_repeat": str(int(binding.repeat)),
        "key_note": binding.note or "",
        "key_table": table.name,
        "key_string": keys.key_to_string(binding.key),
        "key_command": binding.commands.text(escaped=True, groups=False),
    }
    # A binding belongs to no session: the variables of sessions, windows and panes are empty here.
    scope = ctx.server.scope(Found(), requester=ctx.client, inherited=ctx.variables, extras=extras)
    return expand(ctx.template(TEMPLATE), scope)


COMMAND = Command(
    "list-keys",
    "lsk",
    "[-1aNr] [-F format] [-O order] [-P prefix-string][-T key-table] [key]",
    run=run,
    start_server=True,
    after_hook=True,
)
