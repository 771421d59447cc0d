"""Let other users of this host use the server, or no longer; with -l list them.

It does not change the socket's permissions: that is for its owner to do.
"""

from __future__ import annotations

import sys

from tmuxish import users
from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command

UNAVAILABLE = "server-access is not available on Windows: only the user who runs the server can use it"


def run(ctx: Context) -> None:
    if sys.platform == "win32":
        raise CommandError(UNAVAILABLE)
    args, access = ctx.args, ctx.server.access
    if args.has("l"):
        for name, writes in access.listed():
            ctx.print(f"{name} ({'W' if writes else 'R'})")
        return
    name, uid = _user(ctx)
    if uid in (users.ROOT, users.own_uid()):
        raise CommandError(f"{name} owns the server, can't change access")
    if args.has("a") and args.has("d"):
        raise CommandError("-a and -d cannot be used together")
    if args.has("w") and args.has("r"):
        raise CommandError("-r and -w cannot be used together")
    if args.has("d"):
        if not access.allows(uid):
            raise CommandError(f"user {name} not found")
        access.deny(uid)
        return
    if args.has("a") and access.allows(uid):
        raise CommandError(f"user {name} is already added")
    if any(args.has(flag) for flag in "arw"):
        access.allow(uid)
    if args.has("w") or args.has("r"):
        access.set_writes(uid, args.has("w"))


def _user(ctx: Context) -> tuple[str, int]:
    if not ctx.args.operands:
        raise CommandError("missing user argument")
    name = ctx.format(ctx.args.text(0) or "")
    uid = users.uid_of(name)
    if uid is None:
        raise CommandError(f"unknown user: {name}")
    return name, uid


COMMAND = Command(
    "server-access",
    None,
    "[-adlrw] [-t target-pane] [user]",
    run=run,
    client_can_fail=True,
    refused_flags="t",
)
