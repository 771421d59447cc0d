"""What copy mode draws over text that takes several columns."""

from __future__ import annotations

import pytest

from tmuxish.emulator import Emulator
from tmuxish.emulator.rows import PAD
from tmuxish.modes.copy_draw import _Line


@pytest.mark.parametrize(
    ("text", "at", "over", "shown"),
    [
        ("日本語", 0, "[0]", "[0] 語_"),
        ("日本語", 3, "[0]", "日_ [0]"),
        ("ab\tc", 0, "[1234]", "[1234]  c"),
        ("\tc", 6, "[1]", "      [1]"),
        ("日本語", 1, "xx", " xx 語_"),
    ],
)
def test_what_is_left_of_a_character_is_blank(text: str, at: int, over: str, shown: str) -> None:
    emulator = Emulator(len(shown), 1)
    emulator.feed(text.encode())
    line = _Line(emulator.lines[0], len(shown))
    before = list(line.cells)
    line.cells[at : at + len(over)] = over
    line.mend(before)
    assert "".join(line.cells).replace(PAD, "_") == shown
