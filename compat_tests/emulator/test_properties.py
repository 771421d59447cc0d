"""What holds for any input: how it is cut does not matter, nothing raises, sizes come back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tmuxish.emulator import PAD, Emulator

from .screens import row_state, state
from .streams import stream


def examples(count: int) -> settings:
    """So many examples, or more in proportion to those of the profile."""
    return settings(max_examples=count * settings().max_examples // 100)


BYTES = st.binary(max_size=200)
#: Bytes that make sequences likely.
FRAGMENTS = [
    *(bytes((byte,)) for byte in b"\x1b[]P01;mHJ\\\x07\x18\xe2\x94\xff\tx"),
    *(b"\r\n", b"\xe2\x94\x80", b"\x1b[", b"\x1b]8;;u\x07", b"\xcc\x81"),
]
LIKELY = st.lists(
    st.sampled_from(FRAGMENTS),
    max_size=80,
).map(b"".join)
STREAMS = st.builds(
    lambda seed, length: stream(seed, length, 12, 4).encode(), st.integers(0, 1 << 32), st.integers(1, 60)
)
INPUT = st.one_of(BYTES, LIKELY, STREAMS)
SIZES = st.tuples(st.integers(1, 40), st.integers(1, 12))


@examples(250)
@example(data=b"\t\x1b[r\xc3\xa9 ", cuts=[7], size=(3, 2))
@given(data=INPUT, cuts=st.lists(st.integers(0, 400), max_size=40), size=SIZES)
def test_any_split_gives_the_same_screen(data: bytes, cuts: list[int], size: tuple[int, int]) -> None:
    whole = Emulator(*size, 20)
    whole.feed(data)
    parts = Emulator(*size, 20)
    places = [0, *sorted(cuts), len(data)]
    for start, end in pairwise(places):
        parts.feed(data[start:end])
    assert state(parts) == state(whole)


#: A flood as a build prints it: whole lines, some in colours, some too long, some empty, now and then other
#: things, in the middle of a line as well.
COLOURS = [
    b"\x1b[m",
    b"\x1b[0m",
    b"\x1b[1;31m",
    b"\x1b[44m",
    b"\x1b[38:5:9m",
    b"\x1b[m\x1b[K",
    b"\x1b[7m\x1b[K",
]
OTHERS = [
    *(
        b"\x1b[2;4r",
        b"\x1b[?7l",
        b"\x1b[?7h",
        b"\x1b[K",
        b"\x1b[2;3H",
        b"\x1b[3;2H\x1b[K",
        b"\x1b[2J\x1b[K",
        b"\x1b7",
    ),
    *(
        b"\x1b",
        b"\x1b[",
        b"\x1b[1",
        b"\x1b(B",
        b"\x1b(0",
        b"\x1b[2b",
        b"\x1b]2;t\x07",
        b"\x1b]2;t\x1b\\",
        b"\x1b]8;;u\x1b\\",
    ),
    *(b"\n", b"\r", b"\t", b"\x07", b"\x18", b"\xc3\xa9", b"\xe6\x97\xa5", b"\xff", b"\xe6"),
]
LINES = st.lists(
    st.one_of(
        st.text("ab c", max_size=30).map(lambda text: text.encode() + b"\r\n"),
        st.lists(
            st.one_of(st.text("ab m", max_size=9).map(str.encode), st.sampled_from(COLOURS)), max_size=9
        ).map(lambda pieces: b"".join(pieces) + b"\r\n"),
        st.sampled_from(COLOURS + OTHERS),
    ),
    max_size=60,
).map(b"".join)


@examples(200)
@example(data=b"aa\r\n\xc3\xa9a\r\n", size=(2, 1), limit=0)
@given(data=LINES, size=SIZES, limit=st.integers(0, 30))
def test_lines_taken_as_a_whole_are_as_if_one_by_one(data: bytes, size: tuple[int, int], limit: int) -> None:
    whole = Emulator(*size, limit)
    whole.feed(data)
    parts = Emulator(*size, limit)
    for at in range(len(data)):
        parts.feed(data[at : at + 1])
    assert state(parts) == state(whole)


@examples(60)
@example(data=b"  \r\xc2\xa0 ")
@given(data=INPUT)
def test_byte_by_byte(data: bytes) -> None:
    whole = Emulator(12, 4, 20)
    whole.feed(data)
    parts = Emulator(12, 4, 20)
    for at in range(len(data)):
        parts.feed(data[at : at + 1])
    assert state(parts) == state(whole)


@examples(150)
@example(steps=[b"0" * 24 + b"na\xc3\xafve\r ", (11, 2), b" "])
@given(steps=st.lists(st.one_of(INPUT, SIZES), max_size=8))
def test_invariants(steps: list[bytes | tuple[int, int]]) -> None:
    emulator = Emulator(20, 5, 20)
    for step in steps:
        if isinstance(step, bytes):
            emulator.feed(step)
        else:
            emulator.resize(*step)
        assert len(emulator.lines) == emulator.rows
        assert 0 <= emulator.cursor_y < emulator.rows
        assert emulator.cursor_x >= 0
        assert 0 <= emulator.scroll_top <= emulator.scroll_bottom < emulator.rows
        assert 0 <= emulator.history_held <= len(emulator.history)
        for row in (*emulator.history, *emulator.lines):
            assert len(row.style) <= len(row.text)
            assert max(row.used, len(row.text)) <= row.size
            assert not any(char < " " and char != "\t" for char in row.text)


TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60)


@examples(120)
@given(lines=st.lists(TEXT, min_size=1, max_size=12), width=st.integers(1, 60), height=st.integers(1, 12))
def test_resize_there_and_back(lines: list[str], width: int, height: int) -> None:
    emulator = Emulator(30, 6, 1000)
    emulator.feed("\r\n".join(lines).encode())
    before = [row_state(row)[:3] for row in (*emulator.history, *emulator.lines)]
    cursor = emulator.cursor_y + len(emulator.history)
    emulator.resize(width, height)
    emulator.resize(30, 6)
    after = [row_state(row)[:3] for row in (*emulator.history, *emulator.lines)]
    blank = row_state(Emulator(1, 1).lines[0])[:3]
    while len(after) < len(before):
        after.append(blank)
    while len(before) < len(after):
        before.append(blank)
    assert after == before
    assert emulator.cursor_y + len(emulator.history) == cursor


@examples(60)
@given(lines=st.lists(TEXT, min_size=1, max_size=12), width=st.integers(1, 60))
def test_reflow_keeps_the_text(lines: list[str], width: int) -> None:
    emulator = Emulator(30, 6, 1000)
    emulator.feed("\r\n".join(lines).encode())
    emulator.resize(width, 6)
    joined = ""
    for row in (*emulator.history, *emulator.lines):
        joined += row.text[: row.used].ljust(row.used) + ("" if row.wrapped else "\n")
    assert joined.rstrip("\n").split("\n") == lines
    assert PAD not in joined
