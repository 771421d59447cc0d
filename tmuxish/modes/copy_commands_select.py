"""Commands of copy mode about what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes.copy_rows import WHITESPACE, Position
from tmuxish.modes.copy_selection import CHAR, DOWNWARD, LINE, NO_LINES, WORD

if TYPE_CHECKING:
    from tmuxish.modes.copy_call import CopyCall

_UNITS = {"char": CHAR, "c": CHAR, "word": WORD, "w": WORD, "line": LINE, "l": LINE}


def begin_selection(call: CopyCall) -> None:
    """With the mouse, begin to drag."""
    if call.event is not None:
        call.mode.drag.start(call.client, call.event)
        return
    selection = call.view.selection
    selection.lines, selection.unit = NO_LINES, CHAR
    selection.begin(call.view)


def stop_selection(call: CopyCall) -> None:
    call.view.selection.loosen()


def clear_selection(call: CopyCall) -> None:
    call.view.clear_selection()


def other_end(call: CopyCall) -> None:
    call.view.selection.unit = CHAR
    if call.count % 2:
        call.view.swap_ends()


def selection_mode(call: CopyCall) -> None:
    selection = call.view.selection
    unit = _UNITS.get((call.args.text(0) or "char").lower()) if call.args.text(0) != "" else None
    if unit is None:
        return
    if unit == WORD:
        selection.separators = call.separators
    selection.unit = unit


def rectangle_on(call: CopyCall) -> None:
    _set_rectangle(call, True)


def rectangle_off(call: CopyCall) -> None:
    _set_rectangle(call, False)


def rectangle_toggle(call: CopyCall) -> None:
    _set_rectangle(call, not call.view.selection.rectangle)


def _set_rectangle(call: CopyCall, wanted: bool) -> None:
    view = call.view
    view.selection.lines = NO_LINES
    view.selection.rectangle = wanted
    view.keep_in_line()
    view.selection.update(view)


def _begin_unit(call: CopyCall, unit: str) -> None:
    selection = call.view.selection
    selection.lines, selection.rectangle, selection.unit = DOWNWARD, False, unit
    selection.pressed = call.view.cursor


def select_line(call: CopyCall) -> None:
    """The line, and those below it that the count adds."""
    view, selection = call.view, call.view.selection
    _begin_unit(call, LINE)
    view.to_line_start()
    selection.first_start = view.cursor
    selection.first_end = selection.first_end._replace(y=view.y)
    selection.begin(view)
    view.to_line_end()
    selection.first_end = Position(view.length(), view.y)
    for _ in range(call.count - 1):
        before = view.state()
        view.down()
        view.to_line_end()
        if view.state() == before:
            return


def select_word(call: CopyCall) -> None:
    """The word at the cursor."""
    view, selection = call.view, call.view.selection
    _begin_unit(call, WORD)
    separators = selection.separators = call.separators
    view.to_previous_word(separators, leave=False)
    start = selection.first_start = view.cursor
    selection.begin(view)
    if start.x >= view.rows.length(start.y) or not _blank_follows(call, start):
        view.to_next_word_end(separators, keep_first=True)
    else:
        view.set_cursor(start.x, view.row)
        selection.update(view, keep_first=True)
    end = selection.first_end = view.cursor
    if selection.pressed.y > end.y:
        selection.pressed = end
    elif selection.pressed.x > end.x:
        selection.pressed = selection.pressed._replace(x=end.x)


def _blank_follows(call: CopyCall, at: Position) -> bool:
    rows = call.view.rows
    x, y = at.x + 1, at.y
    if rows.wrapped(y) and x > rows.cols - 1:
        x, y = 0, y + 1
    return bool(rows.in_set(x, y, WHITESPACE))
