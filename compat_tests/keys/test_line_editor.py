"""The editor of one line; what each key does on a screen is compared with tmux in attached scenarios."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.grammar import keys
from tmuxish.grammar.keys import string_to_key
from tmuxish.keys import line_editor
from tmuxish.keys.line_editor import LineEditor, literal_char, plain_key

SEPARATORS = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
"""The default of word-separators."""

EMACS_KEYS = [f"C-{letter}" for letter in "abcdefghknprstuvwy["]
VI_KEYS = list("AICsaSi$0^DXbBdeEwWpqxjhlk")
MORE_KEYS = ["M-b", "M-f", "C-Left", "C-Right", "Left", "Right", "Up", "Down", "Home", "End", "BSpace", "DC"]
TEXT_KEYS = ["z", "-", "Space", "é", "中", "Escape", "Tab", "Enter", "F5", "M-z"]
ANY_KEYS = st.lists(st.sampled_from(EMACS_KEYS + VI_KEYS + MORE_KEYS + TEXT_KEYS), max_size=30)


def press(editor: LineEditor, names: str | list[str], *, vi: bool = False) -> list[int]:
    """Press keys by name (a text: separated by blanks); what each one did."""
    listed = names.split() if isinstance(names, str) else names
    return [editor.press(plain_key(string_to_key(name)), vi=vi, separators=SEPARATORS) for name in listed]


def shown(editor: LineEditor) -> str:
    """The line with `|` before the cursor."""
    return editor.text[: editor.index] + "|" + editor.text[editor.index :]


@pytest.mark.parametrize(
    ("text", "pressed", "result"),
    [
        ("one two", "C-a x", "x|one two"),
        ("one two", "C-b C-b C-d", "one t|o"),
        ("one two", "M-b C-k", "one |"),
        ("one two", "C-w C-a C-y", "two|one "),
        ("one two", "C-w C-w C-y C-y", "one one |"),
        ("one two", "C-a M-f", "one| two"),
        ("one two", "C-a C-w", "|one two"),
        ("a--b", "M-b M-b", "a|--b"),
        ("a--b", "C-w C-w", "a|"),
        ("a é-b", "M-b M-b", "a é|-b"),
        ("ab", "C-t", "ba|"),
        ("abc", "C-a C-f C-t", "ba|c"),
        ("a", "C-t", "a|"),
        ("ab", "C-u C-d BSpace", "|"),
        ("ab", "C-v C-a C-v BSpace C-v Enter C-v é", "ab\x01\x7f\ré|"),
    ],
)
def test_emacs_keys_edit(text: str, pressed: str, result: str) -> None:
    editor = LineEditor(text)
    press(editor, pressed)
    assert shown(editor) == result


@pytest.mark.parametrize(
    ("text", "pressed", "result"),
    [
        ("one two", "Escape", "one tw|o"),
        ("one two-x", "Escape 0 w", "one |two-x"),
        ("one two-x", "Escape 0 w w", "one two|-x"),
        ("one two-x y", "Escape 0 W W", "one two-x |y"),
        ("one two-x y", "Escape 0 e e", "one tw|o-x y"),
        ("one two-x y", "Escape 0 E E", "one two-|x y"),
        ("one two-x y", "Escape b b", "one two|-x y"),
        ("one two-x y", "Escape B", "one |two-x y"),
        ("one", "Escape 0 D", "|"),
        ("one", "Escape I x", "x|one"),
        ("one", "Escape A x", "onex|"),
        ("one", "Escape 0 s x", "x|ne"),
        ("one", "Escape S x", "x|"),
        ("one", "Escape Home x", "on|"),
        ("one", "Escape X", "o|e"),
        ("one", "C-b x", "onex|"),
    ],
)
def test_vi_keys_edit(text: str, pressed: str, result: str) -> None:
    editor = LineEditor(text)
    press(editor, pressed, vi=True)
    assert shown(editor) == result


def test_only_vi_in_command_mode_takes_letters_as_commands() -> None:
    editor = LineEditor()
    press(editor, "d x Escape", vi=True)
    assert (editor.text, editor.command_mode) == ("dx", True)
    assert press(editor, "q", vi=True) == [line_editor.CANCELLED]
    press(editor, "i", vi=True)
    assert not editor.command_mode
    assert press(editor, "Escape") == [line_editor.CANCELLED]


def test_history_goes_back_and_forth_and_may_grow_or_shrink_meanwhile() -> None:
    history = ["one", "two"]
    editor = LineEditor("typed", history=history)
    seen = []
    for name in ("Up", "Up", "Up", "Down", "Down", "Down", "Up"):
        press(editor, name)
        seen.append(editor.text)
    assert seen == ["two", "one", "one", "two", "", "", "two"]
    history.clear()
    press(editor, "Down")
    assert editor.text == ""


def test_only_what_was_killed_comes_before_the_paste_buffer() -> None:
    editor = LineEditor("one two", yanked=lambda: "buffer")
    press(editor, "C-y C-w")
    assert editor.text == "one "
    press(editor, "C-y")
    assert editor.text == "one twobuffer"


def test_without_a_paste_buffer_nothing_is_pasted() -> None:
    editor = LineEditor("a")
    assert press(editor, "C-y") == [line_editor.MOVED]


def test_an_incremental_line_takes_up_the_last_one() -> None:
    editor = LineEditor(last="old")
    assert press(editor, "C-s C-s C-r") == [line_editor.CHANGED, line_editor.FORWARD, line_editor.BACKWARD]
    assert editor.text == "old"
    assert press(LineEditor("x"), "C-s C-r") == [line_editor.MOVED] * 2


def test_backspace_may_end_an_empty_line() -> None:
    editor = LineEditor("a", erase_ends=True)
    assert press(editor, "BSpace C-h") == [line_editor.CHANGED, line_editor.CANCELLED]


@pytest.mark.parametrize(
    ("name", "char"),
    [("a", "a"), ("C-a", "\x01"), ("M-a", "a"), ("BSpace", "\x7f"), ("é", "é"), ("M-é", "é"), ("F5", None)],
)
def test_what_a_key_is_as_text(name: str, char: str | None) -> None:
    assert literal_char(plain_key(string_to_key(name))) == char


def test_keys_of_the_keypad_are_characters() -> None:
    assert plain_key(string_to_key("KPEnter")) == keys.ENTER
    assert plain_key(string_to_key("KP7")) == ord("7")
    assert plain_key(keys.KP_SEVEN | keys.CTRL) == keys.KP_SEVEN | keys.CTRL


@given(st.text("ab- é中", max_size=12), ANY_KEYS, st.booleans())
def test_whatever_is_pressed_the_cursor_stays_in_the_line(text: str, names: list[str], vi: bool) -> None:
    editor = LineEditor(text, history=["x", "yy"], yanked=lambda: "p-q", last="l")
    for name in names:
        before, outcome = editor.text, press(editor, [name], vi=vi)[0]
        assert 0 <= editor.index <= len(editor.chars)
        if outcome in (line_editor.IGNORED, line_editor.MOVED, line_editor.ACCEPTED, line_editor.CANCELLED):
            assert editor.text == before


@given(st.text("ab- ", max_size=12), st.integers(0, 12))
def test_word_backward_and_kill_word_agree(text: str, left: int) -> None:
    editor, killer = LineEditor(text), LineEditor(text)
    for each in (editor, killer):
        press(each, ["Left"] * left)
    press(editor, "M-b")
    press(killer, "C-w")
    assert editor.index == killer.index
    press(killer, "C-y")
    assert killer.text == text


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("one tw|o x", "two"),
        ("one two|", "two"),
        ("one| two", "one"),
        ("|one two", "one"),
        ("one |two", ""),
        ("one  |two", ""),
        ("one |", ""),
        ("|", ""),
        (" |", ""),
        ("  |x", ""),
    ],
)
def test_the_word_that_is_completed(line: str, word: str) -> None:
    before, after = line.split("|")
    editor = LineEditor(before + after)
    editor.index = len(before)
    place = editor.word_place()
    assert "".join(editor.chars[slice(*place)] if place else []) == word


def test_a_completed_word_takes_the_place_of_what_was_there() -> None:
    editor = LineEditor("set stat x")
    editor.index = 6
    editor.replace_word("status")
    assert shown(editor) == "set status| x"


@given(st.text("ab ", max_size=10), st.integers(0, 10))
def test_a_word_has_no_blanks(text: str, index: int) -> None:
    editor = LineEditor(text)
    editor.index = min(index, len(text))
    place = editor.word_place()
    assert place is None or " " not in text[slice(*place)]
