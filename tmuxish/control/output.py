"""The way out of one client in control mode: lines, and the output of panes with its flow control.

Everything leaves in the order in which it happened. Lines are sent at once as long as no pane's output waits;
behind waiting output they wait too. Output of panes is turned into lines only when the client takes it, in
turns, so that a flooding pane leaves room for others; the reader decides how fast.

A reader that falls behind costs a bounded amount: what is too old pauses the pane, with the flag pause-after,
or else ends the client, as in tmux. So does, other than in tmux, what is too much.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from tmuxish.control.escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable

# Bytes on their way to the client from which on it counts as slow, and up to which more are made.
BUFFER_LOW = 512
BUFFER_HIGH = 8192
# Bytes of a pane's output that at least go into a line.
WRITE_MINIMUM = 32
# A byte becomes up to this many (`\033`), as tmux reckons it.
GROWTH = 3
# Milliseconds that output may wait where the client has not asked for pauses.
MAXIMUM_AGE = 300_000
# Bytes that may wait for one client, its part of the memory of the server; and what a piece of output costs
# besides its bytes.
HELD_LIMIT = 40 * 1024 * 1024
BLOCK_COST = 256


class Block:
    """A piece of output that waits, or a line behind such a piece (without a pane)."""

    __slots__ = ("at", "data", "pane", "when")

    def __init__(self, data: bytes, pane: PaneOutput | None, when: int) -> None:
        self.data = data
        self.pane = pane
        self.when = when  # milliseconds
        self.at = 0  # what has been sent of it; all of it: it is done with

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def drop(self) -> int:
        """Forget its bytes; return what they and the block cost."""
        cost = len(self.data) + BLOCK_COST
        self.data, self.at = b"", 0
        return cost


class PaneOutput:
    """What a client knows of one pane."""

    __slots__ = ("blocks", "off", "paused", "pending", "ref")

    def __init__(self, ref: int) -> None:
        self.ref = ref
        self.off = False  # refresh-client -A %0:off: this client does not want it
        self.paused = False
        self.pending = False  # it waits for its turn
        self.blocks: deque[Block] = deque()


class ControlOutput:
    """Lines and output on their way to one client.

    send: takes bytes for the client. backlog: how many of these have not left yet. now: milliseconds. shows:
    whether a pane, by its number, is one whose output the client gets. too_far_behind: called when the client
    has to go.
    """

    def __init__(
        self,
        send: Callable[[bytes], None],
        backlog: Callable[[], int],
        now: Callable[[], int],
        shows: Callable[[int], bool],
        too_far_behind: Callable[[], None],
    ) -> None:
        self._send = send
        self._backlog = backlog
        self._now = now
        self._shows = shows
        self._too_far_behind = too_far_behind
        self._panes: dict[int, PaneOutput] = {}
        self._order: deque[Block] = deque()  # all that waits, of all panes
        self._pending: list[PaneOutput] = []
        self._buffer = bytearray()  # on its way
        self.held = 0  # bytes that wait
        self.pause_after: int | None = None  # milliseconds
        self.no_output = False

    # -- in ------------------------------------------------------------------------------------

    def line(self, text: bytes) -> None:
        """One line, or several, without the last end of line."""
        if not self._order:
            self._buffer += text
            self._buffer += b"\n"
        else:
            self._order.append(Block(text, None, self._now()))
            self.held += len(text) + BLOCK_COST
        self._check_held(None)

    def pane(self, ref: int, data: bytes) -> None:
        """Output of a pane that the client's session has."""
        if self.no_output:
            return
        pane = self._add(ref)
        if pane.off or pane.paused or self._is_late(pane) or not data:
            return
        block = Block(data, pane, self._now())
        pane.blocks.append(block)
        self._order.append(block)
        self.held += len(data) + BLOCK_COST
        if not pane.pending:
            pane.pending = True
            self._pending.append(pane)
        self._check_held(pane)

    def _add(self, ref: int) -> PaneOutput:
        return self._panes.setdefault(ref, PaneOutput(ref))

    # -- out -----------------------------------------------------------------------------------

    @property
    def waiting(self) -> bool:
        """Whether there is anything to send."""
        return bool(self._buffer or self._order)

    @property
    def stalled(self) -> bool:
        """Whether the client is slow to take what it was sent."""
        return self._backlog() >= BUFFER_LOW

    def pump(self) -> None:
        """Send what the client can take now."""
        self._flush_lines()
        while self._pending and (space := BUFFER_HIGH - self._backlog() - len(self._buffer)) > 0:
            limit = max(space // len(self._pending) // GROWTH, WRITE_MINIMUM)
            for pane in list(self._pending):
                if self._backlog() + len(self._buffer) >= BUFFER_HIGH:
                    break
                if not self._write_pane(pane, limit):
                    pane.pending = False
                    if pane in self._pending:  # unless all has been reset meanwhile
                        self._pending.remove(pane)
        self._hand_over()

    def finish(self) -> None:
        """The client ends: output that waits is lost, lines are sent."""
        for pane in self._panes.values():
            self._discard(pane)
        self._pending.clear()
        self._flush_lines()
        self._hand_over()

    def _hand_over(self) -> None:
        if self._buffer:
            data = bytes(self._buffer)
            self._buffer.clear()
            self._send(data)

    def _flush_lines(self) -> None:
        """Lines that no output waits before any more are on their way."""
        order = self._order
        while order and (order[0].pane is None or not order[0].left):
            block = order.popleft()
            if block.pane is None:
                self._buffer += block.data
                self._buffer += b"\n"
                self.held -= len(block.data) + BLOCK_COST

    def _line_is_next(self) -> bool:
        order = self._order
        while order and order[0].pane is not None and not order[0].left:
            order.popleft()
        return bool(order) and order[0].pane is None

    def _write_pane(self, pane: PaneOutput, limit: int) -> bool:
        """Make lines of up to `limit` bytes of what waits of a pane. True if more waits."""
        if not self._shows(pane.ref):
            self._discard(pane)
            self._flush_lines()
            return False
        parts: list[bytes] = []
        used = 0
        while used != limit and pane.blocks:
            if self._is_late(pane):
                return False
            block = pane.blocks[0]
            size = min(block.left, limit - used)
            if not parts:
                parts.append(self._head(pane, block))
            parts.append(escape(block.data[block.at : block.at + size]))
            block.at += size
            used += size
            if not block.left:
                pane.blocks.popleft()
                self.held -= block.drop()
                if self._line_is_next():
                    self._write(parts)
                    self._flush_lines()
        self._write(parts)
        return bool(pane.blocks)

    def _head(self, pane: PaneOutput, block: Block) -> bytes:
        if self.pause_after is None:
            return b"%%output %%%d " % pane.ref
        return b"%%extended-output %%%d %d : " % (pane.ref, max(0, self._now() - block.when))

    def _write(self, parts: list[bytes]) -> None:
        if parts:
            parts.append(b"\n")
            self._buffer += b"".join(parts)
            parts.clear()

    # -- falling behind ------------------------------------------------------------------------

    def _is_late(self, pane: PaneOutput) -> bool:
        """Whether output of the pane has waited too long; then it is paused, or the client ends."""
        if not pane.blocks:
            return False
        age = self._now() - pane.blocks[0].when
        if age <= 0 or age < (MAXIMUM_AGE if self.pause_after is None else self.pause_after):
            return False
        self._fall_behind(pane)
        return True

    def _fall_behind(self, pane: PaneOutput) -> None:
        if self.pause_after is None:
            self._too_far_behind()
        else:
            pane.paused = True
            self._discard(pane)
            self.line(b"%%pause %%%d" % pane.ref)

    def _check_held(self, pane: PaneOutput | None) -> None:
        """Too much waits: pause the pane that has brought it, or end the client."""
        if self.held + len(self._buffer) + self._backlog() <= HELD_LIMIT:
            return
        if pane is not None and self.pause_after is not None and not pane.paused:
            self._fall_behind(pane)
        else:
            self._too_far_behind()

    def _discard(self, pane: PaneOutput) -> None:
        for block in pane.blocks:
            self.held -= block.drop()
        pane.blocks.clear()

    # -- what the client asks for --------------------------------------------------------------

    def set_pane_on(self, ref: int) -> None:
        """Send the pane's output again, from now on."""
        pane = self._panes.get(ref)
        if pane is not None:
            pane.off = False

    def set_pane_off(self, ref: int) -> None:
        """Send no output of the pane."""
        pane = self._add(ref)
        self._discard(pane)
        pane.off = True

    def pause_pane(self, ref: int) -> None:
        """Send no output of the pane until it is continued, and say so."""
        pane = self._add(ref)
        if not pane.paused:
            pane.paused = True
            self._discard(pane)
            self.line(b"%%pause %%%d" % ref)

    def continue_pane(self, ref: int) -> None:
        """Go on with a paused pane, from now on, and say so."""
        pane = self._panes.get(ref)
        if pane is not None and pane.paused:
            pane.paused = False
            self.line(b"%%continue %%%d" % ref)

    def reset(self) -> None:
        """Forget what waits and which panes are off or paused (the flag no-output came or went)."""
        for pane in self._panes.values():
            self._discard(pane)
            pane.pending = False
        self._panes.clear()
        self._pending.clear()

    def forget(self, ref: int) -> None:
        """The pane is gone."""
        pane = self._panes.pop(ref, None)
        if pane is not None:
            self._discard(pane)
            if pane.pending:
                self._pending.remove(pane)

    def refuses(self, ref: int) -> bool:
        """Whether this client is a reason not to read more from the pane: it wants none, or can't take it."""
        pane = self._panes.get(ref)
        if self.no_output or pane is None or pane.paused:
            return False
        return pane.off or self.stalled
