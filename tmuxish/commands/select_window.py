"""Make a window current: the one named, or the next, previous or last one."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import WINDOW, Command, Target
from tmuxish.targets import from_session


def run(ctx: Context) -> None:
    args, session, sessions = ctx.args, ctx.session(), ctx.server.sessions
    if args.has("n"):
        select_next(ctx)
    elif args.has("p"):
        select_previous(ctx)
    elif args.has("l"):
        select_last(ctx)
    else:
        toggles = args.has("T") and ctx.winlink() is session.current
        if toggles and not sessions.select_last(session):
            raise CommandError("no last window")
        if toggles:
            _selected(ctx, follow=ctx.current.session is session)
        else:
            _selected(ctx, follow=sessions.set_current(session, ctx.winlink()))


def select_next(ctx: Context) -> None:
    """Go to the next window of the target session (also next-window), with -a the next with an alert."""
    if not ctx.server.sessions.select_next(ctx.session(), ctx.args.has("a")):
        raise CommandError("no next window")
    _selected(ctx)


def select_previous(ctx: Context) -> None:
    """Go to the previous window (also previous-window), with -a the previous with an alert."""
    if not ctx.server.sessions.select_previous(ctx.session(), ctx.args.has("a")):
        raise CommandError("no previous window")
    _selected(ctx)


def select_last(ctx: Context) -> None:
    """Go to the window that was current before (also last-window)."""
    if not ctx.server.sessions.select_last(ctx.session()):
        raise CommandError("no last window")
    _selected(ctx)


def _selected(ctx: Context, *, follow: bool = True) -> None:
    """A window was selected; `follow` makes it current for the commands after this one too."""
    session = ctx.session()
    if follow:
        ctx.state.current = from_session(session)
        ctx.server.clients.redraw_session(session)
    ctx.insert_hook("after-select-window", ctx.current)
    if ctx.client is not None and ctx.client.session is not None and session.current is not None:
        session.current.window.latest = ctx.client
    ctx.server.windows.recalculate_sizes()


COMMAND = Command(
    "select-window",
    "selectw",
    "[-lnpT] [-t target-window]",
    run=run,
    target=Target("t", WINDOW),
)
