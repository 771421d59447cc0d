"""The transport on Windows, server side: the pipe, its registration, and the threads that take clients in.

A listener has the methods of a listening socket that the server uses. Its pipe is made first and must be
the first of its name; then the registration is written, which names the secret. The registration is held
open in a way that lets others read it and nothing else, and vanishes with the process that holds it, so
that there are no stale ones (save after a loss of power: those are replaced).
"""

from __future__ import annotations

import _winapi
import os
import sys
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from tmuxish import users
from tmuxish.channels import Channel
from tmuxish.wire import handshake, pipe_channel, pipe_security, pipe_socket
from tmuxish.wire.pipe_names import (
    IMPOSTOR,
    IMPOSTOR_HINT,
    Registration,
    SocketError,
    pipe_name,
    registration_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable

assert sys.platform == "win32"

# As `listen` takes it; how many clients can wait is up to the threads here.
BACKLOG = 0

# Instances of the pipe that wait for clients. As many can connect at the same moment without being told to
# try again.
WAITING_INSTANCES = 8
PIPE_BUFFER = 64 << 10

FILE_FLAG_FIRST_PIPE_INSTANCE = 0x00080000
FILE_FLAG_DELETE_ON_CLOSE = 0x04000000
PIPE_REJECT_REMOTE_CLIENTS = 0x00000008
FILE_SHARE_READ = 1
CREATE_ALWAYS = 2
ERROR_OPERATION_ABORTED = 995
INFINITE = 0xFFFFFFFF

# Seconds to wait for whoever just reads the registration that is to be replaced, and between two attempts.
REPLACE_SECONDS = 5.0
REPLACE_INTERVAL = 0.01
# Seconds without accepting after it has failed.
ACCEPT_PAUSE = 1.0
# Seconds that clients have to take their last bytes when the server ends.
FINISH_SECONDS = 2.0


class PipeListener(Channel):
    """The server's pipe. Readable when a client has connected and shown that it knows the secret."""

    def __init__(self, path: str, log: Callable[[str], None]) -> None:
        """Makes the pipe and the registration. log: told of clients that are sent away.

        Raises SocketError if another program holds the pipe, OSError.
        """
        super().__init__()
        self._log = log
        self._name = pipe_name(path)
        self._secret = handshake.new_secret()
        self._lock = threading.Lock()
        self._arrived: deque[pipe_channel.PipeChannel] = deque()
        self._channels: set[pipe_channel.PipeChannel] = set()
        self._closed = False
        self._waiting: list[tuple[int, _winapi.Overlapped]] = []
        try:
            first = self._new_instance(FILE_FLAG_FIRST_PIPE_INSTANCE)
        except PermissionError:
            raise SocketError(IMPOSTOR.format(path=path), IMPOSTOR_HINT) from None
        try:
            self._registration = _register(path, self._secret)
        except OSError:
            _winapi.CloseHandle(first)
            raise
        self._first: int | None = first

    # -- as a socket ---------------------------------------------------------------------------

    def setblocking(self, flag: bool) -> None:
        """It never blocks."""

    def listen(self, _backlog: int) -> None:
        """Begin to take clients in."""
        threading.Thread(target=self._accept_on, name="pipe acceptor", daemon=True).start()

    def accept(self) -> tuple[pipe_channel.PipeChannel, None]:
        """A client that has connected. Raises BlockingIOError if there is none."""
        with self._lock:
            if not self._arrived:
                self.readable = False
                raise BlockingIOError
            channel = self._arrived.popleft()
            self._channels = {other for other in self._channels if not other.closed}
            self._channels.add(channel)
        return channel, None

    def close(self) -> None:
        """Take no more clients in, let go of the registration, wait for last words to be read."""
        with self._lock:
            self._closed = True
            for _, operation in self._waiting:  # the acceptor closes them, but not before
                operation.cancel()
            arrived = list(self._arrived)
            channels = list(self._channels)
        _winapi.CloseHandle(self._registration)
        for channel in arrived:
            channel.close()
        deadline = time.monotonic() + FINISH_SECONDS
        for channel in channels:
            channel.finish(max(0.0, deadline - time.monotonic()))
        super().close()

    # -- taking clients in ---------------------------------------------------------------------

    def _new_instance(self, flags: int = 0) -> int:
        return _winapi.CreateNamedPipe(
            self._name,
            _winapi.PIPE_ACCESS_DUPLEX | _winapi.FILE_FLAG_OVERLAPPED | flags,
            PIPE_REJECT_REMOTE_CLIENTS,  # and bytes without bounds, waiting
            _winapi.PIPE_UNLIMITED_INSTANCES,
            PIPE_BUFFER,
            PIPE_BUFFER,
            0,
            pipe_security.owner_only(),
        )

    def _accept_on(self) -> None:
        """The acceptor: keeps instances waiting, and hands over those that a client has connected to."""
        while not self._closed:
            try:
                self._offer()
                self._accept_one()
            except OSError as error:
                self._log(f"accept: {error}")
                time.sleep(ACCEPT_PAUSE)
        with self._lock:
            for handle, _ in self._waiting:
                _winapi.CloseHandle(handle)

    def _offer(self) -> None:
        """Have WAITING_INSTANCES wait for clients. Raises OSError."""
        while len(self._waiting) < WAITING_INSTANCES:
            handle = self._first if self._first is not None else self._new_instance()
            self._first = None
            try:
                operation = _winapi.ConnectNamedPipe(handle, overlapped=True)
            except OSError:  # somebody has connected and is gone already
                _winapi.CloseHandle(handle)
                continue
            with self._lock:
                self._waiting.append((handle, operation))
                if self._closed:
                    operation.cancel()

    def _accept_one(self) -> None:
        events = [operation.event for _, operation in self._waiting]
        index = _winapi.WaitForMultipleObjects(events, False, INFINITE)
        with self._lock:
            handle, operation = self._waiting.pop(index)
        try:
            _, error = operation.GetOverlappedResult(True)
        except OSError:
            _winapi.CloseHandle(handle)
            return
        if error == ERROR_OPERATION_ABORTED:
            _winapi.CloseHandle(handle)
            return
        threading.Thread(target=self._greet, args=(handle,), name="pipe reader", daemon=True).start()

    def _greet(self, handle: int) -> None:
        """The thread of one client: let it show that it knows the secret, then read what it sends."""
        connection = pipe_socket.PipeConnection(handle)
        try:
            self._check(connection)
        except (OSError, handshake.HandshakeError) as error:
            self._log(f"a client was sent away: {error}")
            connection.close()
            return
        channel = pipe_channel.PipeChannel(handle, pid=pipe_security.client_pid(handle))
        with self._lock:
            if self._closed:
                channel.close()
                return
            self._arrived.append(channel)
            self.readable = True
        self.changed()
        channel.read_on()

    def _check(self, connection: pipe_socket.PipeConnection) -> None:
        """The handshake. Raises HandshakeError, OSError."""
        side = handshake.ServerSide(self._secret)
        connection.settimeout(pipe_socket.HANDSHAKE_SECONDS)
        connection.sendall(side.challenge(connection.receive_exactly(handshake.HELLO_SIZE)))
        side.check(connection.receive_exactly(handshake.MAC_SIZE))


def _register(path: str, secret: bytes) -> int:
    """Writes the registration; the handle that keeps it. Raises OSError."""
    file = registration_file(path)
    deadline = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            handle = _winapi.CreateFile(
                file,
                _winapi.GENERIC_READ | _winapi.GENERIC_WRITE,
                FILE_SHARE_READ,
                pipe_security.owner_only(),
                CREATE_ALWAYS,
                FILE_FLAG_DELETE_ON_CLOSE,
                _winapi.NULL,
            )
            break
        except PermissionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(REPLACE_INTERVAL)
    _winapi.WriteFile(handle, Registration(path, os.getpid(), secret).pack())
    return handle


def peer_uid(connection: pipe_channel.PipeChannel) -> int | None:
    """The user at the other end: our own, as nobody else can open the pipe."""
    return users.own_uid()


def peer_pid(connection: pipe_channel.PipeChannel) -> int | None:
    """The process at the other end, None if the system does not say."""
    return connection.pid


def show_attached(path: str, attached: bool) -> None:
    """Nothing to do: a pipe has no mode that could show whether a client is attached."""
