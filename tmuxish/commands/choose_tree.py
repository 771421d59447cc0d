"""Choose from a list in the target's pane: sessions, windows and panes; paste buffers; or clients.

The command for what is chosen is a template, in which the choice takes the place of %%.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.listing import order_of
from tmuxish.formats.sorting import attached_clients
from tmuxish.grammar.command import PANE, Command, Target, every_operand


def _choose_tree(ctx: Context) -> None:
    order_of(ctx)
    from tmuxish.modes.tree import open_tree  # a server that nobody is attached to needs no modes
    from tmuxish.modes.tree_sessions import SessionTree

    open_tree(SessionTree, ctx.server, ctx.args, ctx.target)


def _choose_buffer(ctx: Context) -> None:
    order_of(ctx)
    if not len(ctx.model.buffers):
        return
    from tmuxish.modes.tree import open_tree
    from tmuxish.modes.tree_buffers import BufferTree

    open_tree(BufferTree, ctx.server, ctx.args, ctx.target)


def _choose_client(ctx: Context) -> None:
    order_of(ctx)
    if not attached_clients(ctx.model):
        return
    from tmuxish.modes.tree import open_tree
    from tmuxish.modes.tree_clients import ClientTree

    open_tree(ClientTree, ctx.server, ctx.args, ctx.target)


_USAGE = "[-F format] [-f filter] [-K key-format] [-O sort-order] [-t target-pane] [template]"

TREE = Command(
    "choose-tree",
    None,
    f"[-GNrswZ] {_USAGE}",
    run=_choose_tree,
    target=Target("t", PANE),
    extra_flags="y",
    blocks=every_operand,
)
CLIENT = Command(
    "choose-client",
    None,
    f"[-NrZ] {_USAGE}",
    run=_choose_client,
    target=Target("t", PANE),
    extra_flags="y",
    blocks=every_operand,
)
BUFFER = Command(
    "choose-buffer",
    None,
    f"[-NrZ] {_USAGE}",
    run=_choose_buffer,
    target=Target("t", PANE),
    extra_flags="y",
    blocks=every_operand,
)
