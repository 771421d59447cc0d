"""What a client sends and what it does with the answers, against a server made of a script."""

from __future__ import annotations

import errno
import os
import shlex
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from compat_tests.client.support import CLIENT, Connection, Server, finish, kill, wait_for_state
from tmuxish.cli import diagnosis, tmux
from tmuxish.cli.arguments import Failure, parse
from tmuxish.wire import foreign, frames, unix_socket


def received_by(server: Server, *argv: str, **how: object) -> frames.Command:
    """The command a client sends."""
    commands: list[frames.Command] = []

    def script(connection: Connection) -> None:
        commands.append(connection.command())
        connection.exit()

    assert server.serve(script, *argv, **how)[0] == 0
    return commands[0]


def test_output_errors_and_status(server: Server) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        connection.send(frames.STDOUT, b"one\n")
        connection.send(frames.STDERR, b"oops\n")
        connection.send(frames.STDOUT, b"two \xff\n")
        connection.exit(3)

    assert server.serve(script, "ls") == (3, b"one\ntwo \xff\n", b"oops\n")


def test_the_message_of_an_exit_is_an_error_text(server: Server) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        connection.exit(1, b"access not allowed")

    assert server.serve(script, "ls") == (1, b"", b"access not allowed\n")


def test_much_output_in_small_pieces(server: Server) -> None:
    data = bytes(range(256)) * 4096

    def script(connection: Connection) -> None:
        connection.command()
        stream = b"".join(frames.encode_stream(frames.STDOUT, data)) + frames.encode(frames.EXIT, b"\0")
        for start in range(0, len(stream), 30011):
            connection.send_raw(stream[start : start + 30011])

    client = server.start("capture-pane")
    thread = threading.Thread(target=lambda: script(server.accept()))
    thread.start()
    assert finish(client) == (0, data, b"")
    thread.join()


