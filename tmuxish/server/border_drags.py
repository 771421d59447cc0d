"""Dragging borders with the mouse: of tiled panes, which resizes what they divide, and of floating ones.

A floating pane is moved by its upper border and resized by the others and by its corners.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.model import layout
from tmuxish.model.layout import LEFT_RIGHT, PANE_MINIMUM, TOP_BOTTOM
from tmuxish.model.neighbours import outer_box
from tmuxish.targets import mouse_pane, mouse_winlink

if TYPE_CHECKING:
    from tmuxish.keys.press import MouseEvent
    from tmuxish.model.layout import Cell
    from tmuxish.model.pane import Pane
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.server import Server

# Where borders are looked for: under the mouse and beside it, so that a corner drags both of its borders.
_AROUND = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))


def start(server: Server, view: AttachedClient, pane: Pane, event: MouseEvent) -> None:
    """A drag begins at a border, which with a floating pane is one of `pane`'s."""
    floating = layout.is_floating(pane)
    if floating:
        server.windows.set_active(pane.window, pane)

    def update(event: MouseEvent) -> None:
        if not (_drag_floating if floating else _drag_tiled)(server, event):
            view.mouse.stop_drag()

    view.mouse.start_drag(update)
    update(event)


def _drag_tiled(server: Server, event: MouseEvent) -> bool:
    """Move the borders that were under the mouse. False if the window is gone."""
    winlink = mouse_winlink(server.model, event)
    if winlink is None:
        return False
    window = winlink.window
    if window.layout is None:
        return True
    (x, y), (last_x, last_y) = event.dragged_to(), event.dragged_to(last=True)
    found = (layout.border_cell_at(window.layout, last_x + dx, last_y + dy) for dx, dy in _AROUND)
    cells = list(dict.fromkeys(cell for cell in found if cell is not None))
    moves = {TOP_BOTTOM: y - last_y, LEFT_RIGHT: x - last_x}
    moved = False
    for cell in cells:
        direction = cell.parent.kind if cell.parent is not None else ""
        change = moves.get(direction, 0)
        if change:
            layout.resize_border(window, cell, direction, change, opposite=False)
            moved = True
    if moved:
        server.windows.layout_changed(window)
    return True


def _drag_floating(server: Server, event: MouseEvent) -> bool:
    """Move or resize the floating pane by the border that was under the mouse. False if it is gone."""
    found = mouse_pane(server.model, event)
    if found is None or found.pane is None or found.pane.cell is None:
        return False
    pane, cell = found.pane, found.pane.cell
    if _change(pane, cell, event):
        server.windows.refit(pane.window)
    return True


def _change(pane: Pane, cell: Cell, event: MouseEvent) -> bool:
    """Give the cell its new place and size; says whether it has got any."""
    (x, y), (last_x, last_y) = event.dragged_to(), event.dragged_to(last=True)
    box = outer_box(pane)
    left, right, top, bottom = box.x - 1, box.x + box.cols, box.y - 1, box.y + box.rows
    at_top, at_bottom = last_y == top, last_y == bottom
    at_corner = at_top or at_bottom
    # Corners are two columns wide.
    at_left = last_x == left or (at_corner and last_x == left + 1)
    at_right = not at_left and (last_x == right or (at_corner and last_x == right + 1))
    if not (at_left or at_right):
        if at_top:
            cell.x, cell.y = cell.x + x - last_x, y + 1
        elif at_bottom and y - cell.y >= PANE_MINIMUM:
            cell.rows = y - cell.y
        return at_top or at_bottom
    cols = cell.cols + last_x - x if at_left else x - cell.x
    rows = cell.rows + last_y - y if at_top else y - cell.y if at_bottom else cell.rows
    if not at_corner and cols < PANE_MINIMUM:
        return False
    if at_left and at_bottom and rows < PANE_MINIMUM:
        return False
    cell.cols, cell.rows = max(cols, PANE_MINIMUM), max(rows, PANE_MINIMUM)
    if at_left:
        cell.x = x + 1
    if at_top:
        cell.y = y + 1
    return True
