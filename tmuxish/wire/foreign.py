"""Meeting the real tmux on one of our sockets, from either side.

tmux's protocol is imsg: a 16-byte header in native byte order (type, length, flags, peer id, pid), then
data. The low byte of the peer id is the protocol version (8 for tmux 3.x), and a peer of another version is
answered with one header of type 12 and the answerer's own version. Up to 3.5 length and flags are 16 bits
each, later length is 32 bits with a flag in its top bit; with little-endian numbers a header of 16 bytes
reads alike in both.

So a real client that reaches our server gets that answer and ends at once (`is_tmux_client`,
`version_answer`), and our client learns who holds a socket by asking with such a header (`probe`,
`answered_by_us`).
"""

from __future__ import annotations

import os
import sys

HEADER_SIZE = 16
ENOUGH = 8  # bytes that tell the protocols apart

MSG_VERSION = 12  # "I speak another version"
MSG_IDENTIFY_FIRST = 100  # a real client's first message is one of the identify family
MSG_IDENTIFY_LAST = 199

MAX_MESSAGE = 16384  # imsg's limit, header included
FD_MARK = 0x80000000

# Our peer id: "tmx" and a protocol version that no tmux has.
OUR_PEER_ID = 0x746D7881
OTHER_VERSION = 0xFF


def _header(kind: int, peer_id: int) -> bytes:
    """A header without data; length and flags are laid out as two 16-bit fields (see the module's text)."""
    order = sys.byteorder
    return (
        kind.to_bytes(4, order)
        + HEADER_SIZE.to_bytes(2, order)
        + bytes(2)
        + peer_id.to_bytes(4, order)
        + os.getpid().to_bytes(4, order)
    )


def is_undecided(data: bytes) -> bool:
    """Whether a connection's first bytes may become those of a real tmux client, but are too few to tell."""
    if len(data) >= ENOUGH:
        return False
    head = data[:4]
    if sys.byteorder == "little":
        return MSG_IDENTIFY_FIRST <= head[0] <= MSG_IDENTIFY_LAST and not any(head[1:])
    return not any(head[:3]) and (len(head) < 4 or MSG_IDENTIFY_FIRST <= head[3] <= MSG_IDENTIFY_LAST)


def is_tmux_client(data: bytes) -> bool:
    """Whether a connection's first bytes (ENOUGH of them) are those of a real tmux client."""
    if len(data) < ENOUGH:
        return False
    kind = int.from_bytes(data[:4], sys.byteorder)
    length = int.from_bytes(data[4:8], sys.byteorder) & ~FD_MARK & 0xFFFF
    return MSG_IDENTIFY_FIRST <= kind <= MSG_IDENTIFY_LAST and HEADER_SIZE <= length <= MAX_MESSAGE


def version_answer() -> bytes:
    """What to send to a real client before closing the connection: it prints the mismatch and exits."""
    return _header(MSG_VERSION, OUR_PEER_ID)


def probe() -> bytes:
    """What to send to a server of unknown kind; both tmux and we answer with one header."""
    return _header(MSG_IDENTIFY_FIRST, OTHER_VERSION)


def answered_by_us(answer: bytes) -> bool:
    """Whether the 16 bytes that answered a probe are ours."""
    return answer[:4] == _header(MSG_VERSION, 0)[:4] and answer[8:12] == OUR_PEER_ID.to_bytes(
        4, sys.byteorder
    )


def answered_by_tmux(answer: bytes) -> bool:
    """Whether the 16 bytes that answered a probe are a real tmux server's."""
    return answer[:4] == _header(MSG_VERSION, 0)[:4] and not answered_by_us(answer)
