"""A frame is the same whether it was composed from nothing or from what changed since the last one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compat_tests.display.view_world import World
from tmuxish.display.client_view import ClientView

COLS, ROWS = 21, 9
#: Column, row, columns and rows of three panes; the first two can be swapped.
PANES = [(0, 0, 10, 4), (11, 0, 10, 4), (0, 5, 21, 3)]

output = st.lists(
    st.sampled_from(
        [
            b"a",
            b"bc",
            b"\r",
            b"\n",
            b"\x1b[31m",
            b"\x1b[m",
            b"\x1b[K",
            b"\x1b[2;3H",
            b"\x1b[M",
            "中e\u0301".encode(),
        ]
    ),
    max_size=12,
).map(b"".join)
steps = st.lists(st.tuples(st.integers(-1, 2), output), max_size=8)


def shown(view: ClientView) -> list[tuple[object, ...]]:
    frame = view._composer.compose()
    assert frame is not None
    return [(line.text, line.style, line.marks, line.wrapped) for line in frame.lines]


@given(steps, st.integers(12, COLS), st.integers(6, ROWS))
def test_frames_of_what_changed_are_those_composed_from_nothing(
    steps: list[tuple[int, bytes]], cols: int, rows: int
) -> None:
    world = World(COLS, ROWS - 1, PANES)
    world.window.active = world.window.panes[2]
    view = world.attach(cols, rows)
    for number, data in steps:
        if number == -1:
            _swap(world)
            view.mark()
        else:
            world.model.panes[number].emulator.feed(data)
        assert shown(view) == shown(world.attach(cols, rows))


def _swap(world: World) -> None:
    """The first two panes change places, which have the same size."""
    panes = world.window.panes
    first, second = panes[:2]
    panes[:2] = second, first
    first.xoff, second.xoff = second.xoff, first.xoff
    world.window.z_index = list(panes)
