"""An attached client on a real pty, relaying for a server made of a script."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Iterator

import pytest

from compat_tests.client.support import CLIENT, ENVIRONMENT, PATIENCE, Connection, Server, wait_for_state
from compat_tests.pty.support import Host
from tmuxish.cli.attach import REPORT_SIZE
from tmuxish.pty.base import ExitStatus, PaneProcess
from tmuxish.wire import frames

LFLAG = 3


class Attached:
    """A client on a pty and the server's end of its connection."""

    def __init__(self, host: Host, server: Server, *argv: str, **changes: object) -> None:
        self._host = host
        command = [*CLIENT, "-S", server.path, *(argv or ("attach",))]
        self.process: PaneProcess = host.spawn(*command, env=ENVIRONMENT, **changes)
        self.connection: Connection = server.accept()
        self.command = self.connection.command()

    def attach(self) -> tuple[int, int, int, int]:
        """Goes raw; the size that the client reports then."""
        self.connection.send(frames.ATTACH)
        return frames.unpack_size(self.connection.expect(frames.RESIZE))

    def mode(self) -> int:
        """The terminal's local flags."""
        return int(termios.tcgetattr(self.process.fileno())[LFLAG])

    def screen(self, until: str | None = None) -> str:
        """What the terminal shows until that text, or the end."""
        return self._host.output(self.process, until)

    def detach(self, kind: int, message: bytes = b"", status: int = 0, **more: bytes) -> None:
        self.connection.send(frames.DETACHED, frames.pack_detached(kind, message, status, **more))

    def ended(self) -> ExitStatus:
        self._host.reaper.wait(self.process.pid)
        assert self.process.exit_status is not None
        return self.process.exit_status


@pytest.fixture
def host() -> Iterator[Host]:
    running = Host()
    yield running
    running.reaper.kill_all()


@pytest.fixture
def attached(host: Host, server: Server) -> Attached:
    return Attached(host, server)


def test_the_terminal_is_named_and_measured(host: Host, server: Server) -> None:
    client = Attached(host, server, cols=101, rows=33)
    assert client.command.flags & frames.FLAG_STDIN_TTY
    assert client.command.tty == client.process.tty.encode()
    client.connection.send(frames.IDENTIFY_REQUEST)
    identity = frames.unpack_identify(client.connection.expect(frames.IDENTIFY))
    assert identity.size == (101, 33, 0, 0)
    assert identity.tty == client.command.tty
    assert identity.control_chars[termios.VINTR] == 3
    assert client.attach() == (101, 33, 0, 0)


def test_a_terminal_without_a_size_says_so(host: Host, server: Server) -> None:
    assert Attached(host, server, cols=0, rows=0).attach() == (0, 0, 0, 0)


def test_keys_arrive_unchanged(attached: Attached) -> None:
    attached.attach()
    keys = bytes(range(256)) + b"\x1b[200~a\rb\x1b[201~\x1b[A\x02d\x03\x1a\x11\x13"
    for start in range(0, len(keys), 50):
        attached.process.write(keys[start : start + 50])
    seen = b""
    while len(seen) < len(keys):
        seen += attached.connection.expect(frames.KEYS)
    assert seen == keys


def test_keys_typed_before_attaching_are_not_lost(attached: Attached) -> None:
    attached.process.write(b"early")
    attached.attach()
    assert attached.connection.expect(frames.KEYS) == b"early"


def test_output_arrives_unchanged_and_is_acknowledged(attached: Attached) -> None:
    attached.attach()
    data = b"\x1b[2J\nline\r\n\xe2\x82\xac" * 3000
    for frame in frames.encode_stream(frames.OUTPUT, data):
        attached.connection.send_raw(frame)
    seen = b""
    while len(seen) < len(data):
        select.select([attached.process], [], [], PATIENCE)
        seen += attached.process.read(65536) or b""
    assert seen == data
    shown = 0
    while shown + REPORT_SIZE <= len(data):
        shown += frames.unpack_number(attached.connection.expect(frames.DRAINED))
    assert shown <= len(data)


