"""Nothing that arrives on the socket or the command line hurts the server, and whoever sent it is told."""

from __future__ import annotations

import os
import random
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from tmuxish.wire import frames

IMSG_HEADER = struct.Struct("=IHHII")
IMSG_IDENTIFY_LONGFLAGS = 111
IMSG_VERSION = 12

ours_only = pytest.mark.skipif(is_foreign(), reason="about our own protocol")


@pytest.fixture
def running(tmux: Sandbox) -> Sandbox:
    """A server with one session on the default socket."""
    tmux.run("new-session", "-d", "-s", "a", "claude").ok()
    return tmux


def connect(tmux: Sandbox) -> socket.socket:
    peer = socket.socket(socket.AF_UNIX)
    peer.settimeout(10)
    peer.connect(str(tmux.socket_path()))
    return peer


def alive(tmux: Sandbox) -> bool:
    return tmux.run("has-session", "-t", "a").code == 0


def hung_up(peer: socket.socket) -> bool:
    """Whether the server closes the connection, whatever it says before."""
    try:
        while peer.recv(65536):
            pass
    except ConnectionResetError:
        return True
    return True


def command(*argv: str) -> bytes:
    """A COMMAND frame as our client sends it."""
    words = [os.fsencode(word) for word in argv]
    return frames.encode(frames.COMMAND, frames.pack_command(frames.Command(0, b"/", b"", b"", b"", words)))


def answer(peer: socket.socket) -> list[tuple[int, bytes]]:
    """All frames until the server closes."""
    decoder = frames.Decoder()
    received: list[tuple[int, bytes]] = []
    while data := peer.recv(65536):
        received += decoder.feed(data)
    return received


GARBAGE = {
    "random": random.Random(7).randbytes(4096),
    "zeros": bytes(4096),
    "ones": b"\xff" * 4096,
    "text": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
    "huge-length": struct.pack("!IB", 0x7FFFFFFF, frames.COMMAND),
    "largest-length": struct.pack("!IB", 0xFFFFFFFF, frames.COMMAND),
    "length-zero": struct.pack("!I", 0) * 10,
    "unknown-type": frames.encode(250, b"payload"),
    "wrong-direction": frames.encode(frames.STDOUT, b"text"),
    "keys-first": frames.encode(frames.KEYS, b"text"),
    "identify-first": frames.encode(frames.IDENTIFY),
    "command-twice": command("wait-for", "x") + command("ls"),
    "empty-command": frames.encode(frames.COMMAND),
    "short-command": frames.encode(frames.COMMAND, command("ls")[5:12]),
    "lying-string": frames.encode(frames.COMMAND, command("ls")[5:-6] + struct.pack("!I", 1 << 30)),
    "other-version": frames.encode(frames.COMMAND, b"\x7f" + command("ls")[6:]),
}


@ours_only
@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_on_the_socket_is_hung_up_on(running: Sandbox, data: bytes) -> None:
    with connect(running) as peer:
        peer.sendall(data)
        assert hung_up(peer)
    assert alive(running)


@ours_only
def test_half_a_frame_blocks_only_its_sender(running: Sandbox) -> None:
    whole = command("rename-session", "-t", "a", "b")
    with connect(running) as peer:
        peer.sendall(whole[:-3])
        assert alive(running)
    # Its sender has gone: the half is forgotten.
    assert alive(running)
    with connect(running) as peer:
        for index in range(len(whole)):
            peer.sendall(whole[index : index + 1])
        assert (frames.EXIT, frames.pack_exit(0, b"")) in answer(peer)
    assert running.run("has-session", "-t", "b").code == 0


@ours_only
def test_garbage_after_a_command_does_not_undo_it(running: Sandbox) -> None:
    with connect(running) as peer:
        peer.sendall(command("set-option", "-g", "@done", "yes") + b"\xff" * 100)
        assert hung_up(peer)
    assert running.run("show-options", "-gv", "@done").ok() == "yes\n"


@ours_only
def test_a_hundred_idle_connections_disturb_nobody(running: Sandbox) -> None:
    peers = [connect(running) for _ in range(100)]
    try:
        assert alive(running)
    finally:
        for peer in peers:
            peer.close()
    assert alive(running)
    assert running.run("list-clients").ok() == ""


@ours_only
def test_a_peer_that_never_reads_holds_up_nobody(running: Sandbox) -> None:
    running.run("load-buffer", "-b", "big", "-", stdin=b"x" * 4_000_000).ok()
    with connect(running) as peer:
        peer.sendall(command("show-buffer", "-b", "big"))
        assert alive(running)
        assert alive(running)
    assert alive(running)


