"""Control characters, escape sequences and control sequences: which operation each one is.

One table per kind; what is not in a table is ignored, as tmux ignores it (DECSTR among others).
"""

from __future__ import annotations

from collections.abc import Callable

from . import modes as mode
from . import replies
from .csi import Sequence, get

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emulator import Emulator

Handler = Callable[["Emulator", Sequence], None]

#: DECSCUSR number -> shape and blinking.
CURSOR_SHAPES: dict[int, tuple[str, bool]] = {
    1: ("block", True),
    2: ("block", False),
    3: ("underline", True),
    4: ("underline", False),
    5: ("bar", True),
    6: ("bar", False),
}


def control_character(emulator: Emulator, char: str) -> None:
    """Do what a C0 control asks for; those without meaning do nothing."""
    if char == "\n" or char == "\v" or char == "\f":
        emulator.line_feed(emulator.pen.blank)
        if emulator.modes & mode.CRLF:
            emulator.cursor_x = 0
    elif char == "\r":
        emulator.cursor_x = 0
    elif char == "\b":
        emulator.backspace()
    elif char == "\t":
        emulator.tab()
    elif char == "\a":
        emulator.ring()
    elif char == "\x0e":
        emulator.charset = 1
    elif char == "\x0f":
        emulator.charset = 0


# Escape sequences.


def _reset(e: Emulator) -> None:
    e.palette.clear()
    e.reset_pen()
    e.reset_screen()


def _next_line(e: Emulator) -> None:
    e.cursor_x = 0
    e.line_feed(e.pen.blank)


def _set_tab(e: Emulator) -> None:
    if e.cursor_x < e.cols:
        e.tabs |= {e.cursor_x}


def _designate(e: Emulator, which: int, line_drawing: bool) -> None:
    first, second = e.line_drawing
    e.line_drawing = (line_drawing, second) if which == 0 else (first, line_drawing)


def _keypad_on(e: Emulator) -> None:
    e.modes |= mode.KKEYPAD


def _keypad_off(e: Emulator) -> None:
    e.modes &= ~mode.KKEYPAD


ESCAPES: dict[str, Callable[[Emulator], None]] = {
    "(0": lambda e: _designate(e, 0, True),
    "(B": lambda e: _designate(e, 0, False),
    ")0": lambda e: _designate(e, 1, True),
    ")B": lambda e: _designate(e, 1, False),
    "7": lambda e: e.save_state(),
    "8": lambda e: e.restore_state(),
    "#8": lambda e: e.alignment_test(),
    "=": _keypad_on,
    ">": _keypad_off,
    "D": lambda e: e.line_feed(e.pen.blank),
    "E": _next_line,
    "H": _set_tab,
    "M": lambda e: e.reverse_index(e.pen.blank),
    "c": _reset,
}


# Control sequences.


def _counted(operation: Callable[[Emulator, int], None]) -> Handler:
    """A sequence whose one parameter is a count, 1 by default."""

    def run(e: Emulator, seq: Sequence) -> None:
        count = get(seq.params, 0, 1, 1)
        if count != -1:
            operation(e, count)

    return run


def _next_row(e: Emulator, count: int) -> None:
    e.cursor_x = 0
    e.cursor_down(count)


def _previous_row(e: Emulator, count: int) -> None:
    e.cursor_x = 0
    e.cursor_up(count)


def _scroll_up(e: Emulator, count: int) -> None:
    for _ in range(min(count, e.scroll_bottom - e.scroll_top + 1)):
        e.scroll_up(e.scroll_top, e.scroll_bottom, e.pen.blank)


def _scroll_down(e: Emulator, count: int) -> None:
    for _ in range(min(count, e.scroll_bottom - e.scroll_top + 1)):
        e.scroll_down(e.scroll_top, e.scroll_bottom, e.pen.blank)


def _repeat(e: Emulator, count: int) -> None:
    char = e.last_char
    count = min(count, e.cols - e.cursor_x)
    if char and count > 0:
        if char.isascii() and not e.acs:
            e.write(char * count)
        else:
            e.write_repeated(char, count)


def _move(e: Emulator, seq: Sequence) -> None:
    e.move_to(seq.col, seq.row)


def _margins(e: Emulator, seq: Sequence) -> None:
    top = get(seq.params, 0, 1, 1)
    bottom = get(seq.params, 1, 1, e.rows)
    if top != -1 and bottom != -1:
        e.set_margins(top - 1, bottom - 1)


def _erase_display(e: Emulator, seq: Sequence) -> None:
    which = get(seq.params, 0, 0, 0)
    if which == 0:
        e.clear_to_end(e.pen.blank)
    elif which == 1:
        e.clear_to_start(e.pen.blank)
    elif which == 2:
        e.clear_screen(e.pen.blank)
    elif which == 3 and get(seq.params, 1, 0, 0) == 0:
        e.clear_history()


def _erase_line(e: Emulator, seq: Sequence) -> None:
    which = get(seq.params, 0, 0, 0)
    if which == 0:
        e.clear_to_line_end(e.pen.blank)
    elif which == 1:
        e.clear_to_line_start(e.pen.blank)
    elif which == 2:
        e.clear_line(e.cursor_y, e.pen.blank)


def _clear_tabs(e: Emulator, seq: Sequence) -> None:
    which = get(seq.params, 0, 0, 0)
    if which == 0:
        e.tabs -= {e.cursor_x}
    elif which == 3:
        e.tabs = frozenset()


def _cursor_shape(e: Emulator, seq: Sequence) -> None:
    number = get(seq.params, 0, 0, 0)
    if number == 0:
        e.cursor_shape = "default"
        e.modes &= ~mode.CURSOR_BLINKING_SET
    elif number in CURSOR_SHAPES:
        e.cursor_shape, blinking = CURSOR_SHAPES[number]
        e.modes = e.modes | mode.CURSOR_BLINKING if blinking else e.modes & ~mode.CURSOR_BLINKING


