"""What can be done to a window's layout: split, resize, close, swap, spread.

These work on the model's `Window` and `Pane` and leave the panes' new positions and sizes in the panes.
Emulators and ptys follow later: whoever calls compares a pane's size with its emulator's.
Zooming is the window's business: while zoomed its layout is a single cell.
"""

from __future__ import annotations

from tmuxish.early import pattern
from tmuxish.model import layout_sizes
from tmuxish.model.layout_cell import (
    LEFT_RIGHT,
    PANE,
    PANE_MINIMUM,
    TOP_BOTTOM,
    Cell,
    LayoutError,
    Rules,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window

__all__ = [
    "LEFT_RIGHT",
    "PANE",
    "PANE_MINIMUM",
    "TOP_BOTTOM",
    "Cell",
    "LayoutError",
    "Rules",
    "add_floating",
    "border_cell_at",
    "close",
    "fix",
    "init",
    "is_floating",
    "resize",
    "resize_border",
    "resize_pane",
    "resize_pane_to",
    "rules_of",
    "scrollbar_size",
    "shows_scrollbar",
    "split",
    "spread_out",
    "swap",
]

# What pane-scrollbars-style says of the columns a scrollbar takes; these apply where it does not.
SCROLLBAR_WIDTH = 1
SCROLLBAR_PADDING = 0
# With pane-scrollbars modal, the modes in which a pane has a scrollbar.
SCROLLED_MODES = ("copy-mode", "view-mode")
_SCROLLBAR_SETTING = pattern(r"(?i)(?:^|[ ,\n])(width|pad)=([0-9]+)")


def rules_of(window: Window, pane: Pane | None = None) -> Rules:
    """What the window's options take from the room for panes; `pane` (or the active one) decides the
    width of scrollbars."""
    status = window.options.get_string("pane-border-status")
    if window.options.get_string("pane-scrollbars") == "off":
        return Rules(status)
    return Rules(status, sum(scrollbar_size(pane or window.active)))


def scrollbar_size(pane: Pane | None) -> tuple[int, int]:
    """Columns of a pane's scrollbar and of the gap beside it."""
    settings: dict[str, int] = {}
    if pane is not None:
        text = pane.options.get_string("pane-scrollbars-style")
        settings = {name.lower(): int(number) for name, number in _SCROLLBAR_SETTING.findall(text)}
    return settings.get("width") or SCROLLBAR_WIDTH, settings.get("pad", SCROLLBAR_PADDING)


def is_floating(pane: Pane) -> bool:
    """Whether `pane` floats above the layout."""
    return pane.cell is not None and pane.cell.floating


def init(window: Window, pane: Pane) -> None:
    """Give the whole window to `pane`."""
    window.layout = Cell(PANE, window.cols, window.rows)
    window.layout.hold(pane)
    fix(window)


def fix(window: Window, skip: Pane | None = None) -> None:
    """Set positions of all cells, and from them positions and sizes of the panes (of all but `skip`).

    Needed by itself after a change of pane-border-status, pane-scrollbars or their like.
    """
    root = window.layout
    if root is None:
        return
    if not root.floating:
        root.x = root.y = 0
        root.move_children()
    rules = rules_of(window)
    for pane in window.panes:
        if pane.cell is not None and pane is not skip:
            _fix_pane(window, pane, pane.cell, rules)


def _fix_pane(window: Window, pane: Pane, cell: Cell, rules: Rules) -> None:
    x, y, cols, rows = cell.x, cell.y, cell.cols, cell.rows
    if not cell.floating and cell.has_status_line(rules):
        rows -= 1
        if rules.border_status == "top":
            y += 1
    if shows_scrollbar(window, pane):
        width, padding = scrollbar_size(pane)
        at_left = window.options.get_string("pane-scrollbars-position") == "left"
        # Left and right differ in whether padding counts when room is short.
        room = cols - width - (0 if at_left else padding)
        taken = cols - PANE_MINIMUM if room < PANE_MINIMUM else width + padding
        cols -= taken
        if at_left:
            x += taken
    pane.xoff, pane.yoff, pane.cols, pane.rows = x, y, cols, rows


def shows_scrollbar(window: Window, pane: Pane) -> bool:
    """Whether `pane` has a scrollbar now; the alternate screen has none."""
    setting = window.options.get_string("pane-scrollbars")
    if setting == "off" or pane.emulator.alternate:
        return False
    return setting == "on" or pane.mode in SCROLLED_MODES


# -- splitting and closing ---------------------------------------------------------------------


def split(
    window: Window,
    pane: Pane,
    direction: str,
    size: int | None = None,
    *,
    before: bool = False,
    full: bool = False,
) -> Cell:
    """Make room beside `pane` (`full`: beside the whole layout) and return the new cell.

    `size` is what the new cell should get, half without it; it is bent to leave both sides at least one.
    The caller lets the cell `hold` a pane and calls `fix`. Raises LayoutError where there is no room.
    """
    cell = window.layout if full else pane.cell
    if cell is None:
        raise LayoutError("no space for a new pane")
    rules = rules_of(window, pane)
    whole = cell.size(direction)
    if whole < _least_for_two(cell, direction, rules):
        raise LayoutError("no space for a new pane")
    second = _second_size(whole, size, before)
    first = whole - 1 - second
    # How much of the old layout stays is measured by the first part, or with `before` by the second.
    kept = second if before else first
    if full and not layout_sizes.fits(cell, direction, kept, rules):
        raise LayoutError("no space for a new pane")

    if cell.parent is not None and cell.parent.kind == direction:
        new = Cell()
        cell.parent.insert(cell.parent.children.index(cell) + (not before), new)
    elif full and cell.kind == direction:
        return _append_to_root(window, cell, kept, before, rules)
    else:
        new = _wrap(window, cell, direction, before)
    _place_two(cell, new, direction, (first, second), before)
    if full:
        layout_sizes.fit_children(cell, rules)
        fix(window)
    return new


def _least_for_two(cell: Cell, direction: str, rules: Rules) -> int:
    """The least size that can be cut in two."""
    if direction == TOP_BOTTOM:
        return PANE_MINIMUM * 2 + 1 + cell.has_status_line(rules)
    return PANE_MINIMUM * 2 + (1 if rules.scrollbar is None else rules.scrollbar)


def _second_size(whole: int, size: int | None, before: bool) -> int:
    """Size of the right or lower part when the new part should have `size`."""
    if size is None:
        second = (whole + 1) // 2 - 1
    elif before:
        second = whole - size - 1
        if second < 0:  # tmux's unsigned arithmetic: too large a part before leaves it the least
            second = whole
    else:
        second = size
    return max(PANE_MINIMUM, min(second, whole - 2))


def _append_to_root(window: Window, root: Cell, kept: int, before: bool, rules: Rules) -> Cell:
    """Shrink what is in the root row to `kept` and add a cell with the rest at its end."""
    direction = root.kind
    whole = root.size(direction)
    root.set_size(direction, kept)
    layout_sizes.fit_children(root, rules)
    root.set_size(direction, whole)
    new = Cell(PANE, root.cols, root.rows)
    new.set_size(direction, whole - 1 - kept)
    root.insert(0 if before else len(root.children), new)
    fix(window)
    return new


def _wrap(window: Window, cell: Cell, direction: str, before: bool) -> Cell:
    """Put a row or column where `cell` is, holding it and a new cell, which is returned."""
    row = Cell(direction, cell.cols, cell.rows, cell.x, cell.y)
    if cell.parent is None:
        window.layout = row
    cell.replace_in_parent(row)
    row.append(cell)
    new = Cell()
    row.insert(0 if before else 1, new)
    return new


def _place_two(old: Cell, new: Cell, direction: str, sizes: tuple[int, int], before: bool) -> None:
    """Give the two halves of what was `old` their places."""
    cols, rows, x, y = old.cols, old.rows, old.x, old.y
    first, second = (new, old) if before else (old, new)
    if direction == LEFT_RIGHT:
        first.place(sizes[0], rows, x, y)
        second.place(sizes[1], rows, x + sizes[0] + 1, y)
    else:
        first.place(cols, sizes[0], x, y)
        second.place(cols, sizes[1], x, y + sizes[0] + 1)


def add_floating(window: Window, cols: int, rows: int, x: int, y: int) -> Cell:
    """A cell for a pane that floats at that place; the caller lets it `hold` the pane and calls `fix`."""
    root = window.layout
    if root is None:
        raise LayoutError("no layout")
    if root.kind == PANE:
        column = Cell(TOP_BOTTOM, window.cols, window.rows)
        root.replace_in_parent(column)
        column.append(root)
        window.layout = root = column
    cell = Cell(PANE, cols, rows, x, y, floating=True)
    root.append(cell)
    return cell


def close(window: Window, pane: Pane) -> None:
    """Take `pane` out of the layout; a neighbour gets its room."""
    cell = pane.cell
    if cell is None or window.layout is None:
        return
    window.layout = layout_sizes.remove(cell, window.layout, rules_of(window))
    cell.detach_panes()
    fix(window)


def swap(first: Pane, second: Pane) -> None:
    """Let two panes (also of different windows) trade places; the caller calls `fix`."""
    one, other = first.cell, second.cell
    if one is not None:
        one.hold(second)
    if other is not None:
        other.hold(first)
    first.cell, second.cell = other, one


# -- resizing ----------------------------------------------------------------------------------


def resize(window: Window, cols: int, rows: int) -> tuple[int, int]:
    """Fit the layout to a window of that size and return the layout's own size, which is larger where its
    panes are at their minimum. The caller sets the window's size."""
    root = window.layout
    if root is None or (root.kind == PANE and root.floating):
        return cols, rows
    rules = rules_of(window)
    for direction, size in ((LEFT_RIGHT, cols), (TOP_BOTTOM, rows)):
        change = size - root.size(direction)
        change = max(change, -layout_sizes.available(root, direction, rules))
        if change:
            layout_sizes.adjust(root, direction, change, rules)
    fix(window)
    return root.cols, root.rows


def _in_row(pane: Pane, direction: str) -> tuple[Cell, Cell] | None:
    """The nearest row that runs in `direction` around `pane`, and its cell that has the pane in it."""
    cell = pane.cell
    while cell is not None and cell.parent is not None:
        if cell.parent.kind == direction:
            return cell.parent, cell
        cell = cell.parent
    return None


def resize_pane(window: Window, pane: Pane, direction: str, change: int, *, opposite: bool = True) -> bool:
    """Move the border right of (below) `pane`, or left of (above) it if it is the last of its row. False if
    it has none."""
    found = _in_row(pane, direction)
    if found is None:
        return False
    row, cell = found
    if cell is row.children[-1]:
        if len(row.children) == 1:
            return False
        cell = row.children[-2]
    resize_border(window, cell, direction, change, opposite=opposite)
    return True


def resize_pane_to(window: Window, pane: Pane, direction: str, size: int) -> bool:
    """Give the cell of `pane` that size, as far as its neighbours can. False if it has none."""
    found = _in_row(pane, direction)
    if found is None:
        return False
    row, cell = found
    change = size - cell.size(direction)
    if cell is row.children[-1]:
        change = -change
    return resize_pane(window, pane, direction, change)


def resize_border(window: Window, cell: Cell, direction: str, change: int, *, opposite: bool = True) -> None:
    """Move the border after `cell` by `change`.

    Room comes from the nearest cell on the side it moves to that has any, then from the next one;
    `opposite` lets a growing cell also take from the cells before it when those after have none left.
    """
    rules = rules_of(window)
    needed = abs(change)
    while needed:
        if change > 0:
            moved = _grow_cell(cell, direction, needed, opposite, rules)
        else:
            moved = _shrink_cell(cell, direction, needed, rules)
        if moved == 0:
            break
        needed -= moved
    fix(window)


def _move_room(giver: Cell, taker: Cell, direction: str, amount: int, rules: Rules) -> int:
    amount = min(amount, layout_sizes.available(giver, direction, rules))
    layout_sizes.adjust(taker, direction, amount, rules)
    layout_sizes.adjust(giver, direction, -amount, rules)
    return amount


def _siblings(cell: Cell) -> tuple[list[Cell], list[Cell]]:
    """The cells before `cell` in its row, nearest first, and those after it."""
    if cell.parent is None:
        return [], []
    cells = cell.parent.children
    index = cells.index(cell)
    return cells[:index][::-1], cells[index + 1 :]


def _grow_cell(cell: Cell, direction: str, amount: int, opposite: bool, rules: Rules) -> int:
    before, after = _siblings(cell)
    for giver in after + (before if opposite else []):
        if layout_sizes.available(giver, direction, rules):
            return _move_room(giver, cell, direction, amount, rules)
    return 0


def _shrink_cell(cell: Cell, direction: str, amount: int, rules: Rules) -> int:
    before, after = _siblings(cell)
    if not after:
        return 0
    for giver in [cell, *before]:
        if layout_sizes.available(giver, direction, rules):
            return _move_room(giver, after[0], direction, amount, rules)
    return 0


def spread_out(window: Window, pane: Pane) -> None:
    """Give the cells beside `pane` equal sizes, or if they have, those of the next row around it."""
    row = pane.cell.parent if pane.cell is not None else None
    rules = rules_of(window)
    while row is not None:
        if layout_sizes.spread(row, rules):
            fix(window)
            return
        row = row.parent


def border_cell_at(cell: Cell, x: int, y: int) -> Cell | None:
    """The cell whose right or lower border is at that place of the window."""
    last: Cell | None = None
    for child in cell.children:
        if child.x <= x < child.x + child.cols and child.y <= y < child.y + child.rows:
            return border_cell_at(child, x, y)
        if last is not None:
            if cell.kind == LEFT_RIGHT and last.x + last.cols <= x < child.x:
                return last
            if cell.kind == TOP_BOTTOM and last.y + last.rows <= y < child.y:
                return last
        last = child
    return None
