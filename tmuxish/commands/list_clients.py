"""List the attached clients, with -t those of one session."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.listing import order_of, print_each
from tmuxish.formats.sorting import attached_clients, sort_clients
from tmuxish.grammar.command import SESSION, Command, Target
from tmuxish.targets import Found

TEMPLATE = (
    "#{client_name}: #{session_name} [#{client_width}x#{client_height} #{client_termname}] "
    "#{?#{!=:#{client_uid},#{uid}},[user #{?client_user,#{client_user},#{client_uid},}] ,}"
    "#{?client_flags,(,}#{client_flags}#{?client_flags,),}"
)


def run(ctx: Context) -> None:
    clients = sort_clients(attached_clients(ctx.model), order_of(ctx), ctx.args.has("r"))
    if ctx.args.has("t"):
        clients = [client for client in clients if client.session is ctx.target.session]
    print_each(ctx, TEMPLATE, ((Found(), client) for client in clients))


COMMAND = Command(
    "list-clients",
    "lsc",
    "[-F format] [-f filter] [-O order][-t target-session]",
    run=run,
    target=Target("t", SESSION),
    extra_flags="r",
    read_only=True,
    after_hook=True,
)
