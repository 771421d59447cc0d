"""Link a window into a session, or move it there; or with move-window -r close the gaps in the indexes."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import QUIET, SESSION, WINDOW, WINDOW_INDEX, Command, Target
from tmuxish.model.session import LAST_INDEX, Session, Winlink
from tmuxish.targets import Found


def run_move(ctx: Context) -> None:
    if ctx.args.has("r"):
        session = ctx.find(ctx.args.get("t"), SESSION, QUIET).session
        assert session is not None
        ctx.server.sessions.renumber(session)
        ctx.server.windows.recalculate_sizes()
        return
    winlink = _link(ctx)
    ctx.server.sessions.unlink_or_destroy(winlink)
    _finish(ctx, winlink.session)


def run_link(ctx: Context) -> None:
    _finish(ctx, _link(ctx).session)


def _link(ctx: Context) -> Winlink:
    """Link the source where -t says; return the source's own link."""
    args, winlink = ctx.args, ctx.source.winlink
    assert winlink is not None
    found = ctx.find(args.get("t"), WINDOW, WINDOW_INDEX)
    assert found.session is not None
    index = index_for(ctx, found)
    ctx.server.sessions.link_to(winlink, found.session, index, kill=args.has("k"), select=not args.has("d"))
    return winlink


def index_for(ctx: Context, found: Found) -> int | None:
    """The index that -t names, or with -a or -b one that is freed after or before it (also break-pane)."""
    if not ctx.args.has("a") and not ctx.args.has("b"):
        return found.index
    beside = found.winlink or (found.session.current if found.session is not None else None)
    room = None
    if beside is not None:
        room = ctx.server.sessions.make_room(beside, before=ctx.args.has("b"))
    if room is None:
        raise CommandError(f"index in use: {LAST_INDEX}")  # tmux fails without a word, or crashes
    return room


def _finish(ctx: Context, source: Session) -> None:
    # With -s the window that left was named, and the gap stays.
    if not ctx.args.has("s") and source.options.get_flag("renumber-windows"):
        ctx.server.sessions.renumber(source)
    ctx.server.windows.recalculate_sizes()


MOVE = Command(
    "move-window",
    "movew",
    "[-abdkr] [-s src-window] [-t dst-window]",
    run=run_move,
    source=Target("s", WINDOW),
)
LINK = Command(
    "link-window",
    "linkw",
    "[-abdk] [-s src-window] [-t dst-window]",
    run=run_link,
    source=Target("s", WINDOW),
)
