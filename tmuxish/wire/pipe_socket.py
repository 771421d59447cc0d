"""The transport on Windows, client side: a named pipe, used as `unix_socket` uses a socket.

Everything goes through `_winapi`, which is part of the interpreter; importing ctypes takes longer than a
whole call may. The pipe is opened for overlapped I/O, or a read that waits would keep writes from starting.
"""

from __future__ import annotations

import _winapi
import os
import sys

from tmuxish.wire import handshake
from tmuxish.wire.pipe_names import (
    IMPOSTOR,
    IMPOSTOR_HINT,
    REGISTRATION_LIMIT,
    REGISTRATION_SUFFIX,
    SILENT,
    Registration,
    SocketError,
    pipe_name,
    registration_file,
    socket_folder,
    socket_path,
    state_folder,
)

assert sys.platform == "win32"

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.wire.pipe_channel import PipeChannel

__all__ = ["PipeConnection", "SocketError", "connect", "read_registration", "socket_folder", "socket_path"]

FILE_SHARE_ALL = 7
FILE_FLAG_OVERLAPPED = 0x40000000
# A server that is not ours may ask who we are, but not act as us.
SECURITY_IDENTIFICATION = 0x00110000

ERROR_FILE_NOT_FOUND = 2
ERROR_PATH_NOT_FOUND = 3
ERROR_SHARING_VIOLATION = 32
ERROR_SEM_TIMEOUT = 121
ERROR_PIPE_BUSY = 231
ERROR_OPERATION_ABORTED = 995
ERROR_IO_PENDING = 997
WAIT_TIMEOUT = 258
INFINITE = 0xFFFFFFFF

# How long the handshake may take: whoever holds the pipe and says nothing is no server of ours. A server
# answers it from a thread of its own, so also when it is busy.
HANDSHAKE_SECONDS = 10.0
# How long a server may be too busy to take another connection.
BUSY_SECONDS = 30.0
BUSY_WAIT_MS = 1000

# Bytes written in one go.
WRITE_SIZE = 64 << 10


class PipeConnection:
    """One end of a pipe, with the methods of a socket that clients use.

    It blocks until `setblocking(False)`; from then on threads serve it, and it is a channel for a
    ChannelSelector.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._channel: PipeChannel | None = None
        self._timeout: float | None = None
        self._reading: _winapi.Overlapped | None = None  # a read that a timeout has left under way
        self._rest = b""  # what came with it but was not asked for

    def settimeout(self, seconds: float | None) -> None:
        """How long `recv` waits; None: for ever."""
        self._timeout = seconds

    def recv(self, limit: int) -> bytes:
        """Up to `limit` bytes, b"" if the other end is closed. Raises TimeoutError; nothing is lost then.
        Once it does not block: BlockingIOError.
        """
        if self._channel is not None:
            return self._channel.recv(limit)
        if self._rest:
            data, self._rest = self._rest[:limit], self._rest[limit:]
            return data
        try:
            if self._reading is None:
                self._reading, _ = _winapi.ReadFile(self._handle, limit, overlapped=True)
            if not _completed(self._reading, self._timeout):
                raise TimeoutError
            self._reading.GetOverlappedResult(True)
        except BrokenPipeError:  # also what Windows says after a normal end
            self._reading = None
            return b""
        data = self._reading.getbuffer() or b""
        self._reading = None
        data, self._rest = data[:limit], data[limit:]
        return data

    def receive_exactly(self, size: int) -> bytes:
        """That many bytes; fewer if the other end closes. Raises TimeoutError."""
        data = b""
        while len(data) < size and (more := self.recv(size - len(data))):
            data += more
        return data

    def sendall(self, data: bytes) -> None:
        """Waits until all is written. Raises BrokenPipeError."""
        if self._channel is not None:
            self._channel.send_all(data)
            return
        for start in range(0, len(data), WRITE_SIZE):
            part = data[start : start + WRITE_SIZE]
            while part:
                writing, _ = _winapi.WriteFile(self._handle, part, overlapped=True)
                written, _ = writing.GetOverlappedResult(True)
                part = part[written:]

    def setblocking(self, flag: bool) -> None:
        """Do not block any more. Raises ValueError if it is to block again."""
        if flag:
            raise ValueError("threads serve this pipe already")
        from tmuxish.wire.pipe_channel import PipeChannel

        if self._reading is not None:
            self._finish_reading(self._reading)
        self._channel = PipeChannel(self._handle, self._rest)
        self._channel.start_reading()
        self._handle, self._rest = 0, b""

    def send(self, data: bytes | bytearray | memoryview) -> int:
        """Once it does not block: how many bytes were taken. Raises BlockingIOError, BrokenPipeError."""
        assert self._channel is not None
        return self._channel.send(data)

    def fileno(self) -> int:
        """Once it does not block: the channel's number; else -1."""
        return -1 if self._channel is None else self._channel.fileno()

    def _finish_reading(self, reading: _winapi.Overlapped) -> None:
        """Stops a read that is under way and keeps what it has brought."""
        reading.cancel()
        self._reading = None
        try:
            reading.GetOverlappedResult(True)
        except BrokenPipeError:
            return  # whoever reads next learns it too
        self._rest += reading.getbuffer() or b""

    def close(self) -> None:
        if self._channel is not None:
            self._channel.close()
        elif self._handle:
            if self._reading is not None:
                self._finish_reading(self._reading)
            _winapi.CloseHandle(self._handle)
            self._handle = 0