def test_the_command_as_it_was_given(server: Server, tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff\xfe")
    command = received_by(server, "send-keys", "-l", odd, "", "é", cwd=str(tmp_path))
    assert command.argv == [b"send-keys", b"-l", b"\xff\xfe", b"", "é".encode()]
    assert command.cwd == os.fsencode(tmp_path)
    assert (command.tmux, command.pane, command.tty) == (b"", b"", b"")


def test_where_it_comes_from(server: Server) -> None:
    command = received_by(server, "ls", env={"TMUX": "/x,1,2", "TMUX_PANE": "%7"})
    assert (command.tmux, command.pane) == (b"/x,1,2", b"%7")


@pytest.mark.parametrize("is_same", [True, False])
def test_pwd_is_kept_if_it_is_this_directory(server: Server, tmp_path: Path, is_same: bool) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real" if is_same else "/usr")
    command = received_by(server, "ls", cwd=str(tmp_path / "real"), env={"PWD": str(tmp_path / "link")})
    assert command.cwd == os.fsencode(tmp_path / ("link" if is_same else "real"))


@pytest.mark.parametrize(
    ("argv", "env", "utf8"),
    [
        ([], {"LANG": "C"}, False),
        ([], {"LANG": "de_DE.UTF-8"}, True),
        ([], {"LANG": "de_DE.utf8"}, True),
        ([], {"LANG": "C.UTF-8", "LC_ALL": "C"}, False),
        ([], {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ([], {"LANG": "C.UTF-8", "LC_ALL": "", "LC_CTYPE": ""}, True),
        (["-u"], {"LANG": "C"}, True),
        ([], {"LANG": "C", "TMUX": ""}, True),
    ],
)
def test_when_output_may_be_utf8(server: Server, argv: list[str], env: dict[str, str], utf8: bool) -> None:
    assert bool(received_by(server, *argv, "ls", env=env).flags & frames.FLAG_UTF8) is utf8


@pytest.mark.parametrize(
    ("argv", "flag"), [(["-l", "ls"], frames.FLAG_LOGIN), (["-N", "ls"], frames.FLAG_NO_START)]
)
def test_flags_travel(server: Server, argv: list[str], flag: int) -> None:
    assert received_by(server, *argv).flags & flag


def test_identity_is_given_when_asked_for(server: Server) -> None:
    identities: list[frames.Identity] = []

    def script(connection: Connection) -> None:
        connection.command()
        connection.send(frames.IDENTIFY_REQUEST)
        identities.append(frames.unpack_identify(connection.expect(frames.IDENTIFY)))
        connection.exit()

    client = server.start("-2", "-T", "RGB", "new", env={"TERM": "xterm-256color", "ODD": "a=b\udcff"})
    script(server.accept())
    assert finish(client)[0] == 0
    identity = identities[0]
    assert identity.pid == client.pid
    assert identity.size == (0, 0, 0, 0)
    assert (identity.term, identity.tty, identity.features) == (b"xterm-256color", b"", b"256,RGB")
    assert b"ODD=a=b\xff" in identity.environ


@pytest.mark.parametrize(
    "locale",
    [{}, {"LANG": "C"}, {"LC_CTYPE": "POSIX"}, {"LC_CTYPE": "C.UTF-8"}, {"LC_ALL": "C"}, {"LANG": "C.UTF-8"}],
    ids=str,
)
def test_pythons_own_change_to_the_environment_is_undone(server: Server, locale: dict[str, str]) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        connection.send(frames.IDENTIFY_REQUEST)
        identity = frames.unpack_identify(connection.expect(frames.IDENTIFY))
        entries = dict(os.fsdecode(entry).split("=", 1) for entry in identity.environ)
        found.update((name, text) for name, text in entries.items() if name.startswith(("LC_", "LANG")))
        connection.exit()

    found: dict[str, str] = {}
    server.environment = {name: text for name, text in server.environment.items() if name != "LANG"}
    server.serve(script, "new", env=locale)
    assert found == locale


@pytest.mark.parametrize(
    ("size", "answer"),
    [
        (16350, (0, b"", b"")),
        (16351, (1, b"", b"failed to send command\n")),
        (16366, (1, b"", b"failed to send command\n")),
        (16367, (1, b"", b"command too long\n")),
        (120000, (1, b"", b"command too long\n")),
    ],
)
def test_tmux_has_a_limit_for_arguments(server: Server, size: int, answer: tuple[int, bytes, bytes]) -> None:
    client = server.start("send-keys", "-l", "x" * size)
    if answer[0] == 0:
        connection = server.accept()
        assert len(connection.command().argv[2]) == size
        connection.exit()
    assert finish(client) == answer


# -- files -----------------------------------------------------------------------------------------------


def read_file(connection: Connection, path: bytes) -> tuple[bytes, int]:
    """A file read through the client: its bytes and an errno."""
    connection.send(frames.READ, frames.pack_string(path))
    data = b""
    while True:
        kind, payload = connection.receive()
        if kind == frames.DATA_END:
            return data, frames.unpack_number(payload)
        assert kind == frames.DATA
        data += payload


def test_reading_files(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 200_000)
    results: list[tuple[bytes, int]] = []

    def script(connection: Connection) -> None:
        connection.command()
        for name in ("file", "missing", "."):
            results.append(read_file(connection, os.fsencode(tmp_path / name)))
        connection.exit()

    assert server.serve(script, "load-buffer") == (0, b"", b"")
    assert results == [(b"x" * 200_000, 0), (b"", errno.ENOENT), (b"", errno.EIO)]


def test_standard_input_is_read_once(server: Server) -> None:
    client = server.start("load-buffer", stdin=subprocess.PIPE)
    connection = server.accept()
    connection.command()
    assert client.stdin is not None
    client.stdin.write(b"a\nb")
    client.stdin.close()
    client.stdin = None
    assert read_file(connection, b"-") == (b"a\nb", 0)
    assert read_file(connection, b"-") == (b"", errno.EBADF)
    connection.exit()
    assert finish(client) == (0, b"", b"")


def test_standard_input_is_left_alone_unless_asked_for(server: Server) -> None:
    read, write = os.pipe()
    try:
        os.write(write, b"for somebody else")
        received_by(server, "ls", stdin=read)
        assert os.read(read, 100) == b"for somebody else"
    finally:
        os.close(read)
        os.close(write)


def test_a_server_may_stop_waiting_for_input(server: Server) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        connection.send(frames.READ, frames.pack_string(b"-"))
        connection.exit(1)

    read, write = os.pipe()
    try:
        assert server.serve(script, "load-buffer", stdin=read) == (1, b"", b"")
    finally:
        os.close(read)
        os.close(write)


def test_writing_files(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "out"
    data = os.urandom(frames.CHUNK * 2 + 5)
    errors: list[int] = []

    def write(connection: Connection, path: bytes, data: bytes, append: bool = False) -> None:
        connection.send_raw(b"".join(frames.encode_write(path, data, append=append)))
        errors.append(frames.unpack_number(connection.expect(frames.WRITE_DONE)))

    def script(connection: Connection) -> None:
        connection.command()
        write(connection, os.fsencode(target), b"old")
        write(connection, os.fsencode(target), data)
        write(connection, os.fsencode(target), b"more", append=True)
        write(connection, os.fsencode(tmp_path / "no" / "such"), data)
        write(connection, b"-", b"shown")
        write(connection, b"-", b"again")
        connection.exit()

    assert server.serve(script, "save-buffer") == (0, b"shown", b"")
    assert target.read_bytes() == data + b"more"
    assert target.stat().st_mode & 0o777 == 0o644
    assert errors == [0, 0, 0, errno.ENOENT, 0, errno.EBADF]


def test_a_full_device_is_reported(server: Server) -> None:
    errors: list[int] = []

    def script(connection: Connection) -> None:
        connection.command()
        connection.send_raw(b"".join(frames.encode_write(b"/dev/full", b"x" * (frames.CHUNK + 1))))
        errors.append(frames.unpack_number(connection.expect(frames.WRITE_DONE)))
        connection.exit()

    server.serve(script, "save-buffer")
    assert errors == [errno.ENOSPC]


# -- streams, signals, shells ------------------------------------------------------------------------------


def test_a_reader_that_has_gone_away_is_no_error(server: Server) -> None:
    client = server.start("ls")
    connection = server.accept()
    connection.command()
    assert client.stdout is not None
    client.stdout.close()
    client.stdout = None
    connection.send(frames.STDOUT, b"x" * 100_000)
    connection.exit()
    assert client.wait(10) == 0


def test_a_slow_reader_behind_a_pipe_that_does_not_block(server: Server) -> None:
    """As callers leave it who share their end with an event loop: nothing of a megabyte is lost."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    script = f'exec {shlex.join(CLIENT)} -S "{server.path}" show-buffer'
    with subprocess.Popen(["sh", "-c", script], env=server.environment, stdout=writer) as client:
        os.close(writer)
        connection = server.accept()
        connection.command()
        data = bytes(range(256)) * 4096
        sent = b"".join(frames.encode_stream(frames.STDOUT, data)) + frames.encode(frames.EXIT, b"\0")
        sender = threading.Thread(target=connection.send_raw, args=(sent,))
        sender.start()
        wait_for_state(client.pid, "S")
        with open(reader, "rb") as end:
            assert end.read() == data
        sender.join()
        assert client.wait(10) == 0


def test_closed_standard_streams(server: Server) -> None:
    script = f'exec {shlex.join(CLIENT)} -S "{server.path}" ls <&- >&- 2>&-'
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(["sh", "-c", script], env=env) as client:
        connection = server.accept()
        connection.command()
        connection.send(frames.STDOUT, b"not for the socket")
        connection.exit(2)
        assert connection.receive() == (0, b"")
        assert client.wait(10) == 2


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, None), (signal.SIGQUIT, None)],
)
def test_signals_while_a_command_waits(server: Server, number: signal.Signals, status: int | None) -> None:
    """As with `tmux wait-for`: two signals end it with status 0, the keyboard's do nothing."""
    client = server.start("wait-for", "x")
    connection = server.accept()
    connection.command()
    kill(client.pid, number)
    if status is None:
        connection.send(frames.STDOUT, b"still here\n")
        connection.exit(5)
        assert finish(client) == (5, b"still here\n", b"")
    else:
        assert finish(client) == (status, b"", b"")


@pytest.mark.parametrize(("argv", "name"), [((), "sh"), (("-l",), "-sh")])
def test_a_shell_command_takes_the_clients_place(server: Server, argv: tuple[str, ...], name: str) -> None:
    def script(connection: Connection) -> None:
        command = connection.command()
        assert command.flags & frames.FLAG_SHELL
        assert command.argv == []
        connection.send(frames.SHELL, frames.pack_string(b"/bin/sh"))

    status, out, err = server.serve(script, *argv, "-c", "echo $0 $SHELL; exit 6")
    assert (status, out, err) == (6, f"{name} /bin/sh\n".encode(), b"")


def test_a_shell_that_is_not_there(server: Server) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        connection.send(frames.SHELL, frames.pack_string(b"/no/shell"))

    assert server.serve(script, "-c", "true") == (1, b"", b"/no/shell: No such file or directory\n")


# -- servers that are not ours, or gone ----------------------------------------------------------------------


def test_a_server_that_dies(server: Server) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        connection.send(frames.STDOUT, b"begun\n")

    assert server.serve(script, "ls") == (1, b"begun\n", b"server exited unexpectedly\n")


def test_a_server_that_dies_before_it_answers(server: Server) -> None:
    def script(connection: Connection) -> None:
        connection.command()
        server.close()

    assert server.serve(script, "ls") == (1, b"", b"server exited unexpectedly\n")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0\0\0\0", b""])
def test_a_server_that_is_none_of_tmuxs(server: Server, answer: bytes) -> None:
    client = server.start("ls")
    for _ in range(2):  # the command, then the probe
        connection = server.accept()
        connection.receive_raw(foreign.HEADER_SIZE)
        connection.send_raw(answer)
        connection.close()
    status, out, err = finish(client)
    assert (status, out) == (1, b"")
    assert err.startswith(b"the server on ")
    assert b"does not answer as tmux does" in err
    assert b"tmux -L NAME" in err


def test_a_real_server_is_named(server: Server) -> None:
    client = server.start("ls")
    server.accept().close()  # what tmux does with our first frame
    probed = server.accept()
    assert foreign.is_tmux_client(probed.receive_raw(foreign.HEADER_SIZE))
    probed.send_raw(foreign.version_answer()[:8] + b"\x08\0\0\0" + b"\x01\0\0\0")
    status, out, err = finish(client)
    assert (status, out) == (1, b"")
    assert err.startswith(b"a real tmux server is running on ")
    assert b"tmuxish doctor" in err


def test_the_real_one_is_recognised(tmp_path: Path) -> None:
    oracle = os.environ.get("TMUX_ORACLE")
    if not oracle:
        pytest.skip("TMUX_ORACLE names no real tmux")
    path = str(tmp_path / "s")
    subprocess.run([oracle, "-S", path, "-f", "/dev/null", "new", "-d", "sleep 60"], check=True)
    try:
        with pytest.raises(Failure, match="a real tmux server is running"):
            _converse(path)
        listed = subprocess.run([oracle, "-S", path, "ls"], capture_output=True, check=True)
        assert b"1 windows" in listed.stdout
    finally:
        subprocess.run([oracle, "-S", path, "kill-server"], check=True)


def _converse(path: str) -> int:
    command = frames.Command(0, b"/", b"", b"", b"", [b"ls"])
    connection = unix_socket.connect(path)
    try:
        return tmux.converse(connection, command, parse(["tmux", "ls"]), path)
    finally:
        connection.close()


def test_a_silent_server_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmux, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(diagnosis, "ANSWER_SECONDS", 0.05)
    with pytest.raises(Failure, match="does not answer as tmux does"):
        _converse(server.path)


def test_a_busy_server_of_ours_is_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmux, "PATIENCE_SECONDS", 0.05)

    def script() -> None:
        working = server.accept()
        probe = server.accept()
        probe.receive_raw(foreign.HEADER_SIZE)
        probe.send_raw(foreign.version_answer())
        working.exit(4)

    thread = threading.Thread(target=script)
    thread.start()
    assert _converse(server.path) == 4
    thread.join()
