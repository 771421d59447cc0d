"""Who is ready, on Linux: `selectors.EpollSelector` as far as the loop uses it.

`selectors` itself brings `collections` and `math`, 3 ms of a cold start, and costs each event more.
"""

from __future__ import annotations

import select
import sys

assert sys.platform == "linux"

# What is watched for; the numbers of `selectors`.
EVENT_READ = 1
EVENT_WRITE = 2

# What epoll calls these, by their sum.
_MASKS = (0, select.EPOLLIN, select.EPOLLOUT, select.EPOLLIN | select.EPOLLOUT)


class Key:
    """A descriptor that is watched; `data` is what it was registered with."""

    __slots__ = ("data", "events")

    def __init__(self, events: int, data: int) -> None:
        self.events = events
        self.data = data


class Poller:
    """Watches descriptors. An error or a hang-up is reported as whatever is watched for."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._keys: dict[int, Key] = {}

    def get_map(self) -> dict[int, Key]:
        """What is watched, by descriptor."""
        return self._keys

    def register(self, fd: int, events: int, data: int) -> None:
        """Watch a descriptor. Raises OSError if it is closed, or a file, which is always ready."""
        self._epoll.register(fd, _MASKS[events])
        self._keys[fd] = Key(events, data)

    def modify(self, fd: int, events: int, data: int) -> None:
        """Watch it for something else."""
        try:
            self._epoll.modify(fd, _MASKS[events])
        except BaseException:
            del self._keys[fd]
            raise
        self._keys[fd] = Key(events, data)

    def unregister(self, fd: int) -> None:
        """Watch it no more; it may have been closed, which epoll has noticed by itself."""
        del self._keys[fd]
        try:
            self._epoll.unregister(fd)
        except OSError:
            return

    def select(self, timeout: float | None) -> list[tuple[Key, int]]:
        """Those that are ready, and for what; waits for one at most `timeout` seconds."""
        # In whole milliseconds, and never too early.
        wait = -1.0 if timeout is None else -(-timeout * 1000 // 1) * 1e-3
        keys = self._keys
        ready = []
        for fd, event in self._epoll.poll(wait, max(len(keys), 1)):
            key = keys.get(fd)
            if key is not None:
                events = (EVENT_WRITE if event & ~select.EPOLLIN else 0) | (
                    EVENT_READ if event & ~select.EPOLLOUT else 0
                )
                ready.append((key, events & key.events))
        return ready

    def close(self) -> None:
        """Free its own descriptor."""
        self._epoll.close()
        self._keys.clear()
