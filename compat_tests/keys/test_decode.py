"""Bytes typed at a client: keys and pane bytes as recorded from tmux, however they are cut into reads."""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.display.terminal import load_entry
from tmuxish.grammar.keys import ESCAPE, META, MOUSE, NONE, PASTE_END, is_mouse, key_to_string
from tmuxish.keys.decode import Event, KeyDecoder
from tmuxish.keys.encode import encode_key
from tmuxish.keys.replies import Reply
from tmuxish.keys.sequences import key_sequences

RECORDED = json.loads((Path(__file__).parents[2] / "fixtures/keys/decode.json").read_text(encoding="utf-8"))[
    "decode"
]
SEQUENCES = key_sequences(load_entry("xterm-256color", {}))


def decoder() -> KeyDecoder:
    return KeyDecoder(SEQUENCES)


def decode(data: bytes) -> list[Event | Reply]:
    keys = decoder()
    return keys.feed(data) + keys.expire()


def logged_name(name: str) -> str:
    """A name as tmux's log writes it (vis), decoded."""

    def replace(match: re.Match[str]) -> str:
        return "\\" if match[1] == "\\" else chr(int(match[1], 8))

    return re.sub(r"\\([0-7]{3}|\\)", replace, name).encode("latin-1").decode("utf-8", "replace")


def keyboard_rows() -> list[dict[str, object]]:
    """Recordings of keys: mouse reports and keys without a name are tested apart."""
    return [
        row
        for row in RECORDED
        if row["keys"]
        and "" not in row["keys"]
        and not any("Pane" in name or "Invalid" in name for name in row["keys"])
    ]


@pytest.mark.parametrize("row", keyboard_rows(), ids=lambda row: row["typed"])
def test_keys_are_those_of_tmux(row: dict[str, list[str]]) -> None:
    events = [item for item in decode(bytes.fromhex(str(row["typed"]))) if isinstance(item, Event)]
    names = [key_to_string(event.key, with_flags=True) for event in events]
    assert names == [logged_name(name) for name in row["keys"]]


@pytest.mark.parametrize("row", keyboard_rows(), ids=lambda row: row["typed"])
def test_pane_gets_the_bytes_tmux_sends(row: dict[str, str]) -> None:
    events = [item for item in decode(bytes.fromhex(row["typed"])) if isinstance(item, Event)]
    sent = b"".join(encode_key(event.key, 0) or b"" for event in events)
    assert sent == bytes.fromhex(row["pane"])


@given(st.lists(st.sampled_from([row["typed"] for row in keyboard_rows()]), max_size=4), st.data())
def test_any_split_gives_the_same_keys(typed: list[str], data: st.DataObject) -> None:
    whole = b"".join(map(bytes.fromhex, typed))
    cuts = data.draw(st.lists(st.integers(0, len(whole)), max_size=4))
    edges = [0, *sorted(cuts), len(whole)]
    keys = decoder()
    found = [item for a, b in pairwise(edges) for item in keys.feed(whole[a:b])]
    found += keys.expire()
    assert repr(found) == repr(decode(whole))


@given(st.binary(max_size=40))
def test_any_bytes_are_taken(data: bytes) -> None:
    keys = decoder()
    keys.feed(data)
    keys.expire()
    assert not keys.waiting


def test_escape_waits_for_what_may_follow() -> None:
    keys = decoder()
    assert keys.feed(b"\x1b") == []
    assert keys.waiting
    assert [event.key for event in keys.expire() if isinstance(event, Event)] == [ESCAPE]
    assert not keys.waiting


def test_escape_and_a_letter_is_meta() -> None:
    keys = decoder()
    keys.feed(b"\x1b")
    (event,) = keys.feed(b"x")
    assert isinstance(event, Event)
    assert (event.key, event.raw) == (ord("x") | META, b"\x1bx")


@pytest.mark.parametrize(
    ("data", "kind", "value"),
    [
        (b"\x1b[?64;1;22c", "primary-da", [64, 1, 22]),
        (b"\x1b[>84;0;0c", "secondary-da", [84, 0, 0]),
        (b"\x1bP>|XTerm(390)\x1b\\", "xtversion", "XTerm(390)"),
        (b"\x1b]10;rgb:ffff/ffff/ffff\x07", "foreground", "rgb:ffff/ffff/ffff"),
        (b"\x1b]11;rgb:0000/0000/0000\x1b\\", "background", "rgb:0000/0000/0000"),
        (b"\x1b]4;7;rgb:1/2/3\x07", "palette", (7, "rgb:1/2/3")),
        (b"\x1b]52;c;aGVsbG8=\x07", "clipboard", ("c", b"hello")),
        (b"\x1b[8;24;80t", "size-cells", (80, 24)),
        (b"\x1b[4;480;640t", "size-pixels", (640, 480)),
    ],
)
def test_answers_of_the_terminal_are_no_keys(data: bytes, kind: str, value: object) -> None:
    for cut in range(len(data) + 1):
        keys = decoder()
        found = keys.feed(data[:cut]) + keys.feed(data[cut:] + b"z")
        (reply, key) = found
        assert isinstance(reply, Reply)
        assert (reply.kind, reply.value) == (kind, value)
        assert isinstance(key, Event)
        assert key.key == ord("z")


def test_pasted_text_is_one_piece_whatever_it_holds() -> None:
    found = decode(b"\x1b[200~a\x1b[Ab\x02\x1b[201~x")
    assert [(event.key, event.raw) for event in found if isinstance(event, Event)][1:2] == [
        (NONE, b"a\x1b[Ab\x02")
    ]
    assert [key_to_string(event.key) for event in found if isinstance(event, Event)] == [
        "PasteStart",
        "None",
        "PasteEnd",
        "x",
    ]


def test_end_of_a_paste_may_come_in_two_reads() -> None:
    keys = decoder()
    keys.feed(b"\x1b[200~text\x1b[20")
    assert keys.waiting
    assert keys.delay(10) == 500
    assert [event.key & (1 << 40) - 1 for event in keys.feed(b"1~") if isinstance(event, Event)] == [
        PASTE_END
    ]


@pytest.mark.parametrize(
    ("data", "x", "y", "b", "sgr"),
    [
        (b"\x1b[<0;5;3M", 4, 2, 0, "M"),
        (b"\x1b[<0;5;3m", 4, 2, 3, "m"),
        (b"\x1b[<64;1;1M", 0, 0, 64, "M"),
        (b"\x1b[M !!", 0, 0, 0, " "),
        (b"\x1b[M`\xff\xff", 222, 222, 64, " "),
    ],
)
def test_mouse_reports(data: bytes, x: int, y: int, b: int, sgr: str) -> None:
    (event,) = decode(data)
    assert isinstance(event, Event)
    assert event.mouse is not None
    assert event.key == MOUSE
    assert is_mouse(event.key)
    assert (event.mouse.x, event.mouse.y, event.mouse.b, event.mouse.sgr_type) == (x, y, b, sgr)


@pytest.mark.parametrize("data", [b"\x1b[<0;0;0M", b"\x1b[<64;1;1m", b"\x1b[M\x01!!"])
def test_senseless_mouse_reports_are_dropped(data: bytes) -> None:
    assert decode(data + b"x")[0].key == ord("x")  # type: ignore[union-attr]


def test_a_long_text_is_taken_in_time_that_grows_with_it() -> None:
    text = ("some typed text\r" * 2000 + "中é" * 5000).encode()
    start = time.process_time()
    events = decode(text)
    assert time.process_time() - start < 1
    assert b"".join(event.raw for event in events if isinstance(event, Event)) == text
