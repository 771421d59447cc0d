"""Detach a client from its session: one, all others (-a), or all of a session (-s).

-P also hangs up on the client's parent process, -E has the client become a shell command.
"""

from __future__ import annotations

import sys

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import CAN_FAIL, SESSION, Command, Target
from tmuxish.model.client import Client


def run(ctx: Context) -> None:
    args, target = ctx.args, ctx.target_client
    assert target is not None  # the entry demands one
    if (
        ctx.client is not None
        and ctx.client.readonly
        and (args.has("s") or args.has("a") or target is not ctx.client)
    ):
        raise CommandError("client is read-only")
    if args.has("P") and sys.platform == "win32":
        raise CommandError("-P is not available on Windows, where nobody can hang up on a process")
    for client in _chosen(ctx, target):
        ctx.server.clients.detach(client, kill=args.has("P"), command=args.get("E"))


def _chosen(ctx: Context, target: Client) -> list[Client]:
    if ctx.args.has("s"):
        session = ctx.source.session
        return ctx.server.clients.attached_to(session) if session is not None else []
    if ctx.args.has("a"):
        attached = [client for client in ctx.model.clients.values() if client.session is not None]
        return [client for client in attached if client is not target]
    return [target]


COMMAND = Command(
    "detach-client",
    "detach",
    "[-aP] [-E shell-command] [-s target-session] [-t target-client]",
    run=run,
    source=Target("s", SESSION, CAN_FAIL),
    client="t",
    read_only=True,
)
