"""The line typed at a prompt, in whatever room there is; how it looks is in the attached scenarios."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.display.frame import PAD
from tmuxish.display.prompt_line import typed_line
from tmuxish.emulator.style import DEFAULT_STYLE
from tmuxish.keys.line_editor import LineEditor


def drawn(text: str, left: int, index: int | None = None, *, quoting: bool = False) -> tuple[str, int]:
    editor = LineEditor(text)
    editor.index = len(text) if index is None else index
    editor.quoting = quoting
    line, cursor = typed_line(editor, 1, left, DEFAULT_STYLE)
    assert len(line.text) == len(line.style)
    return line.text, cursor


@pytest.mark.parametrize(
    ("text", "index", "left", "shown", "cursor"),
    [
        ("", 0, 5, "", 0),
        ("abc", 3, 5, "abc", 3),
        ("abc", 1, 5, "abc", 1),
        ("abcdef", 6, 5, "cdef", 4),
        ("abcdef", 0, 5, "abcde", 0),
        ("a中b", 3, 9, f"a中{PAD}b", 4),
        ("ab中", 0, 3, "ab", 0),
        ("a\x01\x7f", 3, 9, "a^A^?", 5),
    ],
)
def test_what_is_shown_of_a_line(text: str, index: int, left: int, shown: str, cursor: int) -> None:
    assert drawn(text, left, index) == (shown, cursor)


def test_a_key_to_be_taken_as_text_is_announced() -> None:
    assert drawn("ab", 9, quoting=True) == ("ab^", 2)
    assert drawn("ab", 9, 1, quoting=True) == ("a^b", 1)


@given(st.text(max_size=20), st.integers(1, 12), st.integers(0, 20), st.booleans())
def test_nothing_leaves_the_room_there_is(text: str, left: int, index: int, quoting: bool) -> None:
    shown, cursor = drawn(text, left, min(index, len(text)), quoting=quoting)
    assert len(shown) <= left
    assert 0 <= cursor < left
