"""The layout of a window is a tree of cells.

A cell is a pane, or a row of cells side by side (left-right), or a column of cells one above the other
(top-bottom). One column or line of border stands between neighbours, so the sizes of a row's cells plus
one for each border make the row's width. A floating pane's cell hangs in the tree but takes no part in it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class LayoutPane(Protocol):
        """What the layout needs of a pane."""

        id: int
        cell: Cell | None


# What a cell is. The first two are also the directions in which sizes change: a left-right row shares out
# columns, a top-bottom column shares out lines.
LEFT_RIGHT = "left-right"
TOP_BOTTOM = "top-bottom"
PANE = "pane"

# The least number of columns or lines of a pane.
PANE_MINIMUM = 1


class LayoutError(Exception):
    """A layout cannot be had. `str()` is the text for the user."""


class Rules:
    """What a window's options take from the room for panes.

    `border_status` is the pane-border-status option (a line for the topmost or lowest panes),
    `scrollbar` the columns that a pane's scrollbar and its padding need, None where there are none.
    """

    __slots__ = ("border_status", "scrollbar")

    def __init__(self, border_status: str = "off", scrollbar: int | None = None) -> None:
        self.border_status = border_status
        self.scrollbar = scrollbar


class Cell:
    """One node of the tree. Position and size are in cells of the window; borders are not part of them."""

    __slots__ = ("children", "cols", "floating", "kind", "pane", "parent", "rows", "x", "y")

    def __init__(
        self,
        kind: str = PANE,
        cols: int = 0,
        rows: int = 0,
        x: int = 0,
        y: int = 0,
        *,
        floating: bool = False,
    ) -> None:
        self.kind = kind
        self.cols = cols
        self.rows = rows
        self.x = x
        self.y = y
        self.floating = floating
        self.parent: Cell | None = None
        self.children: list[Cell] = []
        self.pane: LayoutPane | None = None

    def __repr__(self) -> str:
        return f"Cell({self.kind}, {self.cols}x{self.rows},{self.x},{self.y})"

    # -- sizes along a direction -----------------------------------------------------------------

    def size(self, direction: str) -> int:
        """Columns for LEFT_RIGHT, lines for TOP_BOTTOM."""
        return self.cols if direction == LEFT_RIGHT else self.rows

    def set_size(self, direction: str, size: int) -> None:
        if direction == LEFT_RIGHT:
            self.cols = size
        else:
            self.rows = size

    def place(self, cols: int, rows: int, x: int, y: int) -> None:
        """Set size and position at once."""
        self.cols, self.rows, self.x, self.y = cols, rows, x, y

    # -- the tree ------------------------------------------------------------------------------

    def insert(self, index: int, child: Cell) -> None:
        child.parent = self
        self.children.insert(index, child)

    def append(self, child: Cell) -> None:
        self.insert(len(self.children), child)

    def replace_in_parent(self, other: Cell) -> None:
        """Put `other` where this cell hangs (nowhere if this is the root)."""
        other.parent = self.parent
        if self.parent is not None:
            siblings = self.parent.children
            siblings[siblings.index(self)] = other
        self.parent = None

    def hold(self, pane: LayoutPane) -> None:
        """Make this the cell of `pane`."""
        self.kind = PANE
        self.pane = pane
        pane.cell = self

    def tiled(self) -> list[Cell]:
        """The children that share this cell's room: all but the floating ones."""
        return [child for child in self.children if not child.floating]

    def leaves(self) -> Iterator[Cell]:
        """The cells of panes below (or this one), left to right and top to bottom."""
        if self.kind == PANE:
            yield self
        for child in self.children:
            yield from child.leaves()

    def detach_panes(self) -> None:
        """Let the panes below go, before the tree is thrown away."""
        for leaf in self.leaves():
            if leaf.pane is not None:
                leaf.pane.cell = None
        self.dissolve()

    def dissolve(self) -> None:
        """The tree below is thrown away: no cell knows its pane, or what is above it, any more. (A pane that
        ends still knows where it was.)"""
        self.pane = None
        for child in self.children:
            child.parent = None
            child.dissolve()

    # -- position ------------------------------------------------------------------------------

    def is_topmost(self) -> bool:
        """Whether no other cell is above it."""
        return self._is_at_edge(0)

    def is_lowest(self) -> bool:
        """Whether no other cell is below it."""
        return self._is_at_edge(-1)

    def _is_at_edge(self, edge: int) -> bool:
        cell = self
        while cell.parent is not None:
            if cell.parent.kind == TOP_BOTTOM:
                tiled = cell.parent.tiled()
                if not tiled or tiled[edge] is not cell:
                    return False
            cell = cell.parent
        return True

    def has_status_line(self, rules: Rules) -> bool:
        """Whether pane-border-status takes a line of this cell: only the outermost cells have no border
        to write it on."""
        if rules.border_status == "top":
            return self.is_topmost()
        if rules.border_status == "bottom":
            return self.is_lowest()
        return False

    def move_children(self) -> None:
        """Set the positions of everything below from this cell's position and all sizes."""
        x, y = self.x, self.y
        for child in self.tiled():
            child.x, child.y = x, y
            child.move_children()
            if self.kind == LEFT_RIGHT:
                x += child.cols + 1
            else:
                y += child.rows + 1
