"""List the paste buffers, newest first unless -O says otherwise."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.formats.expand import expand
from tmuxish.formats.sorting import NO_ORDER, parse_order, sort_buffers
from tmuxish.grammar.command import Command
from tmuxish.targets import Found

DEFAULT_TEMPLATE = '#{buffer_name}: #{buffer_size} bytes: "#{buffer_sample}"'


def run(ctx: Context) -> None:
    args = ctx.args
    order = parse_order(args.get("O"))
    if order == NO_ORDER and args.has("O"):
        raise CommandError("invalid sort order")
    template = ctx.template(DEFAULT_TEMPLATE)
    condition = args.get("f")
    for buffer in sort_buffers(ctx.model.buffers.newest_first(), order, args.has("r")):
        # A buffer belongs to no session: the variables of sessions, windows and panes are empty here.
        scope = ctx.server.scope(Found(), requester=ctx.client, inherited=ctx.variables, buffer=buffer)
        if condition is None or expand(condition, scope) not in ("", "0"):
            ctx.print(expand(template, scope))


COMMAND = Command(
    "list-buffers",
    "lsb",
    "[-F format] [-f filter] [-O order]",
    run=run,
    after_hook=True,
    extra_flags="r",
)
