"""Records of a Windows console: which bytes they become, and which keys those are to us.

The records are what Windows documents for KEY_EVENT_RECORD and MOUSE_EVENT_RECORD, and what its console is
known to send: with virtual terminal input characters without a key, without it keys.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.cli.console_input import (
    ALT,
    CTRL,
    ENHANCED,
    LEFT_ALT,
    LEFT_CTRL,
    MAX_REPEATS,
    MOUSE_HWHEELED,
    MOUSE_MOVED,
    MOUSE_WHEELED,
    RIGHT_ALT,
    RIGHT_CTRL,
    SHIFT,
    Focus,
    Key,
    Mouse,
    Record,
    Translator,
    Wishes,
)
from tmuxish.display.terminal import load_entry
from tmuxish.grammar.keys import key_to_string
from tmuxish.keys.decode import Event, KeyDecoder
from tmuxish.keys.sequences import key_sequences

SEQUENCES = key_sequences(load_entry("xterm-256color", {}))
NUM_LOCK, CAPS_LOCK = 0x20, 0x80


def translate(*records: Record, asked: bytes = b"") -> bytes:
    wishes = Wishes()
    wishes.read(asked)
    return Translator(wishes).feed(records)


def names(data: bytes) -> list[str]:
    """The keys that tmux's decoder makes of it."""
    decoder = KeyDecoder(SEQUENCES)
    found = decoder.feed(data) + decoder.expire()
    return [key_to_string(each.key) for each in found if isinstance(each, Event)]


def press(virtual: int, char: str = "\0", state: int = 0) -> Key:
    return Key(True, virtual, ord(char), state)


def typed(text: str) -> list[Record]:
    """What virtual terminal input sends: each UTF-16 unit as a key that is none, down and up."""
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return [Key(down, 0, unit) for unit in units for down in (True, False)]


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (press(0x41, "a"), "a"),
        (press(0x41, "A", SHIFT), "A"),
        (press(0x41, "A", CAPS_LOCK), "A"),
        (press(0xDE, "ä"), "ä"),
        (press(0xE7, "字"), "字"),  # VK_PACKET: text that another program types
        (press(0x41, "a", LEFT_ALT), "M-a"),
        (press(0x41, "A", LEFT_ALT | SHIFT), "M-A"),
        (press(0xDE, "ä", LEFT_ALT), "M-ä"),
        (press(0x41, "\x01", LEFT_CTRL), "C-a"),
        (press(0x41, "\x01", RIGHT_CTRL), "C-a"),
        (press(0x41, "\0", LEFT_CTRL | LEFT_ALT), "M-C-a"),
        (press(0x41, "\x01", LEFT_CTRL | LEFT_ALT), "M-C-a"),
        # AltGr: the character, and no modifier.
        (press(0x51, "@", LEFT_CTRL | RIGHT_ALT), "@"),
        (press(0x45, "€", LEFT_CTRL | RIGHT_ALT), "€"),
        (press(0x51, "@", LEFT_CTRL | LEFT_ALT), "@"),
        (press(0x08, "\x08"), "BSpace"),
        (press(0x08, "\x7f", LEFT_CTRL), "C-h"),
        (press(0x08, "\x08", LEFT_ALT), "M-BSpace"),
        (press(0x09, "\t"), "Tab"),
        (press(0x09, "\t", SHIFT), "BTab"),
        (press(0x0D, "\r"), "Enter"),
        (press(0x0D, "\r", SHIFT), "Enter"),
        (press(0x0D, "\n", LEFT_CTRL), "C-j"),
        (press(0x0D, "\r", LEFT_ALT), "M-Enter"),
        (press(0x1B, "\x1b"), "Escape"),
        (press(0x1B), "Escape"),
        (press(0x20, " "), "Space"),
        (press(0x20, " ", LEFT_CTRL), "C-Space"),
        (press(0x20, " ", LEFT_ALT), "M-Space"),
        (press(0xDB, "\x1b", LEFT_CTRL), "Escape"),  # C-[
        (press(0xDC, "\x1c", LEFT_CTRL), "C-\\"),
        (press(0x32, "\0", LEFT_CTRL | SHIFT), "C-Space"),  # C-@
        (press(0x32, "\0", LEFT_CTRL), "C-Space"),
        (press(0x33, "\0", LEFT_CTRL), "Escape"),
        (press(0x31, "\0", LEFT_CTRL), "1"),
        (press(0xBF, "\0", LEFT_CTRL), "C-_"),  # C-/
        (press(0xBD, "\x1f", LEFT_CTRL | SHIFT), "C-_"),
        (press(0xFF, "\0", LEFT_CTRL), "C-Space"),  # a NUL where no key of the layout gives one
        (press(0x26, state=ENHANCED), "Up"),
        (press(0x28, state=ENHANCED | NUM_LOCK), "Down"),
        (press(0x27, state=ENHANCED | LEFT_CTRL), "C-Right"),
        (press(0x25, state=ENHANCED | SHIFT), "S-Left"),
        (press(0x26, state=ENHANCED | LEFT_ALT), "M-Up"),
        (press(0x26, state=ENHANCED | RIGHT_ALT | RIGHT_CTRL | SHIFT), "C-M-S-Up"),
        (press(0x24, state=ENHANCED), "Home"),
        (press(0x23, state=ENHANCED | LEFT_CTRL), "C-End"),
        (press(0x2D, state=ENHANCED), "IC"),
        (press(0x2E, state=ENHANCED), "DC"),
        (press(0x2E, state=ENHANCED | LEFT_CTRL), "C-DC"),
        (press(0x21, state=ENHANCED), "PPage"),
        (press(0x22, state=ENHANCED | SHIFT), "S-NPage"),
        (press(0x24), "Home"),  # of the number pad
        (press(0x61, "1", NUM_LOCK), "1"),
        (press(0x6E, ".", NUM_LOCK), "."),
        (press(0x70), "F1"),
        (press(0x73, state=LEFT_ALT), "M-F4"),
        (press(0x74), "F5"),
        (press(0x7B, state=LEFT_CTRL), "C-F12"),
        (press(0x7C), "S-F1"),
        (press(0x87), "S-F12"),
    ],
)
def test_a_key_is_the_one_that_terminals_send(record: Key, name: str) -> None:
    found = names(translate(record, record._replace(down=False)))
    assert [set(each.split("-")) for each in found] == [set(name.split("-"))]


