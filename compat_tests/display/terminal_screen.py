"""A pyte screen that takes what tmux sends to xterm, read back as plain data."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyte


class Screen(pyte.Screen):
    """pyte raises on private device reports and does not know SU and SD."""

    def report_device_status(self, *args: Any, **kwargs: Any) -> None:
        """Nobody answers here."""

    def report_device_attributes(self, *args: Any, **kwargs: Any) -> None:
        """Nobody answers here."""

    def scroll_up(self, count: int | None = None) -> None:
        x, y = self.cursor.x, self.cursor.y
        bottom = self.margins.bottom if self.margins else self.lines - 1
        for _ in range(count or 1):
            self.cursor.y = bottom
            self.index()
        self.cursor.x, self.cursor.y = x, y

    def scroll_down(self, count: int | None = None) -> None:
        x, y = self.cursor.x, self.cursor.y
        top = self.margins.top if self.margins else 0
        for _ in range(count or 1):
            self.cursor.y = top
            self.reverse_index()
        self.cursor.x, self.cursor.y = x, y


class Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down"}  # noqa: RUF012 (pyte's own way)
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down"}


def look(char: pyte.screens.Char) -> str:
    """Colours and attributes of a cell, "" for none. What a blank does not show is left out."""
    blank = char.data == " "
    parts = [f"bg={char.bg}" if char.bg != "default" else ""]
    parts += ["reverse" if char.reverse else "", "underscore" if char.underscore else ""]
    parts += ["strikethrough" if char.strikethrough else ""]
    if not blank or char.reverse or char.underscore:
        parts += [f"fg={char.fg}" if char.fg != "default" else ""]
        parts += ["bold" if char.bold else "", "italics" if char.italics else ""]
    return " ".join(sorted(filter(None, parts)))


def dump(screen: pyte.Screen) -> dict[str, Any]:
    """Rows as text, looks as [look, columns] runs, and the cursor."""
    rows = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
    return {
        "text": ["".join(cell.data for cell in row).rstrip() for row in rows],
        "looks": [[[name, len(list(run))] for name, run in groupby(map(look, row))] for row in rows],
        "cursor": [screen.cursor.x, screen.cursor.y, not screen.cursor.hidden],
    }
