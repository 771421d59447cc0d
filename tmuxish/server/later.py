"""The parts of a server that are made when they are first wanted: its first answer does not wait for them."""

from __future__ import annotations

from tmuxish import commands
from tmuxish.early import cast, on_demand
from tmuxish.grammar.parser import ParseContext, parse_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.keys.tables import KeyTables
    from tmuxish.model.options_text import Checks
    from tmuxish.server.events import PaneEvents
    from tmuxish.server.pane_modes import PaneModes
    from tmuxish.server.pane_moves import PaneMoves
    from tmuxish.server.pane_typing import PaneTyping
    from tmuxish.server.requests import Requests
    from tmuxish.server.server import Server
    from tmuxish.server.waiting import Channels

# What a server without attached clients may come to want of this package, beside what it starts with.
MODULES = (
    *("events", "option_checks", "option_effects", "pane_modes", "pane_moves", "pane_typing", "pipes"),
    *("prompt_history", "requests", "shown_colours", "waiting"),
)


class Later:
    """These parts, as attributes of the server."""

    @property
    def _whole(self) -> Server:
        return cast("Server", self)

    @on_demand
    def channels(self) -> Channels:
        """Where commands wait for each other (wait-for)."""
        from tmuxish.server.waiting import Channels

        return Channels()

    @on_demand
    def key_tables(self) -> KeyTables:
        """The key tables, made when a key is first looked up: parsing the defaults takes a while.

        The defaults mean the same whatever aliases there are by then.
        """
        from tmuxish.keys.default_bindings import default_tables

        context = ParseContext(commands.TABLE)
        return default_tables(lambda text: parse_text(text, context=context))

    @on_demand
    def option_checks(self) -> Checks:
        """What values of options must pass."""
        from tmuxish.server.option_checks import make_checks

        return make_checks(self._whole)

    @on_demand
    def pane_events(self) -> PaneEvents:
        """What panes' programs ask for beyond their own screens."""
        from tmuxish.server.events import PaneEvents

        return PaneEvents(self._whole)

    @on_demand
    def pane_modes(self) -> PaneModes:
        """Panes in modes."""
        from tmuxish.server.pane_modes import PaneModes

        return PaneModes(self._whole)

    @on_demand
    def pane_moves(self) -> PaneMoves:
        """Panes that change their places."""
        from tmuxish.server.pane_moves import PaneMoves

        return PaneMoves(self._whole)

    @on_demand
    def requests(self) -> Requests:
        """What terminals are asked for on behalf of panes."""
        from tmuxish.server.requests import Requests

        return Requests(self._whole)

    @on_demand
    def typing(self) -> PaneTyping:
        """What is typed into panes."""
        from tmuxish.server.pane_typing import PaneTyping

        return PaneTyping(self._whole)

    def left_for_later(self) -> Iterator[object]:
        """Loads what has not been wanted yet, one thing at a time: an upgrade may take the files away."""
        for name in MODULES:
            yield __import__(f"{__package__}.{name}")
        yield from commands.TABLE
