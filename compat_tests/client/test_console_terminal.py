"""A client attached to a Windows console, which is a script here: modes, keys, sizes, output, ends."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from tmuxish.channels import ByteChannel
from tmuxish.cli import attach, events_windows, terminal_windows
from tmuxish.cli.arguments import Arguments, Failure
from tmuxish.cli.console_input import Key, Mouse, Record
from tmuxish.cli.requests import Peer
from tmuxish.cli.terminal_base import HUNG_UP, RESIZED
from tmuxish.cli.terminal_windows import (
    COOKED,
    EXTENDED_FLAGS,
    MOUSE_INPUT,
    QUICK_EDIT,
    VIRTUAL_TERMINAL_INPUT,
    VIRTUAL_TERMINAL_PROCESSING,
    WINDOW_INPUT,
    Terminal,
    TerminalError,
)
from tmuxish.wire import frames

# What consoles are found with: a line editor that echoes, selection by mouse; output without sequences.
FOUND_INPUT, FOUND_OUTPUT = COOKED | QUICK_EDIT | 0x120, 0x03
PATIENCE = 10.0


class FakeConsole:
    """A console that knows the modes of `known`, and reports what tests put into `reports`."""

    def __init__(self, unknown: int = 0) -> None:
        self.input_mode, self.output_mode = FOUND_INPUT, FOUND_OUTPUT
        self.unknown = unknown
        self.written = ""
        self.columns, self.rows = 80, 25
        self.reports: queue.Queue[tuple[list[Record], bool] | OSError | None] = queue.Queue()
        self.gone = False
        self.closed = False

    def modes(self) -> tuple[int, int]:
        return self.input_mode, self.output_mode

    def set_input_mode(self, mode: int) -> None:
        self._check(mode)
        self.input_mode = mode

    def set_output_mode(self, mode: int) -> None:
        self._check(mode << 16)
        self.output_mode = mode

    def _check(self, mode: int) -> None:
        if mode & self.unknown:
            raise OSError("the parameter is incorrect")

    def size(self) -> tuple[int, int]:
        return self.columns, self.rows

    def read(self) -> tuple[list[Record], bool] | None:
        report = self.reports.get(timeout=PATIENCE)
        if isinstance(report, OSError):
            raise report
        return report

    def interrupt(self) -> None:
        self.reports.put(None)

    def write(self, text: str) -> None:
        if self.gone:
            raise OSError("the handle is invalid")
        self.written += text

    def close(self) -> None:
        self.closed = True


def keys(text: str) -> tuple[list[Record], bool]:
    return [Key(True, 0, ord(char)) for char in text], False


@pytest.fixture
def console() -> FakeConsole:
    return FakeConsole()


@pytest.fixture
def terminal(console: FakeConsole) -> Iterator[Terminal]:
    made = Terminal("", console)
    yield made
    made.restore()
    made.close()


def read(terminal: Terminal) -> bytes:
    readable, _ = events_windows.wait([terminal], [], PATIENCE)
    assert readable == [terminal]
    data = terminal.read(1000)
    assert data is not None
    return data


# -- the terminal ----------------------------------------------------------------------------------------


def test_modes_are_those_of_a_terminal_until_they_are_put_back(console: FakeConsole) -> None:
    terminal = Terminal("", console)
    assert (console.input_mode, console.output_mode) == (FOUND_INPUT, FOUND_OUTPUT)
    terminal.enter_raw()
    assert not console.input_mode & COOKED
    assert console.input_mode & VIRTUAL_TERMINAL_INPUT
    assert console.input_mode & WINDOW_INPUT
    assert console.output_mode & VIRTUAL_TERMINAL_PROCESSING
    terminal.restore()
    assert console.input_mode == FOUND_INPUT | EXTENDED_FLAGS
    assert console.output_mode == FOUND_OUTPUT
    terminal.close()
    assert console.closed


def test_a_console_without_escape_sequences_is_refused() -> None:
    console = FakeConsole(unknown=VIRTUAL_TERMINAL_PROCESSING << 16)
    with pytest.raises(TerminalError, match="does not understand escape sequences"):
        Terminal("", console)
    assert console.closed
    assert console.output_mode == FOUND_OUTPUT


def test_modes_that_older_consoles_lack_are_done_without() -> None:
    console = FakeConsole(unknown=VIRTUAL_TERMINAL_INPUT | terminal_windows.NO_AUTO_RETURN << 16)
    terminal = Terminal("", console)
    terminal.enter_raw()
    assert not console.input_mode & (COOKED | VIRTUAL_TERMINAL_INPUT)
    assert console.output_mode & VIRTUAL_TERMINAL_PROCESSING
    terminal.restore()
    terminal.close()


def test_without_a_console_there_is_no_terminal() -> None:
    with pytest.raises(TerminalError, match="not a terminal"):
        Terminal("")
    assert terminal_windows.size(0) == (0, 0, 0, 0)


def test_keys_are_read_as_bytes(console: FakeConsole, terminal: Terminal) -> None:
    terminal.enter_raw()
    assert terminal.read(10) is None
    console.reports.put(keys("é\x1b[A"))
    assert read(terminal) == "é\x1b[A".encode()
    console.reports.put(OSError("the handle is invalid"))
    assert read(terminal) == b""


def test_a_terminal_given_back_for_a_while_is_read_again(console: FakeConsole, terminal: Terminal) -> None:
    terminal.enter_raw()
    terminal.restore()
    console.reports.put(keys("for somebody else"))
    console.reports.get()
    terminal.enter_raw()
    console.reports.put(keys("ours"))
    assert read(terminal) == b"ours"


def test_output_may_be_cut_within_a_character(console: FakeConsole, terminal: Terminal) -> None:
    for byte in "a€😀".encode():
        assert terminal.write(bytes((byte,))) == 1
    assert console.written == "a€😀"
    terminal.write(b"\xff!")
    assert console.written.endswith("\N{REPLACEMENT CHARACTER}!")


def test_a_long_output_is_written_in_parts(console: FakeConsole, terminal: Terminal) -> None:
    data = b"x" * (terminal_windows.WRITE_SIZE + 5)
    assert terminal.write(data) == terminal_windows.WRITE_SIZE


def test_a_console_that_is_gone_takes_nothing(console: FakeConsole, terminal: Terminal) -> None:
    console.gone = True
    assert terminal.write(b"x") is None


def test_selection_by_mouse_is_the_users_until_the_mouse_is_asked_for(
    console: FakeConsole, terminal: Terminal
) -> None:
    terminal.enter_raw()
    assert console.input_mode & QUICK_EDIT
    console.reports.put(([Mouse(0, 0, 1), Mouse(0, 0, 0), Key(True, 0, ord("k"))], False))
    assert read(terminal) == b"k"
    terminal.write(b"\x1b[?1000h\x1b[?1006h")
    assert console.input_mode & (QUICK_EDIT | MOUSE_INPUT) == MOUSE_INPUT
    console.reports.put(([Mouse(9, 4, 1)], False))
    assert read(terminal) == b"\x1b[<0;10;5M"
    terminal.write(b"\x1b[?1000l")
    assert console.input_mode & (QUICK_EDIT | MOUSE_INPUT) == QUICK_EDIT


# -- what happens from outside ---------------------------------------------------------------------------


def test_another_size_is_told_as_an_event(console: FakeConsole, terminal: Terminal) -> None:
    signals = terminal.signals()
    terminal.enter_raw()
    console.columns = 100
    console.reports.put(([], True))
    assert events_windows.wait([signals], [], PATIENCE) == ([signals], [])
    assert signals.read() == {RESIZED}
    assert signals.read() == set()
    assert terminal.size() == (100, 25, 0, 0)
    assert events_windows.wait([signals], [], 0) == ([], [])


@pytest.mark.parametrize("kind", [events_windows.CTRL_CLOSE, events_windows.CTRL_LOGOFF])
def test_the_end_of_the_console_waits_for_the_client(kind: int, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tmuxish.cli.events_windows.time.sleep", waited.append)
    signals = events_windows.Signals(HUNG_UP)
    assert signals.control_event(kind)
    assert signals.read() == {HUNG_UP}
    assert waited == [events_windows.CLOSE_SECONDS]


def test_the_keys_that_interrupt_do_not_end_a_client() -> None:
    signals = events_windows.Signals(HUNG_UP, RESIZED)
    assert signals.control_event(events_windows.CTRL_C)
    assert signals.control_event(events_windows.CTRL_BREAK)
    assert signals.read() == set()


def test_waiting_is_for_what_was_asked_and_for_both_directions() -> None:
    one, other = ByteChannel(), ByteChannel()
    assert events_windows.wait([one, other], [], 0) == ([], [])
    assert events_windows.wait([one], [one, other], 0) == ([], [one, other])
    one.put(b"x")
    assert events_windows.wait([one, other], [other], 0) == ([one], [other])
    one.close()
    other.close()


# -- the relay -------------------------------------------------------------------------------------------


class ServerEnd(ByteChannel):
    """A connection whose other end tests play."""

    def __init__(self) -> None:
        super().__init__()
        self._decoder = frames.Decoder()
        self._received: list[tuple[int, bytes]] = []

    def tell(self, kind: int, payload: bytes = b"") -> None:
        self.put(frames.encode(kind, payload))

    def expect(self, kind: int) -> bytes:
        """The next frame of that type; others before it are dropped."""
        while True:
            while self._received:
                got, payload = self._received.pop(0)
                if got == kind:
                    return payload
            data = self.take(1 << 20, PATIENCE)
            assert data, f"no frame {kind} came"
            self._received += self._decoder.feed(data)


class Attached:
    """A client's relay at work in a thread."""

    def __init__(self, console: FakeConsole) -> None:
        self.console = console
        self.server = ServerEnd()
        self.terminal = Terminal("", console)
        peer = Peer(self.server, frames.Decoder(), _command(), Arguments())  # type: ignore[arg-type]
        self.ending: list[attach.Ending] = []
        self._relay = attach.Relay(peer, self.terminal)  # type: ignore[arg-type]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.ending.append(self._relay.run([]))
        self.terminal.restore()

    def ended(self) -> attach.Ending:
        self._thread.join(PATIENCE)
        return self.ending[0]

    def shown(self, until: str) -> str:
        _wait_for(lambda: until in self.console.written)
        return self.console.written


