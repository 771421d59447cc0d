"""Panes at work: starting programs, moving their bytes, and what happens when they end.

A `PaneIO` is the live half of a `Pane` of the model: its process, the bytes still to be written to it, its
pipe. Output is read in portions, so that a flooding pane leaves room for everybody else, and a redraw is
only ever scheduled here.
"""

from __future__ import annotations

import _socket
import errno
import os
import time

from tmuxish.commands.errors import CommandError
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane, Unmade
from tmuxish.pty import base as pty
from tmuxish.server import shells
from tmuxish.server.log import log_error
from tmuxish.server.policy import apply_policy
from tmuxish.version import TMUX_VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.commands.spawning import Spawn
    from tmuxish.emulator import Emulator
    from tmuxish.model.environment import Environment
    from tmuxish.model.session import Session, Winlink
    from tmuxish.model.window import Window
    from tmuxish.pty.base import PaneProcess
    from tmuxish.server.loop import Timer
    from tmuxish.server.pipes import Pipe
    from tmuxish.server.server import Server

# Most bytes taken from one pane in one turn of the loop. One read only: a Linux pty gives 4 KiB, and a second
# read would wait for the system to fill its buffer again, which it does by itself while those are shown.
# Measured with plain text: one read in a turn 60 MB/s, two 55, sixteen 45.
READ_SIZE = 65536
# Bytes offered to a program's input at a time.
WRITE_SIZE = 65536
# Bytes waiting for a program that does not read, above which no more is taken: a command that has some fails.
INPUT_LIMIT = 64 * 1024 * 1024
# Several resizes in this many seconds become one for the program (tmux waits as long).
RESIZE_DELAY = 0.25
# Longest synchronised update (mode 2026) of a program that forgets to end it, in seconds.
SYNC_LIMIT = 1.0
# Longest wait for the end of a string (OSC, DCS ...), in seconds, as in tmux.
STRING_LIMIT = 5.0


class PaneIO:
    """The process behind one pane, and the bytes on their way to it.

    Its methods are what the loop calls: one object with them is smaller than a function for each.
    """

    __slots__ = (
        "_panes",
        "held_back",
        "input",
        "pane",
        "pipe",
        "process",
        "resize_timer",
        "string_timer",
        "sync_timer",
        "writing",
    )

    def __init__(self, panes: Panes, pane: Pane) -> None:
        self._panes = panes
        self.pane = pane
        self.process: PaneProcess | None = None
        self.input = bytearray()
        self.writing = False
        self.held_back = False  # not read, for nobody could take more of its output
        self.pipe: Pipe | None = None
        self.resize_timer: Timer | None = None
        self.string_timer: Timer | None = None
        self.sync_timer: Timer | None = None

    def readable(self) -> None:
        """The program has printed something."""
        self._panes.read(self)

    def ended(self, process: PaneProcess) -> None:
        """The program has ended, which may no longer be the one of this pane."""
        self._panes.process_ended(self.pane, process)


