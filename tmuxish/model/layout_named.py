"""The named layouts: select-layout even-horizontal, tiled and the like.

Each builds a new tree from the window's panes in their order. A layout may come out larger than the window
where the panes need that; the window then takes the layout's size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.model import layout, layout_sizes
from tmuxish.model.layout_cell import LEFT_RIGHT, PANE, PANE_MINIMUM, TOP_BOTTOM, Cell
from tmuxish.numbers import NumberError, parse_percentage

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.model.window import Window

# In the order of next-layout. `Window.last_layout` is a position in it.
NAMES = (
    "even-horizontal",
    "even-vertical",
    "main-horizontal",
    "main-horizontal-mirrored",
    "main-vertical",
    "main-vertical-mirrored",
    "tiled",
)

# Main pane sizes where the option's text is no size.
DEFAULT_MAIN_COLS = 80
DEFAULT_MAIN_ROWS = 24


def lookup(name: str) -> int | None:
    """Position of the layout called `name` or, if only one does, starting with it; else None."""
    if name in NAMES:
        return NAMES.index(name)
    matches = [position for position, known in enumerate(NAMES) if known.startswith(name)]
    return matches[0] if len(matches) == 1 else None


def select(window: Window, number: int) -> None:
    """Arrange the window's panes as layout `number` of `NAMES`. A single pane stays as it is, and so do
    floating ones."""
    panes = [pane for pane in window.panes if not layout.is_floating(pane)]
    if len(panes) > 1:
        floating = _take_floating(window)
        root = _build(window, NAMES[number], panes)
        for cell in floating:
            root.append(cell)
        layout.fix(window)
        window.cols, window.rows = root.cols, root.rows
    window.last_layout = number


def select_next(window: Window) -> None:
    """The layout after the last one selected."""
    select(window, (window.last_layout + 1) % len(NAMES))


def select_previous(window: Window) -> None:
    """The layout before the last one selected."""
    last = 0 if window.last_layout == -1 else window.last_layout
    select(window, (last - 1) % len(NAMES))


def _take_floating(window: Window) -> list[Cell]:
    """The floating cells, out of the tree."""
    cells = [leaf for leaf in window.layout.leaves() if leaf.floating] if window.layout is not None else []
    for cell in cells:
        if cell.parent is not None:
            cell.parent.children.remove(cell)
    return cells


def _build(window: Window, name: str, panes: list[Pane]) -> Cell:
    if name == "tiled":
        return _tiled(window, panes)
    kind, _, rest = name.partition("-")
    if kind == "even":
        return _even(window, LEFT_RIGHT if rest == "horizontal" else TOP_BOTTOM, panes)
    direction = TOP_BOTTOM if rest.startswith("horizontal") else LEFT_RIGHT
    return _main(window, direction, panes, mirrored=rest.endswith("mirrored"))


def _new_root(window: Window, kind: str, cols: int, rows: int) -> Cell:
    """Throw the old tree away and start another."""
    if window.layout is not None:
        window.layout.detach_panes()
    window.layout = Cell(kind, cols, rows)
    return window.layout


def _add(row: Cell, pane: Pane, cols: int, rows: int) -> Cell:
    cell = Cell(PANE, cols, rows)
    cell.hold(pane)
    row.append(cell)
    return cell


def _least(count: int) -> int:
    """The least size of a row of that many panes."""
    return count * (PANE_MINIMUM + 1) - 1


def _even(window: Window, direction: str, panes: list[Pane]) -> Cell:
    """All panes in one row of equal shares."""
    size = {LEFT_RIGHT: window.cols, TOP_BOTTOM: window.rows}
    size[direction] = max(size[direction], _least(len(panes)))
    root = _new_root(window, direction, size[LEFT_RIGHT], size[TOP_BOTTOM])
    for pane in panes:
        _add(root, pane, window.cols, window.rows)
    layout_sizes.spread(root, layout.rules_of(window))
    return root


def _main(window: Window, direction: str, panes: list[Pane], *, mirrored: bool) -> Cell:
    """The first pane large, the others in a row across beside it (`mirrored`: the large one last)."""
    main, *others = panes
    across = LEFT_RIGHT if direction == TOP_BOTTOM else TOP_BOTTOM
    main_size, other_size = _main_sizes(window, direction)
    width = max(window.cols if across == LEFT_RIGHT else window.rows, _least(len(others)))

    def dimensions(along: int, over: int) -> tuple[int, int]:
        return (along, over) if direction == LEFT_RIGHT else (over, along)

    root = _new_root(window, direction, *dimensions(main_size + other_size + 1, width))
    _add(root, main, *dimensions(main_size, width))
    if len(others) == 1:
        _add(root, others[0], *dimensions(other_size, width))
    else:
        row = Cell(across, *dimensions(other_size, width))
        root.append(row)
        for pane in others:
            _add(row, pane, *dimensions(other_size, PANE_MINIMUM))
    if mirrored:
        root.children.reverse()
    if len(others) > 1:
        layout_sizes.spread(row, layout.rules_of(window))
    return root


def _main_sizes(window: Window, direction: str) -> tuple[int, int]:
    """Sizes of the main pane and of the others, from the options main-pane-width, other-pane-width etc."""
    if direction == LEFT_RIGHT:
        whole, default, option = window.cols - 1, DEFAULT_MAIN_COLS, "width"
    else:
        whole, default, option = window.rows - 1, DEFAULT_MAIN_ROWS, "height"
    main = _size_option(window, f"main-pane-{option}", whole)
    if main is None:
        main = default
    if main + PANE_MINIMUM >= whole:
        return max(PANE_MINIMUM, whole - PANE_MINIMUM), PANE_MINIMUM
    other = _size_option(window, f"other-pane-{option}", whole)
    if not other or whole - other < main:
        return main, whole - main
    return whole - other, other


def _size_option(window: Window, name: str, whole: int) -> int | None:
    """A size or percentage of `whole`, None where the option's text is no such thing."""
    try:
        return parse_percentage(window.options.get_string(name), 0, whole, whole)
    except NumberError:
        return None


