"""How room is shared out in a tree of cells: how much a cell can give away, growing and shrinking, fitting.

Sizes change in whole columns or lines, in the order in which tmux hands them out: a row that grows by five
over three cells gives 2, 2 and 1. A nested row gets its share one by one from above, and each time its
first cell takes it.
"""

from __future__ import annotations

from tmuxish.model.layout_cell import LEFT_RIGHT, PANE, PANE_MINIMUM, TOP_BOTTOM, Cell, Rules


def minimum(cell: Cell, direction: str, rules: Rules) -> int:
    """The least size of a pane's cell."""
    if direction == LEFT_RIGHT:
        return PANE_MINIMUM + (rules.scrollbar or 0)
    return PANE_MINIMUM + cell.has_status_line(rules)


def available(cell: Cell, direction: str, rules: Rules) -> int:
    """By how much `cell` can shrink."""
    if cell.kind == PANE:
        return max(0, cell.size(direction) - minimum(cell, direction, rules))
    rooms = [available(child, direction, rules) for child in cell.children]
    return sum(rooms) if cell.kind == direction else min(rooms, default=0)


def adjust(cell: Cell, direction: str, change: int, rules: Rules) -> None:
    """Change the size of `cell` by `change`, spread evenly over its children.

    A shrinking beyond what is `available` leaves the children at their minimum.
    """
    cell.set_size(direction, cell.size(direction) + change)
    tiled = cell.tiled()
    if cell.kind != direction:
        for child in tiled:
            adjust(child, direction, change, rules)
    elif change > 0 and tiled:
        each, left = divmod(change, len(tiled))
        for position, child in enumerate(tiled):
            _grow(child, direction, each + (position < left))
    elif change < 0:
        _shrink_evenly(tiled, direction, -change, rules)


def _grow(cell: Cell, direction: str, amount: int) -> None:
    """Grow by `amount` given one by one: a row's first cell gets all of it."""
    if amount == 0:
        return
    cell.set_size(direction, cell.size(direction) + amount)
    tiled = cell.tiled()
    for child in tiled[:1] if cell.kind == direction else tiled:
        _grow(child, direction, amount)


def _shrink_evenly(cells: list[Cell], direction: str, amount: int, rules: Rules) -> None:
    """Take `amount` from `cells` in turns of one, from those that have any left."""
    rooms = [available(cell, direction, rules) for cell in cells]
    taken = [0] * len(cells)
    while amount > 0:
        giving = [i for i, room in enumerate(rooms) if room > taken[i]]
        if not giving:
            break
        turns = min(amount // len(giving), *(rooms[i] - taken[i] for i in giving))
        if turns == 0:
            turns, giving = 1, giving[:amount]
        for i in giving:
            taken[i] += turns
        amount -= turns * len(giving)
    for cell, take in zip(cells, taken, strict=True):
        _shrink(cell, direction, take, rules)


def _shrink(cell: Cell, direction: str, amount: int, rules: Rules) -> None:
    """Shrink by `amount` taken one by one: a row's first cell gives until it has no more."""
    if amount == 0:
        return
    cell.set_size(direction, cell.size(direction) - amount)
    for child in cell.tiled():
        if cell.kind != direction:
            _shrink(child, direction, amount, rules)
            continue
        take = min(amount, available(child, direction, rules))
        _shrink(child, direction, take, rules)
        amount -= take


def _share(cell: Cell, direction: str, old: int, new: int, cells_left: int, room: int, rules: Rules) -> int:
    """The size of one of a row's cells when the row goes from `old` to `new` and `room` is not given yet."""
    if cells_left == 1:
        return room
    size = cell.size(direction)
    reserved = max((PANE_MINIMUM + 1) * (cells_left - 1), size - available(cell, direction, rules))
    share = size * new // old
    if room >= reserved:
        share = min(share, room - reserved)
    return max(share, PANE_MINIMUM)


def fits(cell: Cell, direction: str, size: int, rules: Rules) -> bool:
    """Whether `cell` and all in it can be brought to `size`."""
    if cell.kind == PANE:
        return size >= PANE_MINIMUM
    if cell.kind != direction:
        return all(child.kind == PANE or fits(child, direction, size, rules) for child in cell.children)
    count = len(cell.children)
    if size < count * 2 - 1:
        return False
    room = size
    for position, child in enumerate(cell.children):
        share = _share(child, direction, cell.size(direction), size, count - position, room, rules)
        border = 0 if position == count - 1 else 1
        if share + border > room:
            return False
        room -= share + border
        if not fits(child, direction, share, rules):
            return False
    return True


def fit_children(cell: Cell, rules: Rules) -> None:
    """Bring everything in `cell` to its new size, in proportion to the sizes before."""
    tiled = cell.tiled()
    if not tiled:
        return
    along = cell.kind
    across = TOP_BOTTOM if along == LEFT_RIGHT else LEFT_RIGHT
    old = sum(child.size(along) for child in tiled) + len(tiled) - 1
    room = cell.size(along)
    for position, child in enumerate(tiled):
        share = _share(child, along, old, cell.size(along), len(tiled) - position, room, rules)
        child.set_size(along, share)
        child.set_size(across, cell.size(across))
        room -= share + 1
        fit_children(child, rules)


def spread(cell: Cell, rules: Rules) -> bool:
    """Give the children of `cell` equal sizes. False if nothing changed or there is no room for it."""
    count = len(cell.children)
    if count <= 1 or cell.kind == PANE:
        return False
    direction = cell.kind
    size = cell.size(direction)
    if direction == TOP_BOTTOM and cell.has_status_line(rules):
        size -= 1
    each = (size - (count - 1)) // count
    if each <= 0:
        return False
    left = size - (count - 1) - count * each
    changed = False
    for child in cell.children:
        wanted = each
        if direction == TOP_BOTTOM and child.has_status_line(rules):
            wanted += 1
        if left > 0:
            wanted += 1
            left -= 1
        change = wanted - child.size(direction)
        adjust(child, direction, change, rules)
        changed = changed or change != 0
    return changed


def remove(cell: Cell, root: Cell, rules: Rules) -> Cell | None:
    """Take a cell out of the tree, giving its room to the cell before it (after it, if it is the first).

    Returns the root of what is left, None if it was the last one.
    """
    parent = cell.parent
    if parent is None:
        return None
    siblings = parent.children
    index = siblings.index(cell)
    if not cell.floating and len(siblings) > 1:
        heir = siblings[1 if index == 0 else index - 1]
        if not heir.floating:
            adjust(heir, parent.kind, cell.size(parent.kind) + 1, rules)
    del siblings[index]
    cell.parent = None
    if len(siblings) != 1:
        return root
    survivor = siblings.pop()
    parent.replace_in_parent(survivor)
    if survivor.parent is not None:
        return root
    if not survivor.floating:
        survivor.x = survivor.y = 0
    return survivor
