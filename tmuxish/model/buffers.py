"""Paste buffers: those tmux names itself (buffer0, buffer1, ...: a stack of limited depth) and named ones.

Automatic buffers beyond `buffer-limit` go, oldest first; named ones stay until they are deleted. Giving
an automatic buffer a name makes it a named one.
"""

from __future__ import annotations

import time

from tmuxish.model.vis import clean_name, vis

AUTOMATIC_PREFIX = "buffer"

# A sample shows this many bytes, then "..." where there was more.
SAMPLE_WIDTH = 200

# What happened to a buffer: (name, deleted), for the paste-buffer-changed/-deleted notifications.
Event = tuple[str, bool]


class BufferError(Exception):
    """A buffer cannot be found or named so. `str()` is the text for the user."""


class Buffer:
    """One paste buffer. `order` grows with every buffer made; `created` is in seconds since the epoch."""

    __slots__ = ("automatic", "created", "data", "name", "order")

    def __init__(self, name: str, data: bytes, order: int, *, automatic: bool) -> None:
        self.name = name
        self.data = data
        self.order = order
        self.automatic = automatic
        self.created = time.time()

    @property
    def sample(self) -> str:
        """The beginning, made printable, as #{buffer_sample} shows it."""
        shown = vis(self.data[:SAMPLE_WIDTH]).encode("utf-8", "surrogateescape")
        if len(self.data) <= SAMPLE_WIDTH and len(shown) <= SAMPLE_WIDTH:
            return shown.decode("utf-8", "surrogateescape")
        return shown[:SAMPLE_WIDTH].decode("utf-8", "surrogateescape") + "..."


class Buffers:
    """All paste buffers. `events` collects what happened; the server drains it."""

    __slots__ = ("_by_name", "_next_index", "_next_order", "events")

    def __init__(self) -> None:
        self._by_name: dict[str, Buffer] = {}
        self._next_index = 0
        self._next_order = 0
        self.events: list[Event] = []

    def __len__(self) -> int:
        return len(self._by_name)

    def newest_first(self) -> list[Buffer]:
        """All of them, the order of list-buffers."""
        return sorted(self._by_name.values(), key=lambda buffer: -buffer.order)

    def find(self, name: str) -> Buffer | None:
        return self._by_name.get(name)

    def top(self) -> Buffer | None:
        """The newest automatic buffer, which commands use when none is named."""
        automatic = (buffer for buffer in self._by_name.values() if buffer.automatic)
        return max(automatic, key=lambda buffer: buffer.order, default=None)

    def add(self, data: bytes, limit: int, prefix: str = AUTOMATIC_PREFIX) -> Buffer | None:
        """A new automatic buffer; the oldest make room so that there are at most `limit` (at least 1).

        Empty data makes none.
        """
        if not data:
            return None
        automatic = [buffer for buffer in self.newest_first() if buffer.automatic]
        for buffer in automatic[limit - 1 :][::-1]:
            self.delete(buffer)
        while True:
            name = f"{prefix}{self._next_index}"
            self._next_index += 1
            if name not in self._by_name:
                break
        return self._insert(name, data, automatic=True)

    def set(self, name: str | None, data: bytes, limit: int) -> Buffer | None:
        """Store `data` under `name`, replacing a buffer of that name; without a name, as `add`.

        Empty data changes nothing. Raises BufferError for a name that cannot be one.
        """
        if not data:
            return None
        if name is None:
            return self.add(data, limit)
        if not name:
            raise BufferError("empty buffer name")
        cleaned = clean_name(name)
        if cleaned is None:
            raise BufferError(f"invalid buffer name: {name}")
        old = self._by_name.get(cleaned)
        if old is not None:
            self.delete(old)
        return self._insert(cleaned, data, automatic=False)

    def rename(self, name: str | None, new_name: str | None) -> None:
        """Give a buffer another name, replacing a buffer that has it. Raises BufferError."""
        if not name:
            raise BufferError("no buffer")
        if not new_name:
            raise BufferError("new name is empty")
        cleaned = clean_name(new_name)
        if cleaned is None:
            raise BufferError(f"invalid buffer name: {new_name}")
        buffer = self._by_name.get(name)
        if buffer is None:
            raise BufferError(f"no buffer {name}")
        other = self._by_name.get(cleaned)
        if other is buffer:
            return
        if other is not None:
            self.delete(other)
        del self._by_name[name]
        buffer.name = cleaned
        buffer.automatic = False
        self._by_name[cleaned] = buffer
        self.events += [(name, True), (cleaned, False)]

    def replace(self, buffer: Buffer, data: bytes) -> None:
        """Give a buffer other contents; it stays what it is otherwise. Empty data changes nothing."""
        if data:
            buffer.data = data
            self.events.append((buffer.name, False))

    def delete(self, buffer: Buffer) -> None:
        del self._by_name[buffer.name]
        self.events.append((buffer.name, True))

    def _insert(self, name: str, data: bytes, *, automatic: bool) -> Buffer:
        buffer = Buffer(name, data, self._next_order, automatic=automatic)
        self._next_order += 1
        self._by_name[name] = buffer
        self.events.append((name, False))
        return buffer