def _tiled(window: Window, panes: list[Pane]) -> Cell:
    """Rows of equally large panes, about as many rows as columns."""
    count = len(panes)
    rows, columns = _grid(count, window.options.get_number("tiled-layout-max-columns"))
    width = max(PANE_MINIMUM, (window.cols - (columns - 1)) // columns)
    height = max(PANE_MINIMUM, (window.rows - (rows - 1)) // rows)
    root = _new_root(
        window,
        TOP_BOTTOM,
        max(window.cols, (width + 1) * columns - 1),
        max(window.rows, (height + 1) * rows - 1),
    )
    rules = layout.rules_of(window)
    for start in range(0, count, columns):
        in_row = panes[start : start + columns]
        if len(in_row) == 1:
            _add(root, in_row[0], window.cols, height)
            continue
        row = Cell(LEFT_RIGHT, window.cols, height)
        root.append(row)
        for pane in in_row:
            _add(row, pane, width, height)
        used = len(in_row) * (width + 1) - 1
        if window.cols > used:
            layout_sizes.adjust(row.children[-1], LEFT_RIGHT, window.cols - used, rules)
    used = rows * height + rows - 1
    if window.rows > used:
        layout_sizes.adjust(root.children[-1], TOP_BOTTOM, window.rows - used, rules)
    return root


def _grid(count: int, max_columns: int) -> tuple[int, int]:
    """Rows and columns for `count` panes, with at most `max_columns` (0: no limit)."""
    rows = columns = 1
    while rows * columns < count:
        rows += 1
        if rows * columns < count and (max_columns == 0 or columns < max_columns):
            columns += 1
    return rows, columns
