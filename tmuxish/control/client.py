"""One client in control mode: its lines become commands, and what it is to know leaves as lines.

Other than a client with a terminal it has no view: nothing is drawn for it. It may have a session or not
(`tmux -C list-sessions` is in control mode too); lines are only read from a client that has one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tmuxish.control.guards import Guard
from tmuxish.control.output import ControlOutput
from tmuxish.control.subscriptions import Subscriptions
from tmuxish.grammar.errors import ParseError
from tmuxish.server.queue import State
from tmuxish.wire import frames

if TYPE_CHECKING:
    from tmuxish.control.keyboard import ControlKeyboard
    from tmuxish.grammar.nodes import CommandList
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.connection import Connection
    from tmuxish.server.server import Server

# What a terminal (-CC) is sent first, so that the program on its other end knows what follows.
DEVICE_CONTROL = b"\x1bP1000p"
# Bytes of lines that may wait to be run, and of one line that has not ended yet.
INPUT_LIMIT = 16 * 1024 * 1024
# How often output is made in one turn of the loop, if the client takes it.
PUMPS_PER_TURN = 8
# Turns of the loop in which a client that is to end still gets what its last commands led to.
LAST_TURNS = 8


class ControlClient:
    """The server's side of one client in control mode."""

    def __init__(self, server: Server, client: Client, connection: Connection, *, raw: bool) -> None:
        """raw: on a terminal of its own (-CC)."""
        self._server = server
        self.client = client
        self._connection = connection
        self.output = ControlOutput(
            self._send,
            lambda: connection.backlog,
            lambda: int(time.monotonic() * 1000),
            self._shows,
            lambda: self.leave("too far behind"),
        )
        self._subscriptions = Subscriptions(server, client, self.line)
        self._keyboard: ControlKeyboard | None = None
        self._rest = bytearray()  # of input, a line that has not ended yet
        self._unrun = 0  # bytes of lines that wait
        self._pumping = False
        self._stalled = False
        self._leaving = False
        self._left = False
        self._message = ""
        self._status: int | None = None
        connection.on_drained = self._schedule
        if raw:
            self._send(DEVICE_CONTROL)

    # -- lines in ------------------------------------------------------------------------------

    def ready(self) -> None:
        """It has been attached: have it send what it reads."""
        self._connection.send(frames.ATTACH)

    def keys(self, data: bytes) -> None:
        """Bytes that it has read. All lines are parsed before the first of them runs, as in tmux."""
        if self._leaving:
            return
        self._rest += data
        lines: list[bytearray] = []
        if b"\n" in data:
            *lines, self._rest = self._rest.split(b"\n")
        runs: list[tuple[CommandList | None, str, int]] = []
        ended = False
        for line in lines:
            if not line:
                ended = True
                break
            runs.append((*self._parse(line.decode("utf-8", "surrogateescape")), len(line)))
        for commands, error, size in runs:
            self._submit(commands, error, size)
        if ended:
            self.leave()
        elif self._unrun > INPUT_LIMIT or len(self._rest) > INPUT_LIMIT:
            self.leave("too much input")

    def input_ended(self) -> None:
        """There is no more to read, or nobody to read what it is sent."""
        self.leave()

    def _parse(self, line: str) -> tuple[CommandList | None, str]:
        try:
            return self._server.parse_line(line.partition("\0")[0]), ""
        except ParseError as error:
            return None, str(error)

    def _submit(self, commands: CommandList | None, error: str, size: int) -> None:
        queue = self._connection.queue
        self._unrun += size
        if commands is None:
            queue.call(lambda: self._refuse(error, size))
        else:
            queue.submit(commands, State(typed=True)).add_done_callback(lambda: self._ran(size))

    async def _refuse(self, error: str, size: int) -> None:
        guard = self.guard(typed=True)
        self.line(f"parse error: {error}")
        guard.close(failed=True)
        self._ran(size)

    def _ran(self, size: int) -> None:
        self._unrun -= size

    # -- lines out -----------------------------------------------------------------------------

    def guard(self, *, typed: bool) -> Guard:
        """Open the block of a command that runs now."""
        return Guard(self.line, self._server.next_command_number(), typed=typed)

    def line(self, text: str) -> None:
        """A line, as it is."""
        self.line_of_bytes(text.encode("utf-8", "surrogateescape"))

    def line_of_bytes(self, data: bytes) -> None:
        """The same for bytes, which need be no text."""
        if not self._left:
            self.output.line(data)
            self._schedule()

    def print(self, text: str) -> None:
        """Output of a command, in the client's locale."""
        self.line_of_bytes(self._connection.encode(text))

    def _send(self, data: bytes) -> None:
        self._connection.send_stream(frames.STDOUT, data)

    def _schedule(self) -> None:
        if not self._pumping and not self._left:
            self._pumping = True
            self._server.loop.call_soon(self._pump)

    def flush(self) -> None:
        """Send all that it can take: a pane whose last output waits is about to go."""
        while not self._left and self.output.waiting and not self.output.stalled:
            self.output.pump()

    def _pump(self) -> None:
        self._pumping = False
        for _ in range(PUMPS_PER_TURN):
            if self._left:
                return
            self.output.pump()
            if not self.output.waiting or self.output.stalled:
                break
        else:
            self._schedule()
        if self._stalled != self.output.stalled:
            self._stalled = self.output.stalled
            self._server.panes.check_reading()

    # -- panes ---------------------------------------------------------------------------------

    def _shows(self, ref: int) -> bool:
        """Whether the pane with this number is there, with its program, and in the client's session."""
        session, pane = self.client.session, self._server.model.panes.get(ref)
        return (
            session is not None
            and pane is not None
            and session.winlink_of(pane.window) is not None
            and self._server.panes.process_of(pane) is not None
        )

    def pane_output(self, pane: Pane, data: bytes) -> None:
        """A pane's program has printed something."""
        session = self.client.session
        if self._leaving or session is None or self.client.suspended:
            return
        if session.winlink_of(pane.window) is not None:
            self.output.pane(pane.id, data)
            self._schedule()
            if self._stalled:
                self._server.panes.check_reading()

    def set_pane(self, pane: Pane, state: str) -> None:
        """refresh-client -A: on, off, continue or pause; anything else is passed over, as in tmux."""
        action = {
            "on": self.output.set_pane_on,
            "off": self.output.set_pane_off,
            "continue": self.output.continue_pane,
            "pause": self.output.pause_pane,
        }.get(state)
        if action is not None:
            action(pane.id)
            self._schedule()
            self._server.panes.check_reading()

    def subscribe(self, text: str) -> None:
        """refresh-client -B."""
        self._subscriptions.update(text)

    @property
    def keyboard(self) -> ControlKeyboard:
        """Keys that commands press on it, and what it is asked."""
        if self._keyboard is None:
            from tmuxish.control.keyboard import ControlKeyboard  # few clients have one

            self._keyboard = ControlKeyboard(self._server, self.client)
        return self._keyboard

    def set_key_table(self, name: str | None) -> None:
        """Look the next key up in that table; None for the session's usual one, as from the beginning."""
        if name is not None or self._keyboard is not None:
            self.keyboard.set_table(name)

    # -- flags ---------------------------------------------------------------------------------

    def set_flag(self, name: str, wanted: bool) -> bool:
        """One of the flags that only clients in control mode have. False if it is none of these."""
        flags = self.client.flags
        if name in ("no-output", "wait-exit"):
            (flags.add if wanted else flags.discard)(name)
            if name == "no-output":
                self.output.no_output = wanted
                self.output.reset()
                self._server.panes.check_reading()
            else:
                self._connection.send(frames.FLAGS, frames.pack_number(frames.WAIT_EXIT if wanted else 0))
            return True
        seconds = _pause_seconds(name)
        if seconds is None:
            return False
        flags -= {flag for flag in flags if flag.startswith("pause-after=")}
        if wanted:
            flags.add(f"pause-after={seconds}")
        self.output.pause_after = seconds * 1000 if wanted else None
        return True

    # -- the end -------------------------------------------------------------------------------

    @property
    def leaving(self) -> bool:
        """Whether it has been told to end, or is about to be."""
        return self._leaving

    @property
    def sending(self) -> bool:
        """Whether what it was sent is still on its way."""
        return self._connection.backlog > 0

    def leave(self, message: str = "", status: int | None = None) -> None:
        """Have it end: `%exit message`. status: None for that of its commands."""
        if self._leaving:
            return
        self._leaving = True
        self._message, self._status = message, status
        self.client.leaving = True
        self._server.panes.check_reading()
        self._subscriptions.close()
        self._later(LAST_TURNS)

    def _later(self, turns: int) -> None:
        self._server.loop.call_soon(lambda: self._leave_soon(turns))

    def _leave_soon(self, turns: int) -> None:
        """What its last commands led to is still told: hooks and notifications come after them."""
        if turns and not (self._server.queue.idle and self._connection.queue.idle):
            self._later(turns - 1)
        else:
            self.leave_now()

    def leave_now(self) -> None:
        """Send what there is to tell, and the end. It may read that when it likes; it is not sent more."""
        if self._left:
            return
        self._leaving = self._left = True
        connection = self._connection
        self.output.finish()
        status = connection.status if self._status is None else self._status
        connection.send(frames.EXIT, frames.pack_exit(status, connection.encode(self._message)))

    def close(self) -> None:
        """The client is gone."""
        self._leaving = self._left = True
        if self._keyboard is not None:
            self._keyboard.close()
        self._subscriptions.close()
        self.output.finish()


def _pause_seconds(name: str) -> int | None:
    """The seconds of `pause-after` (none: 0) or `pause-after=N`; None for another flag."""
    word, equals, digits = name.partition("=")
    if word != "pause-after":
        return None
    if not equals:
        return 0
    return int(digits) if digits.isascii() and digits.isdigit() else None
