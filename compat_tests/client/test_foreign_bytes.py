"""Telling a real tmux client from ours by a connection's first bytes, however few come at first."""

from __future__ import annotations

import sys

import pytest

from tmuxish.wire import foreign, frames

TMUX_HELLO = (111).to_bytes(4, sys.byteorder) + (16).to_bytes(4, sys.byteorder) + bytes(8)
OUR_HELLO = frames.encode(
    frames.COMMAND, frames.pack_command(frames.Command(0, b"/", b"", b"", b"", [b"list-sessions"]))
)


@pytest.mark.parametrize("count", range(1, foreign.ENOUGH))
def test_the_beginning_of_a_real_clients_hello_is_waited_for(count: int) -> None:
    assert foreign.is_undecided(TMUX_HELLO[:count])
    assert not foreign.is_tmux_client(TMUX_HELLO[:count])


def test_a_whole_hello_is_recognised() -> None:
    assert not foreign.is_undecided(TMUX_HELLO)
    assert foreign.is_tmux_client(TMUX_HELLO)


@pytest.mark.skipif(sys.byteorder == "big", reason="there both begin with zero bytes")
@pytest.mark.parametrize("data", [OUR_HELLO[:1], OUR_HELLO[:4], b"\xff", b"GET / HT"[:4], b"\x64\x01"])
def test_anything_else_is_decided_at_once(data: bytes) -> None:
    assert not foreign.is_undecided(data)
    assert not foreign.is_tmux_client(data)