def _completed(operation: _winapi.Overlapped, seconds: float | None) -> bool:
    """Waits for it; False if it takes longer than that."""
    timeout = INFINITE if seconds is None else int(seconds * 1000)
    return _winapi.WaitForSingleObject(operation.event, timeout) != WAIT_TIMEOUT


def connect(path: str) -> PipeConnection:
    """A connection to the server of that path, which has shown that it is the one registered.

    Raises FileNotFoundError if there is none, SocketError if another program pretends to be it, else OSError.
    """
    registration = _registered(path)
    while True:
        connection = PipeConnection(_open(pipe_name(path)))
        try:
            _introduce(connection, registration.secret)
            return connection
        except (OSError, handshake.HandshakeError) as error:
            connection.close()
            # It may have ended meanwhile, and another one been started.
            latest = _registered(path)
            if latest.secret != registration.secret:
                registration = latest
                continue
            if isinstance(error, TimeoutError):
                raise SocketError(SILENT.format(path=path), IMPOSTOR_HINT) from None
            if isinstance(error, OSError):
                raise
            raise SocketError(IMPOSTOR.format(path=path), IMPOSTOR_HINT) from None


def _introduce(connection: PipeConnection, secret: bytes) -> None:
    """Both sides show that they know the secret. Raises HandshakeError, OSError."""
    side = handshake.ClientSide(secret)
    connection.settimeout(HANDSHAKE_SECONDS)
    connection.sendall(side.hello())
    challenge = connection.receive_exactly(handshake.CHALLENGE_SIZE)
    if len(challenge) < handshake.CHALLENGE_SIZE:
        raise ConnectionResetError(104, "Connection reset by peer")
    connection.sendall(side.prove(challenge))
    connection.settimeout(None)


def _open(name: str) -> int:
    """The pipe's handle. Raises FileNotFoundError, PermissionError, OSError."""
    waited = 0.0
    while True:
        try:
            return _winapi.CreateFile(
                name,
                _winapi.GENERIC_READ | _winapi.GENERIC_WRITE,
                0,
                _winapi.NULL,
                _winapi.OPEN_EXISTING,
                FILE_FLAG_OVERLAPPED | SECURITY_IDENTIFICATION,
                _winapi.NULL,
            )
        except OSError as error:
            if error.winerror != ERROR_PIPE_BUSY or waited >= BUSY_SECONDS:
                raise
        try:
            _winapi.WaitNamedPipe(name, BUSY_WAIT_MS)
        except OSError as error:
            if error.winerror != ERROR_SEM_TIMEOUT:
                raise
            waited += BUSY_WAIT_MS / 1000


def _registered(path: str) -> Registration:
    registration = read_registration(registration_file(path))
    if registration is None:
        raise FileNotFoundError(2, os.strerror(2), path)
    return registration


def registered_paths() -> list[str]:
    """The paths of all servers of the user that run now. Raises SocketError."""
    folder = state_folder()
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    files = [f"{folder}\\{name}" for name in names if name.endswith(REGISTRATION_SUFFIX)]
    registrations = [read_registration(file) for file in files]
    return [registration.path for registration in registrations if registration is not None]


def read_registration(file: str) -> Registration | None:
    """A server's registration; None if there is none, or none yet. Raises OSError."""
    try:
        handle = _winapi.CreateFile(
            file,
            _winapi.GENERIC_READ,
            FILE_SHARE_ALL,
            _winapi.NULL,
            _winapi.OPEN_EXISTING,
            0,
            _winapi.NULL,
        )
    except OSError as error:
        if error.winerror in (ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_SHARING_VIOLATION):
            return None
        if isinstance(error, PermissionError):  # Windows says so of a file that is going away
            return None
        raise
    try:
        data, _ = _winapi.ReadFile(handle, REGISTRATION_LIMIT)
        return Registration.unpack(data)
    finally:
        _winapi.CloseHandle(handle)
