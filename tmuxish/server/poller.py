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

# What to look for in an answer: an error or a hang-up counts as whatever is watched for.
READABLE = select.EPOLLIN | select.EPOLLERR | select.EPOLLHUP
WRITABLE = select.EPOLLOUT | select.EPOLLERR | select.EPOLLHUP

# Most descriptors of one answer; the others are first in the next.
AT_ONCE = 32


class Poller:
    """Watches descriptors."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._watched: set[int] = set()

    def watch(self, fd: int, events: int) -> None:
        """Watch a descriptor for those events only; for none if 0, when it may have been closed. Raises
        OSError if it cannot be watched: it is closed, or a file, which is always ready."""
        try:
            if fd not in self._watched:
                if events:
                    self._epoll.register(fd, _MASKS[events])
                    self._watched.add(fd)
            elif events:
                self._epoll.modify(fd, _MASKS[events])
            else:
                self._watched.remove(fd)
                self._epoll.unregister(fd)
        except OSError:
            self._watched.discard(fd)
            if events:
                raise

    def ready(self, timeout: float | None) -> list[tuple[int, int]]:
        """Descriptors that are ready, and for what (READABLE, WRITABLE); waits for one at most `timeout`
        seconds (in whole milliseconds, and never too early)."""
        return self._epoll.poll(timeout, AT_ONCE)

    def close(self) -> None:
        """Free its own descriptor."""
        self._epoll.close()
        self._watched.clear()
