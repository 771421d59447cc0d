"""One connected client process: its socket, the frames both ways, and how its command runs.

The client does what it is told; everything is decided here. A peer that sends garbage is dropped, a real tmux
client gets its own protocol's "other version" answer so that it ends at once, and a peer that stops reading
costs only its own buffer.
"""

from __future__ import annotations

import errno
import os
import sys

from tmuxish import users
from tmuxish.commands.errors import CommandError
from tmuxish.early import deque, suppress
from tmuxish.grammar.errors import ParseError
from tmuxish.model.environment import Environment
from tmuxish.server.log import log_error
from tmuxish.server.loop import Future
from tmuxish.server.queue import CommandQueue
from tmuxish.wire import foreign, frames

if sys.platform == "win32":
    from tmuxish.wire.pipe_listener import peer_pid, peer_uid
else:
    from tmuxish.wire.unix_listener import peer_pid, peer_uid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tmuxish.model.client import Client
    from tmuxish.server.server import Server

    if sys.platform == "win32":
        from tmuxish.wire.pipe_channel import PipeChannel as Peer
    else:
        from _socket import socket as Peer

# Bytes read from a client in one go, and the most that may wait for one that does not read: a terminal's
# output is bounded by skipped frames long before; this is for a client that asked for a lot and hangs.
READ_SIZE = 65536
OUTPUT_LIMIT = 256 * 1024 * 1024
# The largest file that is read: /dev/zero must not be the end of everybody's sessions.
FILE_LIMIT = 512 * 1024 * 1024


