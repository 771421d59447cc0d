"""The client in control mode (-C, -CC): a relay between standard input and output and the server.

Lines go to the server once a session is attached, and lines come back; whoever reads slowly slows down the
relay, and with it what the server sends. The last line is `%exit`, whoever ends it.

With -CC both directions use the terminal on standard input, which is raw meanwhile, and a string terminator
behind `%exit` ends the device control string that the server has begun.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from tmuxish.cli import requests
from tmuxish.cli.streams import write_all
from tmuxish.cli.terminal_base import HUNG_UP, TERMINATED
from tmuxish.wire import frames

if sys.platform == "win32":
    from tmuxish.cli import events_windows as events
    from tmuxish.cli.lines_windows import Lines
else:
    from tmuxish.cli import events_posix as events
    from tmuxish.cli.lines_posix import Lines

if TYPE_CHECKING:
    from tmuxish.cli.arguments import Arguments
    from tmuxish.wire.transport import Connection

    if sys.platform == "win32":
        from tmuxish.cli.events_windows import Waitable
    else:
        from tmuxish.cli.events_posix import Waitable


STDOUT = 1

# Bytes read from standard input in one go, and from the server.
INPUT_SIZE = 4096
READ_SIZE = 64 << 10
# Output waiting for its reader, above which no more is taken from the server.
MAX_OUTPUT = 16 << 10
# The string terminator.
TERMINATOR = b"\033\\"


def converse(connection: Connection, command: frames.Command, arguments: Arguments, path: str) -> int:
    """Sends the command and relays until the end; the exit status. Raises Failure."""
    raw = arguments.control > 1
    lines = Lines(raw=raw)
    try:
        peer = requests.Peer(connection, frames.Decoder(), command, arguments)
        relay = Relay(peer, path, lines)
        try:
            return relay.run()
        finally:
            relay.close()
            if raw:
                write_all(STDOUT, TERMINATOR)
    finally:
        lines.restore()


class Relay:
    """The two directions, and the signals that end them."""

    def __init__(self, peer: requests.Peer, path: str, lines: Lines) -> None:
        self._peer = peer
        self._path = path
        self._lines = lines
        self._answered = False
        self._reading = False  # the server wants what is on standard input
        self._output = bytearray()
        self._deaf = False  # nobody reads our output any more
        self._wait_exit = False
        self._ending: str | None = None  # why it ends, "" for no particular reason
        self._status = 0
        self._signals = events.Signals(TERMINATED, HUNG_UP)
        self._handlers = {
            frames.STDOUT: self._stdout,
            frames.STDERR: lambda payload: write_all(2, payload),
            frames.ATTACH: self._attached,
            frames.FLAGS: self._flags,
            frames.EXIT: self._exit,
        }

    def run(self) -> int:
        """Relays until something ends it; the exit status."""
        self._send(frames.COMMAND, frames.pack_command(self._peer.command))
        if sys.platform == "win32":
            self._peer.connection.setblocking(False)
        self._lines.start()
        while self._ending is None:
            self._turn()
        last = os.fsencode(f"%exit {self._ending}".rstrip(" ") + "\n")
        self._lines.finish(bytes(self._output), last)
        if self._wait_exit:
            self._wait_for_empty_line()
        return self._status

    def close(self) -> None:
        """Put back what belongs to whoever started us."""
        self._signals.close()
        self._lines.close()

    def _turn(self) -> None:
        server = self._peer.connection
        inputs: list[Waitable] = [self._signals]
        if len(self._output) < MAX_OUTPUT:
            inputs.append(server)
        if self._reading:
            inputs.append(self._lines.input)
        outputs: list[Waitable] = [self._lines.output] if self._output else []
        patience = None if self._answered else _patience()
        readable, writable = events.wait(inputs, outputs, patience)
        if not (readable or writable) and not self._answered:
            self._answered = True
            _check_server(self._path)
        if self._signals in readable:
            self._ending = ""  # SIGTERM or SIGHUP: all of our own accord
            return
        if writable:
            self._write()
        if self._lines.input in readable:
            self._read_input()
        if server in readable:
            self._read_server()

    # -- standard input and output ---------------------------------------------------------------------

    def _read_input(self) -> None:
        data = self._lines.read(INPUT_SIZE)
        if data is None:
            return
        if data:
            self._send(frames.KEYS, data)
        else:
            self._end_input()

    def _end_input(self) -> None:
        if self._reading:
            self._reading = False
            self._send(frames.INPUT_END)

    def _write(self) -> None:
        written = self._lines.write(self._output)
        if written is not None:
            del self._output[:written]
        else:
            self._deaf = True
            self._output.clear()
            self._end_input()

    # -- the server ------------------------------------------------------------------------------------

    def _send(self, kind: int, payload: bytes = b"") -> None:
        with contextlib.suppress(ConnectionError):  # hung up on; what was said before is there to read
            self._peer.send(kind, payload)

    def _read_server(self) -> None:
        try:
            data = self._peer.connection.recv(READ_SIZE)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            if not self._answered:
                _check_server(self._path)
            self._ending, self._status = "server exited unexpectedly", 1
            return
        try:
            received = list(self._peer.decoder.feed(data))
            self._answered = self._answered or bool(received)
            for index, (kind, payload) in enumerate(received):
                handler = self._handlers.get(kind)
                if handler is not None:
                    handler(payload)
                else:
                    requests.handle(self._peer, kind, payload, received[index + 1 :])
                if self._ending is not None:
                    return
        except (ConnectionError, frames.FrameError):
            self._ending, self._status = "server exited unexpectedly", 1

    def _stdout(self, payload: bytes) -> None:
        if not self._deaf:
            self._output += payload
            self._write()

    def _attached(self, _payload: bytes) -> None:
        self._reading = True
        if self._deaf:
            self._end_input()

    def _flags(self, payload: bytes) -> None:
        self._wait_exit = bool(frames.unpack_number(payload) & frames.WAIT_EXIT)

    def _exit(self, payload: bytes) -> None:
        self._status, message = frames.unpack_exit(payload)
        self._ending = os.fsdecode(message)

    def _wait_for_empty_line(self) -> None:
        """The flag wait-exit: the reader wants to have read everything before we go."""
        rest = b""
        while True:
            data = self._lines.read(INPUT_SIZE)
            if data is None:
                events.wait([self._lines.input], [])
                continue
            *lines, rest = (rest + data).split(b"\n")
            if not data or b"" in lines:
                return


def _patience() -> float:
    from tmuxish.cli import tmux

    return tmux.PATIENCE_SECONDS


def _check_server(path: str) -> None:
    from tmuxish.cli import tmux

    tmux.check_server(path)
