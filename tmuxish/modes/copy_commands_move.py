"""Commands of copy mode that move the cursor or what is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes import copy_steps as steps
from tmuxish.modes import copy_words as words
from tmuxish.modes.copy_call import ENDS
from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_selection import DOWNWARD, UPWARD
from tmuxish.numbers import INT_MAX, NumberError, parse_number

if TYPE_CHECKING:
    from tmuxish.modes.copy_call import CopyCall

# What recentre-top-bottom does, each time it is used in the same row again.
_MIDDLE, _TOP, _BOTTOM = range(3)


# -- by rows ---------------------------------------------------------------------------------------


def cursor_up(call: CopyCall) -> None:
    call.repeat(call.view.up)


def cursor_down(call: CopyCall) -> None:
    call.repeat(call.view.down)


def cursor_down_and_cancel(call: CopyCall) -> bool:
    row = call.view.row
    cursor_down(call)
    return row == call.view.row and call.view.offset == 0


def top_line(call: CopyCall) -> None:
    _to_row(call, 0)


def middle_line(call: CopyCall) -> None:
    _to_row(call, (call.view.height - 1) // 2)


def bottom_line(call: CopyCall) -> None:
    _to_row(call, call.view.height - 1)


def _to_row(call: CopyCall, row: int) -> None:
    call.view.x, call.view.row = 0, row
    call.view.selection.update(call.view)


def cursor_centre_vertical(call: CopyCall) -> None:
    call.view.set_cursor(call.view.x, call.mode.pane.rows // 2)
    call.view.selection.update(call.view)


def goto_line(call: CopyCall) -> None:
    """So many rows above the bottom; where rows are numbered from the oldest on, the one of that number."""
    view = call.view
    try:
        number = parse_number(call.args.text(0) or "", -1, INT_MAX)
    except NumberError:
        return
    history = view.rows.history
    if view.numbering not in ("off", "default"):
        view.top = min(max(number, 1), history + 1) - 1
    else:
        view.top = history - number if 0 <= number <= history else 0
    view.selection.update(view)


def history_top(call: CopyCall) -> None:
    view = call.view
    if view.selection.lines == DOWNWARD and view.y == view.selection.start.y:
        view.swap_ends()
    view.x = view.row = view.top = 0
    view.scrolled()
    view.selection.update(view)


def history_bottom(call: CopyCall) -> None:
    view = call.view
    if view.selection.lines == UPWARD and view.y == view.selection.end.y:
        view.swap_ends()
    view.row = view.height - 1
    view.top = view.rows.history
    view.x = view.limit(view.y)
    view.scrolled()
    view.selection.update(view)


# -- along the line --------------------------------------------------------------------------------


def cursor_left(call: CopyCall) -> None:
    call.repeat(call.view.left)


def cursor_right(call: CopyCall) -> None:
    call.repeat(call.view.right)


def start_of_line(call: CopyCall) -> None:
    call.view.to_line_start()


def end_of_line(call: CopyCall) -> None:
    call.view.to_line_end()


def back_to_indentation(call: CopyCall) -> None:
    call.view.go_up(steps.indentation(call.view.rows, call.view.cursor))


def cursor_centre_horizontal(call: CopyCall) -> None:
    call.view.set_cursor(call.mode.pane.cols // 2, call.view.row)
    call.view.selection.update(call.view)


# -- by words --------------------------------------------------------------------------------------


def next_word(call: CopyCall, separators: str | None = None) -> None:
    view = call.view
    chars = call.separators if separators is None else separators
    call.repeat(lambda: view.go_down(words.next_word(view.rows, view.cursor, chars)))


def next_word_end(call: CopyCall, separators: str | None = None) -> None:
    view = call.view
    chars = call.separators if separators is None else separators
    call.repeat(lambda: view.to_next_word_end(chars))


def previous_word(call: CopyCall, separators: str | None = None) -> None:
    view = call.view
    chars = call.separators if separators is None else separators
    call.repeat(lambda: view.to_previous_word(chars, leave=True))


def next_space(call: CopyCall) -> None:
    next_word(call, "")


def next_space_end(call: CopyCall) -> None:
    next_word_end(call, "")


def previous_space(call: CopyCall) -> None:
    previous_word(call, "")


def next_paragraph(call: CopyCall) -> None:
    view = call.view
    call.repeat(lambda: view.go_to(words.next_paragraph(view.rows, view.cursor)))


def previous_paragraph(call: CopyCall) -> None:
    view = call.view
    call.repeat(lambda: view.go_to(words.previous_paragraph(view.rows, view.cursor)))


# -- to places -------------------------------------------------------------------------------------


def next_prompt(call: CopyCall) -> None:
    _to_prompt(call, words.next_prompt(call.view.rows, call.view.y, output=call.args.has("o")))


def previous_prompt(call: CopyCall) -> None:
    _to_prompt(call, words.previous_prompt(call.view.rows, call.view.y, output=call.args.has("o")))


def _to_prompt(call: CopyCall, y: int | None) -> None:
    if y is not None:
        call.view.put_at_top(Position(0, y))
        call.view.selection.update(call.view)


def set_mark(call: CopyCall) -> None:
    call.mode.mark = call.view.cursor
    call.mode.shows_mark = True


def jump_to_mark(call: CopyCall) -> None:
    mode, view = call.mode, call.view
    here = view.cursor
    view.put_at_top(mode.mark)
    mode.mark = here
    mode.shows_mark = True
    view.selection.update(view)


# -- scrolling -------------------------------------------------------------------------------------


def page_up(call: CopyCall) -> None:
    call.repeat(call.view.page_up)


def halfpage_up(call: CopyCall) -> None:
    call.repeat(lambda: call.view.page_up(half=True))


def page_down(call: CopyCall) -> bool:
    return _page_down(call, False, call.mode.leaves_at_bottom)


def page_down_and_cancel(call: CopyCall) -> bool:
    return _page_down(call, False, True)


def halfpage_down(call: CopyCall) -> bool:
    return _page_down(call, True, call.mode.leaves_at_bottom)


def halfpage_down_and_cancel(call: CopyCall) -> bool:
    return _page_down(call, True, True)


def _page_down(call: CopyCall, half: bool, ends: bool) -> bool:
    return call.repeat_until(lambda: call.view.page_down(half=half, ends=ends))


def scroll_up(call: CopyCall) -> None:
    call.repeat(lambda: call.view.up(scroll_only=True))


def scroll_down(call: CopyCall) -> bool:
    call.repeat(lambda: call.view.down(scroll_only=True))
    return call.mode.leaves_at_bottom and call.view.offset == 0


def scroll_down_and_cancel(call: CopyCall) -> bool:
    call.repeat(lambda: call.view.down(scroll_only=True))
    return call.view.offset == 0


def scroll_top(call: CopyCall) -> None:
    _scroll_cursor_to(call, 0)


def scroll_middle(call: CopyCall) -> None:
    _scroll_cursor_to(call, (call.view.height - 1) // 2)


def scroll_bottom(call: CopyCall) -> None:
    _scroll_cursor_to(call, call.view.height - 1)


def _scroll_cursor_to(call: CopyCall, row: int) -> None:
    """Bring the cursor's row there, if there are enough rows to scroll."""
    view = call.view
    up = view.row - row
    if 0 < up <= view.offset or 0 < -up <= view.top:
        view.scroll(-up)
        view.row = row
    view.selection.update(view)


def recentre_top_bottom(call: CopyCall) -> None:
    """To the middle; the next times to the top, the bottom, the middle again."""
    mode, view = call.mode, call.view
    row, offset, last = view.row, view.offset, view.height - 1
    line, step = mode.recentred
    if line != view.y:
        line, step = view.y, _MIDDLE
    mode.recentred = line, (step + 1) % 3
    target = (last // 2, 0, last)[step]
    view.scroll(target - row)
    view.row = row + view.offset - offset
    view.selection.update(view)


def scroll_to_mouse(call: CopyCall) -> bool:
    if call.client is None:
        return not ENDS
    return call.mode.scroll_to_slider(call.client, call.event, ends=call.args.has("e"))


def scroll_exit_on(call: CopyCall) -> None:
    call.mode.leaves_at_bottom = True


def scroll_exit_off(call: CopyCall) -> None:
    call.mode.leaves_at_bottom = False


def scroll_exit_toggle(call: CopyCall) -> None:
    call.mode.leaves_at_bottom = not call.mode.leaves_at_bottom


def toggle_position(call: CopyCall) -> None:
    call.mode.hides_position = not call.mode.hides_position


def refresh_from_pane(call: CopyCall) -> None:
    call.mode.refresh_from_pane()
