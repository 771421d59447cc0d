"""List the sessions."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.listing import order_of, print_each
from tmuxish.formats.sorting import sort_sessions
from tmuxish.grammar.command import Command
from tmuxish.targets import Found

TEMPLATE = (
    "#{session_name}: #{session_windows} windows (created #{t:session_created})"
    "#{?session_grouped, (group ,}#{session_group}#{?session_grouped,),}"
    "#{?session_attached, (attached),}"
)


def run(ctx: Context) -> None:
    sessions = sort_sessions(ctx.model.sorted_sessions(), order_of(ctx), ctx.args.has("r"))
    print_each(ctx, TEMPLATE, ((Found(session), None) for session in sessions))


COMMAND = Command("list-sessions", "ls", "[-r] [-F format] [-f filter] [-O order]", run=run, after_hook=True)
