"""An attached client: a relay between the user's terminal and the server.

It decides nothing. Keys and sizes go to the server, bytes for the screen come back; the server says when to
stop, to suspend, to lock and to end. A server that can reach the terminal takes keys and output over, and
the rest is left to do. What this process owes the user is the terminal as it was found, whatever happens to
the server or to itself.

A slow terminal stops the reading of further output, and the server learns from DRAINED how much has really
been shown; so neither side piles up frames that nobody has seen.
"""

from __future__ import annotations

import os
import sys
import time

from tmuxish.cli.arguments import Failure
from tmuxish.cli.streams import write_all
from tmuxish.cli.terminal_base import CONTINUED, HUNG_UP, RESIZED, TERMINATED
from tmuxish.early import suppress
from tmuxish.wire import frames

if sys.platform == "win32":
    from tmuxish.cli import terminal_windows as terminal_module
else:
    from tmuxish.cli import terminal_posix as terminal_module

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.cli.requests import Frames, Peer

    if sys.platform == "win32":
        from tmuxish.cli.events_windows import Waitable
    else:
        from tmuxish.cli.events_posix import Waitable


READ_SIZE = 64 << 10

# Output waiting for the terminal, and keys waiting for the server, above which no more is read.
MAX_OUTPUT = 256 << 10
MAX_INPUT = 64 << 10

# Bytes shown of which the server is told at once, and of fewer with the next ones: it need not wake up for
# the echo of each key. Less by far than a terminal may be behind before the server skips frames.
REPORT_SIZE = 4096

# How long the last output may take to reach a terminal that accepts nothing (stopped with ^S, say), and how
# long a server may take to let go of the terminal.
FLUSH_SECONDS = 2.0


class Ending:
    """How the client ends: its status, the text in brackets (None for none), and what is left to do."""

    __slots__ = ("command", "complaints", "kill_parent", "shell", "status", "text")

    def __init__(
        self,
        status: int,
        text: str | None,
        *,
        kill_parent: bool = False,
        command: str | None = None,
        shell: str = "",
        complaints: bytes = b"",
    ) -> None:
        self.status = status
        self.text = text
        self.kill_parent = kill_parent
        self.command = command  # to be executed by `shell` in our place
        self.shell = shell
        self.complaints = complaints  # for standard error


LOST_TERMINAL = Ending(1, "lost tty")
KILLED = Ending(1, "terminated")
LOST_SERVER = Ending(1, "server exited unexpectedly")


def relay(peer: Peer, received: Frames) -> int:
    """Attached until the end; the exit status. `received` are frames that came along with ATTACH."""
    try:
        terminal = terminal_module.Terminal(os.fsdecode(peer.command.tty))
    except terminal_module.TerminalError as error:
        raise Failure(f"open terminal failed: {error}") from None
    try:
        ending = Relay(peer, terminal).run(received)
    finally:
        terminal.restore()
        terminal.close()
    if ending.command is not None:
        from tmuxish.cli import shell

        shell.execute(ending.shell, ending.command, login=peer.arguments.login)
    if ending.complaints:
        write_all(2, ending.complaints)
    if ending.text is not None:
        write_all(1, os.fsencode(f"[{ending.text}]\n"))
    if ending.kill_parent:
        _hang_up_parent()
    return ending.status


def _hang_up_parent() -> None:
    if sys.platform != "win32" and os.getppid() > 1:  # the server refuses to ask for it on Windows
        import signal

        os.kill(os.getppid(), signal.SIGHUP)


