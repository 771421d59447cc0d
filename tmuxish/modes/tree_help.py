"""The help of tree modes: a popup with their keys, which any key closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.keys.press import Presser
    from tmuxish.modes.tree import TreeMode

# Keys that all trees have; {} is what the tree calls one item.
_KEYS = (
    ("Up, k", "Move cursor up"),
    ("Down, j", "Move cursor down"),
    ("g", "Go to top"),
    ("G", "Go to bottom"),
    ("PPage, C-b", "Page up"),
    ("NPage, C-f", "Page down"),
    ("Left, h", "Collapse {}"),
    ("Right, l", "Expand {}"),
    ("M--", "Collapse all {}s"),
    ("M-+", "Expand all {}s"),
    ("t", "Toggle {} tag"),
    ("T", "Untag all {}s"),
    ("C-t", "Tag all {}s"),
    ("C-s", "Search forward"),
    ("n", "Repeat search forward"),
    ("N", "Repeat search backward"),
    ("f", "Filter {}s"),
    ("O", "Change sort order"),
    ("r", "Reverse sort order"),
    ("v", "Toggle preview"),
)
_LAST_KEYS = (("q, Escape", "Exit mode"),)
_KEY_COLUMN = 11
_MINIMUM_COLS = 39
# No cursor, no wrapping, line drawing as the second character set.
_START = b"\x1b[H\x1b[?25l\x1b[?7l\x1b)0"


def open_help(tree: TreeMode, who: Presser) -> None:
    """Show it to whoever pressed a key, if their terminal has a row for each line and is wide enough.

    The popup's border takes rows as well, so the first lines have moved out of it, as in tmux.
    """
    from tmuxish.display.popup import Closing  # a mode needs no popups until it is asked for help
    from tmuxish.server.popups import PopupRequest, open_popup

    client = who.client
    common = [(key, text.format(tree.help_item)) for key, text in _KEYS]
    lines = [*common, *tree.help_keys, *_LAST_KEYS]
    cols, rows = max(tree.help_width, _MINIMUM_COLS), len(lines)
    if client.cols < cols or client.rows < rows:
        return
    place = (client.cols - cols) // 2, (client.rows - rows) // 2
    request = PopupRequest(place, (cols, rows), text=_text(lines), closing=Closing(at_key=True))
    open_popup(tree.server, client, request, lambda status: None)


def _text(lines: Sequence[tuple[str, str]]) -> bytes:
    """The lines as a program would print them."""
    printed = (f"\r\x1b[1m{key:>{_KEY_COLUMN}} \x1b[0m\x0ex\x0f \x1b[0m{text}" for key, text in lines)
    return _START + "\n".join(printed).encode() + b"\x1b[H"
