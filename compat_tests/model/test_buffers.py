"""Paste buffers: names, order, limits and samples."""

from __future__ import annotations

import pytest

from tmuxish.model.buffers import BufferError, Buffers
from tmuxish.model.vis import clean_name, vis


def _names(buffers: Buffers) -> list[str]:
    return [buffer.name for buffer in buffers.newest_first()]


def test_automatic_buffers_are_numbered_and_limited() -> None:
    buffers = Buffers()
    for text in (b"a", b"b", b"c", b"d"):
        buffers.add(text, 3)
    assert _names(buffers) == ["buffer3", "buffer2", "buffer1"]
    buffers.add(b"e", 1)
    assert _names(buffers) == ["buffer4"]


def test_named_buffers_do_not_count() -> None:
    buffers = Buffers()
    buffers.set("mine", b"x", 1)
    buffers.add(b"a", 1)
    buffers.add(b"b", 1)
    assert _names(buffers) == ["buffer1", "mine"]
    top = buffers.top()
    assert top is not None
    assert top.data == b"b"
    buffers.delete(top)
    assert buffers.top() is None
    assert len(buffers) == 1


def test_a_taken_number_is_skipped() -> None:
    buffers = Buffers()
    buffers.set("buffer0", b"mine", 50)
    buffers.add(b"a", 50)
    assert _names(buffers) == ["buffer1", "buffer0"]


def test_setting_again_replaces_and_makes_it_the_newest() -> None:
    buffers = Buffers()
    buffers.set("one", b"1", 50)
    buffers.set("two", b"2", 50)
    buffers.set("one", b"3", 50)
    assert _names(buffers) == ["one", "two"]
    found = buffers.find("one")
    assert found is not None
    assert found.data == b"3"


def test_empty_data_changes_nothing() -> None:
    buffers = Buffers()
    assert buffers.add(b"", 50) is None
    assert buffers.set("x", b"", 50) is None
    assert buffers.set("", b"", 50) is None
    assert len(buffers) == 0
    assert buffers.events == []


def test_rename_makes_it_named_and_replaces() -> None:
    buffers = Buffers()
    buffers.add(b"a", 50)
    buffers.set("other", b"b", 50)
    buffers.rename("buffer0", "other")
    assert [(buffer.name, buffer.data) for buffer in buffers.newest_first()] == [("other", b"a")]
    assert buffers.top() is None
    buffers.rename("other", "other")
    assert _names(buffers) == ["other"]
    assert buffers.events[-3:] == [("other", True), ("buffer0", True), ("other", False)]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (None, "x", "no buffer"),
        ("", "x", "no buffer"),
        ("nosuch", "x", "no buffer nosuch"),
        ("nosuch", "", "new name is empty"),
        ("nosuch", None, "new name is empty"),
        ("nosuch", "\udcff", "invalid buffer name: \udcff"),
    ],
)
def test_bad_renames(old: str | None, new: str | None, error: str) -> None:
    with pytest.raises(BufferError) as caught:
        Buffers().rename(old, new)
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("name", "error"), [("", "empty buffer name"), ("a\udc80", "invalid buffer name: a\udc80")]
)
def test_bad_names(name: str, error: str) -> None:
    with pytest.raises(BufferError) as caught:
        Buffers().set(name, b"x", 50)
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("name", "cleaned"), [("a\\c é", "a\\\\c é"), ("a\tb", None), ("\x7f", None), ("\udcff", None), ("", "")]
)
def test_clean_name(name: str, cleaned: str | None) -> None:
    assert clean_name(name) == cleaned


# As #{buffer_sample} of real tmux shows them.
@pytest.mark.parametrize(
    ("data", "sample"),
    [
        (b"plain text", "plain text"),
        (b"a\tb\nc\rd", "a\\tb\\nc\\rd"),
        (b"\x1b[31m\x07\x7f", "\\033[31m\\a\\177"),
        (b"a\\b\"c'", "a\\\\b\"c'"),
        (b"\x00x\x007", "\\0x\\0007"),
        ("é→😀".encode(), "é→😀"),
        (b"\xff\xc3(", "\\377\\303("),
        (b"x" * 200, "x" * 200),
        (b"x" * 201, "x" * 200 + "..."),
        (b"\n" * 150, "\\n" * 100 + "..."),
    ],
)
def test_samples(data: bytes, sample: str) -> None:
    buffers = Buffers()
    buffer = buffers.add(data, 50)
    assert buffer is not None
    assert buffer.sample == sample


def test_vis_keeps_what_can_be_shown() -> None:
    assert vis(b"~ !") == "~ !"