class Relay:
    """The two directions, and the signals."""

    def __init__(self, peer: Peer, terminal: terminal_module.Terminal) -> None:
        self._peer = peer
        self._terminal = terminal
        self._to_terminal = bytearray()
        self._to_server = bytearray()
        self._complaints = bytearray()
        self._shown = 0  # bytes of OUTPUT written since the last DRAINED
        self._reads_keys = True  # until the server does
        self._leaving = False  # it is to be told when all output is written
        self._ending: Ending | None = None
        self._signals = terminal.signals()
        self._handlers = {
            frames.OUTPUT: self._output,
            frames.DETACHED: self._detached,
            frames.EXIT: self._exit,
            frames.STDERR: self._complain,
            frames.SUSPEND: self._suspend,
            frames.LOCK: self._lock,
            frames.LEAVE: self._leave,
        }

    def run(self, received: Frames) -> Ending:
        """Relays until something ends it, and writes what output there is. The terminal is left raw."""
        self._peer.connection.setblocking(False)
        self._terminal.enter_raw()
        self._send_size()
        self._dispatch(received)
        while self._ending is None:
            self._turn()
        if self._ending in (KILLED, LOST_TERMINAL):
            self._send(frames.EXITING, bytes((self._ending.status,)))
        if self._ending is KILLED and not self._reads_keys:
            self._await_end()
        if self._ending in (KILLED, LOST_SERVER) and os.environ.get("TERM") != "dumb":
            self._to_terminal += terminal_module.RESET
        self._flush_to_terminal()
        self._signals.close()
        return self._ending

    def _turn(self) -> None:
        """Waits for something to happen, and does it."""
        if self._leaving and not self._to_terminal:
            self._leaving = False
            self._report_shown()
            self._send(frames.LEFT)
        server, terminal, signals = self._peer.connection, self._terminal, self._signals
        inputs: list[Waitable] = [signals]
        outputs: list[Waitable] = []
        if len(self._to_terminal) < MAX_OUTPUT:
            inputs.append(server)
        if self._reads_keys and len(self._to_server) < MAX_INPUT:
            inputs.append(terminal)
        if self._to_server:
            outputs.append(server)
        if self._to_terminal:
            outputs.append(terminal)
        readable, writable = terminal_module.wait(inputs, outputs)
        if signals in readable:
            self._happened(signals.read())
        if terminal in writable:
            self._write_to_terminal()
        if terminal in readable and self._ending is None:
            self._read_keys()
        if server in writable:
            self._flush_to_server()
        if server in readable and self._ending is None:
            self._read_server()

    # -- the terminal ----------------------------------------------------------------------------------

    def _read_keys(self) -> None:
        keys = self._terminal.read(READ_SIZE)
        if keys == b"":
            self._ending = LOST_TERMINAL
        elif keys:
            self._send(frames.KEYS, keys)

    def _write_to_terminal(self) -> None:
        written = self._terminal.write(self._to_terminal)
        if written is None:
            self._ending = LOST_TERMINAL
            return
        del self._to_terminal[:written]
        self._shown += written
        if self._shown >= REPORT_SIZE or not self._reads_keys:
            self._report_shown()

    def _report_shown(self) -> None:
        if self._shown and not self._to_terminal:
            self._send(frames.DRAINED, frames.pack_number(self._shown))
            self._shown = 0

    def _flush_to_terminal(self) -> None:
        """Waits until all output is written, or the terminal has taken nothing for a while or is gone."""
        deadline = time.monotonic() + FLUSH_SECONDS
        while self._to_terminal:
            written = self._terminal.write(self._to_terminal)
            left = deadline - time.monotonic()
            if written:
                del self._to_terminal[:written]
                self._shown += written
                deadline = time.monotonic() + FLUSH_SECONDS
            elif written is None or left <= 0:
                self._to_terminal.clear()
            else:
                terminal_module.wait([], [self._terminal], left)

    # -- the server ------------------------------------------------------------------------------------

    def _read_server(self) -> None:
        try:
            data = self._peer.connection.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        try:
            self._dispatch(list(self._peer.decoder.feed(data)))
        except frames.FrameError:
            data = b""
        if not data and self._ending is None:
            self._ending = LOST_SERVER

    def _send(self, kind: int, payload: bytes = b"") -> None:
        self._to_server += frames.encode(kind, payload)
        self._flush_to_server()

    def _flush_to_server(self) -> None:
        try:
            while self._to_server:
                del self._to_server[: self._peer.connection.send(self._to_server)]
        except BlockingIOError:
            return
        except OSError:
            self._to_server.clear()  # the server is gone; reading will say so

    def _send_size(self) -> None:
        self._send(frames.RESIZE, frames.pack_size(*self._terminal.size()))

    def _dispatch(self, received: Frames) -> None:
        for kind, payload in received:
            if self._ending is not None:
                return
            handler = self._handlers.get(kind)
            if handler is None:
                raise frames.FrameError(f"unexpected frame {kind}")
            handler(payload)

    def _output(self, payload: bytes) -> None:
        self._to_terminal += payload
        self._write_to_terminal()

    def _detached(self, payload: bytes) -> None:
        kind, status, message, command, shell = frames.unpack_detached(payload)
        text = os.fsdecode(message)
        origin = f" (from session {text})" if text else ""
        if kind == frames.DETACH:
            self._ending = Ending(status, f"detached{origin}")
        elif kind == frames.DETACH_KILL:
            self._ending = Ending(status, f"detached and SIGHUP{origin}", kill_parent=True)
        elif kind == frames.DETACH_EXEC:
            self._ending = Ending(status, None, command=os.fsdecode(command), shell=os.fsdecode(shell))
        elif kind == frames.DETACH_EXITED:
            self._ending = Ending(status, "exited")
        elif kind == frames.DETACH_SERVER_EXITED:
            self._ending = Ending(1, "server exited")
        elif kind == frames.DETACH_MESSAGE:
            self._ending = Ending(status, text)
        else:
            raise frames.FrameError(f"unknown ending {kind}")

    def _exit(self, payload: bytes) -> None:
        status, message = frames.unpack_exit(payload)
        text = os.fsdecode(message) or (None if self._complaints else "exited")
        self._ending = Ending(status, text, complaints=bytes(self._complaints))

    def _complain(self, payload: bytes) -> None:
        """What went wrong after the terminal was opened can be read when it has been given back."""
        self._complaints += payload

    def _suspend(self, _payload: bytes) -> None:
        self._flush_to_terminal()
        self._terminal.restore()
        if sys.platform != "win32":  # where no process can be stopped, and no server asks for it
            self._terminal.suspend()
        self._resume()

    def _resume(self, kind: int = frames.WAKEUP) -> None:
        """Runs on after being stopped, or after the terminal was somebody else's."""
        self._report_shown()
        self._terminal.enter_raw()
        self._send(kind)

    def _leave(self, _payload: bytes) -> None:
        self._reads_keys = False
        self._leaving = True

    def _await_end(self) -> None:
        """Waits until the server, which has been told that we go, writes to the terminal no more."""
        server = self._peer.connection
        deadline = time.monotonic() + FLUSH_SECONDS
        with suppress(OSError):  # it ended without a word
            while (left := deadline - time.monotonic()) > 0:
                readable, _ = terminal_module.wait([server], [], left)
                if readable and not server.recv(READ_SIZE):
                    return

    def _lock(self, payload: bytes) -> None:
        self._flush_to_terminal()
        self._terminal.restore()
        os.system(os.fsdecode(frames.unpack_string(payload)[0]))
        self._resume(frames.UNLOCK)

    # -- signals ---------------------------------------------------------------------------------------

    def _happened(self, events: set[int]) -> None:
        if TERMINATED in events:
            self._ending = KILLED
        elif HUNG_UP in events:
            self._ending = LOST_TERMINAL
        else:
            if CONTINUED in events:
                self._resume()
            if RESIZED in events:
                self._send_size()