def test_what_little_was_shown_is_acknowledged_with_what_follows(attached: Attached) -> None:
    attached.attach()
    little, much = b"x" * (REPORT_SIZE - 1), b"y"
    for data in (little, much):
        attached.connection.send(frames.OUTPUT, data)
        seen = b""
        while len(seen) < len(data):
            select.select([attached.process], [], [], PATIENCE)
            seen += attached.process.read(65536) or b""
        if data == little:
            attached.process.write(b"k")
            assert attached.connection.expect(frames.KEYS) == b"k"  # and nothing before it
    assert frames.unpack_number(attached.connection.expect(frames.DRAINED)) == REPORT_SIZE


def test_a_terminal_left_to_the_server_is_read_no_more(attached: Attached) -> None:
    attached.attach()
    attached.connection.send_raw(frames.encode(frames.OUTPUT, b"before") + frames.encode(frames.LEAVE))
    assert frames.unpack_number(attached.connection.expect(frames.DRAINED)) == len(b"before")
    assert attached.connection.receive() == (frames.LEFT, b"")
    attached.process.write(b"key")
    terminal = os.open(attached.process.tty, os.O_RDWR | os.O_NOCTTY)
    try:
        attached.connection.send(frames.OUTPUT, b"after")
        # Little as it is, for the server waits for it before it writes.
        assert attached.connection.receive() == (frames.DRAINED, frames.pack_number(len(b"after")))
        assert os.read(terminal, 100) == b"key"
    finally:
        os.close(terminal)
    attached.detach(frames.DETACH)
    assert attached.screen() == "beforeafter[detached]\n"
    assert attached.ended() == ExitStatus(0)


def test_keys_read_before_leaving_are_sent_first(attached: Attached) -> None:
    attached.attach()
    attached.process.write(b"key")
    assert attached.connection.expect(frames.KEYS) == b"key"
    attached.connection.send(frames.LEAVE)
    assert attached.connection.receive() == (frames.LEFT, b"")


def test_terminated_it_waits_for_a_server_that_still_writes(attached: Attached) -> None:
    attached.attach()
    attached.connection.send(frames.LEAVE)
    attached.connection.expect(frames.LEFT)
    os.kill(attached.process.pid, signal.SIGTERM)
    attached.connection.expect(frames.EXITING)
    terminal = os.open(attached.process.tty, os.O_RDWR | os.O_NOCTTY)
    os.write(terminal, b"last")
    os.close(terminal)
    assert not attached.mode() & termios.ECHO, "not yet the user's"
    attached.connection.close()
    screen = attached.screen()
    assert screen.startswith("last")
    assert screen.endswith("[terminated]\n")
    assert attached.mode() & termios.ECHO


def test_frames_that_come_along_with_attach_are_seen(attached: Attached) -> None:
    attached.connection.send_raw(
        frames.encode(frames.ATTACH)
        + frames.encode(frames.OUTPUT, b"first\r\n")
        + frames.encode(frames.DETACHED, frames.pack_detached(frames.DETACH, b"a"))
    )
    assert attached.screen() == "first\n[detached (from session a)]\n"
    assert attached.ended() == ExitStatus(0)


def test_a_new_size_is_told(attached: Attached) -> None:
    attached.attach()
    attached.process.resize(90, 30, 900, 600)
    assert frames.unpack_size(attached.connection.expect(frames.RESIZE)) == (90, 30, 900, 600)


@pytest.mark.parametrize(
    ("kind", "message", "status", "text", "code"),
    [
        (frames.DETACH, b"a", 0, "[detached (from session a)]\n", 0),
        (frames.DETACH, b"", 0, "[detached]\n", 0),
        (frames.DETACH_EXITED, b"", 0, "[exited]\n", 0),
        (frames.DETACH_EXITED, b"", 3, "[exited]\n", 3),
        (frames.DETACH_SERVER_EXITED, b"", 0, "[server exited]\n", 1),
        (frames.DETACH_MESSAGE, b"too late", 0, "[too late]\n", 0),
    ],
)
def test_closing_lines(
    attached: Attached, kind: int, message: bytes, status: int, text: str, code: int
) -> None:
    before = attached.mode()
    attached.attach()
    assert not attached.mode() & termios.ECHO
    attached.detach(kind, message, status)
    assert attached.screen() == text
    assert attached.ended() == ExitStatus(code)
    assert attached.mode() == before


