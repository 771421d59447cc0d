"""Rows of panes as pieces of a frame: as many columns as were asked for, whatever is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tmuxish.display.links import Links
from tmuxish.display.pane_rows import PaneRows
from tmuxish.display.popup import PopupScreen
from tmuxish.emulator import Emulator
from tmuxish.emulator.colours import DEFAULT
from tmuxish.emulator.rows import PAD
from tmuxish.formats.trim import text_width
from tmuxish.model.options import Options


@given(
    st.text(st.sampled_from("ab中文\n"), max_size=80),
    st.integers(2, 30),
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=3),
    st.integers(1, 30),
)
def test_rows_fill_their_columns_also_when_lines_were_wrapped_anew(
    text: str, cols: int, sizes: list[tuple[int, bool]], width: int
) -> None:
    emulator = Emulator(cols, 6, 10)
    emulator.feed(text.replace("\n", "\r\n").encode())
    for size, reflow in sizes:
        emulator.resize(size, 6, reflow=reflow)
    rows = PaneRows(PopupScreen(1, emulator, Options.for_global_window()), Links())
    rows.update(0, width, DEFAULT, DEFAULT)
    for y in range(6):
        piece = rows.piece(y, 0, width)
        assert len(piece.text) == len(piece.style) == width
        assert text_width(piece.text.replace(PAD, "")) == width


def test_the_rest_of_a_tab_that_was_cut_by_an_insertion_is_blank() -> None:
    emulator = Emulator(12, 2, 10)
    emulator.feed(b"\x1b[4h\t\b \b|")
    rows = PaneRows(PopupScreen(1, emulator, Options.for_global_window()), Links())
    rows.update(0, 12, DEFAULT, DEFAULT)
    piece = rows.piece(0, 0, 12)
    assert piece.text == " " * 7 + "|    "
