"""The way out of a client in control mode: escapes, order, fairness, pauses, bounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.control.escape import escape
from tmuxish.control.output import BUFFER_HIGH, HELD_LIMIT, MAXIMUM_AGE, ControlOutput

# An escape takes four bytes where three are reckoned with, as in tmux; and there is the beginning of a line.
LONGEST = BUFFER_HIGH * 4 // 3 + 20
_OCTAL = re.compile(rb"\\([0-7]{3})")


class Reader:
    """A client that takes as much as it is let, and the time by which it does."""

    def __init__(self) -> None:
        self.room = 1 << 30
        self.sent = bytearray()
        self.waiting = bytearray()
        self.now = 1000
        self.gone: set[int] = set()
        self.ended = 0
        self.output = ControlOutput(
            self._take,
            lambda: len(self.waiting),
            lambda: self.now,
            lambda ref: ref not in self.gone,
            self._end,
        )

    def _take(self, data: bytes) -> None:
        self.waiting += data
        self.drain(0)

    def _end(self) -> None:
        self.ended += 1

    def drain(self, room: int) -> None:
        """Take that much more."""
        self.room += room
        taken = self.waiting[: self.room]
        del self.waiting[: self.room]
        self.room -= len(taken)
        self.sent += taken

    def pump(self) -> list[bytes]:
        """All that it is sent while it takes everything."""
        self.drain(1 << 30)
        while self.output.waiting:
            self.output.pump()
        return self.lines()

    def lines(self) -> list[bytes]:
        assert not self.sent or self.sent.endswith(b"\n")
        return bytes(self.sent).split(b"\n")[:-1]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def unescape(text: bytes) -> bytes:
    return _OCTAL.sub(lambda found: bytes((int(found[1], 8),)), text)


def output_of(lines: list[bytes], ref: int) -> bytes:
    """What a reader makes of the output of one pane."""
    head = b"%%output %%%d " % ref
    return b"".join(unescape(line[len(head) :]) for line in lines if line.startswith(head))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain text ~", b"plain text ~"),
        (b"a\\b\r\n\t\x1b[1m\0\x1f", rb"a\134b\015\012\011\033[1m\000\037"),
        (b"\x7f\x80\xff", b"\x7f\x80\xff"),  # as tmux leaves them
        ("é日".encode(), "é日".encode()),
        (b"\\134", rb"\134134"),
        (b"", b""),
    ],
)
def test_escapes(data: bytes, text: bytes) -> None:
    assert escape(data) == text


@given(st.binary())
def test_escapes_can_be_undone(data: bytes) -> None:
    assert unescape(escape(data)) == data


def test_a_line_goes_out(reader: Reader) -> None:
    reader.output.line(b"%sessions-changed")
    assert reader.pump() == [b"%sessions-changed"]


def test_lines_wait_behind_output(reader: Reader) -> None:
    reader.output.pane(0, b"before")
    reader.output.line(b"%line")
    reader.output.pane(0, b"after")
    assert reader.pump() == [b"%output %0 before", b"%line", b"%output %0 after"]


def test_pieces_of_output_are_joined(reader: Reader) -> None:
    for piece in (b"a", b"b", b"c"):
        reader.output.pane(0, piece)
    assert reader.pump() == [b"%output %0 abc"]


def test_no_line_is_longer_than_the_buffer(reader: Reader) -> None:
    reader.output.pane(0, b"\n" * 100_000)
    lines = reader.pump()
    assert max(map(len, lines)) <= LONGEST
    assert output_of(lines, 0) == b"\n" * 100_000


def test_panes_take_turns(reader: Reader) -> None:
    reader.output.pane(0, b"x" * 100_000)
    reader.output.pane(1, b"y")
    lines = reader.pump()
    assert lines[1] == b"%output %1 y"


def test_a_slow_reader_gets_no_more_than_it_takes(reader: Reader) -> None:
    reader.room = 0
    reader.output.pane(0, b"x" * 100_000)
    reader.output.pump()
    assert len(reader.waiting) <= LONGEST
    assert reader.output.stalled
    reader.output.pump()
    assert len(reader.waiting) <= LONGEST


@given(
    st.lists(
        st.one_of(
            st.tuples(st.integers(0, 2), st.binary(max_size=5000)), st.just(None), st.integers(0, 20_000)
        )
    )
)
def test_nothing_is_lost_or_out_of_order(events: list[tuple[int, bytes] | int | None]) -> None:
    """Output of three panes, lines (None), and a reader that takes some bytes now and then (a number)."""
    reader = Reader()
    reader.room = 0
    sent: dict[int, bytes] = {0: b"", 1: b"", 2: b""}
    before_lines: list[dict[int, int]] = []
    for event in events:
        if event is None:
            reader.output.line(b"%%line %d" % len(before_lines))
            before_lines.append({ref: len(data) for ref, data in sent.items()})
        elif isinstance(event, int):
            reader.drain(event)
            reader.output.pump()
        else:
            reader.output.pane(*event)
            sent[event[0]] += event[1]
    lines = reader.pump()
    for ref, data in sent.items():
        assert output_of(lines, ref) == data
    for number, lengths in enumerate(before_lines):
        place = lines.index(b"%%line %d" % number)
        for ref, length in lengths.items():
            assert len(output_of(lines[:place], ref)) >= length  # other panes' output may be ahead
    assert reader.output.held == 0


def test_a_pane_that_is_off_is_not_told(reader: Reader) -> None:
    reader.output.pane(0, b"dropped")
    reader.output.set_pane_off(0)
    reader.output.pane(0, b"unseen")
    reader.output.set_pane_on(0)
    reader.output.pane(0, b"seen")
    assert reader.pump() == [b"%output %0 seen"]
    assert reader.output.held == 0


def test_a_paused_pane_is_told_of(reader: Reader) -> None:
    reader.output.pane(0, b"dropped")
    reader.output.pause_pane(0)
    reader.output.pause_pane(0)
    reader.output.pane(0, b"unseen")
    reader.output.continue_pane(0)
    reader.output.continue_pane(0)
    reader.output.pane(0, b"seen")
    assert reader.pump() == [b"%pause %0", b"%continue %0", b"%output %0 seen"]


def test_output_that_waits_says_for_how_long(reader: Reader) -> None:
    reader.output.pause_after = 5000
    reader.output.pane(0, b"text")
    reader.now += 42
    assert reader.pump() == [b"%extended-output %0 42 : text"]


def test_a_pane_far_behind_is_paused_if_asked_for(reader: Reader) -> None:
    reader.output.pause_after = 5000
    reader.output.pane(0, b"late")
    reader.output.pane(1, b"late too")
    reader.now += 5000
    reader.output.pane(0, b"later")
    reader.output.pane(1, b"later")
    assert reader.pump() == [b"%pause %0", b"%pause %1"]
    assert reader.ended == 0


def test_a_client_far_behind_ends(reader: Reader) -> None:
    reader.output.pane(0, b"late")
    reader.now += MAXIMUM_AGE - 1
    reader.output.pane(0, b"later")
    assert reader.ended == 0
    reader.now += 1
    reader.output.pane(0, b"latest")
    assert reader.ended == 1


def test_what_waits_is_bounded(reader: Reader) -> None:
    reader.room = 0
    size = 4096
    for _ in range(HELD_LIMIT // size + 10):
        if not reader.ended:
            reader.output.pane(0, bytes(size))
    assert reader.ended
    assert reader.output.held <= HELD_LIMIT + 2 * size
    reader.output.finish()
    assert reader.output.held == 0


def test_small_pieces_are_bounded_too(reader: Reader) -> None:
    reader.room = 0
    pieces = 0
    while not reader.ended:
        reader.output.pane(0, b"x")
        pieces += 1
    assert pieces * 200 < HELD_LIMIT


def test_lines_that_wait_are_bounded(reader: Reader) -> None:
    reader.room = 0
    while not reader.ended:
        reader.output.line(b"%line" * 1000)
        reader.output.pump()
    assert len(reader.waiting) <= HELD_LIMIT + 10_000


def test_too_much_of_a_pane_pauses_it_if_asked_for(reader: Reader) -> None:
    reader.room = 0
    reader.output.pause_after = 60_000
    while reader.output.held < HELD_LIMIT - 200_000:
        reader.output.pane(0, bytes(100_000))
    reader.output.pane(0, bytes(200_000))
    assert reader.ended == 0
    assert reader.output.held < 10_000
    assert reader.pump()[-1] == b"%pause %0"


def test_a_pane_that_has_gone_is_forgotten(reader: Reader) -> None:
    reader.output.pane(0, b"unseen")
    reader.output.line(b"%line")
    reader.gone.add(0)
    assert reader.pump() == [b"%line"]


def test_no_output_forgets_what_was_off(reader: Reader) -> None:
    reader.output.set_pane_off(0)
    reader.output.no_output = True
    reader.output.reset()
    reader.output.pane(0, b"unseen")
    reader.output.no_output = False
    reader.output.reset()
    reader.output.pane(0, b"seen")
    assert reader.pump() == [b"%output %0 seen"]


def test_the_end_keeps_lines_and_drops_output(reader: Reader) -> None:
    reader.room = 0
    reader.output.pane(0, b"x" * 50_000)
    reader.output.pump()
    reader.output.line(b"%line")
    reader.output.finish()
    reader.drain(1 << 30)
    assert reader.lines()[-1] == b"%line"
    assert reader.output.held == 0


def test_who_refuses_output(reader: Reader) -> None:
    assert not reader.output.refuses(0)  # it has not been sent any yet
    reader.output.pane(0, b"text")
    assert not reader.output.refuses(0)
    reader.room = 0
    reader.output.pane(0, b"x" * 10_000)
    reader.output.pump()
    assert reader.output.refuses(0)
    reader.output.pause_pane(0)
    assert not reader.output.refuses(0)
    reader.output.set_pane_off(1)
    reader.drain(1 << 30)
    assert reader.output.refuses(1)