def _command() -> frames.Command:
    return frames.Command(0, b"C:\\", b"", b"", b"", [])


def _wait_for(condition: Callable[[], bool]) -> None:
    ready = threading.Event()
    for _ in range(1000):
        if condition():
            return
        ready.wait(PATIENCE / 1000)
    raise AssertionError("it does not happen")


@pytest.fixture
def attached(console: FakeConsole, monkeypatch: pytest.MonkeyPatch) -> Iterator[Attached]:
    monkeypatch.setattr(attach, "terminal_module", terminal_windows)
    client = Attached(console)
    assert frames.unpack_size(client.server.expect(frames.RESIZE)) == (80, 25, 0, 0)
    yield client
    if not client.ending:
        client.server.end()
        client.ended()
    client.terminal.close()
    assert console.input_mode == FOUND_INPUT | EXTENDED_FLAGS
    assert console.output_mode == FOUND_OUTPUT


def test_keys_go_to_the_server_and_its_output_to_the_console(attached: Attached) -> None:
    attached.console.reports.put(keys("ls\r"))
    assert attached.server.expect(frames.KEYS) == b"ls\r"
    attached.server.tell(frames.OUTPUT, "€uro".encode() * 1000)
    assert frames.unpack_number(attached.server.expect(frames.DRAINED)) == 6000
    assert attached.console.written == "€uro" * 1000