def test_exit_ends_an_attached_client_too(attached: Attached) -> None:
    attached.attach()
    attached.connection.exit(2)
    assert attached.screen() == "[exited]\n"
    assert attached.ended() == ExitStatus(2)


def test_detaching_into_another_command(attached: Attached) -> None:
    attached.attach()
    attached.detach(
        frames.DETACH_EXEC, command=b"echo $0 $SHELL; stty -a | grep -ow icanon; exit 9", shell=b"/bin/sh"
    )
    assert attached.screen() == "sh /bin/sh\nicanon\n"
    assert attached.ended() == ExitStatus(9)


def test_detaching_with_a_hangup_for_the_parent(host: Host, server: Server) -> None:
    client = " ".join([*CLIENT, "-S", server.path, "attach"])
    shell = host.spawn(f"trap 'echo parent hung up' HUP; {client}; echo status $?", env=ENVIRONMENT)
    connection = server.accept()
    connection.command()
    connection.send(frames.ATTACH)
    connection.send(frames.DETACHED, frames.pack_detached(frames.DETACH_KILL, b"a"))
    text = host.output(shell)
    assert "[detached and SIGHUP (from session a)]\n" in text
    assert "parent hung up\n" in text
    assert "status 0\n" in text


def test_a_server_that_vanishes_leaves_a_usable_terminal(attached: Attached) -> None:
    before = attached.mode()
    attached.attach()
    attached.connection.send(frames.OUTPUT, b"\x1b[?1049h\x1b[?1000hscreen")
    attached.screen("screen")
    attached.connection.close()
    text = attached.screen()
    assert text.endswith("[server exited unexpectedly]\n")
    for sequence in ("\x1b[?1049l", "\x1b[?1000l", "\x1b[?2004l", "\x1b[?25h"):
        assert sequence in text
    assert attached.ended() == ExitStatus(1)
    assert attached.mode() == before


def test_garbage_from_the_server_ends_it_cleanly(attached: Attached) -> None:
    before = attached.mode()
    attached.attach()
    attached.connection.send_raw(b"\xff" * 100)
    assert attached.screen().endswith("[server exited unexpectedly]\n")
    assert attached.ended() == ExitStatus(1)
    assert attached.mode() == before


def test_termination(attached: Attached) -> None:
    before = attached.mode()
    attached.attach()
    attached.process.kill(signal.SIGTERM)
    assert attached.connection.expect(frames.EXITING) == b"\1"
    assert attached.screen().endswith("[terminated]\n")
    assert attached.ended() == ExitStatus(1)
    assert attached.mode() == before


def test_a_terminal_that_is_closed(attached: Attached) -> None:
    attached.attach()
    attached.process.close()
    assert attached.connection.expect(frames.EXITING) == b"\1"
    assert attached.ended() == ExitStatus(1)


def test_keyboard_signals_do_nothing(attached: Attached) -> None:
    attached.attach()
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
        attached.process.kill(number)
    attached.process.write(b"x")
    assert attached.connection.expect(frames.KEYS) == b"x"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_suspending_and_coming_back(attached: Attached) -> None:
    before = attached.mode()
    attached.attach()
    attached.connection.send(frames.OUTPUT, b"bye")
    attached.connection.send(frames.SUSPEND)
    assert attached.screen("bye") == "bye"
    # An orphaned process group cannot be stopped by SIGTSTP, so it just comes back.
    attached.connection.expect(frames.WAKEUP)
    assert attached.mode() != before
    os.kill(attached.process.pid, signal.SIGSTOP)
    wait_for_state(attached.process.pid, "T")
    os.kill(attached.process.pid, signal.SIGCONT)
    attached.connection.expect(frames.WAKEUP)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_shell_sees_the_client_stop(host: Host, server: Server) -> None:
    """With job control, as in real life: the shell takes over, `fg` brings the client back."""
    shell = host.spawn(shell="/bin/bash", env={**ENVIRONMENT, "PS1": "$ "})
    shell.write((" ".join([*CLIENT, "-S", server.path, "attach"]) + "\n").encode())
    connection = server.accept()
    connection.command()
    connection.send(frames.ATTACH)
    connection.expect(frames.RESIZE)
    connection.send(frames.SUSPEND)
    host.output(shell, "Stopped")
    shell.write(b"echo $((40 + 2)); fg\n")
    host.output(shell, "42")
    connection.expect(frames.WAKEUP)
    shell.write(b"x")
    assert connection.expect(frames.KEYS) == b"x"
    connection.send(frames.DETACHED, frames.pack_detached(frames.DETACH, b"a"))
    host.output(shell, "[detached (from session a)]")


