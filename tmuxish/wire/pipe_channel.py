"""A connected pipe as the server's loop sees it: a channel, and the threads that block on its behalf.

One thread reads. Writing needs none as long as the pipe has room, which for answers of commands it mostly
has: the loop starts the write itself and finds it done. Only for a client that is slow to read a second
thread waits, and writes what comes meanwhile.
"""

from __future__ import annotations

import _winapi
import sys
import threading

from tmuxish.channels import EVENT_WRITE, ByteChannel, ChannelSelector

assert sys.platform == "win32"

READ_SIZE = 64 << 10
WRITE_SIZE = 64 << 10

ERROR_OPERATION_ABORTED = 995
WAIT_TIMEOUT = 258


class PipeChannel(ByteChannel):
    """One connection. The handle is closed when the loop and all threads are done with it.

    rest: bytes that have been read from it already. pid: the process at the other end, if known.
    """

    def __init__(self, handle: int, rest: bytes = b"", pid: int | None = None) -> None:
        super().__init__()
        self.pid = pid
        self._handle = handle
        self._holders = 1  # the loop
        self._reading: _winapi.Overlapped | None = None
        self._busy = False  # a write is under way; the writer goes on with what has been left for it
        self._writing: _winapi.Overlapped | None = None
        self._writer: threading.Thread | None = None
        if rest:
            self._input += rest
            self.readable = True

    # -- reading -------------------------------------------------------------------------------

    def start_reading(self) -> None:
        """Read in a thread of its own."""
        threading.Thread(target=self.read_on, name="pipe reader", daemon=True).start()

    def read_on(self) -> None:
        """Read until one end closes; for a thread to call."""
        with self._lock:
            if self._closed:
                return
            self._holders += 1
        try:
            while (data := self._next()) and self.put(data):
                pass
        except OSError:
            self.end()  # whatever has happened to the other end, it is gone
        else:
            self.end()
        finally:
            self._release()

    def _next(self) -> bytes:
        """What comes next; b"" if the loop has closed. Raises OSError if the other end has."""
        with self._lock:  # or a loop that closes now would find nothing to cancel
            if self._closed:
                return b""
            reading, _ = _winapi.ReadFile(self._handle, READ_SIZE, overlapped=True)
            self._reading = reading
        _, error = reading.GetOverlappedResult(True)
        with self._lock:
            self._reading = None
        return b"" if error == ERROR_OPERATION_ABORTED else reading.getbuffer() or b""

    # -- writing -------------------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview) -> int:
        with self._lock:
            if self._busy:
                return self._keep(data)
            if self._output_refused or self._output_ended or self._closed or not data:
                return 0
        part = bytes(data[:WRITE_SIZE])
        try:
            writing, _ = _winapi.WriteFile(self._handle, part, overlapped=True)
            if _winapi.WaitForSingleObject(writing.event, 0) != WAIT_TIMEOUT:
                written, _ = writing.GetOverlappedResult(True)
                return written
        except OSError:
            self.refuse()
            return 0
        self._leave_to_writer(writing)
        return len(part)

    def send_all(self, data: bytes) -> None:
        """Wait until all has been taken: for a client that has nothing else to do. Raises BrokenPipeError."""
        selector = ChannelSelector()
        selector.register(self, EVENT_WRITE)
        try:
            rest = memoryview(data)
            while rest:
                selector.select()
                try:
                    rest = rest[self.send(rest) :]
                except BlockingIOError:
                    continue
        finally:
            selector.unregister(self)

    def _leave_to_writer(self, writing: _winapi.Overlapped) -> None:
        with self._lock:
            self._busy = True
            self._writing = writing
            self._output_there.notify_all()
            if self._writer is not None:
                return
            self._holders += 1
        self._writer = threading.Thread(target=self._write_on, name="pipe writer", daemon=True)
        self._writer.start()

    def _write_on(self) -> None:
        """The writer: finishes writes that took long, and writes what has come meanwhile."""
        try:
            while (writing := self._next_write()) is not None:
                writing.GetOverlappedResult(True)
                self._write_kept()
        except OSError:
            self.refuse()
            with self._lock:
                self._busy = False
        finally:
            self._release()

    def _next_write(self) -> _winapi.Overlapped | None:
        """The next write that the loop could not wait for; None if the loop has closed."""
        with self._lock:
            self._output_there.wait_for(
                lambda: self._writing is not None or (self._closed and not self._busy)
            )
            writing, self._writing = self._writing, None
            return writing

    def _write_kept(self) -> None:
        while True:
            with self._lock:
                if not self._output:
                    self._busy = False
                    self._output_there.notify_all()
                    return
                data = bytes(self._output[:WRITE_SIZE])
                del self._output[: len(data)]
                if not self.writable and not self._output_ended:
                    self.writable = True
                    self.changed()
            writing, _ = _winapi.WriteFile(self._handle, data, overlapped=True)
            writing.GetOverlappedResult(True)

    # -- the end -------------------------------------------------------------------------------

    def close(self) -> None:
        """Hang up. What has been sent still reaches a client that reads."""
        if self.closed:
            return
        super().close()
        with self._lock:
            reading = self._reading
        if reading is not None:
            reading.cancel()
        self._release()

    def finish(self, seconds: float) -> None:
        """Wait until all that has been sent is written, but not longer than that."""
        with self._lock:
            self._output_there.wait_for(lambda: not self._busy, seconds)

    def _release(self) -> None:
        with self._lock:
            self._holders -= 1
            if self._holders:
                return
        _winapi.CloseHandle(self._handle)
