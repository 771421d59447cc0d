"""Text and bytes at a Windows console, however they are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.pty.console_text import PREFACE_LIMIT, ConsoleInput, ConsoleOutput

OWN = "\x1b[?9001h\x1b[?1004h"


def output(*chunks: str, own_requests: bool = True) -> bytes:
    text = ConsoleOutput(own_requests=own_requests)
    return b"".join(map(text.feed, chunks)) + text.finish()


@given(st.text(max_size=40), st.integers(0, 80))
def test_output_may_be_cut_anywhere(text: str, at: int) -> None:
    units = text.encode("utf-16-le", "surrogatepass")
    parts = [part.decode("utf-16-le", "surrogatepass") for part in (units[: 2 * at], units[2 * at :])]
    assert output(*parts, own_requests=False) == text.encode()


@given(st.text(max_size=40), st.lists(st.integers(0, 160), max_size=5))
def test_input_may_be_cut_anywhere(text: str, cuts: list[int]) -> None:
    data, console = text.encode(), ConsoleInput()
    ends = sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    assert "".join(console.feed(data[start:end]) for start, end in pairwise(ends)) == text


def test_what_is_no_text_is_replaced() -> None:
    assert output("a\udc00b\ud800", own_requests=False) == "a\ufffdb\ufffd".encode()
    assert ConsoleInput().feed(b"a\xffb\x1b[M\x80") == "a\ufffdb\x1b[M\ufffd"


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ((OWN + "hello",), "hello"),
        (("\x1b[1t\x1b[c\x1b[?1004h\x1b[?9001h", "x"), "\x1b[1t\x1b[cx"),  # since ConPTY 1.22
        ((*OWN, "x"), "x"),
        (("\x1b", "[?9001h\x1b]0;C:\\cmd.exe\x07\x1b[?1004h"), "\x1b]0;C:\\cmd.exe\x07"),
        ((OWN, "\x1b[?1004hx"), "\x1b[?1004hx"),  # the program's own
        (("hi\x1b[?1004h",), "hi\x1b[?1004h"),  # the console would have asked before
        (("\x1b[?1004",), "\x1b[?1004"),
        (("\x1b]0;" + "x" * PREFACE_LIMIT, "\x07" + OWN), "\x1b]0;" + "x" * PREFACE_LIMIT + "\x07" + OWN),
    ],
)
def test_requests_of_the_console_itself_are_left_out(chunks: tuple[str, ...], expected: str) -> None:
    assert output(*chunks).decode() == expected


def test_a_console_that_makes_no_requests_is_left_alone() -> None:
    assert output(OWN, own_requests=False).decode() == OWN