@ours_only
def test_random_frames_never_end_the_server(running: Sandbox) -> None:
    chance = random.Random(11)
    for _ in range(100):
        with connect(running) as peer:
            kinds = [chance.choice([*range(12), 64, 70, 200]) for _ in range(chance.randrange(1, 4))]
            data = b"".join(frames.encode(kind, chance.randbytes(chance.randrange(40))) for kind in kinds)
            peer.sendall(data)
            peer.shutdown(socket.SHUT_WR)
            assert hung_up(peer)
    assert alive(running)


@ours_only
def test_a_real_tmux_client_is_told_in_its_own_protocol(running: Sandbox) -> None:
    hello = IMSG_HEADER.pack(IMSG_IDENTIFY_LONGFLAGS, IMSG_HEADER.size + 8, 0, 8, os.getpid()) + bytes(8)
    with connect(running) as peer:
        peer.sendall(hello)
        received = b""
        while data := peer.recv(4096):
            received += data
    kind, length, _flags, peer_id, _pid = IMSG_HEADER.unpack(received[: IMSG_HEADER.size])
    assert (kind, length) == (IMSG_VERSION, IMSG_HEADER.size)
    assert peer_id & 0xFF != 8
    assert alive(running)


@ours_only
def test_a_real_tmux_client_ends_at_once(running: Sandbox, oracle: Sandbox) -> None:
    for argv in (["ls"], ["new-session", "-d", "-s", "x"], ["attach"]):
        result = oracle.run("-S", str(running.socket_path()), *argv, timeout=10)
        assert result.code == 1
        assert "protocol version mismatch" in result.err
    assert alive(running)


@ours_only
def test_a_real_tmux_server_on_the_socket_is_named(tmux: Sandbox, oracle: Sandbox) -> None:
    oracle.run("new-session", "-d", "-s", "real").ok()
    path = str(oracle.socket_path())
    for argv in (["ls"], ["new-session", "-d", "-s", "x"], ["has-session", "-t", "real"]):
        result = tmux.run("-S", path, *argv, timeout=20)
        assert (result.code, result.out) == (1, "")
        assert path in result.err
        assert "tmux" in result.err
        assert "Traceback" not in result.err
    assert oracle.run("list-sessions", "-F", "#S").ok() == "real\n"


# Our client, with less patience for servers that say nothing.
IMPATIENT = """\
import sys
from tmuxish.cli import diagnosis, tmux
tmux.PATIENCE_SECONDS = diagnosis.ANSWER_SECONDS = 0.2
sys.argv[0] = "tmux"
tmux.main()
"""


@contextmanager
def foreign_server(tmux: Sandbox, says: bytes | None) -> Iterator[None]:
    """Somebody else's server on the default socket. It sends `says` and hangs up, or for None is silent."""
    path = tmux.socket_path()
    path.parent.mkdir(mode=0o700)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:  # closed at the end of the test
                return
            held.append(peer)
            if says is not None:
                peer.recv(65536)
                peer.sendall(says)
                peer.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for peer in held:
            peer.close()


@pytest.mark.parametrize(
    "says",
    [b"", b"220 ready\r\n", bytes(64), b"\xff" * 64, IMSG_HEADER.pack(IMSG_VERSION, 16, 0, 3, 1), None],
    ids=["hangs-up", "talks", "zeros", "ones", "another-tmux", "silent"],
)
def test_a_foreign_server_on_the_socket_is_an_error(tmux: Sandbox, says: bytes | None) -> None:
    if says is None:
        if is_foreign():
            pytest.skip("real tmux waits for ever")
        tmux.command = [sys.executable, "-c", IMPATIENT]
    with foreign_server(tmux, says):
        result = tmux.run("has-session", "-t", "a", timeout=20)
        assert (result.code, result.out) == (1, "")
        assert result.err.strip()
        assert "Traceback" not in result.err


BAD_CALLS = {
    "unknown-command": (["nonsense"], "unknown command: nonsense"),
    "unknown-flag": (["list-sessions", "-Z"], "command list-sessions: unknown flag -Z"),
    "missing-value": (["list-sessions", "-F"], "command list-sessions: -F expects an argument"),
    "missing-operand": (["rename-session"], "command rename-session: too few arguments (need at least 1)"),
    "operand-too-many": (["kill-server", "x"], "command kill-server: too many arguments (need at most 0)"),
    "bad-session": (["kill-session", "-t", "x"], "can't find session: x"),
    "bad-window": (["kill-window", "-t", "a:7"], "can't find window: 7"),
    "bad-pane": (["kill-pane", "-t", "a:0.7"], "can't find pane: 7"),
    "bad-number": (["send-keys", "-N", "0", "x"], "repeat count too small"),
    "bad-option": (["set-option", "-g", "nonsense", "1"], "invalid option: nonsense"),
    "bad-value": (["set-option", "-g", "status", "perhaps"], "unknown value: perhaps"),
    "bad-layout": (["select-layout", "ffff,80x24"], "invalid layout: ffff,80x24"),
}


