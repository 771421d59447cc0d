"""Choose from a list in the target's pane: sessions, windows and panes; paste buffers; or clients.

The command for what is chosen is a template, in which the choice takes the place of %%.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.listing import order_of
from tmuxish.formats.sorting import attached_clients
from tmuxish.grammar.command import PANE, Command, Target, every_operand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.server import Model
    from tmuxish.modes.tree_choice import ChoiceTree


def _choose(
    name: str, flags: str, tree: Callable[[], type[ChoiceTree]], listed: Callable[[Model], object]
) -> Command:
    """The command of that name. Nothing happens where `listed` says that there is nothing to choose from."""

    def run(ctx: Context) -> None:
        order_of(ctx)
        if listed(ctx.model):
            from tmuxish.modes.tree import open_tree

            open_tree(tree(), ctx.server, ctx.args, ctx.target)

    return Command(
        name,
        None,
        f"[-{flags}] [-F format] [-f filter] [-K key-format] [-O sort-order] [-t target-pane] [template]",
        run=run,
        target=Target("t", PANE),
        extra_flags="y",
        blocks=every_operand,
    )


# A server that nobody is attached to needs no modes: they are imported when they are used.


def _sessions() -> type[ChoiceTree]:
    from tmuxish.modes.tree_sessions import SessionTree

    return SessionTree


def _buffers() -> type[ChoiceTree]:
    from tmuxish.modes.tree_buffers import BufferTree

    return BufferTree


def _clients() -> type[ChoiceTree]:
    from tmuxish.modes.tree_clients import ClientTree

    return ClientTree


TREE = _choose("choose-tree", "GNrswZ", _sessions, lambda model: model.sessions)
BUFFER = _choose("choose-buffer", "NrZ", _buffers, lambda model: len(model.buffers))
CLIENT = _choose("choose-client", "NrZ", _clients, attached_clients)
