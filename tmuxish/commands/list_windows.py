"""List the windows of a session, or with -a of all."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.listing import order_of, print_each
from tmuxish.formats.sorting import sort_winlinks
from tmuxish.grammar.command import SESSION, Command, Target
from tmuxish.targets import Found

_BRIEF = (
    "#{window_index}: #{window_name}#{window_raw_flags} (#{window_panes} panes) "
    "[#{window_width}x#{window_height}] "
)
TEMPLATE = _BRIEF + "[layout #{window_layout}] #{window_id}#{?window_active, (active),}"
TEMPLATE_ALL = "#{session_name}:" + _BRIEF


def run(ctx: Context) -> None:
    everywhere = ctx.args.has("a")
    sessions = ctx.model.sorted_sessions() if everywhere else [ctx.session()]
    winlinks = [winlink for session in sessions for winlink in session.sorted_winlinks()]
    winlinks = sort_winlinks(winlinks, order_of(ctx), ctx.args.has("r"))
    rows = ((Found(winlink.session, winlink), None) for winlink in winlinks)
    print_each(ctx, TEMPLATE_ALL if everywhere else TEMPLATE, rows, line=len(winlinks))


COMMAND = Command(
    "list-windows",
    "lsw",
    "[-ar] [-F format] [-f filter] [-O order][-t target-session]",
    run=run,
    target=Target("t", SESSION),
    after_hook=True,
)
