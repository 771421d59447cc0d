"""Let two windows trade places, also between sessions; with -d select the places they came to."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import DEFAULT_MARKED, WINDOW, Command, Target


def run(ctx: Context) -> None:
    sessions, source, target = ctx.server.sessions, ctx.source.winlink, ctx.winlink()
    assert source is not None
    if (
        source.session is not target.session
        and source.session.group is not None
        and source.session.group is target.session.group
    ):
        raise CommandError("can't move window, sessions are grouped")
    if source.window is target.window:
        return
    sessions.swap(source, target)
    both = dict.fromkeys((target.session, source.session))
    if ctx.args.has("d"):
        sessions.set_current(target.session, target)
        if len(both) > 1:
            sessions.set_current(source.session, source)
    for session in reversed(both):
        sessions.synchronize_and_redraw(session)
    ctx.server.windows.recalculate_sizes()


COMMAND = Command(
    "swap-window",
    "swapw",
    "[-d] [-s src-window] [-t dst-window]",
    run=run,
    source=Target("s", WINDOW, DEFAULT_MARKED),
    target=Target("t", WINDOW),
)
