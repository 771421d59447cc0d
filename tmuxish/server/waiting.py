"""wait-for's channels: signals that are remembered until somebody waits, and locks."""

from __future__ import annotations

from tmuxish.early import deque
from tmuxish.server.loop import Future


class Channel:
    """One name. `woken`: it was signalled while nobody waited."""

    __slots__ = ("locked", "lockers", "waiters", "woken")

    def __init__(self) -> None:
        self.woken = False
        self.locked = False
        self.waiters: list[Future[None]] = []
        self.lockers: deque[Future[None]] = deque()

    @property
    def idle(self) -> bool:
        return not (self.woken or self.locked or self.waiters or self.lockers)


class Channels:
    """All channels of the server; one that nobody uses is forgotten."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}

    def _channel(self, name: str) -> Channel:
        return self._channels.setdefault(name, Channel())

    def _forget_if_idle(self, name: str) -> None:
        channel = self._channels.get(name)
        if channel is not None and channel.idle:
            del self._channels[name]

    def wait(self, name: str) -> Future[None]:
        """Wait for the next signal, or take the one that came before."""
        channel = self._channel(name)
        future: Future[None] = Future()
        if channel.woken:
            channel.woken = False
            self._forget_if_idle(name)
            future.set_result(None)
        else:
            channel.waiters.append(future)
        return future

    def signal(self, name: str) -> None:
        """Wake all who wait; with nobody there it is kept for the next."""
        channel = self._channel(name)
        if not channel.waiters:
            channel.woken = True
            return
        waiters, channel.waiters = channel.waiters, []
        self._forget_if_idle(name)
        for waiter in waiters:
            waiter.set_result(None)

    def lock(self, name: str) -> Future[None]:
        """Take the lock, waiting in turn."""
        channel = self._channel(name)
        future: Future[None] = Future()
        if channel.locked:
            channel.lockers.append(future)
        else:
            channel.locked = True
            future.set_result(None)
        return future

    def unlock(self, name: str) -> bool:
        """Pass the lock to the next in turn. False if it was not held."""
        channel = self._channels.get(name)
        if channel is None or not channel.locked:
            return False
        if channel.lockers:
            channel.lockers.popleft().set_result(None)
        else:
            channel.locked = False
            self._forget_if_idle(name)
        return True

    def abandon(self, future: Future[None]) -> None:
        """A client that waited is gone: nobody will take what it waited for."""
        for name, channel in list(self._channels.items()):
            if future in channel.waiters:
                channel.waiters.remove(future)
            if future in channel.lockers:
                channel.lockers.remove(future)
            self._forget_if_idle(name)
