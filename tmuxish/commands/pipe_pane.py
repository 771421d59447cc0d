"""Pipe what a pane prints into a shell command, or what a command prints into the pane (-I), or both.

Without a command an open pipe is closed. -o opens one only if none was open, so that one key can toggle it.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.formats.expand import expand_time
from tmuxish.grammar.command import PANE, Command, Target


def run(ctx: Context) -> None:
    args, pane, panes = ctx.args, ctx.pane(), ctx.server.panes
    if panes.process_of(pane) is None:
        raise CommandError("target pane has exited")
    had_pipe = panes.close_pipe(pane)
    command = args.text(0)
    if not command or (args.has("o") and had_pipe):
        return
    expanded = expand_time(command, ctx.scope())
    panes.pipe(pane, expanded, reads=args.has("O") or not args.has("I"), writes=args.has("I"))


COMMAND = Command(
    "pipe-pane",
    "pipep",
    "[-IOo] [-t target-pane] [shell-command]",
    run=run,
    target=Target("t", PANE),
    after_hook=True,
)
