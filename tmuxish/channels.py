"""Readiness without descriptors, for systems where `select` knows only sockets (Windows).

There a pipe, a console and a pseudo console can only be waited for by a thread that blocks in them. Each
such thread hands its bytes to a *channel*: an object in memory with a number that takes a descriptor's
place. `ChannelSelector` reports channels as `selectors` reports descriptors, level-triggered, so everything
above it (the server's loop, an attached client's relay) is the same on every system.

A channel has two ends. The *loop's end* never blocks: `fileno`, `read`/`recv`, `write`/`send`, `close`. The
*thread's end* blocks and so paces the thread: `put` waits while the loop is behind with reading, `take`
waits for something to write. Any number of channels may be in use; closing one frees its number.

Nothing here depends on the system. It is pure `threading`, and is tested wherever the tests run.
"""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections.abc import Mapping
from selectors import EVENT_READ, EVENT_WRITE, BaseSelector, SelectorKey
from typing import Any, Protocol

__all__ = ["EVENT_READ", "EVENT_WRITE", "ByteChannel", "Channel", "ChannelSelector", "Wakeup"]


class _HasFileno(Protocol):
    def fileno(self) -> int: ...


# Numbers of channels are beyond those of descriptors, so that neither is ever taken for the other.
FIRST_NUMBER = 1 << 24

# Bytes that wait for the loop before the thread that brings them must wait, and bytes that the loop may leave
# for the thread that writes them.
INPUT_LIMIT = 256 << 10
OUTPUT_LIMIT = 256 << 10

_numbers = itertools.count(FIRST_NUMBER)
_channels: dict[int, Channel] = {}


class Channel:
    """Something that a `ChannelSelector` watches.

    Whoever changes `readable` or `writable` calls `changed` afterwards; both are harmless from any thread.
    """

    def __init__(self) -> None:
        self.readable = False
        self.writable = False
        self._selector: ChannelSelector | None = None
        self._number = next(_numbers)
        _channels[self._number] = self

    def fileno(self) -> int:
        """What a selector knows it by; -1 once closed."""
        return self._number

    def changed(self) -> None:
        """Have the selector look again."""
        selector = self._selector
        if selector is not None:
            selector.notice(self._number)

    def close(self) -> None:
        """Give the number back; the loop's end is over. Harmless when done twice."""
        _channels.pop(self._number, None)
        self._number = -1


class Wakeup(Channel):
    """Wakes a selector from any thread: readable from `set` until `clear`."""

    def set(self) -> None:
        """Make it readable."""
        if not self.readable:
            self.readable = True
            self.changed()

    def clear(self) -> None:
        """Take note of all that has been set so far."""
        self.readable = False


class ByteChannel(Channel):
    """Bytes both ways between the loop and the threads that block on its behalf.

    input_limit: what may wait for the loop before `put` blocks; one `put` may go beyond it. output_limit:
    what `send` takes before `take` has fetched some of it.
    """

    def __init__(self, input_limit: int = INPUT_LIMIT, output_limit: int = OUTPUT_LIMIT) -> None:
        super().__init__()
        self._input_limit = input_limit
        self._output_limit = output_limit
        self._lock = threading.Lock()
        self._input_wanted = threading.Condition(self._lock)
        self._output_there = threading.Condition(self._lock)
        self._input = bytearray()
        self._input_ended = False
        self._input_error: OSError | None = None
        self._output = bytearray()
        self._output_ended = False  # by the loop: nothing will follow
        self._output_refused = False  # by the thread: nobody takes it
        self._closed = False
        self.writable = True

    # -- the loop's end ------------------------------------------------------------------------

    def recv(self, limit: int) -> bytes:
        """Up to `limit` bytes; b"" at the end of the input. Raises BlockingIOError if none are there now, and
        the error that the input has ended with.
        """
        data = self.read(limit)
        if data is None:
            raise BlockingIOError
        if not data and self._input_error is not None:
            raise self._input_error
        return data

    def read(self, limit: int) -> bytes | None:
        """Up to `limit` bytes. None: none are there now. b"": the input has ended, with an error or not."""
        with self._lock:
            if not self._input:
                return b"" if self._input_ended or self._closed else None
            data = bytes(self._input[:limit])
            del self._input[:limit]
            self.readable = bool(self._input) or self._input_ended
            if len(self._input) < self._input_limit:
                self._input_wanted.notify_all()
            return data

    def send(self, data: bytes | bytearray | memoryview) -> int:
        """Leave bytes for the thread that writes: how many were taken. Raises BlockingIOError if there is no
        room, BrokenPipeError if nobody writes them any more.
        """
        taken = self.write(data)
        if taken or not data:
            return taken
        if self._output_refused or self._closed or self._output_ended:
            raise BrokenPipeError
        raise BlockingIOError

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """The same without exceptions: 0 if there is no room, or nobody writes them any more."""
        with self._lock:
            return self._keep(data)

    def _keep(self, data: bytes | bytearray | memoryview) -> int:
        """Takes what there is room for; the lock is held."""
        if self._output_refused or self._output_ended or self._closed:
            return 0
        room = self._output_limit - len(self._output)
        taken = min(len(data), room)
        if taken > 0:
            self._output += memoryview(data)[:taken]
            self.writable = taken < room
            self._output_there.notify_all()
        return max(taken, 0)

    def setblocking(self, flag: bool) -> None:
        """As a socket has it; the loop's end of a channel never blocks. Raises ValueError."""
        if flag:
            raise ValueError("the loop's end of a channel never blocks")

    def finish_output(self) -> None:
        """Nothing more will be sent: the thread takes what is there, then the end."""
        with self._lock:
            self._output_ended = True
            self.writable = False
            self._output_there.notify_all()

    def close(self) -> None:
        """The loop is done with it. Input is not wanted any more; output that is there is still taken."""
        with self._lock:
            self._closed = True
            self._output_ended = True
            self._input.clear()
            self.readable = self.writable = False
            self._input_wanted.notify_all()
            self._output_there.notify_all()
        super().close()

    # -- the threads' end ----------------------------------------------------------------------

    def put(self, data: bytes | bytearray | memoryview) -> bool:
        """Bring bytes, then wait while the loop is behind. False: the loop has closed, nobody wants more."""
        with self._lock:
            if self._closed:
                return False
            if data:
                self._input += data
                self._show_readable()
            while len(self._input) >= self._input_limit and not self._closed:
                self._input_wanted.wait()
            return not self._closed

    def lift_input_limit(self) -> None:
        """From now on `put` never waits: what is left has an end."""
        with self._lock:
            self._input_limit = sys.maxsize
            self._input_wanted.notify_all()

    def end(self, error: OSError | None = None) -> None:
        """No more bytes will come. error: what `recv` raises after those that have."""
        with self._lock:
            if self._input_ended or self._closed:
                return
            self._input_ended = True
            self._input_error = error
            self._show_readable()

    def take(self, limit: int, timeout: float | None = None) -> bytes | None:
        """Wait for output: up to `limit` bytes. b"": all has been taken and the loop sends no more. None:
        none came within `timeout` seconds.
        """
        with self._lock:
            if not self._output_there.wait_for(lambda: self._output or self._output_ended, timeout):
                return None
            data = bytes(self._output[:limit])
            del self._output[:limit]
            if data and not self._output_ended and not self.writable:
                self.writable = True
                self.changed()
            return data

    def refuse(self) -> None:
        """Nobody writes the output any more: what waits is dropped, and `send` raises BrokenPipeError."""
        with self._lock:
            self._output_refused = True
            self._output.clear()
            self._output_there.notify_all()
            if not self._closed and not self._output_ended:
                self.writable = True  # who waits for room is to learn of it
                self.changed()

    @property
    def closed(self) -> bool:
        """Whether the loop is done with it."""
        return self._closed

    def _show_readable(self) -> None:
        if not self.readable:
            self.readable = True
            self.changed()