def test_a_new_size_goes_to_the_server(attached: Attached) -> None:
    attached.console.columns, attached.console.rows = 132, 43
    attached.console.reports.put(([], True))
    assert frames.unpack_size(attached.server.expect(frames.RESIZE)) == (132, 43, 0, 0)


def test_a_detached_client_has_shown_everything(attached: Attached) -> None:
    attached.server.tell(frames.OUTPUT, b"x" * 100_000 + b"the end")
    attached.server.tell(frames.DETACHED, frames.pack_detached(frames.DETACH, b"main"))
    ending = attached.ended()
    assert (ending.status, ending.text) == (0, "detached (from session main)")
    assert attached.console.written.endswith("xthe end")


def test_a_server_that_vanishes_leaves_a_usable_console(attached: Attached) -> None:
    attached.server.end()
    ending = attached.ended()
    assert (ending.status, ending.text) == (1, "server exited unexpectedly")
    assert attached.console.written.endswith("\x1b[?1049l")


def test_a_console_that_is_closed_is_a_lost_terminal(
    attached: Attached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tmuxish.cli.events_windows.time.sleep", lambda _: None)
    signals = attached.terminal._signals
    assert signals is not None
    signals.control_event(events_windows.CTRL_CLOSE)
    assert attached.server.expect(frames.EXITING) == b"\x01"
    assert attached.ended().text == "lost tty"


def test_a_console_without_a_keyboard_is_a_lost_terminal(attached: Attached) -> None:
    attached.console.reports.put(OSError("the handle is invalid"))
    assert attached.server.expect(frames.EXITING) == b"\x01"
    assert attached.ended().text == "lost tty"


def test_a_lock_command_has_the_console_to_itself(
    attached: Attached, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    monkeypatch.setattr("tmuxish.cli.attach.os.system", lambda _: modes.append(attached.console.input_mode))
    attached.server.tell(frames.LOCK, frames.pack_string(b"lock"))
    attached.server.expect(frames.UNLOCK)
    assert modes == [FOUND_INPUT | EXTENDED_FLAGS]
    attached.console.reports.put(keys("again"))
    assert attached.server.expect(frames.KEYS) == b"again"


def test_no_console_at_all_is_said_as_tmux_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attach, "terminal_module", terminal_windows)
    peer = Peer(ServerEnd(), frames.Decoder(), _command(), Arguments())  # type: ignore[arg-type]
    with pytest.raises(Failure) as failure:
        attach.relay(peer, [])
    assert failure.value.text == "open terminal failed: not a terminal\n"
