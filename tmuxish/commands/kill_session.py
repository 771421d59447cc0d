"""Destroy a session: its windows go unless another session links them. -a all others, -g its whole group,
-C only clears its alerts."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import SESSION, Command, Target
from tmuxish.model.session import Session


def run(ctx: Context) -> None:
    session = ctx.session()
    if ctx.args.has("C"):
        _clear_alerts(ctx, session)
        return
    if ctx.args.has("a"):
        doomed = [other for other in ctx.model.sorted_sessions() if other is not session]
    elif ctx.args.has("g") and session.group is not None:
        doomed = list(session.group.sessions)
    else:
        doomed = [session]
    for each in doomed:
        ctx.server.sessions.destroy(each)


def _clear_alerts(ctx: Context, session: Session) -> None:
    for winlink in session.winlinks.values():
        winlink.window.alerts = ()
        winlink.clear_alerts()
    ctx.server.clients.redraw_session(session)


COMMAND = Command("kill-session", None, "[-aCg] [-t target-session]", run=run, target=Target("t", SESSION))