def test_locking(attached: Attached) -> None:
    attached.attach()
    attached.connection.send(frames.LOCK, frames.pack_string(b"stty -a | grep -ow icanon; echo locked"))
    attached.connection.expect(frames.UNLOCK)
    assert attached.screen("locked").startswith("icanon\n")
    assert not attached.mode() & termios.ICANON


def test_a_slow_terminal_stops_the_reading_of_output(attached: Attached) -> None:
    """The client holds a bounded amount; keys and sizes still get through."""
    attached.attach()
    sent = 0
    blocked = threading.Event()

    def flood() -> None:
        nonlocal sent
        try:
            while True:
                attached.connection.send(frames.OUTPUT, b"x" * frames.CHUNK)
                sent += frames.CHUNK
        except OSError:
            blocked.set()  # timed out, or the client has gone

    attached.connection.patience(0.3)
    thread = threading.Thread(target=flood)
    thread.start()
    assert blocked.wait(PATIENCE)
    thread.join()
    assert sent < 2 << 20
    attached.connection.patience(PATIENCE)
    attached.process.write(b"k")
    assert attached.connection.expect(frames.KEYS) == b"k"


def test_a_terminal_that_takes_nothing_does_not_hold_the_client(attached: Attached) -> None:
    before = attached.mode()
    attached.attach()
    attached.connection.send(frames.OUTPUT, b"x" * 60000)
    attached.detach(frames.DETACH, b"a")
    deadline = time.monotonic() + PATIENCE
    while attached.mode() != before:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    # Nobody has read anything so far; what did not fit is lost, the closing line is not.
    text = attached.screen()
    assert text.endswith("[detached (from session a)]\n")
    assert text.count("x") < 60000
    assert attached.ended() == ExitStatus(0)


def test_standard_input_stays_blocking_for_the_shell(host: Host, server: Server) -> None:
    """Also if the client is killed: it never touches the shell's own open file."""
    client = " ".join([*CLIENT, "-S", server.path, "attach"])
    shell = host.spawn(f"{client}; grep flags /proc/self/fdinfo/0", env=ENVIRONMENT)
    connection = server.accept()
    connection.command()
    connection.send(frames.IDENTIFY_REQUEST)
    pid = frames.unpack_identify(connection.expect(frames.IDENTIFY)).pid
    connection.send(frames.ATTACH)
    connection.expect(frames.RESIZE)
    os.kill(pid, signal.SIGKILL)
    text = host.output(shell)
    flags = int(text.split("flags:")[1].split()[0], 8)
    assert not flags & os.O_NONBLOCK


def test_not_a_terminal(server: Server) -> None:
    """The server decides on what the client tells; were it to attach all the same, the client says no."""

    def script(connection: Connection) -> None:
        assert not connection.command().flags & frames.FLAG_STDIN_TTY
        connection.send(frames.ATTACH)

    status, out, err = server.serve(script, "attach")
    assert (status, out) == (1, b"")
    assert err.startswith(b"open terminal failed: ")


def test_what_fails_after_the_terminal_was_opened_is_printed_when_it_is_given_back(
    attached: Attached,
) -> None:
    """As tmux: the message alone, no closing line, status 1."""
    before = attached.mode()
    attached.attach()
    attached.connection.send(frames.STDERR, b"create window failed: fork failed\n")
    attached.connection.send(frames.EXIT, frames.pack_exit(1))
    assert attached.screen().endswith("create window failed: fork failed\n")
    assert attached.ended() == ExitStatus(1)
    assert attached.mode() == before
