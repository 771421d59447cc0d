"""Lines laid over lines: nothing else changes, and no half of a wide character is left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tmuxish.display.frame import PAD, Line
from tmuxish.display.overlay import Patch, lay_patches

COLS = 12


def line_of(text: str, style: str, cols: int | None = None) -> Line:
    """`text` with PAD behind wide characters, cut or filled to `cols`; every `é` is marked."""
    cells = "".join(char + PAD if char == "中" else char for char in text)
    if cols is not None:
        cells = cells[:cols].ljust(cols)
        if cells.endswith("中"):
            cells = cells[:-1] + " "
    marks = {x: "\u0301" for x, char in enumerate(cells) if char == "e"}
    return Line(cells, style * len(cells), marks or None)


texts = st.text(st.sampled_from("abe中"), max_size=14)


@given(texts, st.integers(-5, 15), texts)
def test_a_patch_covers_its_columns_and_no_others(under: str, x: int, over: str) -> None:
    below, patch = line_of(under, "u", COLS), line_of(over, "o")
    laid = lay_patches([below], [Patch(x, 0, patch)])[0]
    assert len(laid.text) == len(laid.style) == COLS
    for column in range(COLS):
        inside = 0 <= column - x < len(patch.text)
        source, place = (patch, column - x) if inside else (below, column)
        char, beside = laid.text[column], laid.text[column + 1 : column + 2]
        assert laid.style[column] == source.style[place]
        assert char in (source.text[place], " ")
        assert (char == "中") == (beside == PAD)
        if char == source.text[place]:
            assert (laid.marks or {}).get(column) == (source.marks or {}).get(place)


def test_patches_outside_the_terminal_are_not_shown() -> None:
    below = [line_of("under", "u", COLS)]
    patches = [Patch(0, y, line_of("over", "o")) for y in (-1, 1, 7)]
    assert lay_patches(below, patches) == below
