"""The wire format: what is packed comes back, however it was cut, and garbage is refused by name."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.wire import foreign, frames

BYTES = st.binary(max_size=50)
FRAMES = st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=300)), max_size=8)


@given(FRAMES, st.data())
def test_frames_survive_any_cut(sent: list[tuple[int, bytes]], data: st.DataObject) -> None:
    stream = b"".join(frames.encode(kind, payload) for kind, payload in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    decoder = frames.Decoder()
    received: list[tuple[int, bytes]] = []
    for start, stop in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        received += decoder.feed(stream[start:stop])
    assert received == sent
    assert decoder.pending == 0


@given(st.binary(max_size=2000))
def test_garbage_is_refused_or_waited_for(garbage: bytes) -> None:
    decoder = frames.Decoder()
    try:
        list(decoder.feed(garbage))
    except frames.FrameError:
        return
    assert decoder.pending <= frames.MAX_FRAME + 4


@pytest.mark.parametrize("size", [0, frames.MAX_FRAME + 1, 0xFFFFFFFF])
def test_impossible_lengths(size: int) -> None:
    with pytest.raises(frames.FrameError):
        list(frames.Decoder().feed(struct.pack(">I", size)))


def test_frames_before_garbage_count() -> None:
    received = frames.Decoder().feed(frames.encode(frames.KEYS, b"a") + b"\xff" * 9)
    assert next(received) == (frames.KEYS, b"a")
    with pytest.raises(frames.FrameError):
        next(received)


def test_the_largest_frame() -> None:
    payload = bytes(frames.MAX_FRAME - 1)
    assert list(frames.Decoder().feed(frames.encode(frames.STDOUT, payload))) == [(frames.STDOUT, payload)]
    with pytest.raises(frames.FrameError):
        frames.encode(frames.STDOUT, payload + b"x")


def test_the_bytes_on_the_wire() -> None:
    """What a launcher in another language has to produce."""
    command = frames.Command(frames.FLAG_UTF8, b"/tmp", b"", b"%1", b"", [b"has-session", b"-t", b"a"])
    assert frames.encode(frames.COMMAND, frames.pack_command(command)) == (
        b"\x00\x00\x00\x36\x01\x81\x00\x00\x00\x01"
        b"\x00\x00\x00\x04/tmp\x00\x00\x00\x00\x00\x00\x00\x02%1\x00\x00\x00\x00"
        b"\x00\x00\x00\x0bhas-session\x00\x00\x00\x02-t\x00\x00\x00\x01a"
    )
    assert frames.encode(frames.EXIT, frames.pack_exit(1)) == b"\x00\x00\x00\x02\x42\x01"


@given(st.integers(0, 2**32 - 1), BYTES, BYTES, BYTES, BYTES, st.lists(BYTES, max_size=6))
def test_command(flags: int, cwd: bytes, tmux: bytes, pane: bytes, tty: bytes, argv: list[bytes]) -> None:
    command = frames.unpack_command(frames.pack_command(frames.Command(flags, cwd, tmux, pane, tty, argv)))
    assert (command.flags, command.cwd, command.tmux, command.pane) == (flags, cwd, tmux, pane)
    assert (command.tty, command.argv, command.version) == (tty, argv, frames.VERSION)


@given(
    st.integers(0, 2**32 - 1),
    st.tuples(*[st.integers(0, 65535)] * 4),
    BYTES,
    BYTES,
    BYTES,
    BYTES,
    st.lists(st.integers(0, 2**64 - 1), min_size=9, max_size=9),
    st.lists(BYTES, max_size=6),
)
def test_identity(
    pid: int,
    size: tuple[int, int, int, int],
    term: bytes,
    tty: bytes,
    features: bytes,
    characters: bytes,
    terminal: list[int],
    environ: list[bytes],
) -> None:
    device, inode, changed, *modes = terminal
    found = frames.pack_found(device, inode, changed, modes)
    identity = frames.unpack_identify(
        frames.pack_identify(frames.Identity(pid, size, term, tty, features, characters, found, environ))
    )
    assert (identity.pid, identity.size, identity.term, identity.tty) == (pid, size, term, tty)
    assert (identity.features, identity.control_chars, identity.environ) == (features, characters, environ)
    assert frames.unpack_found(identity.found) == (*terminal[:3], terminal[3:])


@given(st.integers(0, 255), BYTES)
def test_exit(status: int, message: bytes) -> None:
    assert frames.unpack_exit(frames.pack_exit(status, message)) == (status, message)


@given(st.integers(0, 5), st.integers(0, 255), BYTES, BYTES, BYTES)
def test_detached(kind: int, status: int, message: bytes, command: bytes, shell: bytes) -> None:
    payload = frames.pack_detached(kind, message, status, command, shell)
    assert frames.unpack_detached(payload) == (kind, status, message, command, shell)


@pytest.mark.parametrize("size", [0, 1, frames.CHUNK, frames.CHUNK + 1, 3 * frames.CHUNK])
@pytest.mark.parametrize("append", [False, True])
def test_write_in_pieces(size: int, append: bool) -> None:
    """One answer for the whole file; only the first piece may truncate it."""
    data = bytes(range(256)) * (size // 256 + 1)
    data = data[:size]
    received = list(frames.Decoder().feed(b"".join(frames.encode_write(b"/p", data, append=append))))
    pieces = [frames.unpack_write(payload) for _, payload in received]
    assert b"".join(piece for _, _, piece in pieces) == data
    assert [bool(flags & frames.WRITE_MORE) for flags, _, _ in pieces] == [True] * (len(pieces) - 1) + [False]
    assert [bool(flags & frames.WRITE_APPEND) for flags, _, _ in pieces] == [append] + [True] * (
        len(pieces) - 1
    )
    assert {path for _, path, _ in pieces} == {b"/p"}


@pytest.mark.parametrize("size", [0, 1, frames.CHUNK, frames.CHUNK + 1])
def test_streams_in_pieces(size: int) -> None:
    received = list(frames.Decoder().feed(b"".join(frames.encode_stream(frames.STDOUT, b"x" * size))))
    assert sum(len(payload) for _, payload in received) == size
    assert all(0 < len(payload) <= frames.CHUNK for _, payload in received)


@pytest.mark.parametrize(
    ("unpack", "packed"),
    [
        (
            frames.unpack_command,
            frames.pack_command(frames.Command(0, b"a", b"b", b"c", b"d", [b"e"])),
        ),
        (
            frames.unpack_identify,
            frames.pack_identify(frames.Identity(1, (1, 2, 3, 4), b"a", b"b", b"c", b"", b"", [b"d=e"])),
        ),
        (frames.unpack_detached, frames.pack_detached(0, b"a", 1, b"b", b"c")),
        (frames.unpack_exit, frames.pack_exit(0)),
        (frames.unpack_number, frames.pack_number(7)),
        (frames.unpack_size, frames.pack_size(80, 24)),
        (frames.unpack_write, frames.pack_write(b"path", b"")),
    ],
)
def test_no_payload_may_be_cut_short(unpack: object, packed: bytes) -> None:
    assert callable(unpack)
    unpack(packed)
    for length in range(len(packed)):
        # A list of strings that ends between two of them is a shorter list, not a broken one.
        if unpack in (frames.unpack_command, frames.unpack_identify) and length == len(packed) - _last(
            packed
        ):
            continue
        with pytest.raises(frames.FrameError):
            unpack(packed[:length])


def _last(packed: bytes) -> int:
    """The length of the last string of `packed`, its own length field included."""
    return 4 + (1 if packed.endswith(b"\x00\x00\x00\x01e") else 3)


@given(st.lists(BYTES, max_size=5))
def test_frames_are_told_from_tmux(argv: list[bytes]) -> None:
    command = frames.Command(0, b"/", b"", b"", b"", argv)
    start = frames.encode(frames.COMMAND, frames.pack_command(command))
    assert start[0] == 0
    assert not foreign.is_tmux_client(start)


def test_tmux_hangs_up_on_our_first_frame() -> None:
    """Old and new imsg both refuse the length they read there, so our client learns at once."""
    start = frames.encode(
        frames.COMMAND, frames.pack_command(frames.Command(0, b"/", b"", b"", b"", [b"ls"]))
    )
    assert struct.unpack_from("<H", start, 4)[0] > foreign.MAX_MESSAGE
    assert struct.unpack_from("<I", start, 4)[0] & ~foreign.FD_MARK > foreign.MAX_MESSAGE


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("=IHHII", 100, 20, 0, 8, 4711),  # 3.3a: identify flags
        struct.pack("=IIII", 111, 24, 8, 4711),  # 3.7c: identify long flags
        struct.pack("=IIII", 104, 16 | 0x80000000, 8, 4711),  # with a descriptor
    ],
)
def test_real_clients_are_recognised(header: bytes) -> None:
    assert foreign.is_tmux_client(header)
    assert foreign.is_tmux_client(header[:8])
    assert not foreign.is_tmux_client(header[:7])


def test_the_answers_tell_us_from_tmux() -> None:
    answer = foreign.version_answer()
    assert struct.unpack("=IHH", answer[:8]) == (12, 16, 0)
    assert answer[8] != 8 or struct.pack("=I", 1)[0] == 0  # never tmux's own version
    assert foreign.answered_by_us(answer)
    assert not foreign.answered_by_tmux(answer)
    real = struct.pack("=IIII", 12, 16, 8, 4711)
    assert foreign.answered_by_tmux(real)
    assert not foreign.answered_by_us(real)
    for other in (b"", b"HTTP/1.1 400 Bad", bytes(16)):
        assert not foreign.answered_by_us(other)
        assert not foreign.answered_by_tmux(other)
    assert foreign.is_tmux_client(foreign.probe())
