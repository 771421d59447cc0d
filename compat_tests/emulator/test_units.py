"""Single rules, where a table says more than a recorded screen."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from tmuxish.emulator import PAD, PROMPT, Emulator, Style, capture, style_of
from tmuxish.emulator import colours as c
from tmuxish.emulator import modes as mode
from tmuxish.emulator import style as styles
from tmuxish.emulator.charsets import line_drawing
from tmuxish.emulator.hyperlinks import visible
from tmuxish.emulator.osc import clean_name, clipboard_reply, decode_base64
from tmuxish.emulator.pen import apply_sgr
from tmuxish.emulator.widths import parse_override, width_table

from .screens import show


@pytest.mark.parametrize(
    ("params", "style"),
    [
        ("", Style()),
        ("1;31", Style(fg=1, attrs=styles.BRIGHT)),
        ("38;5;9", Style(fg=9 | c.COLOUR_256)),
        ("38;5", Style(fg=8)),
        ("38;5;256", Style(fg=8)),
        ("38;2;1;2;3", Style(fg=0x02010203)),
        ("38;2;1;2;999", Style(attrs=styles.BRIGHT | styles.DIM)),
        ("48:2:1:2:3", Style(bg=0x02010203)),
        ("48:2::1:2:3", Style(bg=0x02010203)),
        ("58:5:7", Style(us=7 | c.COLOUR_256)),
        ("4:3", Style(attrs=styles.UNDERSCORE_3)),
        ("4;21", Style(attrs=styles.UNDERSCORE_2)),
        ("97;107", Style(fg=97, bg=97)),
        ("1:2:3:4:5:6:7:8", Style()),
        (";".join(["1"] * 23), Style(attrs=styles.BRIGHT)),
        (";".join(["1"] * 24), Style()),
        ("99999999999", Style()),
    ],
)
def test_sgr(params: str, style: Style) -> None:
    assert apply_sgr(Style(), params) == style


def test_sgr_0_keeps_the_hyperlink_but_empty_sgr_does_not() -> None:
    linked = Style(fg=1, link=3)
    assert apply_sgr(linked, "0") == Style(link=3)
    assert apply_sgr(linked, "") == Style()


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("red", 1),
        ("brightred", 91),
        ("91", 91),
        ("default", 8),
        ("terminal", 9),
        ("colour12", 12 | c.COLOUR_256),
        ("color255", 255 | c.COLOUR_256),
        ("colour256", c.NONE),
        ("#0a0B0c", 0x020A0B0C),
        ("#12345", c.NONE),
        ("AliceBlue", 0x02F0F8FF),
        ("alice blue", 0x02F0F8FF),
        ("grey50", 0x027F7F7F),
        ("gray101", c.NONE),
        ("nonesuch", c.NONE),
    ],
)
def test_colour_from_string(text: str, colour: int) -> None:
    assert c.colour_from_string(text) == colour


@pytest.mark.parametrize("colour", [0, 7, 8, 9, 90, 97, 5 | c.COLOUR_256, 0x02123456])
def test_colour_names_round_trip(colour: int) -> None:
    assert c.colour_from_string(c.colour_to_string(colour)) == colour


@pytest.mark.parametrize(
    ("rgb", "index"),
    [((0, 0, 0), 16), ((255, 255, 255), 231), ((95, 135, 175), 67), ((8, 8, 8), 232), ((127, 127, 127), 244)],
)
def test_rgb_to_256(rgb: tuple[int, int, int], index: int) -> None:
    assert c.rgb_to_256(*rgb) == index | c.COLOUR_256


def test_palette_entries_are_their_own_nearest() -> None:
    for index in range(16, 256):
        nearest = c.rgb_to_256(*c.split_rgb(c.palette_to_rgb(index))) & 0xFF
        assert c.palette_to_rgb(nearest) == c.palette_to_rgb(index)


@pytest.mark.parametrize(
    ("char", "width"),
    [
        ("a", 1),
        ("é", 1),
        ("日", 2),
        ("\u0301", 0),
        ("\u200d", 0),
        ("\u0085", 0),
        ("🎉", 2),
        ("☝", 2),
        ("\U0001f1ec", 1),
        ("\U0001f3fd", 2),
        ("─", 1),
        ("\ufe0f", 0),
        ("\U000e0100", 0),
        ("\U0010ffff", 1),
        ("\u0903", 1),
    ],
)
def test_width(char: str, width: int) -> None:
    assert width_table().width(char) == width


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("U+1F600=1", (0x1F600, 0x1F600, 1)),
        ("U+100-U+1FF=2", (0x100, 0x1FF, 2)),
        ("é=0", (0xE9, 0xE9, 0)),
        ("U+200-U+100=2", None),
        ("U+100=3", None),
        ("nonsense", None),
    ],
)
def test_codepoint_widths_entries(text: str, parsed: tuple[int, int, int] | None) -> None:
    assert parse_override(text) == parsed


def test_codepoint_widths_take_effect() -> None:
    emulator = Emulator(20, 2)
    emulator.feed("─🎉x".encode())
    emulator.policy.codepoint_widths = ("─=2", "U+1F389=1")
    emulator.feed("\r\n─🎉x".encode())
    assert [row.text for row in emulator.lines] == [f"─🎉{PAD}x", f"─{PAD}🎉x"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"\xe9\xc3\xa9x", "\ufffdx"),
        (b"\xe2\x28\xa1", "\ufffd(\ufffd"),
        (b"\xf0\x9f\x98x", "\ufffdx"),
        (b"\xe0\x80\x80", "\ufffd"),
        (b"\xed\xa0\x80", "\ufffd"),
        (b"\xc3\x7f\xa9", "é"),
        (b"\xe2\x94\x1b[m\x80", "─"),
        ("\uffff".encode(), "\uffff"),
    ],
)
def test_broken_utf8(data: bytes, text: str) -> None:
    assert show(data).text_lines()[0] == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("plain", "plain"),
        ("a\\b", "a\\\\b"),
        ("#(x)", "_(x)"),
        ("\x7f", None),
        ("\udcff", None),
        ("é日", "é日"),
    ],
)
def test_clean_name(text: str, name: str | None) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    ("data", "decoded"),
    [
        (b"aGVsbG8=", b"hello"),
        (b"aGVs bG8=", b"hello"),
        (b"aGVsbG8", None),
        (b"aGVsbG9=", None),
        (b"!!!!", None),
        (b"====", None),
        (b"YQ==", b"a"),
        (b"YR==", None),
        (b"", b""),
    ],
)
def test_base64_is_strict(data: bytes, decoded: bytes | None) -> None:
    assert decode_base64(data) == decoded


def test_clipboard() -> None:
    emulator = Emulator(20, 2)
    data = base64.b64encode(b"copied")
    emulator.feed(b"\x1b]52;c;" + data + b"\x07")
    assert emulator.events == []
    emulator.policy.set_clipboard = 2
    emulator.feed(b"\x1b]52;cxpc;" + data + b"\x07\x1b]52;s;?\x1b\\")
    assert emulator.events == [("clipboard-set", ("cp", b"copied")), ("clipboard-query", ("s", "\x1b\\"))]
    assert clipboard_reply("s", b"copied", "\x1b\\") == b"\x1b]52;s;" + data + b"\x1b\\"


def test_passthrough_needs_the_option() -> None:
    emulator = Emulator(20, 2)
    sequence = b"\x1bPtmux;\x1b\x1b]0;\xff\x07\x1b\\"
    emulator.feed(sequence)
    assert emulator.events == []
    emulator.policy.allow_passthrough = 1
    emulator.feed(sequence)
    assert emulator.events == [("passthrough", b"\x1b]0;\xff\x07")]


def test_rename_needs_the_option() -> None:
    emulator = Emulator(20, 2)
    emulator.feed(b"\x1bkname\x1b\\")
    assert emulator.events == []
    emulator.policy.allow_rename = True
    emulator.feed(b"\x1bkname\x1b\\\x1bk\x1b\\")
    assert emulator.events == [("rename", "name"), ("rename", "")]


def test_titles_are_stacked() -> None:
    emulator = show(b"\x1b]2;one\x07\x1b[22;0t\x1b]2;two\x07")
    assert emulator.title == "two"
    emulator.feed(b"\x1b[23;0t\x1b[23;0t")
    assert emulator.title == "one"
    assert emulator.events[-1] == ("title", "one")


def test_title_needs_the_option() -> None:
    emulator = Emulator(20, 2)
    emulator.policy.allow_set_title = False
    emulator.feed(b"\x1b]2;one\x07\x1b]7;file:///tmp\x07")
    assert (emulator.title, emulator.path) == ("", "file:///tmp")


@pytest.mark.parametrize(
    ("data", "progress"),
    [
        (b"9;4;1;50", (1, 50)),
        (b"9;4;3;50", (3, 0)),
        (b"9;4;2", (2, 0)),
        (b"9;4;1;", (1, 0)),
        (b"9;4;5;1", (0, 0)),
        (b"9;4;1;101", (0, 0)),
        (b"9;5;1;10", (0, 0)),
    ],
)
def test_progress(data: bytes, progress: tuple[int, int]) -> None:
    emulator = show(b"\x1b]" + data + b"\x07")
    assert (emulator.progress_state, emulator.progress) == progress


def test_colour_queries_follow_the_policy() -> None:
    emulator = Emulator(20, 2)
    emulator.policy.fg, emulator.policy.bg, emulator.policy.theme = 7, 0x02102030, "light"
    emulator.feed(b"\x1b]10;?\x07\x1b]11;?\x07\x1b[?996n")
    assert emulator.replies == (b"\x1b]10;rgb:c0c0/c0c0/c0c0\x07\x1b]11;rgb:1010/2020/3030\x07\x1b[?997;1n")


def test_unknown_palette_colours_are_the_owners_to_ask_for() -> None:
    emulator = show(b"\x1b]4;3;?\x07")
    assert (emulator.events, bytes(emulator.replies)) == ([("palette-query", (3, "\x07"))], b"")


def test_modes() -> None:
    emulator = show(b"\x1b[?1000h\x1b[?1006h\x1b[?2004h\x1b[?1h\x1b=\x1b[?1002h\x1b[?25l")
    expected = (
        mode.WRAP | mode.MOUSE_BUTTON | mode.MOUSE_SGR | mode.BRACKETPASTE | mode.KCURSOR | mode.KKEYPAD
    )
    assert emulator.modes == expected
    emulator.feed(b"\x1bc")
    assert emulator.modes == mode.CURSOR | mode.WRAP


def test_synchronized_output_ends_with_a_resize() -> None:
    emulator = show(b"\x1b[?2026h")
    assert emulator.modes & mode.SYNC
    assert emulator.events == [("sync", True)]
    emulator.resize(30, 5)
    assert not emulator.modes & mode.SYNC


@pytest.mark.parametrize(("option", "level"), [(0, 0), (1, mode.KEYS_EXTENDED), (2, mode.KEYS_EXTENDED)])
def test_extended_keys(option: int, level: int) -> None:
    emulator = Emulator(20, 2)
    emulator.policy.extended_keys = option
    emulator.feed(b"\x1b[>4;1m")
    assert emulator.modes & mode.ALL_KEYS_EXTENDED == level
    emulator.feed(b"\x1b[>4;2m")
    assert emulator.modes & mode.ALL_KEYS_EXTENDED == (mode.KEYS_EXTENDED_2 if option else 0)
    emulator.feed(b"\x1b[>4n")
    assert emulator.modes & mode.ALL_KEYS_EXTENDED == (mode.KEYS_EXTENDED if option == 2 else 0)


def test_cursor_shapes() -> None:
    emulator = show(b"\x1b[5 q")
    assert (emulator.cursor_shape, emulator.modes & mode.CURSOR_BLINKING) == ("bar", mode.CURSOR_BLINKING)
    emulator.feed(b"\x1b[9 q\x1b[4 q")
    assert (emulator.cursor_shape, emulator.modes & mode.CURSOR_BLINKING) == ("underline", 0)
    emulator.feed(b"\x1b[0 q")
    assert emulator.cursor_shape == "default"


def test_history_drops_a_tenth_when_full() -> None:
    emulator = show(b"\r\n" * 104, rows=5, limit=100)
    assert len(emulator.history) == 100
    emulator.feed(b"\r\n")
    assert len(emulator.history) == 91


def test_no_history() -> None:
    emulator = show(b"1\r\n2\r\n3\r\n4\r\n5\r\n6", rows=3, limit=0)
    assert emulator.text_lines() == ["4", "5", "6"]
    assert not emulator.history


def test_scroll_on_clear_is_an_option() -> None:
    emulator = Emulator(20, 3)
    emulator.policy.scroll_on_clear = False
    emulator.feed(b"one\r\ntwo\x1b[2J")
    assert not emulator.history
    assert emulator.text_lines() == ["", "", ""]


def test_alternate_screen_is_an_option() -> None:
    emulator = Emulator(20, 3)
    emulator.policy.alternate_screen = False
    emulator.feed(b"one\x1b[?1049h two")
    assert not emulator.alternate
    assert emulator.text_lines()[0] == "one two"


def test_capture_of_the_hidden_screen() -> None:
    emulator = show(b"hidden\x1b[?1049hshown")
    assert capture(emulator, saved=True).split("\n")[0] == "hidden"
    emulator.feed(b"\x1b[?1049l")
    assert capture(emulator, saved=True) == ""


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (None, None, "3\n4\n5\n"),
        ("-", None, "1\n2\n3\n4\n5\n"),
        ("-1", "0", "2\n3\n"),
        ("1", "-1", "2\n3\n4\n"),
        ("-99", "-", "1\n2\n3\n4\n5\n"),
        ("99", None, "5\n"),
        ("x", "y", "3\n4\n5\n"),
        ("40000", "0", "3\n"),
    ],
)
def test_capture_ranges(start: str | None, end: str | None, text: str) -> None:
    emulator = show(b"1\r\n2\r\n3\r\n4\r\n5", rows=3)
    assert capture(emulator, start, end) == text


def test_bytes_that_are_not_utf8_in_an_address() -> None:
    """Recorded from tmux 3.7c."""
    emulator = show(b"\x1b]8;;\x91u\xff\xc3z\xc3\xa9\x07x\x1b]8;;\x07y")
    assert (
        capture(emulator, "0", "0", escapes=True) == "\x1b]8;;\\221u\\377\\303z\u00e9\x1b\\x\x1b]8;;\x1b\\y\n"
    )


def test_capture_numbers_flags_and_links() -> None:
    emulator = show(b"\x1b]133;A\x07$\r\n\x1b]8;;http://a\x07x\x1b]8;;\x07y\r\nz", rows=2)
    assert capture(emulator, "-", numbers=True, flags=True) == "-1 P $\n0 HX xy\n1 - z\n"
    assert capture(emulator, "-", hyperlinks=True) == "http://a\n"
    assert emulator.history[0].flags == PROMPT


def test_capture_in_octal() -> None:
    emulator = show(b"\x1b[31m\\red\x1b(0q", rows=1)
    assert capture(emulator, escapes=True, octal=True) == "\\033[31m\\\\red\\016q\n"


def test_line_drawing_characters() -> None:
    assert line_drawing("lqk x~!") == "┌─┐ │·!"


def test_visible() -> None:
    assert visible("http://a/\\b") == "http://a/\\\\b"


def test_reset_keeps_history_and_title() -> None:
    emulator = show(b"\x1b]2;t\x07one\r\ntwo\x1b[31;4h\x1b[2;3r")
    emulator.reset()
    assert emulator.title == "t"
    assert len(emulator.history) == 2
    assert emulator.pen.style == Style()
    assert (emulator.scroll_top, emulator.scroll_bottom) == (0, 4)


def test_reinitialise_leaves_the_alternate_screen() -> None:
    emulator = show(b"one\x1b[?1049htwo\x1b[22;0t")
    emulator.reinitialise()
    assert not emulator.alternate
    assert emulator.text_lines() == [""] * 5
    assert emulator.titles == []


def test_unfinished_sequences_can_be_given_up() -> None:
    emulator = show(b"\x1b[31mx\x1b]2;title")
    assert emulator.in_string
    assert emulator.pending() == b"\x1b]2;title"
    emulator.give_up_string()
    emulator.feed(b"y")
    assert emulator.text_lines()[0] == "xy"
    assert style_of(emulator.lines[0].style_at(1)) == Style()


def test_generation_grows() -> None:
    emulator = Emulator(20, 2)
    before = emulator.generation
    emulator.feed(b"x")
    assert emulator.generation > before


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.feed(b"\x1b[H\x1b[1K\x1b[2;1H\x1b[1J"),
        lambda e: (e.resize(10, 9), e.feed(b"\x1b[Hover it")),
        lambda e: (e.resize(40, 4), e.feed(b"\x1b[Hover it")),
        lambda e: (e.resize(7, 4), e.resize(40, 9), e.feed(b"\x1b[Hover it")),
        lambda e: (e.feed(b"\x1b[H"), e.trim_below_cursor(), e.feed(b"\x1b[Hover it")),
    ],
    ids=["unwrap", "higher", "wider", "both", "trim"],
)
def test_rows_of_the_history_never_change(change: Callable[[Emulator], object]) -> None:
    emulator = Emulator(10, 4)
    emulator.feed(b"0123456789abc\r\n" * 5 + b"0123456789" * 5)
    kept = list(emulator.history)

    def contents() -> list[tuple[object, ...]]:
        return [(row.text, row.style, row.used, row.size, row.wrapped, row.marks) for row in kept]

    before = contents()
    change(emulator)
    assert contents() == before


@pytest.mark.parametrize(
    ("data", "cols", "flags"),
    [
        ("\x1b[38:2:1:2:3mab\r\x1b[mcd", 20, "X"),
        ("\x1b]8;;u\x07ab\x1b]8;;\x07\rcd", 20, "HX"),
        ("\x1b[9mabc\x1b[m\x1b[2G\x1b[K\rx", 20, "X"),
        ("\x1b[9mabc\x1b[m\r\x1b[4X", 20, "X"),
        ("\x1b[9G\x1bH\x1b[8G\t\x1b[8Gx", 20, "X"),
        ("\x1b[8Ga\r\x1b[7G\tx\r\x1b[8Gyz", 20, "-"),
    ],
)
def test_flags_of_a_row_outlast_what_they_tell_of(data: str, cols: int, flags: str) -> None:
    """Recorded from tmux 3.7c."""
    assert capture(show(data, cols, 1), flags=True).split()[0] == flags


@pytest.mark.parametrize(
    ("data", "cols", "lines"),
    [
        ("\x1b[9m日\x1b[m", 20, "WX 日|- |- |- |- "),
        ("\x1b]8;;u\x07日", 2, "HWX 日|- |- |- |- "),
        ("\x1b[9mxx\r\x1b[mEE\r日a", 20, "WX 日|- a|- |- |- "),
        ("\x1b[9mxxx\x1b[m\x1b#8日", 4, "WX 日|- EE|W EE|- EE|- |- "),
    ],
)
def test_placeholders_have_no_style_but_what_was_there_matters(data: str, cols: int, lines: str) -> None:
    """Recorded from tmux 3.7c: a screen of two rows is made one or two columns wide, and four rows high."""
    emulator = show(data, cols, 2)
    emulator.resize(1 if cols == 2 else 2, 4)
    assert capture(emulator, "-", flags=True) == lines.replace("|", "\n") + "\n"


@pytest.mark.parametrize(
    ("data", "cols", "lines", "cursor"),
    [
        ("\x1b[?7lab\x1b[?7hc", 1, ["a", "c"], (1, 1)),
        ("\x1b[?7l日本", 2, ["日", ""], (2, 0)),
        ("\x1b[?7labc", 2, ["ac", ""], (1, 0)),
    ],
)
def test_without_wrapping_a_character_as_wide_as_the_screen_stays(
    data: str, cols: int, lines: list[str], cursor: tuple[int, int]
) -> None:
    """Recorded from tmux 3.7c."""
    emulator = show(data, cols, 2)
    assert (emulator.text_lines(), (emulator.cursor_x, emulator.cursor_y)) == (lines, cursor)


@pytest.mark.parametrize("change", [Emulator.reset, Emulator.reinitialise])
def test_a_new_screen_knows_nothing_of_the_text_before(change: Callable[[Emulator], None]) -> None:
    emulator = show("x" * 20 + "\rxx")
    change(emulator)
    emulator.feed(b"y")
    assert emulator.lines[0].size == show("y").lines[0].size