def _set_extended_keys(e: Emulator, seq: Sequence) -> None:
    option = e.policy.extended_keys
    if get(seq.params, 0, 0, 0) != 4 or option == 0:
        return
    level = get(seq.params, 1, 0, 0)
    e.modes &= ~mode.ALL_KEYS_EXTENDED
    if level == 2:
        e.modes |= mode.KEYS_EXTENDED_2
    elif level == 1 or option == 2:
        e.modes |= mode.KEYS_EXTENDED


def _reset_extended_keys(e: Emulator, seq: Sequence) -> None:
    if get(seq.params, 0, 0, 0) == 4:
        e.modes &= ~mode.ALL_KEYS_EXTENDED
        if e.policy.extended_keys == 2:
            e.modes |= mode.KEYS_EXTENDED


def _set_mode(e: Emulator, seq: Sequence) -> None:
    for index in range(len(seq.params)):
        number = get(seq.params, index, 0, -1)
        if number == 4:
            e.modes |= mode.INSERT
        elif number == 34:
            e.modes &= ~mode.CURSOR_VERY_VISIBLE


def _reset_mode(e: Emulator, seq: Sequence) -> None:
    for index in range(len(seq.params)):
        number = get(seq.params, index, 0, -1)
        if number == 4:
            e.modes &= ~mode.INSERT
        elif number == 34:
            e.modes |= mode.CURSOR_VERY_VISIBLE


def _set_private(e: Emulator, seq: Sequence) -> None:
    for index in range(len(seq.params)):
        number = get(seq.params, index, 0, -1)
        if number in mode.PRIVATE_BITS:
            e.modes |= mode.PRIVATE_BITS[number]
        elif number in mode.PRIVATE_MOUSE:
            e.modes = (e.modes & ~mode.ALL_MOUSE) | mode.PRIVATE_MOUSE[number]
        else:
            _private(e, number, True)


def _reset_private(e: Emulator, seq: Sequence) -> None:
    for index in range(len(seq.params)):
        number = get(seq.params, index, 0, -1)
        if number in mode.PRIVATE_BITS:
            e.modes &= ~mode.PRIVATE_BITS[number]
        elif number in mode.PRIVATE_MOUSE or number == 1001:
            e.modes &= ~mode.ALL_MOUSE
        else:
            _private(e, number, False)


def _private(e: Emulator, number: int, on: bool) -> None:
    """A private mode that does more than change one bit."""
    if number == 3:
        e.move_to(0, 0)
        e.clear_screen(e.pen.blank)
    elif number == 6:
        e.modes = e.modes | mode.ORIGIN if on else e.modes & ~mode.ORIGIN
        e.move_to(0, 0)
    elif number == 12:
        e.modes = e.modes | mode.CURSOR_BLINKING if on else e.modes & ~mode.CURSOR_BLINKING
        e.modes |= mode.CURSOR_BLINKING_SET
    elif number in (47, 1047, 1049):
        e.switch_screen(on, number == 1049)
    elif number == 2026:
        if not on and e.modes & mode.SYNC:
            e.updates += 1
        e.modes = e.modes | mode.SYNC if on else e.modes & ~mode.SYNC
        e.emit("sync", on)
    elif number == 2031:
        e.modes = e.modes | mode.THEME_UPDATES if on else e.modes & ~mode.THEME_UPDATES
        e.emit("theme-updates", on)


CSI: dict[str, Handler] = {
    "@": _counted(lambda e, n: e.insert_blanks(n, e.pen.blank)),
    "A": _counted(lambda e, n: e.cursor_up(n)),
    "B": _counted(lambda e, n: e.cursor_down(n)),
    "C": _counted(lambda e, n: e.cursor_right(n)),
    "D": _counted(lambda e, n: e.cursor_left(n)),
    "E": _counted(_next_row),
    "F": _counted(_previous_row),
    "G": _counted(lambda e, n: e.move_to(n - 1, -1)),
    "H": _move,
    "J": _erase_display,
    "K": _erase_line,
    "L": _counted(lambda e, n: e.insert_rows(n, e.pen.blank)),
    "M": _counted(lambda e, n: e.delete_rows(n, e.pen.blank)),
    "P": _counted(lambda e, n: e.delete_columns(n, e.pen.blank)),
    "S": _counted(_scroll_up),
    "T": _counted(_scroll_down),
    "X": _counted(lambda e, n: e.erase_columns(n, e.pen.blank)),
    "Z": _counted(lambda e, n: e.previous_tab(n)),
    "`": _counted(lambda e, n: e.move_to(n - 1, -1)),
    "b": _counted(_repeat),
    "c": replies.primary_attributes,
    ">c": replies.secondary_attributes,
    "d": _counted(lambda e, n: e.move_to(-1, n - 1)),
    "f": _move,
    "g": _clear_tabs,
    "h": _set_mode,
    "?h": _set_private,
    "l": _reset_mode,
    "?l": _reset_private,
    "m": lambda e, seq: e.set_pen(e.pen.sgr(seq.text)),
    ">m": _set_extended_keys,
    "n": replies.status_report,
    "?n": replies.private_status_report,
    ">n": _reset_extended_keys,
    "$p": replies.mode_report,
    "?$p": replies.private_mode_report,
    " q": _cursor_shape,
    ">q": replies.version,
    "r": _margins,
    "s": lambda e, seq: e.save_state(),
    "t": replies.window_operations,
    "u": lambda e, seq: e.restore_state(),
}
