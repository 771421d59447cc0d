"""Look at all options and key bindings, and change them, in the target's pane."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import PANE, Command, Target


def run(ctx: Context) -> None:
    from tmuxish.modes.customize import CustomizeTree  # a server that nobody is attached to needs no modes
    from tmuxish.modes.tree import open_tree

    open_tree(CustomizeTree, ctx.server, ctx.args, ctx.target)


COMMAND = Command(
    "customize-mode",
    None,
    "[-NZ] [-F format] [-f filter] [-t target-pane]",
    run=run,
    target=Target("t", PANE),
    extra_flags="y",
)
