"""The server's event loop: readiness, timers and coroutines on a poller of the system.

Why not asyncio: importing it costs 30 ms, a quarter of the cold-start budget, and every readiness event
pays for a Future and a context copy; the server needs neither transports nor cancellation. Callbacks run
to completion on one thread, so model changes need no locks.

An exception that leaves a callback is logged and ends that callback only: the server outlives what it
serves.
"""

from __future__ import annotations

import os
import sys
import time

from tmuxish.early import deque, heappop, heappush, suppress
from tmuxish.server.log import log_error

if sys.platform == "win32":
    from tmuxish.channels import Wakeup
else:
    import _socket

if sys.platform == "linux":
    from tmuxish.server.poller import EVENT_READ, EVENT_WRITE, READABLE, WRITABLE, Poller
else:
    from tmuxish.server.poller_other import EVENT_READ, EVENT_WRITE, READABLE, WRITABLE, Poller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from typing import Any, Generic, TypeVar

    T = TypeVar("T")
else:

    class Generic:
        """`typing.Generic`, which is for type checkers only."""

        __slots__ = ()

        def __class_getitem__(cls, kind: object) -> type:
            return cls

    T = None

# Seconds that the work of the system takes at most for which `give_way` waits. If that was longer, programs
# have had the processor meanwhile, and the next times nothing is waited for.
GIVEN = 0.0003
SKIPPED = 100

# How many ready callbacks run between two looks at the descriptors, so that work which queues more work
# can't keep input waiting.
CALLBACKS_PER_TURN = 1000


class Future(Generic[T]):
    """A result that comes later. `await` it in a coroutine started with `Loop.spawn`."""

    __slots__ = ("_callbacks", "_error", "_result", "done")

    def __init__(self) -> None:
        self.done = False
        self._result: Any = None
        self._error: BaseException | None = None
        self._callbacks: list[Callable[[], None]] = []

    def set_result(self, result: T) -> None:
        """Complete it; a second completion is ignored, as races between two ends are normal here."""
        if not self.done:
            self._result = result
            self._finish()

    def set_exception(self, error: BaseException) -> None:
        """Complete it with an error that `await` raises."""
        if not self.done:
            self._error = error
            self._finish()

    def _finish(self) -> None:
        self.done = True
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def add_done_callback(self, callback: Callable[[], None]) -> None:
        """Call `callback` when it completes, at once if it has."""
        if self.done:
            callback()
        else:
            self._callbacks.append(callback)

    def result(self) -> T:
        """The result; raises the error it was completed with."""
        error = self._error
        if error is None:
            return self._result  # type: ignore[no-any-return]
        try:
            raise error
        finally:
            del error, self  # or the error's traceback would hold the error, and whatever a command held

    def __await__(self) -> Generator[Future[T], None, T]:
        if not self.done:
            yield self
        try:
            return self.result()
        finally:
            del self  # as above


class _Task(Generic[T]):
    """A coroutine between its waits. (A closure that names itself would be a reference cycle per command.)"""

    __slots__ = ("_coroutine", "_loop", "_outcome")

    def __init__(self, loop: Loop, coroutine: Coroutine[Future[Any], None, T], outcome: Future[T]) -> None:
        self._loop = loop
        self._coroutine = coroutine
        self._outcome = outcome

    def step(self) -> None:
        """Run to the next wait, or the end."""
        try:
            waited = self._coroutine.send(None)
        except StopIteration as stop:
            self._outcome.set_result(stop.value)
        except Exception as error:  # handed to whoever awaits the outcome; mostly nobody does
            log_error()
            self._outcome.set_exception(error)
        else:
            waited.add_done_callback(lambda: self._loop.call_soon(self.step))


class Timer:
    """A callback due at a time of `Loop.now`; `cancel` is allowed at any time."""

    __slots__ = ("callback", "when")

    def __init__(self, when: float, callback: Callable[[], None]) -> None:
        self.when = when
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        """Never call it; harmless after it ran."""
        self.callback = None

    def __lt__(self, other: Timer) -> bool:
        return self.when < other.when


if sys.platform != "win32":

    class Wakeup:
        """Wakes the selector from any thread, or a signal handler."""

        def __init__(self) -> None:
            self._wakeups, self._wake = _socket.socketpair()
            self._wakeups.setblocking(False)
            self._wake.setblocking(False)

        def fileno(self) -> int:
            return self._wakeups.fileno()

        def set(self) -> None:
            """Make it readable."""
            with suppress(OSError):  # full of wake-ups already; or closed, by a server that ends
                self._wake.send(b"\0")

        def clear(self) -> None:
            """Take note of all that has been set so far."""
            with suppress(BlockingIOError):
                while self._wakeups.recv(4096):
                    pass

        def close(self) -> None:
            self._wakeups.close()
            self._wake.close()


