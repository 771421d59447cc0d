"""What must hold for every layout, however it came about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compat_tests.model.layout_replay import Replay
from tmuxish.model import layout, layout_named, layout_string
from tmuxish.model.layout import LEFT_RIGHT, PANE, Cell, LayoutError

sizes = st.tuples(st.integers(2, 120), st.integers(2, 60))
panes = st.integers(0, 11)

# Enough columns and lines for the most panes that `_splits` makes.
ROOM_FOR_TILES = 10


def _splits() -> st.SearchStrategy[list[list[str]]]:
    size: st.SearchStrategy[list[str]] = st.one_of(
        st.just([]), st.integers(0, 90).map(lambda n: ["-l", str(n)])
    )
    flags = st.lists(st.sampled_from(["-h", "-b", "-f"]), unique=True)
    split = st.builds(lambda pane, flags, size: ["-t", f"%{pane}", *flags, *size], panes, flags, size)
    return st.lists(split.map(lambda rest: ["split-window", *rest]), max_size=12)


def _resizes() -> st.SearchStrategy[list[list[str]]]:
    moved = st.builds(
        lambda pane, flag, amount: ["resize-pane", "-t", f"%{pane}", flag, str(amount)],
        panes,
        st.sampled_from(["-L", "-R", "-U", "-D"]),
        st.integers(1, 100),
    )
    window = st.builds(
        lambda cols, rows: ["resize-window", "-x", str(cols), "-y", str(rows)],
        st.integers(1, 150),
        st.integers(1, 80),
    )
    return st.lists(st.one_of(moved, window), max_size=8)


def _run(size: tuple[int, int], commands: list[list[str]]) -> Replay:
    replay = Replay(*size)
    for command in commands:
        known = [f"%{pane.id}" for pane in replay.window.panes]
        if "-t" in command and command[command.index("-t") + 1] not in known:
            continue
        replay.run(list(command))
    return replay


def _check(cell: Cell) -> None:
    """Children fill their cell without gap or overlap, with one column or line of border between."""
    assert cell.cols >= 1 and cell.rows >= 1
    if cell.kind == PANE:
        assert cell.pane is not None and cell.pane.cell is cell
        return
    assert len(cell.children) >= 2
    x, y = cell.x, cell.y
    for child in cell.children:
        assert child.parent is cell
        assert (child.x, child.y) == (x, y)
        _check(child)
        if cell.kind == LEFT_RIGHT:
            assert child.rows == cell.rows
            x += child.cols + 1
        else:
            assert child.cols == cell.cols
            y += child.rows + 1
    end = x - 1 - cell.x if cell.kind == LEFT_RIGHT else y - 1 - cell.y
    assert end == cell.size(cell.kind)


@given(sizes, _splits(), _resizes())
def test_splits_and_resizes_fill_the_window(
    size: tuple[int, int], splits: list[list[str]], resizes: list[list[str]]
) -> None:
    replay = _run(size, splits + resizes)
    window = replay.window
    _check(window.layout)
    assert (window.layout.cols, window.layout.rows) == (window.cols, window.rows)
    assert [leaf.pane for leaf in window.layout.leaves()] == window.panes


@given(sizes, _splits(), st.sampled_from(layout_named.NAMES))
def test_named_layouts_fill_the_window(size: tuple[int, int], splits: list[list[str]], name: str) -> None:
    replay = _run(size, [*splits, ["select-layout", name]])
    window = replay.window
    if name == "tiled" and min(size) < ROOM_FOR_TILES:
        return  # where the window is too small, tmux lets tiles stick out (see the recorded cases)
    _check(window.layout)
    assert {leaf.pane for leaf in window.layout.leaves()} == set(window.panes)


@given(sizes, _splits())
def test_dump_and_parse_are_inverse(size: tuple[int, int], splits: list[list[str]]) -> None:
    replay = _run(size, splits)
    before = replay.state()
    layout_string.apply(replay.window, before["layout"])
    assert replay.state() == before


@given(sizes, _splits(), _resizes(), st.sampled_from(["", *layout_named.NAMES]))
def test_any_layout_comes_back_from_its_string(
    size: tuple[int, int], splits: list[list[str]], resizes: list[list[str]], name: str
) -> None:
    replay = _run(size, [*splits, *resizes, *([["select-layout", name]] if name else [])])
    text = replay.state()["layout"]
    root = layout_string.parse(text)
    assert layout_string.dump(replay.window) == text
    assert [(leaf.x, leaf.y, leaf.cols, leaf.rows) for leaf in root.leaves()] == [
        (leaf.x, leaf.y, leaf.cols, leaf.rows) for leaf in replay.window.layout.leaves()
    ]


@given(sizes, _splits())
def test_closing_every_pane_leaves_no_layout(size: tuple[int, int], splits: list[list[str]]) -> None:
    window = _run(size, splits).window
    while window.panes:
        layout.close(window, window.panes.pop(len(window.panes) // 2))
        if window.panes:
            _check(window.layout)
    assert window.layout is None


@given(st.text(alphabet="0123456789abcdefx,{}[]<> -", max_size=60))
@settings(max_examples=300)
def test_parse_refuses_or_reads_any_text(text: str) -> None:
    for candidate in (text, f"{layout_string.checksum(text):04x},{text}"):
        try:
            root = layout_string.parse(candidate)
        except LayoutError as error:
            assert str(error) == "invalid layout"
        else:
            assert list(root.leaves()) or root.kind == LEFT_RIGHT


def test_checksum_of_a_known_layout() -> None:
    # From real tmux: #{window_layout} of a window of 80x24 with one pane.
    assert layout_string.checksum("80x24,0,0,0") == 0xB25D


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "invalid layout"),
        ("0000,", "have 2 panes but need 0"),
        ("b25d,80x24,0,0,0", "have 2 panes but need 1"),
        ("b25e,80x24,0,0,0", "invalid layout"),
        ("80x24,0,0,0", "invalid layout"),
    ],
)
def test_refused_layouts_change_nothing(text: str, error: str) -> None:
    replay = _run((80, 24), [["split-window", "-t", "%0"]])
    before = replay.state()
    with pytest.raises(LayoutError, match=f"^{error}$"):
        layout_string.apply(replay.window, text)
    assert replay.state() == before


def test_a_layout_larger_than_any_window_is_refused() -> None:
    text = "99999x24,0,0,0"
    with pytest.raises(LayoutError):
        layout_string.parse(f"{layout_string.checksum(text):04x},{text}")


def test_sizes_that_do_not_add_up_are_refused() -> None:
    replay = _run((80, 24), [["split-window", "-t", "%0", "-h"]])
    text = "80x24,0,0{40x24,0,0,0,39x23,41,0,1}"
    with pytest.raises(LayoutError, match=r"^size mismatch after applying layout$"):
        layout_string.apply(replay.window, f"{layout_string.checksum(text):04x},{text}")


def test_border_cell_at() -> None:
    replay = _run((80, 24), [["split-window", "-t", "%0", "-h"], ["split-window", "-t", "%1"]])
    root = replay.window.layout
    assert layout.border_cell_at(root, 40, 3) is root.children[0]
    assert layout.border_cell_at(root, 60, 12) is root.children[1].children[0]
    assert layout.border_cell_at(root, 60, 3) is None


def test_floating_panes_stay_out_of_the_tiling() -> None:
    # From real tmux: new-pane -x 20 -y 5 -X 3 -Y 2 in a window with one pane.
    replay = Replay(80, 24)
    window = replay.window
    cell = layout.add_floating(window, 20, 5, 3, 2)
    floating = replay._new_pane()
    window.panes.append(floating)
    window.z_index = [floating, window.panes[0]]
    cell.hold(floating)
    layout.fix(window)
    assert layout_string.dump(window) == "c97e,80x24,0,0[80x24,0,0,0,20x5,3,2,1]<20x5,3,2,1>"
    assert layout.is_floating(floating) and not layout.is_floating(window.panes[0])
    assert (floating.xoff, floating.yoff, floating.cols, floating.rows) == (3, 2, 20, 5)
    layout.close(window, floating)
    assert layout_string.dump(window) == "b25d,80x24,0,0,0"
