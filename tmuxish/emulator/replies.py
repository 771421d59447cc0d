"""What the emulator answers when a program asks: attributes, status, modes, sizes, colours.

Answers go to `Emulator.replies` in the order of the questions, so that a program may fence several
questions with one that every terminal answers.
"""

from __future__ import annotations

from . import modes as mode
from .colours import DEFAULT, NONE, force_rgb, split_rgb, theme_of
from .csi import Sequence, get

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emulator import Emulator

#: DECRQM answers.
UNKNOWN, SET, RESET, ALWAYS_RESET = 0, 1, 2, 4

#: Private modes whose state is one bit.
_MODE_BITS: dict[int, int] = {
    **mode.PRIVATE_BITS,
    **mode.PRIVATE_MOUSE,
    6: mode.ORIGIN,
    2026: mode.SYNC,
    2031: mode.THEME_UPDATES,
}

#: XTWINOPS without effect, by how many further parameters belong to them.
_IGNORED_OPERATIONS: dict[int, int] = {
    **dict.fromkeys((1, 2, 5, 6, 7, 11, 13, 20, 21, 24), 0),
    9: 1,
    10: 1,
    **dict.fromkeys((3, 4, 8), 2),
}


def primary_attributes(e: Emulator, seq: Sequence) -> None:
    """DA1: a VT100 with advanced video."""
    if get(seq.params, 0, 0, 0) == 0:
        e.reply("\x1b[?1;2c")


def secondary_attributes(e: Emulator, seq: Sequence) -> None:
    """DA2: 84 is "T" for tmux."""
    if get(seq.params, 0, 0, 0) == 0:
        e.reply("\x1b[>84;0;0c")


def version(e: Emulator, seq: Sequence) -> None:
    """XTVERSION."""
    if get(seq.params, 0, 0, 0) == 0:
        e.reply(f"\x1bP>|tmux {e.policy.version}\x1b\\")


def status_report(e: Emulator, seq: Sequence) -> None:
    """DSR: 5 asks whether all is well, 6 for the cursor position."""
    which = get(seq.params, 0, 0, 0)
    if which == 5:
        e.reply("\x1b[0n")
    elif which == 6:
        e.reply(f"\x1b[{e.cursor_y + 1};{e.cursor_x + 1}R")


def private_status_report(e: Emulator, seq: Sequence) -> None:
    """DSR ?996: dark or light."""
    if get(seq.params, 0, 0, 0) == 996:
        theme = theme_of(background(e)) or e.policy.theme
        if theme:
            e.reply(f"\x1b[?997;{1 if theme == 'dark' else 2}n")


def mode_report(e: Emulator, seq: Sequence) -> None:
    """DECRQM of an ANSI mode; insert mode is the only one known."""
    number = get(seq.params, 0, 0, 0)
    if number > 0:
        state = UNKNOWN
        if number == 4:
            state = SET if e.modes & mode.INSERT else RESET
        e.reply(f"\x1b[{number};{state}$y")


def private_mode_report(e: Emulator, seq: Sequence) -> None:
    """DECRQM of a private mode."""
    number = get(seq.params, 0, 0, 0)
    if number > 0:
        e.reply(f"\x1b[?{number};{_private_state(e, number)}$y")


def _private_state(e: Emulator, number: int) -> int:
    if number == 3:
        return ALWAYS_RESET
    if number in (47, 1047, 1049):
        return SET if e.alternate else RESET
    if number == 12:
        if e.cursor_shape != "default" or e.modes & mode.CURSOR_BLINKING_SET:
            return SET if e.modes & mode.CURSOR_BLINKING else RESET
        return SET if e.policy.cursor_style in (1, 3, 5) else RESET
    bit = _MODE_BITS.get(number)
    if bit is None:
        return UNKNOWN
    return SET if e.modes & bit else RESET


def cursor_style_report(e: Emulator) -> str:
    """The DECSCUSR number in force, for DECRQSS."""
    shapes = {"block": 2, "underline": 4, "bar": 6}
    number = shapes.get(e.cursor_shape, 0)
    if number == 0:
        style = e.policy.cursor_style
        number = style if 0 <= style <= 6 else 0
    elif e.modes & mode.CURSOR_BLINKING:
        number -= 1
    return f"\x1bP1$r q{number} q\x1b\\"


def window_operations(e: Emulator, seq: Sequence) -> None:
    """XTWINOPS: sizes and the title stack; operations on the window itself do nothing."""
    params = seq.params
    at = 0
    while at < len(params):
        operation = get(params, at, 0, -1)
        if operation == -1:
            return
        skipped = _IGNORED_OPERATIONS.get(operation, 0)
        for _ in range(skipped):
            at += 1
            if get(params, at, 0, -1) == -1:
                return
        if operation in (22, 23):
            at += 1
            which = get(params, at, 0, -1)
            if which == -1:
                return
            if which in (0, 2):
                if operation == 22:
                    e.push_title()
                else:
                    e.pop_title()
        else:
            _report_size(e, operation)
        at += 1


def _report_size(e: Emulator, operation: int) -> None:
    width, height = e.policy.cell_width, e.policy.cell_height
    if operation in (14, 15):
        e.reply(f"\x1b[{operation - 10};{e.rows * height};{e.cols * width}t")
    elif operation == 16:
        e.reply(f"\x1b[6;{height};{width}t")
    elif operation in (18, 19):
        e.reply(f"\x1b[{operation - 10};{e.rows};{e.cols}t")


def foreground(e: Emulator) -> int:
    """The pane's foreground colour as far as known: a client's in control mode, else the program's own, else
    the owner's."""
    if e.policy.control_fg != NONE:
        return e.policy.control_fg
    return e.palette.fg if e.palette.fg != DEFAULT else e.policy.fg


def background(e: Emulator) -> int:
    """The pane's background colour as far as known."""
    if e.policy.control_bg != NONE:
        return e.policy.control_bg
    return e.palette.bg if e.palette.bg != DEFAULT else e.policy.bg


def colour_report(e: Emulator, prefix: str, colour: int, end: str) -> None:
    """Answer a colour query, if the colour is known: OSC `prefix` ; rgb:rrrr/gggg/bbbb."""
    rgb = force_rgb(colour)
    if rgb != NONE:
        red, green, blue = split_rgb(rgb)
        e.reply(f"\x1b]{prefix};rgb:{red:02x}{red:02x}/{green:02x}{green:02x}/{blue:02x}{blue:02x}{end}")
