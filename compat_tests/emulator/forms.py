"""The forms of the emulator: as imported, maybe compiled, and as source, whatever is imported."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import tmuxish.emulator
from tmuxish.emulator import emulator as imported

FOLDER = Path(tmuxish.emulator.__file__).parent

#: The package that the source form is imported as.
SOURCE_NAME = "tmuxish_emulator_source"


def is_compiled() -> bool:
    """Whether the emulator that everybody imports is compiled."""
    return not str(imported.__file__).endswith(".py")


class _Sources:
    """Finds the modules of the source form, and never an extension module."""

    def __init__(self) -> None:
        self._finder = FileFinder(str(FOLDER), (SourceFileLoader, SOURCE_SUFFIXES))

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        if name == SOURCE_NAME:
            return spec_from_file_location(
                name, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
            )
        return self._finder.find_spec(name) if name.startswith(f"{SOURCE_NAME}.") else None


def source() -> ModuleType:
    """The source form of the package tmuxish.emulator, under a name of its own."""
    if SOURCE_NAME not in sys.modules:
        finder: Any = _Sources()
        sys.meta_path.insert(0, finder)
        try:
            importlib.import_module(SOURCE_NAME)
        finally:
            sys.meta_path.remove(finder)
    return sys.modules[SOURCE_NAME]


def state(form: ModuleType, emulator: Any) -> dict[str, object]:
    """Everything the outside can see of an emulator of that form, in words that mean the same in both."""

    def row_state(row: Any) -> tuple[object, ...]:
        styles = [form.style_of(char).key() for char in row.style]
        while styles and styles[-1] == form.DEFAULT_STYLE.key():
            styles.pop()
        return (row.text, styles, row.used, row.size, row.wrapped, row.marks, row.widths, row.flags)

    hidden = emulator.saved_lines
    return {
        "cursor": (emulator.cursor_x, emulator.cursor_y),
        "modes": emulator.modes,
        "margins": (emulator.scroll_top, emulator.scroll_bottom),
        "tabs": emulator.tabs,
        "rows": [row_state(row) for row in (*emulator.history, *emulator.lines)],
        "hidden": None if hidden is None else [row_state(row) for row in hidden],
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