class ChannelSelector(BaseSelector):
    """A selector of channels (or their numbers). A channel belongs to one selector at a time.

    `select` is for one thread, everything else for any.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.Lock())
        self._keys: dict[int, SelectorKey] = {}
        self._noticed: set[int] = set()  # numbers of those that may be ready

    def notice(self, number: int) -> None:
        """A channel has changed."""
        with self._condition:
            if number in self._keys:
                self._noticed.add(number)
                self._condition.notify()

    def register(self, fileobj: int | _HasFileno, events: int, data: Any = None) -> SelectorKey:
        """Watch a channel. Raises ValueError if there is none of that number, KeyError if it is watched."""
        number = _number(fileobj)
        channel = _channels.get(number)
        if channel is None or not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f"cannot watch {fileobj!r} for {events}")
        key = SelectorKey(fileobj, number, events, data)
        with self._condition:
            if number in self._keys:
                raise KeyError(f"{fileobj!r} is already registered")
            self._keys[number] = key
            channel._selector = self
        self.notice(number)
        return key

    def modify(self, fileobj: int | _HasFileno, events: int, data: Any = None) -> SelectorKey:
        """Watch it for something else. Raises KeyError if it is not watched."""
        number = _number(fileobj)
        key = SelectorKey(fileobj, number, events, data)
        with self._condition:
            if number not in self._keys:
                raise KeyError(f"{fileobj!r} is not registered")
            self._keys[number] = key
        self.notice(number)
        return key

    def unregister(self, fileobj: int | _HasFileno) -> SelectorKey:
        """Stop watching; also by number after it was closed. Raises KeyError if it is not watched."""
        number = _number(fileobj)
        with self._condition:
            key = self._keys.pop(number)
            self._noticed.discard(number)
        channel = _channels.get(number)
        if channel is not None:
            channel._selector = None
        return key

    def get_map(self) -> Mapping[int | _HasFileno, SelectorKey]:
        """The keys by number. (The type is that of `selectors`.)"""
        return self._keys  # type: ignore[return-value]

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Wait until a channel is ready, at most `timeout` seconds; those that are, and for what."""
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._condition:
            while not (ready := self._ready()):
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._condition.wait(left)
            return ready

    def _ready(self) -> list[tuple[SelectorKey, int]]:
        """Looks at those that were noticed; who is not ready is not looked at again before it is noticed."""
        ready = []
        for number in list(self._noticed):
            key = self._keys[number]
            channel = _channels.get(number)
            if channel is None:
                self._noticed.discard(number)
                continue
            events = (EVENT_READ if channel.readable else 0) | (EVENT_WRITE if channel.writable else 0)
            if events & key.events:
                ready.append((key, events & key.events))
            else:
                self._noticed.discard(number)
        return ready

    def close(self) -> None:
        """Watch nothing any more."""
        with self._condition:
            numbers = list(self._keys)
            self._keys.clear()
            self._noticed.clear()
        for number in numbers:
            channel = _channels.get(number)
            if channel is not None:
                channel._selector = None


def _number(fileobj: int | _HasFileno) -> int:
    return fileobj if isinstance(fileobj, int) else fileobj.fileno()
