"""What the painter sends, shown by an independent terminal (pyte), is the frame."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compat_tests.display.pyte_frames import IDS, PyteTerminal, expected_looks, frames, terminal
from tmuxish.display.frame import (
    BAR,
    BLOCK,
    MOUSE_BUTTON,
    MOUSE_OFF,
    PAD,
    Cursor,
    Frame,
    Line,
    blank_line,
)
from tmuxish.display.painter import Painter
from tmuxish.display.terminal import Terminal, load_entry
from tmuxish.emulator.style import CHARSET, Style, intern_style

COLS, ROWS = 16, 6


def no_links(number: int) -> None:
    return None


def painter(of: Terminal | None = None) -> Painter:
    return Painter(of or terminal(), no_links)


def frame_of(*texts: str, cursor: Cursor | None = None, cols: int = COLS) -> Frame:
    lines = [Line(text.ljust(cols), IDS[0] * cols) for text in texts]
    return Frame(cols, len(lines), lines, cursor or Cursor())


@settings(max_examples=150)
@given(st.lists(frames(COLS, ROWS), min_size=1, max_size=4))
def test_terminal_shows_the_frame(sequence: list[Frame]) -> None:
    paint, shown = painter(), PyteTerminal(COLS, ROWS)
    for frame in sequence:
        shown.feed(paint.paint(frame))
        assert shown.text() == [line.text for line in frame.lines]
        assert shown.looks() == expected_looks(frame)
        cursor = shown.screen.cursor
        assert (cursor.x, cursor.y) == (frame.cursor.x, frame.cursor.y)
        assert cursor.hidden != frame.cursor.visible


@settings(max_examples=60)
@given(st.lists(frames(COLS, ROWS), min_size=2, max_size=3))
def test_poor_terminals_show_the_text_too(sequence: list[Frame]) -> None:
    paint, shown = painter(terminal("vt100", ())), PyteTerminal(COLS, ROWS)
    for frame in sequence:
        shown.feed(paint.paint(frame))
        assert shown.text() == [line.text for line in frame.lines]


def test_same_frame_sends_nothing() -> None:
    paint = painter()
    paint.paint(frame_of("hello", "world"))
    assert paint.paint(frame_of("hello", "world")) == b""


def test_one_typed_character_costs_one_byte() -> None:
    paint = painter()
    paint.paint(frame_of("$ l", "", cursor=Cursor(3, 0)))
    assert paint.paint(frame_of("$ ls", "", cursor=Cursor(4, 0))) == b"s"


def test_rest_of_a_line_is_erased_at_once() -> None:
    paint = painter()
    paint.paint(frame_of("a long line", cursor=Cursor(1, 0)))
    assert paint.paint(frame_of("a", cursor=Cursor(1, 0))) == b"\x1b[C\x1b[K\b"


def test_what_goes_at_the_end_of_a_line_is_erased_not_overwritten() -> None:
    paint = painter()
    paint.paint(frame_of("left    |", "", cursor=Cursor(0, 1)))
    assert b"\x1b[K" in paint.paint(frame_of("left", "", cursor=Cursor(0, 1)))


def test_a_line_that_becomes_empty_is_erased_from_its_beginning() -> None:
    paint = painter()
    paint.paint(frame_of("        |", "", cursor=Cursor(0, 1)))
    assert paint.paint(frame_of("", "", cursor=Cursor(0, 1))).startswith(b"\x1b[H\x1b[K")


def test_backspace_costs_no_more_than_the_program_sent() -> None:
    paint = painter()
    paint.paint(frame_of("$ ls", cursor=Cursor(4, 0)))
    assert paint.paint(frame_of("$ l", cursor=Cursor(3, 0))) == b"\b \b"


def test_a_whole_line_is_sent_whole() -> None:
    paint = painter()
    paint.paint(frame_of("one line"))
    frame = frame_of("one lime")
    frame.lines[0].whole = True
    assert b"one lime" in paint.paint(frame)


def test_scrolled_screen_is_scrolled_by_the_terminal() -> None:
    paint, shown = painter(), PyteTerminal(COLS, 5)
    before = frame_of("one", "two", "three", "four", "[status]")
    after = frame_of("two", "three", "four", "five", "[status]")
    shown.feed(paint.paint(before))
    sent = paint.paint(after)
    shown.feed(sent)
    assert shown.text() == [line.text for line in after.lines]
    assert b"three" not in sent


def test_wide_character_cut_by_a_narrow_one() -> None:
    paint, shown = painter(), PyteTerminal(4, 1)
    for text in ("中" + PAD + "中" + PAD, "a中" + PAD + "b", " b中" + PAD):
        shown.feed(paint.paint(frame_of(text, cols=4)))
        assert shown.text() == [text]


def test_a_wrapped_line_is_left_to_the_terminal_to_wrap() -> None:
    paint = painter()
    paint.paint(frame_of("", "", cols=4))
    first = Line("abcd", IDS[0] * 4, wrapped=True)
    sent = paint.paint(Frame(4, 2, [first, Line("ef  ", IDS[0] * 4)], Cursor(2, 1)))
    assert b"abcdef" in sent


@pytest.mark.parametrize(
    ("cursor", "expected"),
    [
        (Cursor(shape=BLOCK), b"\x1b[2 q"),
        (Cursor(shape=BLOCK, blinking=True), b"\x1b[1 q"),
        (Cursor(shape=BAR), b"\x1b[6 q"),
        (Cursor(visible=False), b"\x1b[?25l"),
        (Cursor(colour=1), b"\x1b]12;rgb:80/00/00\x07"),
    ],
)
def test_cursor_looks(cursor: Cursor, expected: bytes) -> None:
    paint = painter()
    paint.paint(frame_of("x"))
    assert expected in paint.paint(frame_of("x", cursor=cursor))
    paint.paint(frame_of("x", cursor=cursor))
    assert paint.paint(frame_of("x", cursor=cursor)) == b""


def test_mouse_is_asked_for_once() -> None:
    paint = painter()
    paint.paint(frame_of("x"))
    frame = frame_of("x")
    frame.mouse = MOUSE_BUTTON
    assert b"\x1b[?1006h\x1b[?1000h\x1b[?1002h" in paint.paint(frame)
    assert paint.paint(frame) == b""
    frame = frame_of("x")
    frame.mouse = MOUSE_OFF
    assert paint.paint(frame) == b"\x1b[?1006l\x1b[?1000l\x1b[?1002l\x1b[?1003l"


def line_drawing() -> Frame:
    style = chr(intern_style(Style(attrs=CHARSET)))
    return Frame(3, 1, [Line("qqx", style * 3)], Cursor())


def test_lines_are_utf8_where_the_client_takes_it() -> None:
    assert "──│".encode() in painter().paint(line_drawing())


def test_lines_are_the_alternate_character_set_elsewhere() -> None:
    ascii_terminal = Terminal("xterm-256color", load_entry("xterm-256color", {}), utf8=False)
    assert b"\x1b(0qqx\x1b(B" in painter(ascii_terminal).paint(line_drawing())


def test_other_characters_are_underscores_without_utf8() -> None:
    ascii_terminal = Terminal("xterm-256color", load_entry("xterm-256color", {}), utf8=False)
    assert b"a__b_" in painter(ascii_terminal).paint(frame_of("a中" + PAD + "bé"))


def test_hyperlinks() -> None:
    of = terminal(features=("hyperlinks",))
    style = chr(intern_style(Style(link=7)))
    paint = Painter(of, {7: ("id", "http://x")}.get)
    sent = paint.paint(Frame(3, 1, [Line("abc", style * 3)], Cursor()))
    assert b"\x1b]8;id=id;http://x\x1b\\abc" in sent
    assert b"\x1b]8;;\x1b\\" in sent


def test_a_redraw_is_one_synchronised_update_where_known() -> None:
    of = terminal(features=("sync",))
    sent = Painter(of, no_links).paint(frame_of("a", "b"))
    assert sent.startswith(b"\x1b[?2026h")
    assert sent.endswith(b"\x1b[?2026l")


def test_a_new_size_starts_over() -> None:
    paint, shown = painter(), PyteTerminal(8, 2)
    paint.paint(frame_of("x", "y", "z"))
    frame = Frame(8, 2, [blank_line(8), Line("abcdefgh", IDS[1] * 8)], Cursor())
    shown.feed(paint.paint(frame))
    assert shown.text() == [line.text for line in frame.lines]
