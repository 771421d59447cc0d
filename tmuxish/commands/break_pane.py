"""Break a pane off into a window of its own; the only pane of a window takes that window along."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.move_window import index_for
from tmuxish.grammar.command import PANE, WINDOW, WINDOW_INDEX, Command, Target
from tmuxish.model.pane import Pane
from tmuxish.model.session import Winlink
from tmuxish.model.vis import clean_name
from tmuxish.model.window import Window
from tmuxish.targets import Found, from_session

DEFAULT_TEMPLATE = "#{session_name}:#{window_index}.#{pane_index}"


def run(ctx: Context) -> None:
    args, pane, source = ctx.args, ctx.source.pane, ctx.source.winlink
    assert pane is not None and source is not None
    text = args.get("n")
    name = clean_name(text) if text is not None else None
    if text is not None and name is None:
        raise CommandError(f"invalid window name: {text}")
    index = index_for(ctx, ctx.target)
    ctx.server.windows.unzoom(pane.window)
    if len(pane.window.panes) == 1:
        winlink = _move_window(ctx, source, index, name)
    else:
        winlink = _break(ctx, pane, index, name)
        for session in dict.fromkeys((source.session, ctx.session())):
            ctx.server.clients.redraw_session(session)
            ctx.server.sessions.redraw_group_of(session)
    if args.has("P"):
        found = Found(ctx.session(), winlink, pane)
        ctx.print(ctx.format(ctx.template(DEFAULT_TEMPLATE), found))


def _move_window(ctx: Context, source: Winlink, index: int | None, name: str | None) -> Winlink:
    session, window = ctx.session(), source.window
    ctx.server.sessions.link_to(source, session, index, kill=False, select=not ctx.args.has("d"))
    if name is not None:
        _set_name(ctx, window, name)
    ctx.server.sessions.unlink_or_destroy(source)
    moved = session.first_winlink_of(window)
    assert moved is not None
    return moved


def _break(ctx: Context, pane: Pane, index: int | None, name: str | None) -> Winlink:
    session, windows = ctx.session(), ctx.server.windows
    if index is not None and index in session.winlinks:
        raise CommandError(f"index in use: {index}")
    window = ctx.server.pane_moves.break_off(pane, ctx.target_client)
    if name is None:
        windows.rename(window, windows.default_name(window))
        windows.schedule_rename(window)
    else:
        _set_name(ctx, window, name)
    winlink = ctx.server.sessions.link(session, window, index)
    if not ctx.args.has("d"):
        ctx.server.sessions.set_current(session, winlink)
        ctx.state.current = from_session(session)
    return winlink


def _set_name(ctx: Context, window: Window, name: str) -> None:
    ctx.server.windows.rename(window, name)
    window.options.set("automatic-rename", 0)


COMMAND = Command(
    "break-pane",
    "breakp",
    "[-abdP] [-F format] [-n window-name] [-s src-pane] [-t dst-window]",
    run=run,
    source=Target("s", PANE),
    target=Target("t", WINDOW, WINDOW_INDEX),
)
