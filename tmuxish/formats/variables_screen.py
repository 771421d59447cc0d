"""Variables of what a pane's program has on its screen: cursor, modes, margins, history, title.

A function's name is its variable's, without the `pane_` if it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from tmuxish.emulator import modes
from tmuxish.emulator.colours import COLOUR_RGB, DEFAULT, NONE, colour_to_string
from tmuxish.emulator.rows import PAD, TAB
from tmuxish.emulator.style import epoch, style_of
from tmuxish.emulator.widths import cell_width

if TYPE_CHECKING:
    from tmuxish.emulator.rows import Row
    from tmuxish.formats.scope import Scope

# Bytes tmux needs for a row, for each of its cells, and for each cell that a plain one cannot hold.
LINE_BYTES = 40
CELL_BYTES = 5
EXTENDED_BYTES = 23

# What a program says of its progress bar (OSC 9 ; 4), by number.
PROGRESS_STATES = ("hidden", "normal", "error", "indeterminate", "paused")

# Attributes above these need an extended cell.
_PLAIN_ATTRIBUTES = 0xFF


def _mode_flag(bits: int) -> Callable[[Scope], str | None]:
    """The variable that says whether one of these modes is set."""

    def flag(scope: Scope) -> str | None:
        if scope.pane is None:
            return None
        return "1" if scope.pane.emulator.modes & bits else "0"

    return flag


bracket_paste_flag = _mode_flag(modes.BRACKETPASTE)
cursor_blinking = _mode_flag(modes.CURSOR_BLINKING)
cursor_flag = _mode_flag(modes.CURSOR)
cursor_very_visible = _mode_flag(modes.CURSOR_VERY_VISIBLE)
insert_flag = _mode_flag(modes.INSERT)
keypad_cursor_flag = _mode_flag(modes.KCURSOR)
keypad_flag = _mode_flag(modes.KKEYPAD)
mouse_all_flag = _mode_flag(modes.MOUSE_ALL)
mouse_any_flag = _mode_flag(modes.ALL_MOUSE)
mouse_button_flag = _mode_flag(modes.MOUSE_BUTTON)
mouse_sgr_flag = _mode_flag(modes.MOUSE_SGR)
mouse_standard_flag = _mode_flag(modes.MOUSE_STANDARD)
mouse_utf8_flag = _mode_flag(modes.MOUSE_UTF8)
origin_flag = _mode_flag(modes.ORIGIN)
synchronized_output_flag = _mode_flag(modes.SYNC)
wrap_flag = _mode_flag(modes.WRAP)


def alternate_on(scope: Scope) -> str | None:
    if scope.pane is None:
        return None
    return "1" if scope.pane.emulator.alternate else "0"


def alternate_saved_x(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.saved_cursor_x)


def alternate_saved_y(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.saved_cursor_y)


def cursor_x(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.cursor_x)


def cursor_y(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.cursor_y)


def cursor_character(scope: Scope) -> str | None:
    """What stands under the cursor, a tab as the blanks it covers; None in the second column of a wide
    character."""
    if scope.pane is None:
        return None
    emulator = scope.pane.emulator
    row = emulator.lines[emulator.cursor_y]
    cell = row.cell(emulator.cursor_x)
    if cell == TAB:
        return " " * cell_width(row, emulator.cursor_x, emulator.widths)
    return None if cell[0] == PAD else cell


def cursor_colour(scope: Scope) -> str | None:
    if scope.pane is None:
        return None
    emulator = scope.pane.emulator
    colour = emulator.cursor_colour
    return colour_to_string(emulator.policy.cursor_colour if colour == NONE else colour)


def cursor_shape(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.emulator.cursor_shape


def key_mode(scope: Scope) -> str | None:
    if scope.pane is None:
        return None
    extended = scope.pane.emulator.modes & modes.ALL_KEYS_EXTENDED
    return {modes.KEYS_EXTENDED: "Ext 1", modes.KEYS_EXTENDED_2: "Ext 2"}.get(extended, "VT10x")


def scroll_region_lower(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.scroll_bottom)


def scroll_region_upper(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.scroll_top)


def tabs(scope: Scope) -> str | None:
    if scope.pane is None:
        return None
    emulator = scope.pane.emulator
    return ",".join(str(column) for column in sorted(emulator.tabs) if column < emulator.cols) or None


def title(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.emulator.title


def path(scope: Scope) -> str | None:
    return None if scope.pane is None else scope.pane.emulator.path


def progress(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.progress)


def progress_state(scope: Scope) -> str | None:
    return None if scope.pane is None else PROGRESS_STATES[scope.pane.emulator.progress_state]


def history_limit(scope: Scope) -> str | None:
    return None if scope.pane is None else str(scope.pane.emulator.history_limit)


def history_size(scope: Scope) -> str | None:
    return None if scope.pane is None else str(len(scope.pane.emulator.history))


@lru_cache(maxsize=4096)
def _is_extended(style_char: str, _epoch: int) -> bool:
    """Whether a style needs more than eight attributes and palette colours. (What a style's character means
    holds for an epoch of the table of styles.)"""
    style = style_of(style_char)
    return bool(
        style.attrs > _PLAIN_ATTRIBUTES
        or (style.fg | style.bg) & COLOUR_RGB
        or style.us != DEFAULT
        or style.link
    )


@lru_cache(maxsize=1024)
def _extended_in(style: str, epoch: int) -> int:
    """How many columns of a row's style string do; rows that look alike have equal ones."""
    return sum(style.count(char) for char in set(style) if _is_extended(char, epoch))


def _extended_cells(row: Row) -> int:
    """How many cells of a row need more than a byte of text and a plain style."""
    if row.text.isascii() and not row.marks and TAB not in row.text:
        return _extended_in(row.style, epoch()) if row.style else 0
    count = 0
    for x, char in enumerate(row.text):
        if char > "~" or char == TAB or (row.marks and x in row.marks):
            count += char != PAD
        else:
            count += _is_extended(row.style_at(x), epoch())
    return count


def _memory(scope: Scope) -> tuple[int, int, int] | None:
    """Rows, cells and extended cells of the pane's history and screen, as tmux would hold them."""
    if scope.pane is None:
        return None
    emulator = scope.pane.emulator
    rows = [*emulator.history, *emulator.lines]
    return len(rows), sum(row.size for row in rows), sum(map(_extended_cells, rows))


def history_bytes(scope: Scope) -> str | None:
    memory = _memory(scope)
    if memory is None:
        return None
    lines, cells, extended = memory
    return str(lines * LINE_BYTES + cells * CELL_BYTES + extended * EXTENDED_BYTES)


def history_all_bytes(scope: Scope) -> str | None:
    memory = _memory(scope)
    if memory is None:
        return None
    sizes = zip(memory, (LINE_BYTES, CELL_BYTES, EXTENDED_BYTES), strict=True)
    return ",".join(f"{count},{count * size}" for count, size in sizes)
