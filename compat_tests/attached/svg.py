"""A terminal screen as a picture: an SVG file that any browser shows."""

from __future__ import annotations

from html import escape
from itertools import groupby

import pyte

CELL_WIDTH, CELL_HEIGHT, BASELINE = 8.0, 17, 13
FOREGROUND, BACKGROUND = "#d0d0d0", "#101010"
# pyte's names of the sixteen colours (one of them misspelt there); others it gives as hexadecimal digits.
NAMED = {
    "black": "#000000", "red": "#cd3131", "green": "#0dbc79", "brown": "#c5b000", "blue": "#2472c8",
    "magenta": "#bc3fbc", "cyan": "#11a8cd", "white": "#e5e5e5", "brightblack": "#666666",
    "brightred": "#f14c4c", "brightgreen": "#23d18b", "brightbrown": "#f5f543", "brightblue": "#3b8eea",
    "brightmagenta": "#d670d6", "bfightmagenta": "#d670d6", "brightcyan": "#29b8db", "brightwhite": "#ffffff",
}  # fmt: skip


def _colour(name: str, default: str) -> str:
    return default if name == "default" else NAMED.get(name, f"#{name}")


def _look(cell: pyte.screens.Char) -> tuple[str, str, str]:
    """Background, foreground, and attributes of the text."""
    fg, bg = _colour(cell.fg, FOREGROUND), _colour(cell.bg, BACKGROUND)
    if cell.reverse:
        fg, bg = bg, fg
    style = ' font-weight="bold"' if cell.bold else ""
    style += ' font-style="italic"' if cell.italics else ""
    style += ' text-decoration="underline"' if cell.underscore else ""
    return bg, fg, style


def _rectangle(x: int, y: int, cols: int, rows: int, look: str) -> str:
    """A rectangle of cells."""
    width, height = cols * CELL_WIDTH, rows * CELL_HEIGHT
    return f'<rect x="{x * CELL_WIDTH}" y="{y * CELL_HEIGHT}" width="{width}" height="{height}" {look}/>'


def _text(x: int, y: int, text: str, fg: str, style: str) -> str:
    place = f'x="{x * CELL_WIDTH}" y="{y * CELL_HEIGHT + BASELINE}"'
    return f'<text {place} fill="{fg}"{style}>{escape(text)}</text>'


def svg(screen: pyte.Screen) -> str:
    """The whole screen, the cursor as a frame."""
    size = f'width="{screen.columns * CELL_WIDTH}" height="{screen.lines * CELL_HEIGHT}"'
    font = 'font-family="DejaVu Sans Mono, monospace" font-size="13"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>']
    parts.append(_rectangle(0, 0, screen.columns, screen.lines, f'fill="{BACKGROUND}"'))
    for y in range(screen.lines):
        cells = [(x, screen.buffer[y][x]) for x in range(screen.columns)]
        for (bg, fg, style), run in groupby(cells, lambda pair: _look(pair[1])):
            found = list(run)
            if bg != BACKGROUND:
                parts.append(_rectangle(found[0][0], y, len(found), 1, f'fill="{bg}"'))
            parts += [_text(x, y, cell.data, fg, style) for x, cell in found if cell.data.strip()]
    if not screen.cursor.hidden:
        parts.append(_rectangle(screen.cursor.x, screen.cursor.y, 1, 1, 'fill="none" stroke="#ffffff"'))
    return "\n".join([*parts, "</svg>\n"])
