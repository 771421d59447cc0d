"""Move a pane beside another, whose room is split as by split-window. join-pane and move-pane are one."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.split_window import make_cell
from tmuxish.grammar.command import DEFAULT_MARKED, PANE, Command, Target
from tmuxish.targets import from_session


def run(ctx: Context) -> None:
    server, session, target, source = ctx.server, ctx.session(), ctx.pane(), ctx.source.pane
    assert source is not None
    window, old = target.window, source.window
    server.windows.unzoom(window)
    server.windows.unzoom(old)
    if source is target:
        raise CommandError("source and target panes must be different")
    server.pane_moves.join(source, target, make_cell(ctx, window, target))
    server.windows.recalculate_sizes()
    if ctx.args.has("d"):
        server.clients.redraw_status(session)
    else:
        server.windows.set_active(window, source)
        server.sessions.set_current(session, ctx.winlink())
        ctx.state.current = from_session(session)
        server.clients.redraw_session(session)
    if not old.panes:
        server.windows.kill(old)
    else:
        server.windows.layout_changed(old)
    server.windows.layout_changed(window)


def _entry(name: str, alias: str) -> Command:
    return Command(
        name,
        alias,
        "[-bdfhv] [-l size] [-s src-pane] [-t dst-pane]",
        run=run,
        source=Target("s", PANE, DEFAULT_MARKED),
        target=Target("t", PANE),
        extra_flags="p:",
    )


JOIN = _entry("join-pane", "joinp")
MOVE = _entry("move-pane", "movep")
