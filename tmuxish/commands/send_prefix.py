"""Send the prefix key (-2: the second one) to a pane, as pressing it only switches the key table."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.send_keys import check_may_type, press_in_mode
from tmuxish.grammar.command import PANE, Command, Target


def run(ctx: Context) -> None:
    check_may_type(ctx)
    option = "prefix2" if ctx.args.has("2") else "prefix"
    key, pane = ctx.server.key_option(ctx.session().options, option), ctx.pane()
    if pane.modes:
        press_in_mode(ctx, pane, key)
    else:
        ctx.server.typing.send_key(pane, key)


COMMAND = Command(
    "send-prefix", None, "[-2] [-t target-pane]", run=run, target=Target("t", PANE), after_hook=True
)