class Loop:
    """Watches descriptors, runs timers and coroutines until `stop`."""

    def __init__(self) -> None:
        self._poller = Poller()
        self._readers: dict[int, Callable[[], None]] = {}
        self._writers: dict[int, Callable[[], None]] = {}
        self._timers: list[Timer] = []
        self._ready: deque[Callable[[], None]] = deque()
        self._stopping = False
        self._skipped = 0  # times that giving way is still left off
        self._wakeup = Wakeup()
        self.add_reader(self._wakeup.fileno(), self._wakeup.clear)

    now = staticmethod(time.monotonic)

    def _watch(self, fd: int) -> None:
        events = (EVENT_READ if fd in self._readers else 0) | (EVENT_WRITE if fd in self._writers else 0)
        self._poller.watch(fd, events)

    def add_reader(self, fd: int, callback: Callable[[], None]) -> None:
        """Call `callback` whenever `fd` has input (or has ended)."""
        self._readers[fd] = callback
        self._watch(fd)

    def remove_reader(self, fd: int) -> None:
        """Stop watching for input; harmless if it was not watched."""
        if self._readers.pop(fd, None) is not None:
            self._watch(fd)

    def add_writer(self, fd: int, callback: Callable[[], None]) -> None:
        """Call `callback` whenever `fd` takes output."""
        self._writers[fd] = callback
        self._watch(fd)

    def remove_writer(self, fd: int) -> None:
        """Stop watching for room; harmless if it was not watched."""
        if self._writers.pop(fd, None) is not None:
            self._watch(fd)

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Run `callback` after what is running now."""
        self._ready.append(callback)

    def call_soon_threadsafe(self, callback: Callable[[], None]) -> None:
        """As `call_soon`, from any thread."""
        self._ready.append(callback)
        self._wakeup.set()

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Run `callback` in `seconds`; the result cancels it."""
        timer = Timer(self.now() + seconds, callback)
        heappush(self._timers, timer)
        return timer

    def sleep(self, seconds: float) -> Future[None]:
        """A future that completes in `seconds`."""
        future: Future[None] = Future()
        self.call_later(seconds, lambda: future.set_result(None))
        return future

    def spawn(self, coroutine: Coroutine[Future[Any], None, T]) -> Future[T]:
        """Run a coroutine up to its first wait now, the rest as its futures complete."""
        outcome: Future[T] = Future()
        _Task(self, coroutine, outcome).step()
        return outcome

    def stop(self) -> None:
        """Make `run` return after the current turn."""
        self._stopping = True

    def give_way(self) -> None:
        """Have the system do first what it does about bytes just written to a terminal.

        It does so in a thread of its own, which on Linux mostly waits for our processor, so that the bytes
        (and the echo of what was typed) are there 0.05 ms sooner than if it waited until we have nothing to
        do. Where programs wait for the processor as well, they get it too, which is noticed and left off.
        """
        if sys.platform != "linux":
            return
        if self._skipped:
            self._skipped -= 1
            return
        start = self.now()
        os.sched_yield()
        if self.now() - start > GIVEN:
            self._skipped = SKIPPED

    def run(self) -> None:
        """Serve until `stop`."""
        while not self._stopping:
            self._turn()

    def _turn(self) -> None:
        for fd, events in self._poller.ready(self._timeout()):
            if events & READABLE and (reader := self._readers.get(fd)):
                self._call(reader)
            if events & WRITABLE and (writer := self._writers.get(fd)):
                self._call(writer)
        if self._timers:
            self._run_timers()
        if self._ready:
            for _ in range(min(len(self._ready), CALLBACKS_PER_TURN)):
                self._call(self._ready.popleft())

    def _timeout(self) -> float | None:
        if self._ready or self._stopping:
            return 0
        while self._timers and self._timers[0].callback is None:
            heappop(self._timers)
        return max(0.0, self._timers[0].when - self.now()) if self._timers else None

    def _run_timers(self) -> None:
        now = self.now()
        while self._timers and self._timers[0].when <= now:
            timer = heappop(self._timers)
            if timer.callback is not None:
                callback, timer.callback = timer.callback, None
                self._call(callback)

    def _call(self, callback: Callable[[], None]) -> None:
        try:
            callback()
        except Exception:  # the boundary named in the module's docstring
            log_error()

    def close(self) -> None:
        """Free the loop's own descriptors."""
        self._poller.close()
        self._wakeup.close()
