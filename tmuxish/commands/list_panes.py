"""List the panes of a window, or with -s of a session, or with -a of all."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.listing import order_of, print_each
from tmuxish.formats.sorting import sort_panes
from tmuxish.grammar.command import WINDOW, Command, Target
from tmuxish.model.session import Winlink
from tmuxish.targets import Found

_PANE = (
    "#{pane_index}: [#{pane_width}x#{pane_height}"
    "#{?pane_floating_flag, #{pane_x}#,#{pane_y}#,#{pane_z}}] "
    "[history #{history_size}/#{history_limit}, #{history_bytes} bytes] #{pane_id}"
    "#{?pane_active, (active),}#{?pane_dead, (dead),}"
)
_IN_SESSION = "#{window_index}." + _PANE
_EVERYWHERE = "#{session_name}:" + _IN_SESSION


def run(ctx: Context) -> None:
    template, winlinks = _scope(ctx)
    order, reverse = order_of(ctx), ctx.args.has("r")
    for winlink in winlinks:
        panes = sort_panes(winlink.window.panes, order, reverse)
        rows = ((Found(winlink.session, winlink, pane), None) for pane in panes)
        print_each(ctx, template, rows, line=len(panes))


def _scope(ctx: Context) -> tuple[str, list[Winlink]]:
    """The usual template, and the windows whose panes are listed."""
    if ctx.args.has("a"):
        sessions = ctx.model.sorted_sessions()
        return _EVERYWHERE, [winlink for session in sessions for winlink in session.sorted_winlinks()]
    if ctx.args.has("s"):
        return _IN_SESSION, ctx.session().sorted_winlinks()
    return _PANE, [ctx.winlink()]


COMMAND = Command(
    "list-panes",
    "lsp",
    "[-asr] [-F format] [-f filter] [-O order][-t target-window]",
    run=run,
    target=Target("t", WINDOW),
    after_hook=True,
)