class Connection:
    """A client process on the other end of a socket."""

    def __init__(self, server: Server, sock: Peer) -> None:
        self._server = server
        self._socket = sock
        self._fd = sock.fileno()
        self._decoder = frames.Decoder()
        self._first: bytes | None = b""  # until it is enough to tell whose protocol it is
        self._commanded = False
        self._settled = False  # the loop has turned once since the command was done
        self._output = bytearray()
        self._to_come: deque[Iterator[bytes]] = deque()  # what follows it, made when there is room
        self._writing = False
        self._closing = False
        self.closed = False
        self._identity: Future[bool] | None = None
        self._has_terminal = False
        self.found = b""  # its terminal as it was (frames.pack_found)
        self._file: bytearray | None = None
        self._file_part: Callable[[bytes], None] | None = None
        self._file_done: Future[tuple[bytes, int]] | None = None
        self._write_done: Future[int] | None = None
        # Standard output is for lines or for one file, whichever comes first, as in tmux.
        self._stdout_lines = False
        self._stdout_file = False
        self.on_drained: Callable[[], None] | None = None  # everything has left (control mode)
        self.on_lost: list[Callable[[], None]] = []  # what else has to know when the client goes away
        self.status = 0
        self.client: Client = server.clients.add(self)
        self.queue = CommandQueue(server, self.client)
        uid = peer_uid(sock)
        self.client.uid = users.own_uid() if uid is None else uid
        self.client.pid = peer_pid(sock) or 0
        self.client.set_readonly(not server.access.writes(self.client.uid))
        sock.setblocking(False)

    def begin(self) -> None:
        """Serve it: at once what it has said already, which mostly is its command, and then it has gone again
        without ever having been waited for."""
        self._readable()
        if not self.closed:
            self._server.loop.add_reader(self._fd, self._readable)

    # -- bytes in ------------------------------------------------------------------------------

    def _readable(self) -> None:
        try:
            data = self._socket.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._vanished()
            return
        if self._first is not None:
            self._first += data
            if foreign.is_undecided(self._first):
                return
            data, self._first = self._first, None
            if foreign.is_tmux_client(data):  # sent away in its own words
                self.send_raw(foreign.version_answer())
                self.close_when_sent()
                return
        try:
            arrived = self._decoder.feed(data)
            for kind, payload in arrived:
                if not self.closed:
                    self._dispatch(kind, payload)
        except frames.FrameError as error:
            self._server.log(f"client {self.client.pid}: {error}")
            self.lost()

    def _dispatch(self, kind: int, payload: bytes) -> None:
        handler = _HANDLERS.get(kind)
        if handler is None:
            raise frames.FrameError(f"unknown frame type {kind}")
        if (kind == frames.COMMAND) == self._commanded:
            raise frames.FrameError(f"frame of type {kind} out of turn: COMMAND comes first and once")
        self._commanded = True
        try:
            handler(self, payload)
        except frames.FrameError:
            raise
        except Exception as error:  # costs this request only, and a client that waits for its command is told
            log_error()
            if kind == frames.COMMAND:
                self.error(f"internal error: {error!r}")
                self.exit(1)

    def _command(self, payload: bytes) -> None:
        command = frames.unpack_command(payload)
        client = self.client
        if command.version != frames.VERSION:
            self.error(f"protocol version mismatch (client {command.version}, server {frames.VERSION})")
            self.exit(1)
            return
        decode = os.fsdecode
        client.cwd = decode(command.cwd)
        client.tmux, client.tmux_pane = decode(command.tmux), decode(command.pane)
        client.tty = decode(command.tty)
        # A terminal may have no name here: in containers it mostly comes from outside.
        self._has_terminal = bool(command.flags & frames.FLAG_STDIN_TTY)
        client.utf8 = bool(command.flags & frames.FLAG_UTF8)
        client.control = bool(command.flags & frames.FLAG_CONTROL)
        client.name = client.tty or f"client-{client.pid}"
        if command.flags & frames.FLAG_SHELL:
            self.send(frames.SHELL, frames.pack_string(os.fsencode(self._server.panes.shell_of(None))))
            return
        argv = [decode(arg) for arg in command.argv]
        if client.control:
            self._server.clients.start_control(client, raw=bool(command.flags & frames.FLAG_CONTROL_RAW))
            # Nothing of it is asked for later, when a command would have to wait.
            self.identify().add_done_callback(lambda: self._start(command.flags, argv))
        else:
            self._start(command.flags, argv)

    def _start(self, flags: int, argv: list[str]) -> None:
        if flags & frames.FLAG_STARTED:
            self._server.when_configured(lambda: self._run_first(argv))
        else:  # a tmux called by the configuration itself must not wait for its end
            self._run(argv)

    def _run_first(self, argv: list[str]) -> None:
        """This client has started the server, and is first to hear what is wrong with the configuration."""
        self._server.show_config_errors()
        self._run(argv)

    def _run(self, argv: list[str]) -> None:
        """Parse the whole argv, then run it. Nothing has been done yet if the parser refuses it."""
        if self.closed:
            return
        try:
            commands = self._server.parse_argv(argv)
        except ParseError as error:
            self._server.report_error(self.client, str(error))
            self.exit(1)
            return
        if self.client.readonly and not commands.read_only():
            self._server.report_error(self.client, "client is read-only")
            self.exit(1)
            return
        outcome = self.queue.submit(commands)
        outcome.add_done_callback(self._command_done)

    def _command_done(self) -> None:
        """The command is done; a client that it attached stays. Hooks of what it did come first."""
        if not self._server.queue.idle and not self._settled:
            self._settled = True
            self._server.loop.call_soon(self._command_done)
        elif not self.client.attached and not self._closing:
            self.exit(self.status)
        elif self.client.control:
            self._server.clients.control_ready(self.client)

    def _identify(self, payload: bytes) -> None:
        identity = frames.unpack_identify(payload)
        client = self.client
        client.term_name = os.fsdecode(identity.term)
        client.control_chars = identity.control_chars
        self.found = identity.found
        client.features = frozenset(os.fsdecode(identity.features).split(",")) - {""}
        if not client.control:
            self._server.clients.set_size(client, *identity.size)
        client.environment = Environment()
        for entry in identity.environ:
            client.environment.put(os.fsdecode(entry))
        if self._identity is not None:
            self._identity.set_result(self._has_terminal)

    def _data(self, payload: bytes) -> None:
        if self._file_part is not None:
            self._file_part(payload)
        elif self._file is not None:
            self._file += payload
            if len(self._file) > FILE_LIMIT:
                self._file_read(errno.EFBIG)

    def _data_end(self, payload: bytes) -> None:
        self._file_read(frames.unpack_number(payload))

    def _file_read(self, error: int) -> None:
        """The file that was asked for is here, or will not come."""
        if self._file is not None and self._file_done is not None:
            data, done = b"" if error else bytes(self._file), self._file_done
            self._file = self._file_done = self._file_part = None
            done.set_result((data, error))

    def _written(self, payload: bytes) -> None:
        if self._write_done is not None:
            done, self._write_done = self._write_done, None
            done.set_result(frames.unpack_number(payload))

    def _keys(self, payload: bytes) -> None:
        self._server.clients.keys(self.client, payload)

    def _input_end(self, payload: bytes) -> None:
        self._server.clients.input_ended(self.client)

    def _resize(self, payload: bytes) -> None:
        self._server.clients.resized(self.client, *frames.unpack_size(payload))

    def _drain(self, payload: bytes) -> None:
        self._server.clients.drained(self.client, frames.unpack_number(payload))

    def _exiting(self, payload: bytes) -> None:
        self.lost()

    def _left(self, payload: bytes) -> None:
        self._server.clients.left_terminal(self.client)

    def _wakeup(self, payload: bytes) -> None:
        self._server.clients.resumed(self.client)

    # -- bytes out -----------------------------------------------------------------------------

    def send(self, kind: int, payload: bytes = b"") -> None:
        """One frame."""
        self.send_raw(frames.encode(kind, payload))

    def send_stream(self, kind: int, data: bytes) -> None:
        """Any amount of STDOUT, STDERR or OUTPUT."""
        if len(data) <= frames.CHUNK:
            self.send_raw(frames.encode(kind, data))
        else:
            self.send_raw(b"".join(frames.encode_stream(kind, data)))

    def send_raw(self, data: bytes) -> None:
        if self.closed or self._closing:
            return
        if self._to_come:
            self._to_come.append(iter((data,)))
            return
        self._output += data
        if len(self._output) > OUTPUT_LIMIT:
            self._server.log(f"client {self.client.pid} does not read: dropped")
            self.lost()
        elif not self._writing:
            self._flush()

    def _say(self, kind: int, data: bytes) -> None:
        """Output of a command. It leaves in one message with all that is said in this turn, mostly
        with the command's end."""
        if self._writing or self._to_come or len(self._output) + len(data) > READ_SIZE:
            self.send_stream(kind, data)
        elif not self.closed and not self._closing:
            if not self._output:
                self._server.loop.call_soon(self._flush_rest)
            self._output += frames.encode(kind, data)

    def _flush_rest(self) -> None:
        if self._output and not self._writing and not self.closed:
            self._flush()

    def _flush(self) -> None:
        try:
            while self._output or self._fill():
                sent = self._socket.send(memoryview(self._output)[:READ_SIZE])
                del self._output[:sent]
        except BlockingIOError:
            if not self._writing:
                self._writing = True
                self._server.loop.add_writer(self._fd, self._flush)
            return
        except OSError:
            self._vanished()
            return
        if self._writing:
            self._writing = False
            self._server.loop.remove_writer(self._fd)
            if self.on_drained is not None:
                self.on_drained()
        if self._closing:
            self.lost()

    def _fill(self) -> bool:
        """Make the next part of what is to be sent. False if there is none."""
        while self._to_come and not self._output:
            self._output += next(self._to_come[0], b"")
            if not self._output:
                self._to_come.popleft()
        return bool(self._output)

    @property
    def backlog(self) -> int:
        """Bytes that have not left yet."""
        return len(self._output)

    def print(self, text: str) -> None:
        """A line for the client's standard output, if no file went there."""
        if self._stdout_file:
            return
        self._stdout_lines = True
        self._say(frames.STDOUT, self.encode(text) + b"\n")

    def print_bytes(self, data: bytes) -> None:
        """Bytes for the client's standard output, as they are."""
        self._say(frames.STDOUT, data)

    def error(self, text: str) -> None:
        """A line for the client's standard error; the client will exit with 1."""
        self.status = 1
        self._say(frames.STDERR, self.encode(text) + b"\n")

    def encode(self, text: str) -> bytes:
        """As bytes for the client's locale: without UTF-8, each column of what is not printable ASCII is
        `_`.
        """
        if not self.client.utf8:
            text = "".join(char if " " <= char <= "~" else "_" * _columns(char) for char in text)
        return text.encode("utf-8", "surrogateescape")

    # -- questions to the client ---------------------------------------------------------------

    def identify(self) -> Future[bool]:
        """Ask for environment and terminal. The result: whether the client has a terminal."""
        if self._identity is None:
            self._identity = Future()
            self.send(frames.IDENTIFY_REQUEST)
        return self._identity

    def read_file(self, path: str, part: Callable[[bytes], None] | None = None) -> Future[tuple[bytes, int]]:
        """Ask for a file of the client ("-": its standard input). The result: the bytes and an errno.

        part: called with the bytes as they come, instead of keeping them for the result.
        """
        self._file = bytearray()
        self._file_part = part
        self._file_done = Future()
        self.send(frames.READ, frames.pack_string(os.fsencode(path)))
        return self._file_done

    def write_file(self, path: str, data: bytes, *, append: bool = False) -> Future[int]:
        """Have the client write a file ("-": its standard output). The result is an errno."""
        done: Future[int] = Future()
        if path == "-":
            if self._stdout_lines or self._stdout_file:
                done.set_result(errno.EBADF)
                return done
            self._stdout_file = True
        self._write_done = done
        # A client that does not read holds the buffer, but no copy of it.
        self._to_come.append(frames.encode_write(os.fsencode(path), data, append=append))
        if not self._writing:
            self._flush()
        return done

    # -- the end -------------------------------------------------------------------------------

    def exit(self, status: int, message: str = "") -> None:
        """Tell the client to end, then hang up. (One in control mode hangs up itself.)"""
        if self._server.clients.leave_control(self.client, message, status):
            return
        # If it is the last one, the server listens no more before the client can go, so that who calls next
        # finds no server and not one that ends.
        self._server.check_exit(leaving=self)
        self.send(frames.EXIT, frames.pack_exit(status, self.encode(message)))
        self.close_when_sent()

    def close_when_sent(self) -> None:
        """Hang up as soon as everything is on its way."""
        self._closing = True
        if not self._output:
            self.lost()

    def _vanished(self) -> None:
        """The client is gone without a word: killed, if it has not been told to go."""
        if not self.closed and not self._closing and self.found:
            self._server.clients.give_back_terminal(self.client, self.found)
        self.lost()

    def lost(self) -> None:
        """The connection is over, whoever ended it."""
        if self.closed:
            return
        self.closed = True
        if not self._closing:
            self.queue.abandon()
        self._server.loop.remove_reader(self._fd)
        self._server.loop.remove_writer(self._fd)
        if self._output and not self._writing:  # said in this turn
            with suppress(OSError):
                self._socket.send(self._output)
        self._socket.close()
        self._output.clear()
        self._to_come.clear()
        futures = self._file_done, self._write_done, self._identity
        self._file_done = self._write_done = self._identity = self._file = None
        for future in futures:
            if future is not None:
                future.set_exception(CommandError(""))
        for callback in self.on_lost:
            callback()
        self._server.clients.remove(self.client)


def _columns(char: str) -> int:
    """Columns of a character that is not printable ASCII; one for a control or a byte that is no UTF-8."""
    from tmuxish.formats.trim import char_width  # seldom

    return 1 if char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff" else char_width(char)


_HANDLERS: dict[int, Callable[[Connection, bytes], None]] = {
    frames.COMMAND: Connection._command,
    frames.IDENTIFY: Connection._identify,
    frames.DATA: Connection._data,
    frames.DATA_END: Connection._data_end,
    frames.WRITE_DONE: Connection._written,
    frames.KEYS: Connection._keys,
    frames.INPUT_END: Connection._input_end,
    frames.RESIZE: Connection._resize,
    frames.DRAINED: Connection._drain,
    frames.EXITING: Connection._exiting,
    frames.WAKEUP: Connection._wakeup,
    frames.UNLOCK: Connection._wakeup,
    frames.LEFT: Connection._left,
}
