"""Destroy a window in every session that links it; with -a all other windows of the session."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import WINDOW, Command, Target


def run(ctx: Context) -> None:
    session, window = ctx.session(), ctx.winlink().window
    windows = ctx.server.windows
    if not ctx.args.has("a"):
        windows.kill(window)
        return
    if len(session.winlinks) == 1:
        return
    for other in {winlink.window for winlink in session.winlinks.values()} - {window}:
        windows.kill(other, renumber=False)
    if sum(winlink.window is window for winlink in session.winlinks.values()) > 1:
        windows.kill(window, renumber=False)
    for each in ctx.model.sorted_sessions():
        ctx.server.sessions.renumber_if_asked(each)


COMMAND = Command("kill-window", "killw", "[-a] [-t target-window]", run=run, target=Target("t", WINDOW))
