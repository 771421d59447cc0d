"""Take a window out of a session; one that no other session has only with -k, which ends it."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import WINDOW, Command, Target


def run(ctx: Context) -> None:
    sessions, winlink = ctx.server.sessions, ctx.winlink()
    if not ctx.args.has("k") and not sessions.is_linked_elsewhere(winlink):
        raise CommandError("window only linked to one session")
    sessions.unlink_or_destroy(winlink)
    ctx.server.windows.recalculate_sizes()


COMMAND = Command("unlink-window", "unlinkw", "[-k] [-t target-window]", run=run, target=Target("t", WINDOW))
