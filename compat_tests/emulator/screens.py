"""What two emulators must agree on to show the same, also where they are of two forms (see `forms`)."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import tmuxish.emulator
from tmuxish.emulator import Emulator


def row_state(row: Any, form: ModuleType = tmuxish.emulator) -> tuple[object, ...]:
    """Everything visible or remembered about a row."""
    styles = [form.style_of(char).key() for char in row.style]
    while styles and styles[-1] == form.DEFAULT_STYLE.key():
        styles.pop()
    # When a row comes to remember what its contents tell of it still does not matter.
    flags = row.flags | form.rows.content_flags(row)
    return (row.text, styles, row.used, row.size, row.wrapped, row.marks, row.widths, flags)


def state(emulator: Any, form: ModuleType = tmuxish.emulator) -> dict[str, object]:
    """Everything the outside can see of an emulator of that form, in words that mean the same in both."""
    hidden = emulator.saved_lines
    return {
        "cursor": (emulator.cursor_x, emulator.cursor_y),
        "modes": emulator.modes,
        "margins": (emulator.scroll_top, emulator.scroll_bottom),
        "tabs": emulator.tabs,
        "rows": [row_state(row, form) for row in (*emulator.history, *emulator.lines)],
        "hidden": None if hidden is None else [row_state(row, form) for row in hidden],
        "captured": form.capture(emulator, "-", escapes=True, flags=True, keep_spaces=True),
        "joined": form.capture(emulator, "-", join=True),
        "links": form.capture(emulator, "-", hyperlinks=True),
        "replies": bytes(emulator.replies),
        "events": emulator.events,
        "title": (emulator.title, emulator.path, emulator.titles),
        "palette": (emulator.palette.fg, emulator.palette.bg),
        "pen": emulator.pen.style.key(),
        "shape": (emulator.cursor_shape, emulator.cursor_colour),
        "progress": (emulator.progress_state, emulator.progress),
        "last": emulator.last_char,
        "pending": emulator.pending(),
        "updates": emulator.updates,
    }


def show(data: bytes | str, cols: int = 20, rows: int = 5, limit: int = 100) -> Emulator:
    """An emulator that was fed this."""
    emulator = Emulator(cols, rows, limit)
    emulator.feed(data.encode() if isinstance(data, str) else data)
    return emulator
