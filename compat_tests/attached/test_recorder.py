"""The recorder itself: it sees differences, codes looks without loss, masks what varies."""

from __future__ import annotations

import pytest

from compat_tests.attached import fixture
from compat_tests.attached.compare import Comparer, difference
from compat_tests.attached.keys import key_bytes, mouse_bytes
from compat_tests.attached.normalise import mask_row
from compat_tests.attached.script import Scenario, keys, look
from compat_tests.attached.terminal import Cell, looks
from compat_tests.clients.sandbox import Sandbox, executable_under_test


def _row(text: str, **attributes: str | bool) -> list[Cell]:
    return [Cell(char)._replace(**attributes) for char in text]  # type: ignore[arg-type]


def test_looks_are_run_length_coded() -> None:
    assert looks(_row("abc")) == ""
    assert looks([*_row("abc"), *_row("de", bold=True, fg="red"), *_row(" x")]) == "3; 2 bold fg=red"


def test_blanks_show_their_background_only() -> None:
    assert looks([*_row("a", fg="red"), *_row("  "), *_row("b", fg="red")]) == "4 fg=red"
    assert looks([*_row("a", fg="red"), *_row("x "), *_row("b", fg="red")]) == "1 fg=red; 2; 1 fg=red"
    assert looks([*_row("a", bg="red"), *_row(" "), *_row("b", bg="red")]) == "1 bg=red; 1; 1 bg=red"


def test_masks_keep_columns_and_looks() -> None:
    row = mask_row([*_row("/dev/pts/14", bold=True), *_row("|x   ")], [(r"/dev/pts/\d+", "/dev/pts/N")])
    assert "".join(cell.data for cell in row) == "/dev/pts/N|x    "
    assert looks(row) == "10 bold"


@pytest.mark.parametrize(
    ("name", "sent"),
    [("prefix", b"\x02"), ("Up", b"\x1bOA"), ("M-x", b"\x1bx"), ("M-PPage", b"\x1b[5;3~")],
)  # fmt: skip
def test_keys(name: str, sent: bytes) -> None:
    assert key_bytes(name) == sent


def test_mouse() -> None:
    assert mouse_bytes("C-Down3", 4, 0) == b"\x1b[<18;5;1M"
    assert mouse_bytes("Up1", 0, 0) == b"\x1b[<0;1;1m"


def test_another_screen_than_recorded_is_an_error() -> None:
    name, scenario = "split-h", Scenario("split-h", steps=[keys("prefix", "%"), look()])
    first, split = fixture.load("bindings")[name][:2]
    wrong = {**split, "cursor": [0, 0]}
    with (
        Sandbox(executable_under_test()) as sandbox,
        pytest.raises(AssertionError, match="look 1 of split-h"),
    ):
        Comparer(sandbox, scenario, [first, wrong], patience=0.5).play()


def test_differences_name_the_row() -> None:
    assert difference({"rows": ["a", "b"]}, {"rows": ["a", "c"]}) == "row  1  tmux |b|\n        ours |c|"
