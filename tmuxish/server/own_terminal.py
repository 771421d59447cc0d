"""A client's terminal, read and written by the server itself, as real tmux does it.

A key and its echo then do not pass through the client's process, which takes a third of the time until the
echo is seen. What the client keeps is all that needs its place among the user's processes: modes, signals,
suspending, and giving the terminal back.

The terminal is opened by its name where it is certain to be the same one: names mean something else in
another container, and soon after in this one, as the system gives the next terminal the number of one that
is gone.
Where it cannot be opened, and on macOS, the client goes on relaying.
"""

from __future__ import annotations

import os
import sys

from tmuxish import users
from tmuxish.early import suppress
from tmuxish.server.log import log
from tmuxish.wire import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.client import Client
    from tmuxish.server.loop import Loop

# Bytes read in one go: what is typed, for which Python has memory at hand that it always uses (after a pause
# other memory is slow); and the most that a terminal holds, if there is more.
TYPED_SIZE = 256
READ_SIZE = 4096
# The most that may wait for one that takes nothing. Skipped frames bound what is drawn long before; this is
# for what programs pass through.
OUTPUT_LIMIT = 64 * 1024 * 1024


def open_terminal(client: Client, found: bytes) -> int | None:
    """The terminal of a client, which has `found` it so (frames.pack_found); None if we cannot have it."""
    # Whoever else was let in must not have us use the terminals of our own user.
    if sys.platform == "win32" or not found or client.uid != users.own_uid() or not client.tty:
        return None
    device, inode, changed, _modes = frames.unpack_found(found)
    try:
        fd = os.open(client.tty, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:  # gone, or not here
        log(f"{client.tty}: {error.strerror}")
        return None
    facts = os.fstat(fd)
    if (facts.st_dev, facts.st_ino, facts.st_ctime_ns) == (device, inode, changed):
        return fd
    os.close(fd)
    return None


class OwnTerminal:
    """An open terminal between `begin` and `end`, any number of times. active: it is between them. waiting:
    bytes that it has not taken yet.

    keys: called with what is typed. lost: called when the terminal is gone. shown: called when it has taken
    all, having been slow.
    """

    def __init__(
        self,
        loop: Loop,
        fd: int,
        keys: Callable[[bytes], None],
        lost: Callable[[], None],
        shown: Callable[[], None],
    ) -> None:
        self._loop = loop
        self._fd = fd
        self._keys = keys
        self._lost = lost
        self._shown = shown
        self._output = bytearray()
        self._writes = False  # what is to be shown may be
        self._blocked = False  # the terminal takes nothing for now
        self.active = False

    @property
    def waiting(self) -> int:
        return len(self._output)

    def begin(self) -> None:
        """Read it; what is written is kept until `begin_output`."""
        if not self.active:
            self.active = True
            self._loop.add_reader(self._fd, self._readable)

    def begin_output(self) -> None:
        """Write it too."""
        if not self._writes:
            self._writes = True
            self._flush()

    def end(self) -> bytes:
        """Read and write it no more; what it has not taken."""
        self._loop.remove_reader(self._fd)
        self._loop.remove_writer(self._fd)
        self.active = self._writes = self._blocked = False
        left = bytes(self._output)
        self._output.clear()
        return left

    def close(self) -> None:
        """Let go of it for good; harmless if that has been done."""
        if self._fd != -1:
            self.end()
            os.close(self._fd)
            self._fd = -1

    def write(self, data: bytes) -> None:
        """Show that, after what waits. If too much does, the terminal counts as lost."""
        if self._writes and not self._output:
            taken = self._write(data)
            if taken == len(data):
                return
            data = data[taken:]
        self._output += data
        if len(self._output) > OUTPUT_LIMIT:
            log(f"a terminal takes nothing: {len(self._output)} bytes dropped")
            self._output.clear()
            self._lost()
        elif self._writes and not self._blocked:
            self._flush()

    def _write(self, data: bytes | bytearray) -> int:
        """How much of that the terminal takes. One that is gone takes all: reading it will say so."""
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)

    def _flush(self) -> None:
        output = self._output
        while output:
            taken = self._write(output)
            if not taken:
                if not self._blocked:
                    self._blocked = True
                    self._loop.add_writer(self._fd, self._flush)
                return
            del output[:taken]
        if self._blocked:
            self._blocked = False
            self._loop.remove_writer(self._fd)
            self._shown()

    def _readable(self) -> None:
        try:
            data = os.read(self._fd, TYPED_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if len(data) == TYPED_SIZE:
            with suppress(OSError):  # that was all; or the next time says why
                data += os.read(self._fd, READ_SIZE)
        if data:
            self._keys(data)
        else:
            self._loop.remove_reader(self._fd)
            self._lost()