@pytest.mark.parametrize(("argv", "text"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_a_bad_call_gets_its_text_and_status_1(running: Sandbox, argv: list[str], text: str) -> None:
    result = running.run(*argv)
    assert (result.code, result.out, result.err) == (1, "", f"{text}\n")
    assert alive(running)


@pytest.mark.parametrize(
    "argv", [["set-buffer"], ["send-keys", "-l"], ["rename-window"], ["display-message", "-p"]]
)
def test_a_mebibyte_of_arguments_is_refused(running: Sandbox, argv: list[str]) -> None:
    # One argument may hold 128 KiB on Linux.
    result = running.run(*argv, *["x" * 100_000] * 11)
    assert (result.code, result.out, result.err) == (1, "", "command too long\n")
    assert alive(running)


@ours_only
def test_a_mebibyte_argument_on_the_socket_is_served_or_refused(running: Sandbox) -> None:
    with connect(running) as peer:
        peer.sendall(command("set-buffer", "-b", "big", "x" * (1 << 20)))
        kinds = [kind for kind, _ in answer(peer)]
        assert kinds[-1] == frames.EXIT
    assert alive(running)


def test_a_long_line_in_a_file_is_read(running: Sandbox) -> None:
    text = "y" * (1 << 20)
    path = running.work / "long.conf"
    path.write_text(f"set-buffer -b long '{text}'\n")
    running.run("source-file", str(path)).ok()
    assert len(running.run("show-buffer", "-b", "long").ok()) == 1 << 20


@pytest.mark.parametrize(
    "word",
    ["\udcff\udcfe", "\x01\x7f", "é日本", "a\tb\nc", "%%", "#{", "#[", "{", "}", "'", '"', "\\", "$", "~"],
)
def test_odd_bytes_in_names_are_taken_or_refused(running: Sandbox, word: str) -> None:
    for argv in (
        ["new-session", "-d", "-s", word, "exec sleep 60"],
        ["rename-window", "-t", "a", word],
        ["set-option", "-g", "@odd", word],
        ["set-environment", "-g", "ODD", word],
        ["display-message", "-p", word],
        ["send-keys", "-t", "a", "-l", word],
        ["select-pane", "-t", "a", "-T", word],
        ["has-session", "-t", word],
        ["set-buffer", "-b", word, word],
        ["run-shell", "-b", word],
    ):
        result = running.run(*argv)
        assert result.code in (0, 1), argv
        assert "Traceback" not in result.err
    for argv in (["list-sessions"], ["list-windows", "-a"], ["list-buffers"], ["show-environment", "-g"]):
        running.run(*argv).ok()
    assert alive(running)


RANDOM_COMMANDS = """
new-window split-window select-pane resize-pane select-layout rename-window send-keys display-message
set-option show-options capture-pane list-panes swap kill-pane
"""
RANDOM_WORDS = """
-t a -t a:0 -p -d -x 10 -y -1 -L -U 5 tiled -F #{pane_id}
-S - -E 0 -l 50% -h -v -Z -e -J { } @x -g status
"""


def test_random_calls_never_end_the_server(running: Sandbox) -> None:
    """Random words in random order, twenty commands to a call so that it stays quick."""
    chance = random.Random(5)
    names, words = RANDOM_COMMANDS.split(), [*RANDOM_WORDS.split(), ""]
    lines = []
    for _ in range(300):
        line = [
            chance.choice(names),
            *(chance.choice(words) for _ in range(chance.randrange(6))),
        ]
        lines.append(" ".join(f"'{word}'" for word in line))
    for start in range(0, len(lines), 20):
        path = running.work / f"random{start}.conf"
        path.write_text("\n".join(lines[start : start + 20]) + "\n")
        running.run("new-session", "-A", "-d", "-s", "a", "exec sleep 60")
        result = running.run("source-file", str(path))
        assert result.code in (0, 1)
        assert "Traceback" not in result.err
    wait_until(lambda: running.run("new-session", "-d", "-s", "last").code == 0, "a call after all of it")


@ours_only
@pytest.mark.parametrize("delay", ["nan", "inf", "-inf", "soon"])
def test_a_delay_that_is_no_time_is_refused(tmux: Sandbox, delay: str) -> None:
    """`nan` once made the server spin for ever; tmux waits for ever on `inf`."""
    tmux.run("new-session", "-d").ok()
    result = tmux.run("run-shell", "-d", delay, "true")
    assert (result.code, result.err) == (1, f"invalid delay time: {delay}\n")
