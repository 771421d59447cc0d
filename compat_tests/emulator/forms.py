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