@pytest.mark.parametrize(
    "record",
    [
        press(0x10, state=SHIFT),
        press(0x11, state=LEFT_CTRL),
        press(0x12, state=LEFT_ALT),
        press(0x5B, state=ENHANCED),  # the Windows key
        press(0x14, state=CAPS_LOCK),
        press(0xDC),  # dead keys have no character until the next one
        press(0xDD, state=SHIFT),
        press(0xDC, state=LEFT_CTRL | RIGHT_ALT),
        press(0xFF),  # keys that laptops keep to themselves
        Key(False, 0x41, ord("a")),
        Key(False, 0x12, 0),
    ],
)
def test_what_is_no_key_to_a_terminal_sends_nothing(record: Key) -> None:
    assert translate(record) == b""


def test_a_dead_key_and_the_letter_after_it_are_one_character() -> None:
    assert translate(press(0xDC), Key(False, 0xDC, 0), press(0x45, "ê")) == "ê".encode()


def test_a_character_composed_with_alt_and_the_number_pad() -> None:
    digits = [Key(down, virtual, 0, LEFT_ALT) for virtual in (0x60, 0x62, 0x27) for down in (True, False)]
    assert translate(press(0x12, state=LEFT_ALT), *digits, Key(False, 0x12, ord("é"))) == "é".encode()


def test_characters_outside_the_first_plane_come_as_two_records() -> None:
    assert translate(*typed("a😀b")) == "a😀b".encode()
    high, low = memoryview("😀".encode("utf-16-le")).cast("H")
    assert translate(Key(True, 0xE7, high, LEFT_ALT), Key(True, 0xE7, low, LEFT_ALT)) == "\x1b😀".encode()


def test_halves_of_characters_without_the_other_half() -> None:
    replacement = "\N{REPLACEMENT CHARACTER}".encode()
    assert translate(Key(True, 0, 0xDE00), Key(True, 0, 0x61)) == replacement + b"a"
    assert translate(Key(True, 0, 0xD83D), Key(True, 0, 0x61)) == replacement + b"a"
    assert translate(Key(True, 0, 0xD83D), *typed("😀")) == replacement + "😀".encode()


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[A",
        "\x1b[<0;10;5M",
        "\x1b[200~two\rlines\x1b[201~",
        "\x1b[I",
        "\x1b[?61;4;22c",
        "\0",
        "\x7f",
        "\x1ba",
    ],
)
def test_sequences_of_virtual_terminal_input_pass_as_they_are(sequence: str) -> None:
    assert translate(*typed(sequence)) == sequence.encode()


def test_a_key_held_down_counts_as_often_as_its_record_says() -> None:
    assert translate(Key(True, 0x41, ord("a"), repeats=3)) == b"aaa"
    assert names(translate(Key(True, 0x26, 0, ENHANCED, repeats=2))) == ["Up", "Up"]
    assert translate(Key(True, 0x41, ord("a"), repeats=0)) == b"a"
    assert len(translate(Key(True, 0x41, ord("a"), repeats=0xFFFF))) == MAX_REPEATS


