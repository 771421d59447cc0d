"""Make a window current: the one named, or the next, previous or last one."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import WINDOW, Command, Target


def run(ctx: Context) -> None:
    args, session, sessions = ctx.args, ctx.session(), ctx.server.sessions
    if args.has("n"):
        _must(sessions.select_next(session), "next")
    elif args.has("p"):
        _must(sessions.select_previous(session), "previous")
    elif args.has("l") or (args.has("T") and ctx.winlink() is session.current):
        _must(sessions.select_last(session), "last")
    else:
        sessions.set_current(session, ctx.winlink())
    finish(ctx)


def _must(moved: bool, which: str) -> None:
    if not moved:
        raise CommandError(f"no {which} window")


def finish(ctx: Context) -> None:
    """After the session's current window has changed: it is current for the commands that follow too."""
    session = ctx.session()
    current = session.current
    if current is None:
        return
    ctx.state.current = ctx.server.found_for(session, current.window)
    ctx.server.clients.redraw_session(session)
    if ctx.client is not None and ctx.client.session is not None:
        current.window.latest = ctx.client
    ctx.server.windows.recalculate_sizes()


COMMAND = Command(
    "select-window",
    "selectw",
    "[-lnpT] [-t target-window]",
    run=run,
    target=Target("t", WINDOW),
    after_hook=True,
)
