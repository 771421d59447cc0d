"""A server made of a script: the other end of a client's connection, for tests of the client alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from compat_tests.clients.sandbox import executable_under_test, is_foreign
from tmuxish.wire import frames

# Always one of ours.
CLIENT = [sys.executable, "-m", "tmuxish"] if is_foreign() else executable_under_test()

PATIENCE = 10.0

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TERM": "xterm",
    "HOME": "/nonexistent",
    "PYTHONPATH": str(Path(__file__).parents[2]),
}


class Connection:
    """One client, seen from the server."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._socket.settimeout(PATIENCE)
        self._decoder = frames.Decoder()
        self._frames: list[tuple[int, bytes]] = []

    def receive(self) -> tuple[int, bytes]:
        """The next frame; (0, b"") at the end."""
        while not self._frames:
            data = self._socket.recv(65536)
            if not data:
                return 0, b""
            self._frames += self._decoder.feed(data)
        return self._frames.pop(0)

    def expect(self, kind: int) -> bytes:
        """The payload of the next frame of that type; frames of other types are passed over."""
        while True:
            received, payload = self.receive()
            if received == kind:
                return payload
            assert received != 0, f"the client hung up before it sent frame {kind}"

    def command(self) -> frames.Command:
        return frames.unpack_command(self.expect(frames.COMMAND))

    def send(self, kind: int, payload: bytes = b"") -> None:
        self._socket.sendall(frames.encode(kind, payload))

    def send_raw(self, data: bytes) -> None:
        self._socket.sendall(data)

    def receive_raw(self, size: int) -> bytes:
        """The first bytes of the connection, as they are."""
        return self._socket.recv(size, socket.MSG_WAITALL)

    def exit(self, status: int = 0, message: bytes = b"") -> None:
        self.send(frames.EXIT, frames.pack_exit(status, message))

    def close(self) -> None:
        self._socket.close()

    def patience(self, seconds: float) -> None:
        """How long sending and receiving may take before they raise TimeoutError."""
        self._socket.settimeout(seconds)


class Server:
    """A listening socket and the clients started on it; a context manager."""

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "socket")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.path)
        self._listener.listen()
        self._listener.settimeout(PATIENCE)
        self.environment = ENVIRONMENT
        self._clients: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()
        for client in self._clients:
            if client.poll() is None:
                client.kill()
                client.wait()
            for stream in (client.stdin, client.stdout, client.stderr):
                if stream is not None:
                    stream.close()

    def start(
        self,
        *argv: str,
        env: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        cwd: str | None = None,
    ) -> subprocess.Popen[bytes]:
        """A client with that command, whose output is kept."""
        client = subprocess.Popen(
            [*CLIENT, "-S", self.path, *argv],
            env={**self.environment, **(env or {})},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
        )
        self._clients.append(client)
        return client

    def accept(self) -> Connection:
        return Connection(self._listener.accept()[0])

    def serve(
        self, script: Callable[[Connection], None], *argv: str, **how: object
    ) -> tuple[int, bytes, bytes]:
        """Runs a client against `script`, which gets its connection; (status, stdout, stderr)."""
        client = self.start(*argv, **how)  # type: ignore[arg-type]
        connection = self.accept()
        script(connection)
        connection.close()
        return finish(client)

    def close(self) -> None:
        """No more connections."""
        self._listener.close()


def finish(client: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = client.communicate(timeout=PATIENCE)
    return client.returncode, out, err


def wait_for_state(pid: int, states: str) -> None:
    """Returns once the process is in one of those states of /proc ("T": stopped)."""
    deadline = time.monotonic() + PATIENCE
    while True:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state in states:
            return
        assert time.monotonic() < deadline, f"process {pid} stays in state {state}"
        time.sleep(0.005)


def kill(pid: int, number: signal.Signals) -> None:
    os.kill(pid, number)