# -- mouse and focus -------------------------------------------------------------------------------------

PRESSES, DRAGS, MOVES = b"\x1b[?1000h", b"\x1b[?1002h", b"\x1b[?1003h"


def test_mouse_reports_are_of_changes() -> None:
    records = [
        Mouse(4, 2, 0x1),
        Mouse(4, 2, 0x3),
        Mouse(4, 2, 0x2),
        Mouse(4, 2, 0x0),
        Mouse(4, 2, 0x4, SHIFT),
        Mouse(4, 2, 0x0, ALT & LEFT_ALT | CTRL & LEFT_CTRL),
    ]
    assert translate(*records, asked=PRESSES + b"\x1b[?1006h") == (
        b"\x1b[<0;5;3M\x1b[<2;5;3M\x1b[<0;5;3m\x1b[<2;5;3m\x1b[<5;5;3M\x1b[<25;5;3m"
    )


def test_moves_are_reported_as_far_as_asked_for() -> None:
    records = [
        Mouse(0, 0, 0, flags=MOUSE_MOVED),
        Mouse(1, 0, 0, flags=MOUSE_MOVED),
        Mouse(1, 0, 1),
        Mouse(1, 0, 1, flags=MOUSE_MOVED),  # within the same cell
        Mouse(2, 0, 1, flags=MOUSE_MOVED),
        Mouse(2, 0, 0),
    ]
    pressed, released = b"\x1b[<0;2;1M", b"\x1b[<0;3;1m"
    assert translate(*records) == b""
    assert translate(*records, asked=PRESSES) == pressed + released
    assert translate(*records, asked=DRAGS) == pressed + b"\x1b[<32;3;1M" + released
    everything = b"\x1b[<35;1;1M\x1b[<35;2;1M" + pressed + b"\x1b[<32;3;1M" + released
    assert translate(*records, asked=MOVES) == everything


def wheel(turn: int, flags: int = MOUSE_WHEELED, state: int = 0) -> Mouse:
    return Mouse(0, 0, (turn & 0xFFFF) << 16, state, flags)


def test_wheels_turn_in_notches() -> None:
    assert translate(wheel(120), wheel(-120), wheel(240), asked=PRESSES) == (
        b"\x1b[<64;1;1M\x1b[<65;1;1M" + b"\x1b[<64;1;1M" * 2
    )
    assert translate(*[wheel(-40)] * 7, asked=PRESSES) == b"\x1b[<65;1;1M" * 2
    sideways = translate(wheel(120, MOUSE_HWHEELED), wheel(-120, MOUSE_HWHEELED, SHIFT), asked=PRESSES)
    assert sideways == b"\x1b[<67;1;1M\x1b[<70;1;1M"


def test_the_second_press_of_a_double_click_is_a_press() -> None:
    double = 0x2
    clicks = [Mouse(0, 0, 1), Mouse(0, 0, 0), Mouse(0, 0, 1, flags=double), Mouse(0, 0, 0)]
    assert translate(*clicks, asked=PRESSES) == b"\x1b[<0;1;1M\x1b[<0;1;1m" * 2


def test_focus_is_reported_where_it_was_asked_for_and_changes() -> None:
    records = [Focus(True), Focus(True), Focus(False)]
    assert translate(*records) == b""
    assert translate(*records, asked=b"\x1b[?1004h") == b"\x1b[I\x1b[O"


def test_wishes_are_read_from_what_is_written() -> None:
    wishes = Wishes()
    wishes.read(b"\x1b[?25l\x1b[?1000h\x1b[?1002;1006;1004h text")
    assert (wishes.mouse, wishes.focus) == (1002, True)
    wishes.read(b"\x1b[?1002l")
    assert (wishes.mouse, wishes.focus) == (1000, True)
    wishes.read(b"\x1b[?1000;1004l")
    assert (wishes.mouse, wishes.focus) == (0, False)


@given(st.integers(0, 30), st.integers(0, 30))
def test_wishes_may_be_cut_anywhere(first: int, second: int) -> None:
    written = b"\x1b[m\x1b[?1003h\x1b[2J\x1b[?1004;2004h\x1b[?1;"
    wishes = Wishes()
    low, high = sorted((first, second))
    for part in (written[:low], written[low:high], written[high:], b"1003l"):
        wishes.read(part)
    assert (wishes.mouse, wishes.focus) == (0, True)


@given(st.text(max_size=50), st.integers(0, 100))
def test_text_arrives_however_its_records_are_cut(text: str, cut: int) -> None:
    translator = Translator(Wishes())
    records = typed(text)
    assert translator.feed(records[:cut]) + translator.feed(records[cut:]) == text.encode()
