"""Every accumulation has a limit: memory stays flat whatever comes."""

from __future__ import annotations

import random
import sys
import tracemalloc

import pytest

from tmuxish.emulator import Emulator, Style, intern_style
from tmuxish.emulator import style as styles
from tmuxish.emulator.emulator import MAX_EVENTS, MAX_REPLIES
from tmuxish.emulator.hyperlinks import MAX_HYPERLINKS
from tmuxish.emulator.pen import forget_pens
from tmuxish.emulator.write import MAX_CELL_BYTES

from .screens import show
from .streams import stream


def fetch(emulator: Emulator) -> None:
    """What an owner does after each read."""
    emulator.events.clear()
    emulator.replies.clear()


def grown_by(produce: object, rounds: int) -> int:
    """Bytes that Python objects grow by while the second half of `rounds` chunks is fed."""
    assert callable(produce)
    emulator = Emulator(80, 24, 100)
    tracemalloc.start()
    try:
        for number in range(rounds):
            emulator.feed(produce(number))
            fetch(emulator)
            if number == rounds // 2:
                before = tracemalloc.get_traced_memory()[0]
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def test_random_bytes_stay_flat() -> None:
    rnd = random.Random(1)
    assert grown_by(lambda _: rnd.randbytes(4096), 60) < 600_000


def test_random_sequences_stay_flat() -> None:
    assert grown_by(lambda number: stream(number, 300, 80, 24).encode(), 60) < 800_000


def test_unfinished_string_is_bounded() -> None:
    chunk = b"x" * 65536
    emulator = Emulator(80, 24)
    emulator.feed(b"\x1b]52;c;")
    for _ in range(64):
        emulator.feed(chunk)
    assert emulator.in_string
    assert len(emulator.pending()) <= 1 << 20
    emulator.feed(b"\x1b\\ok")
    assert emulator.text_lines()[0] == "ok"
    assert emulator.events == []


def test_string_just_short_of_the_limit_counts() -> None:
    limit = 1048576
    emulator = Emulator(80, 24)
    emulator.feed(b"\x1b]2;" + b"t" * (limit - 3) + b"\x07")
    assert len(emulator.title) == limit - 3
    emulator.feed(b"\x1b]2;" + b"u" * (limit - 2) + b"\x07")
    assert emulator.title[0] == "t"


def test_events_and_replies_are_bounded() -> None:
    emulator = Emulator(80, 24)
    emulator.feed(b"".join(b"\x1b]2;%d\x07" % n for n in range(MAX_EVENTS + 10)))
    assert len(emulator.events) == MAX_EVENTS
    emulator.feed(b"\x1b[c" * (MAX_REPLIES // 4))
    assert MAX_REPLIES <= len(emulator.replies) < MAX_REPLIES + 100


def test_bell_is_told_once_a_read() -> None:
    assert show(b"\a" * 1000).events == [("bell", None)]


def test_cell_is_bounded() -> None:
    emulator = show("e" + "\u0301" * 1000)
    assert len(emulator.lines[0].cell(0).encode()) <= MAX_CELL_BYTES


def test_hyperlinks_are_bounded() -> None:
    emulator = show(b"".join(b"\x1b]8;;http://%d\x07" % n for n in range(MAX_HYPERLINKS + 100)))
    known = sum(emulator.hyperlinks.get(n) is not None for n in range(MAX_HYPERLINKS + 200))
    assert known == MAX_HYPERLINKS - 1


def test_styles_no_row_shows_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "COLLECT_AT", 500)
    monkeypatch.setattr(styles, "_table", styles._Table())
    forget_pens()
    pinned = intern_style(Style(fg=1))
    emulator = Emulator(10, 3, 0)
    other = Emulator(10, 3, 0)
    other.feed(b"\x1b[38;2;9;9;9mkept")
    for n in range(3000):
        emulator.feed(b"\r\x1b[38;2;%d;%d;7mx" % (n & 255, n >> 8))
    assert styles.style_count() < 1100
    assert styles.style_of(pinned) == Style(fg=1)
    assert styles.style_of(other.lines[0].style[0]).fg == 0x02090909
    other.feed(b"!")
    assert styles.style_of(other.lines[0].style[4]).fg == 0x02090909
    assert styles.style_of(emulator.lines[0].style[0]).fg == 0x02000000 | 183 << 16 | 11 << 8 | 7
    forget_pens()


def test_history_costs_little() -> None:
    """50,000 rows of 70 characters: tmux needs 22 MiB."""
    emulator = Emulator(80, 24, 50_000)
    lines = b"".join(
        b"%05d " % n + b"some words of plain text " * 2 + b"end of the line" + b"\r\n" for n in range(1000)
    )
    tracemalloc.start()
    try:
        for _ in range(49):
            emulator.feed(lines)
        used = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    rows = len(emulator.history)
    assert rows > 48_000
    assert used / rows * 50_000 < 22 * 1024 * 1024
    assert sys.getsizeof(emulator.history[0].style) == sys.getsizeof("")
