"""Hyperlinks of a client's panes: each screen numbers its own, a terminal needs one numbering for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tmuxish.display.source import Source
    from tmuxish.emulator.hyperlinks import Hyperlinks


def hyperlinks_of(pane: Source) -> Hyperlinks:
    """What links in the cells that it shows mean."""
    shown = pane.shown.hyperlinks
    return pane.emulator.hyperlinks if shown is None else shown


class Links:
    """Numbers for the links of all panes one client shows."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str, str, int], int] = {}
        self._links: dict[int, tuple[str, str]] = {}

    def number(self, pane: Source, link: int) -> int:
        """The client's number of link `link` of a pane or popup, 0 if that screen no longer knows it."""
        found = hyperlinks_of(pane).get(link)
        if found is None:
            return 0
        uri, link_id = found
        # Links without an id of their own are different links, even to the same address.
        key = (pane.id, uri, link_id, 0 if link_id else link)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers) + 1
            self._links[number] = (f"tmux{number:X}", uri)
        return number

    def get(self, number: int) -> tuple[str, str] | None:
        """(id, address) of a number."""
        return self._links.get(number)
