"""Who is ready, where that is not asked of epoll: the same as `poller` on `selectors`, and on Windows on
channels, where almost nothing is a descriptor (see tmuxish.channels)."""

from __future__ import annotations

import sys
from selectors import EVENT_READ as EVENT_READ
from selectors import EVENT_WRITE as EVENT_WRITE

if sys.platform == "win32":
    from tmuxish.channels import ChannelSelector as Selector
else:
    from selectors import DefaultSelector as Selector

# What to look for in an answer.
READABLE = EVENT_READ
WRITABLE = EVENT_WRITE


class Poller:
    """Watches descriptors."""

    def __init__(self) -> None:
        self._selector = Selector()

    def watch(self, fd: int, events: int) -> None:
        """Watch a descriptor for those events only; for none if 0, when it may have been closed."""
        known = fd in self._selector.get_map()
        if not events:
            if known:
                self._selector.unregister(fd)
        elif known:
            self._selector.modify(fd, events)
        else:
            self._selector.register(fd, events)

    def ready(self, timeout: float | None) -> list[tuple[int, int]]:
        """Descriptors that are ready, and for what (READABLE, WRITABLE); waits for one at most `timeout`
        seconds."""
        return [(key.fd, events) for key, events in self._selector.select(timeout)]

    def close(self) -> None:
        """Free what it holds itself."""
        self._selector.close()
