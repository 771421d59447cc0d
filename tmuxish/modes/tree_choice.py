"""What choose-tree, choose-buffer and choose-client have beyond every tree: formats for lines and keys, and a
command for what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tmuxish.formats.expand import expand
from tmuxish.grammar import keys
from tmuxish.modes.tree import TreeMode

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.grammar.flags import Args
    from tmuxish.model.pane import Pane
    from tmuxish.modes.tree_items import Item
    from tmuxish.server.server import Server
    from tmuxish.targets import Found

# Chooses lines by number, then by letter.
_KEY_FORMAT = "#{?#{e|<:#{line},10},#{line},#{e|<:#{line},36},M-#{a:#{e|+:97,#{e|-:#{line},10}}}}"


class ChoiceTree(TreeMode):
    """One of these. Flags beyond those of every tree: -F -K; an operand is the command for a choice.

    default_format, default_command: what there is without -F and the operand; empty ones say something too.
    template: the command for what is chosen, which takes the place of %%. facts: about programs, as listed.
    """

    default_format = ""
    default_command = ""

    def __init__(self, server: Server, pane: Pane, args: Args, found: Found) -> None:
        super().__init__(server, pane, args, found)
        self._format = _or(args.get("F"), self.default_format)
        self._key_format = _or(args.get("K"), _KEY_FORMAT)
        self.template = _or(args.text(0), self.default_command)
        self.facts = server.facts()

    def scope_of(self, subject: Any, **more: str) -> Scope:
        """What a format about a listed thing sees; `more`: variables beside."""
        raise NotImplementedError

    def build(self) -> None:
        self.facts = self.server.facts()
        super().build()

    def text_of(self, scope: Scope) -> str:
        """The line of what `scope` is about."""
        return expand(self._format, scope)

    def key_of(self, item: Item) -> int:
        key = keys.string_to_key(expand(self._key_format, self.scope_of(item.subject, line=str(item.line))))
        return keys.NONE if key == keys.UNKNOWN else key


def _or(text: str | None, default: str) -> str:
    return default if text is None else text