class Panes:
    """The operations on panes of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = server.model
        self._loop = server.loop
        self._io: dict[int, PaneIO] = {}

    def io(self, pane: Pane) -> PaneIO:
        """The live half of `pane`."""
        return self._io[pane.id]

    def process_of(self, pane: Pane) -> PaneProcess | None:
        """The program running in `pane`, if any, and if it has not let go of its terminal."""
        io = self._io.get(pane.id)
        if io is None or io.process is None or io.process.fileno() == -1:
            return None
        return io.process

    def processes(self) -> list[PaneProcess]:
        """The programs of all panes."""
        return [io.process for io in self._io.values() if io.process is not None]

    # -- making one ----------------------------------------------------------------------------

    def create(self, window: Window, cols: int, rows: int, history_limit: int) -> Pane:
        """A pane without a program, in no list and no layout yet."""
        options = Options.for_pane(window.options)
        unmade = Unmade(cols, rows, lambda pane: self._new_emulator(pane, cols, rows, history_limit))
        pane = Pane(self._model.next_pane_id, window, options, unmade)
        self._model.next_pane_id += 1
        self._model.panes[pane.id] = pane
        self._io[pane.id] = PaneIO(self, pane)
        self._server.surroundings.window_changed(window)
        return pane

    def _new_emulator(self, pane: Pane, cols: int, rows: int, history_limit: int) -> Emulator:
        """The emulator of a pane that has been made with that size and limit."""
        from tmuxish.emulator import Emulator  # after the first answer of a server

        emulator = Emulator(cols, rows, history_limit)
        emulator.title = _socket.gethostname()
        apply_policy(emulator, pane.options, self._model)
        return emulator

    def start(self, pane: Pane, request: Spawn) -> None:
        """Start the program `request` asks for in `pane`. Raises CommandError if it can't be started."""
        session = request.session
        self._choose_command(pane, request)
        if request.cwd is not None:
            pane.cwd = request.cwd
        if not pane.shell:
            pane.shell = self.shell_of(session)
        if request.empty:
            pane.empty = True
            from tmuxish.emulator.modes import CRLF, CURSOR

            pane.emulator.modes = pane.emulator.modes & ~CURSOR | CRLF
            return
        environment = self.child_environment(session, request.environment)
        environment["TMUX_PANE"] = pane.name
        client = request.client
        if client is not None and client.session is None and client.environment is not None:
            path = client.environment.value("PATH")
            if path is not None:
                environment["PATH"] = path
        environment.setdefault("PATH", os.defpath)
        environment.update(shells.variables(pane.shell))
        self._spawn(pane, environment, session.control_chars)

    def _choose_command(self, pane: Pane, request: Spawn) -> None:
        argv = request.argv
        if not argv and not pane.shell:  # a new pane, not a respawn
            default = request.session.options.get_string("default-command")
            argv = [default] if default else []
        if argv:
            pane.argv = argv

    def shell_of(self, session: Session | None) -> str:
        """The session's default-shell, or the system's where that can't be run."""
        options = session.options if session else self._model.session_options
        shell = options.get_string("default-shell")
        return shell if shells.is_usable(shell) else shells.fallback()

    def child_environment(
        self, session: Session | None, extra: Environment | None = None, *, no_term: bool = False
    ) -> dict[str, str]:
        """What a program of `session` (None: the server) sees: global, session, TERM, $TMUX, then `extra`."""
        variables: dict[str, str] = {}
        self._model.environment.apply_to(variables)
        if session is not None:
            session.environment.apply_to(variables)
        if not no_term:
            variables["TERM"] = self._server.pane_term()
            variables["TERM_PROGRAM"] = "tmux"
            variables["TERM_PROGRAM_VERSION"] = TMUX_VERSION
            variables["COLORTERM"] = "truecolor"
        number = session.id if session is not None else -1
        variables["TMUX"] = f"{self._model.socket_path},{self._model.pid},{number}"
        if extra is not None:
            extra.apply_to(variables)
        return variables

    def _spawn(self, pane: Pane, environment: dict[str, str], control_chars: bytes) -> None:
        window = pane.window
        request = pty.SpawnRequest(
            argv=pane.argv,
            shell=pane.shell,
            cwd=pane.cwd,
            env=environment,
            cols=pane.cols,
            rows=pane.rows,
            home=self._server.home,
            xpixel=window.xpixel * pane.cols,
            ypixel=window.ypixel * pane.rows,
            control_chars=control_chars,
            erase=self._server.erase_byte(),
        )
        io = self._io[pane.id]
        try:
            process = self._server.pty.spawn(request, io.ended)
        except pty.SpawnError as error:
            raise CommandError(f"fork failed: {error}") from None
        io.process = process
        pane.pid = process.pid
        pane.tty = process.tty
        io.held_back = False
        self._loop.add_reader(process.fileno(), io.readable)

    def adopt(self, pane: Pane, emulator: Emulator, process: PaneProcess | None) -> None:
        """Take over a program that has run elsewhere, with its screen. Whoever started it has to tell
        `process_ended` of its end."""
        emulator.title = pane.emulator.title
        pane.emulator = emulator
        apply_policy(pane.emulator, pane.options, self._model)
        self._server.surroundings.window_changed(pane.window)
        emulator.resize(pane.cols, pane.rows)
        if process is not None:
            io = self._io[pane.id]
            io.process = process
            pane.pid, pane.tty = process.pid, process.tty
            self._tell_size(pane)
            self._loop.add_reader(process.fileno(), io.readable)

    # -- bytes ---------------------------------------------------------------------------------

    def read(self, io: PaneIO) -> None:
        """Take what the program has printed, as much as one turn allows."""
        pane, process = io.pane, io.process
        if process is None:
            return
        data = process.read(READ_SIZE)
        if data:
            self._show(pane, data)
        elif data is not None:
            self._loop.remove_reader(process.fileno())
            self._pty_ended(pane, process)

    def _show(self, pane: Pane, data: bytes) -> None:
        """Output of its program. A pane that fails to show it is closed; all others stay."""
        clients = self._server.clients
        try:
            clients.pane_output(pane, data)
            self.output(pane, data)
        except Exception:  # the boundary that the docstring names
            log_error()
            self.remove(pane)

    def check_reading(self) -> None:
        """Clients in control mode came, went, fell behind or caught up: read from the panes whose output
        somebody can take, or nobody is there to."""
        for io in self._io.values():
            process = io.process
            if process is None or process.fileno() == -1:
                continue
            refused = self._server.clients.refuses_output(io.pane)
            if refused == io.held_back:
                continue
            io.held_back = refused
            if refused:
                self._loop.remove_reader(process.fileno())
            else:
                self._loop.add_reader(process.fileno(), io.readable)

    def output(self, pane: Pane, data: bytes) -> None:
        """Bytes a program printed (or that are shown in its place): to the screen and all who listen."""
        emulator = pane.emulator
        emulator.feed(data)
        if emulator.replies:
            self.write(pane, bytes(emulator.replies))
            emulator.replies.clear()
        io = self._io[pane.id]
        if io.pipe is not None:
            io.pipe.output(data)
        if emulator.events:
            events, emulator.events = emulator.events, []
            for kind, value in events:
                self._server.pane_events.handle(pane, kind, value)
        if emulator.in_string != (io.string_timer is not None):
            self._watch_string(pane, io)
        self._server.windows.pane_printed(pane, data)

    def _watch_string(self, pane: Pane, io: PaneIO) -> None:
        """A string (OSC, DCS ...) has begun or ended: one without an end would swallow everything."""
        if io.string_timer is not None:
            io.string_timer.cancel()
            io.string_timer = None
        else:
            io.string_timer = self._loop.call_later(STRING_LIMIT, lambda: self._string_overdue(pane))

    def _string_overdue(self, pane: Pane) -> None:
        io = self._io.get(pane.id)
        if io is not None:
            io.string_timer = None
            pane.emulator.give_up_string()

    def write(self, pane: Pane, data: bytes) -> None:
        """Bytes for the program's input, in order, kept until it takes them.

        Any amount is taken at a time, but none while more than INPUT_LIMIT waits.
        """
        process = self.process_of(pane)
        if process is None or not data:
            return
        io = self._io[pane.id]
        if not io.input and len(data) <= WRITE_SIZE:
            written = process.write(data)
            if written == len(data):
                return
            data = data[written:]
        if len(io.input) > INPUT_LIMIT:
            self._server.log(f"pane {pane.name} does not read: {len(data)} bytes of input dropped")
            return
        io.input += data
        if not io.writing:
            self._flush(pane)

    def type(self, pane: Pane, data: bytes) -> None:
        """Write what was typed, and show its echo if that comes from the terminal itself."""
        self.write(pane, data)
        self._loop.give_way()
        if self.process_of(pane) is not None:
            io = self._io[pane.id]
            if not io.held_back:
                self.read(io)

    def check_reads(self, pane: Pane) -> None:
        """Raises CommandError if the program has left too much of its input unread to be sent more."""
        io = self._io.get(pane.id)
        if io is not None and len(io.input) > INPUT_LIMIT:
            raise CommandError(f"pane {pane.name} does not read its input")

    def _flush(self, pane: Pane) -> None:
        io = self._io[pane.id]
        process = io.process
        if process is None:
            io.input.clear()
            return
        written = process.write(bytes(io.input[:WRITE_SIZE]))
        del io.input[:written]
        if io.input and not io.writing:
            io.writing = True
            self._loop.add_writer(process.fileno(), lambda: self._flush(pane))
        elif not io.input and io.writing:
            io.writing = False
            self._loop.remove_writer(process.fileno())

    def fit(self, pane: Pane) -> None:
        """The layout gave the pane another size: its screen follows now, its program a little later, once
        for several changes."""
        size = pane.cols, pane.rows
        if size == (pane.emulator.cols, pane.emulator.rows):
            return
        pane.emulator.resize(*size)
        if pane.modes:
            pane.modes[0].resize(*size)
        io = self._io[pane.id]
        if io.process is None or io.resize_timer is not None:
            return
        self._tell_size(pane)
        io.resize_timer = self._loop.call_later(RESIZE_DELAY, lambda: self._resize_due(pane, size))

    def _resize_due(self, pane: Pane, told: tuple[int, int]) -> None:
        io = self._io.get(pane.id)
        if io is None:
            return
        io.resize_timer = None
        if (pane.cols, pane.rows) != told and io.process is not None:
            self._tell_size(pane)

    def _tell_size(self, pane: Pane) -> None:
        process = self._io[pane.id].process
        if process is not None:
            window = pane.window
            process.resize(pane.cols, pane.rows, window.xpixel * pane.cols, window.ypixel * pane.rows)

    def set_sync(self, pane: Pane, on: bool) -> None:
        """Synchronised output: the screen is not drawn while it lasts, for SYNC_LIMIT seconds at the most."""
        io = self._io[pane.id]
        if io.sync_timer is not None:
            io.sync_timer.cancel()
            io.sync_timer = None
        if on:
            io.sync_timer = self._loop.call_later(SYNC_LIMIT, lambda: self._sync_expired(pane))
        else:
            self._server.clients.pane_changed(pane)

    def _sync_expired(self, pane: Pane) -> None:
        io = self._io.get(pane.id)
        if io is not None:
            io.sync_timer = None
            pane.emulator.end_sync()
            self._server.clients.pane_changed(pane)

    def pipe(self, pane: Pane, command: str, *, reads: bool, writes: bool) -> None:
        """Start a pipe-pane command on `pane`. Raises CommandError if there is no process to be had."""
        from tmuxish.server.pipes import Pipe

        try:
            self._io[pane.id].pipe = Pipe(self._server, pane, command, reads=reads, writes=writes)
        except OSError as error:
            scarce = "socketpair" if error.errno in (errno.EMFILE, errno.ENFILE) else "fork"
            raise CommandError(f"{scarce} error: {error.strerror}") from None

    def close_pipe(self, pane: Pane) -> bool:
        """End the pane's pipe-pane command. False if there is none."""
        io = self._io[pane.id]
        if io.pipe is None:
            return False
        io.pipe.close()
        io.pipe = None
        return True

    def pipe_ended(self, pane: Pane, pipe: Pipe) -> None:
        """The command of a pipe has ended by itself."""
        io = self._io.get(pane.id)
        if io is not None and io.pipe is pipe:
            io.pipe = None
            pane.pipe_pid = 0

    # -- the end -------------------------------------------------------------------------------

    def process_ended(self, pane: Pane, process: PaneProcess) -> None:
        """The program ended; `process.exit_status` says how."""
        io = self._io.get(pane.id)
        if io is not None and io.process is process:
            self._drain(pane)
            self._ended(pane, process.exit_status)

    def _drain(self, pane: Pane) -> None:
        """Show what the program printed before it ended."""
        process = self._io[pane.id].process
        while process is not None:
            data = process.read(READ_SIZE)
            if not data:
                return
            self._show(pane, data)
            if pane.id not in self._io:
                return

    def _pty_ended(self, pane: Pane, process: PaneProcess) -> None:
        """Nobody holds the terminal any more. Where the status matters, it is waited for."""
        if process.exit_status is not None or not self._remains(pane):
            self._ended(pane, process.exit_status)
        else:  # the hangup ends a program that has merely let go of its terminal
            self._hang_up(process)

    def _remains(self, pane: Pane) -> bool:
        return pane.options.get_string("remain-on-exit") != "off"

    def _ended(self, pane: Pane, status: pty.ExitStatus | None) -> None:
        """The program is gone: keep the pane as remain-on-exit says, or close it."""
        io = self._io.get(pane.id)
        if io is None or io.process is None or pane.id not in self._model.panes:
            return
        self._server.clients.flush_output()
        self._release(pane)
        policy = pane.options.get_string("remain-on-exit")
        failed = status is None or status.code != 0
        pane.dead_status = status.code if status else None
        pane.dead_signal = status.signal if status else None
        if policy in ("on", "key") or (policy == "failed" and failed):
            self._show_dead(pane)
            return
        self._server.notify("pane-exited", pane=pane, window=pane.window)
        self.remove(pane)

    def _release(self, pane: Pane) -> None:
        """Let go of the pty and the pipe."""
        io = self._io[pane.id]
        if io.process is not None:
            self._hang_up(io.process)
            io.writing = False
            io.input.clear()
            io.process = None
        if io.pipe is not None:
            io.pipe.close()
            io.pipe = None
        for timer in (io.resize_timer, io.string_timer, io.sync_timer):
            if timer is not None:
                timer.cancel()
        io.resize_timer = io.string_timer = io.sync_timer = None

    def _hang_up(self, process: PaneProcess) -> None:
        self._loop.remove_reader(process.fileno())
        self._loop.remove_writer(process.fileno())
        process.close()

    def _show_dead(self, pane: Pane) -> None:
        pane.dead = True
        pane.dead_time = time.time()
        self._server.notify("pane-died", pane=pane, window=pane.window)
        from tmuxish.emulator.modes import CURSOR
        from tmuxish.server.last_words import draw_last_line  # it can draw formats, which few servers must

        draw_last_line(self._server, pane)
        pane.emulator.modes &= ~CURSOR
        self._server.clients.redraw_window(pane.window)

    def remove(self, pane: Pane) -> None:
        """Take a pane out of its window; the window goes with its last pane."""
        window = pane.window
        self._server.windows.unzoom(window)
        self._server.windows.remove_pane(pane)
        if not window.panes:
            self._server.windows.kill(window)
        else:
            self._server.clients.redraw_window(window)

    def forget(self, pane: Pane) -> None:
        """Last step of a pane's life: hang up its program, drop its live half."""
        if pane.modes:
            self._server.pane_modes.forget(pane)
        self._release(pane)
        pane.emulator.history.clear()  # what still refers to the pane may do so for long
        self._io.pop(pane.id, None)
        self._model.panes.pop(pane.id, None)
        self._model.unmark(pane)

    def kill(self, pane: Pane) -> None:
        """kill-pane: the pane goes, and its window with its last pane."""
        if len(pane.window.panes) == 1:
            self._server.windows.kill(pane.window)
        else:
            self.remove(pane)

    def respawn(self, pane: Pane, winlink: Winlink, request: Spawn) -> None:
        """Start a program again in a pane. Raises CommandError if one runs and `kill` is not set."""
        if self.process_of(pane) is not None and not request.kill:
            index = pane.window.pane_index(pane)
            raise CommandError(f"pane {request.session.name}:{winlink.index}.{index} still active")
        self._release(pane)
        pane.revive()
        if pane.modes:
            self._server.pane_modes.leave_all(pane)
        pane.emulator.reinitialise()
        apply_policy(pane.emulator, pane.options, self._model)
        self.start(pane, request)

    def shutdown(self) -> None:
        """The server ends: hang up every program."""
        for pane in list(self._model.panes.values()):
            self.forget(pane)
