"""What two emulators must agree on to show the same."""

from __future__ import annotations

from tmuxish.emulator import Emulator, Row, capture


def row_state(row: Row) -> tuple[object, ...]:
    """Everything visible or remembered about a row."""
    return (row.text, row.style.rstrip("\0"), row.used, row.size, row.wrapped, row.marks or None)


def state(emulator: Emulator) -> dict[str, object]:
    """Everything the outside can see of an emulator."""
    return {
        "cursor": (emulator.cursor_x, emulator.cursor_y),
        "modes": emulator.modes,
        "margins": (emulator.scroll_top, emulator.scroll_bottom),
        "tabs": emulator.tabs,
        "rows": [row_state(row) for row in (*emulator.history, *emulator.lines)],
        "saved": None if emulator.saved_lines is None else [row_state(row) for row in emulator.saved_lines],
        "captured": capture(emulator, "-", escapes=True, flags=True, keep_spaces=True),
        "joined": capture(emulator, "-", join=True),
        "replies": bytes(emulator.replies),
        "title": (emulator.title, emulator.path),
        "pen": emulator.pen.style,
        "shape": emulator.cursor_shape,
        "last": emulator.last_char,
        "pending": emulator.pending(),
    }


def show(data: bytes | str, cols: int = 20, rows: int = 5, limit: int = 100) -> Emulator:
    """An emulator that was fed this."""
    emulator = Emulator(cols, rows, limit)
    emulator.feed(data.encode() if isinstance(data, str) else data)
    return emulator
