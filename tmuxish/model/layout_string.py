"""Layouts as text: `#{window_layout}` and what select-layout takes.

    CHECKSUM "," cell      cell := COLSxROWS,X,Y ( ",PANE" | "{" cell ("," cell)* "}" | "[" cell ... "]" )?

Braces hold cells side by side, brackets cells one above the other. In a dump, floating panes follow in
angle brackets; tmux does not read those back. The checksum keeps a mistyped layout from being applied.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tmuxish.model import layout, layout_sizes
from tmuxish.model.layout_cell import LEFT_RIGHT, PANE, TOP_BOTTOM, Cell, LayoutError, Rules
from tmuxish.model.window import WINDOW_MAXIMUM

if TYPE_CHECKING:
    from tmuxish.model.window import Window

_BRACKETS = {LEFT_RIGHT: "{}", TOP_BOTTOM: "[]"}
_KINDS = {"{": LEFT_RIGHT, "[": TOP_BOTTOM}

_CHECKSUM = re.compile(r"([0-9A-Fa-f]{4}),")
# The pane's number is optional and ignored; what looks like one may be the next cell's columns.
_CELL = re.compile(r"([0-9]+)x([0-9]+),([0-9]+),([0-9]+)(?:,[0-9]*(?![0-9x]))?")

# Cells nested deeper than this are refused (a window cannot have that many borders).
MAXIMUM_DEPTH = 200

# Longer numbers are no position in any window.
MAXIMUM_DIGITS = 9


@lru_cache(maxsize=256)
def checksum(text: str) -> int:
    """The 16-bit checksum of a layout's text: rotate right, add, for each character.

    Kept, for a listing of panes asks for the same layout twice for each of them.
    """
    value = 0
    for byte in text.encode():
        value = ((value >> 1) + ((value & 1) << 15) + byte) & 0xFFFF
    return value


def dump(window: Window, root: Cell | None = None) -> str:
    """The layout of `window`, or another tree of its panes, as text."""
    root = root or window.layout
    text = "" if root is None else _dump_cell(root)
    floating = [_dump_cell(cell) for cell in _floating_on_top(window)]
    if floating:
        text += "<" + ",".join(floating) + ">"
    return f"{checksum(text):04x},{text}"


def _floating_on_top(window: Window) -> list[Cell]:
    cells = []
    for pane in window.z_index:
        if pane.cell is None or not pane.cell.floating:
            break
        cells.append(pane.cell)
    return cells


def _dump_cell(cell: Cell) -> str:
    text = f"{cell.cols}x{cell.rows},{cell.x},{cell.y}"
    if cell.kind == PANE:
        return text if cell.pane is None else f"{text},{cell.pane.id}"
    brackets = _BRACKETS[cell.kind]
    return f"{text}{brackets[0]}{','.join(map(_dump_cell, cell.children))}{brackets[1]}"


def parse(text: str) -> Cell:
    """The tree of a layout's text, without panes. Raises LayoutError."""
    match = _CHECKSUM.match(text)
    if match is None or int(match[1], 16) != checksum(text[match.end() :]):
        raise LayoutError("invalid layout")
    if match.end() == len(text):
        return Cell(LEFT_RIGHT)  # nothing at all is a row without cells
    root, end = _parse_cell(text, match.end(), MAXIMUM_DEPTH)
    if end != len(text):
        raise LayoutError("invalid layout")
    return root


def _parse_cell(text: str, position: int, depth: int) -> tuple[Cell, int]:
    """The cell at `position` and the position after it."""
    match = _CELL.match(text, position)
    if match is None or depth == 0:
        raise LayoutError("invalid layout")
    if max(map(len, match.groups())) > MAXIMUM_DIGITS:
        raise LayoutError("invalid layout")
    cols, rows, x, y = map(int, match.groups())
    if cols > WINDOW_MAXIMUM or rows > WINDOW_MAXIMUM:
        raise LayoutError("invalid layout")
    position = match.end()
    opening = text[position : position + 1]
    if opening not in ("{", "["):
        return Cell(PANE, cols, rows, x, y), position
    cell = Cell(_KINDS[opening], cols, rows, x, y)
    while True:
        child, position = _parse_cell(text, position + 1, depth - 1)
        cell.append(child)
        if text[position : position + 1] != ",":
            break
    if text[position : position + 1] != _BRACKETS[cell.kind][1]:
        raise LayoutError("invalid layout")
    return cell, position + 1


def apply(window: Window, text: str) -> None:
    """Arrange the window's panes as the layout in `text`, and give the window the layout's size.

    Surplus cells are closed, the bottom right one first. Raises LayoutError, changing nothing.
    """
    root = _with_cells(parse(text), len(window.panes))
    if root.kind != PANE:
        _set_size_from_children(root)
    if not _is_consistent(root):
        raise LayoutError("size mismatch after applying layout")
    if root.kind != PANE:
        window.cols, window.rows = root.cols, root.rows
    if window.layout is not None:
        window.layout.detach_panes()
    window.layout = root
    leaves = list(root.leaves())
    for leaf, pane in zip(leaves, window.panes, strict=True):
        leaf.hold(pane)
    window.z_index = list(window.panes)
    layout.fix(window)


def _with_cells(root: Cell, count: int) -> Cell:
    """Close cells until there is one for each of `count` panes."""
    while True:
        leaves = list(root.leaves())
        if count > len(leaves):
            raise LayoutError(f"have {count} panes but need {len(leaves)}")
        if count == len(leaves):
            return root
        # Not yet the window's layout: no room is set aside for pane status lines.
        root = layout_sizes.remove(leaves[-1], root, Rules()) or root


def _set_size_from_children(root: Cell) -> None:
    """What the children take is the size, whatever the text says: old versions wrote it wrong."""
    along = root.kind
    across = TOP_BOTTOM if along == LEFT_RIGHT else LEFT_RIGHT
    root.set_size(along, sum(child.size(along) + 1 for child in root.children) - 1)
    root.set_size(across, root.children[-1].size(across))


def _is_consistent(cell: Cell) -> bool:
    """Whether the sizes of children, with borders, make up those of the cells they are in."""
    if cell.kind == PANE:
        return True
    along = cell.kind
    across = TOP_BOTTOM if along == LEFT_RIGHT else LEFT_RIGHT
    return sum(child.size(along) + 1 for child in cell.children) - 1 == cell.size(along) and all(
        child.size(across) == cell.size(across) and _is_consistent(child) for child in cell.children
    )
