"""Make the next or previous window current (-a: with an alert), or the one that was before."""

from __future__ import annotations

from tmuxish.commands.select_window import select_last, select_next, select_previous
from tmuxish.grammar.command import SESSION, Command, Target

NEXT = Command(
    "next-window", "next", "[-a] [-t target-session]", run=select_next, target=Target("t", SESSION)
)
PREVIOUS = Command(
    "previous-window", "prev", "[-a] [-t target-session]", run=select_previous, target=Target("t", SESSION)
)
LAST = Command("last-window", "last", "[-t target-session]", run=select_last, target=Target("t", SESSION))
