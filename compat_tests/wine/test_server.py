"""Client and server on Windows: one server per name, its pipe and registration, and what happens when either
side is killed, hangs, lies or does not read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from compat_tests.clients.sandbox import wait_until
from compat_tests.wine.harness import Wine, windows_path
from compat_tests.wine.sandbox import Popen, WindowsSandbox

pytestmark = pytest.mark.wine

SERVER_LINE = "startup_windows"
RACERS = 8
COMPANION = ("-c", "from tmuxish.cli.tmuxish import main; main()")

# What scripts of the tests below begin with: they are clients, or pretend to be servers.
PRELUDE = """\
import _winapi, os, sys, time
from tmuxish.wire import frames, handshake, pipe_names, pipe_socket
path = pipe_names.socket_path(None, None, None)[0]
def command(*argv):
    words = [os.fsencode(word) for word in argv]
    packed = frames.pack_command(frames.Command(frames.FLAG_UTF8, b"C:/", b"", b"", b"", words))
    return frames.encode(frames.COMMAND, packed)
def stranger():
    return pipe_socket.PipeConnection(pipe_socket._open(pipe_names.pipe_name(path)))
def say(text):
    print(text, flush=True)
"""

PRETEND = """\
pipe = _winapi.CreateNamedPipe(pipe_names.pipe_name(path), 3 | 0x40000000, 0, 255, 4096, 4096, 0, 0)
say("up")
connected = _winapi.ConnectNamedPipe(pipe, overlapped=True)
connected.GetOverlappedResult(True)
connection = pipe_socket.PipeConnection(pipe)
heard = connection.recv(65536)
connection.sendall(bytes(handshake.CHALLENGE_SIZE))
heard += connection.recv(65536)
say(len(heard))
"""


def sleeper(windows: WindowsSandbox) -> list[str]:
    """A pane's program that stays."""
    return ["--", windows_path(windows.wine.python), "-c", "import time; time.sleep(600)"]


def start_server(windows: WindowsSandbox, *globals_: str) -> None:
    windows.run("-f", "NUL", *globals_, "new-session", "-d", "-s", "main", *sleeper(windows)).ok()


@pytest.fixture(scope="module")
def served(wine: Wine) -> Iterator[WindowsSandbox]:
    """A world with a server that the tests leave as it is."""
    with WindowsSandbox(wine) as sandbox:
        start_server(sandbox)
        yield sandbox


def servers(windows: WindowsSandbox) -> list[str]:
    return [line for line in windows.command_lines() if SERVER_LINE in line]


def files(windows: WindowsSandbox) -> list[str]:
    folder = windows.local / "tmuxish"
    return sorted(file.suffix for file in folder.iterdir()) if folder.exists() else []


@contextmanager
def script(windows: WindowsSandbox, code: str) -> Iterator[Popen]:
    """A script that has said "up"."""
    call = windows.popen("-c", PRELUDE + code, command=[windows_path(windows.wine.python)])
    try:
        assert call.stdout is not None
        assert call.stdout.readline().strip() == b"up"
        yield call
    finally:
        call.kill()
        call.wait()


def said(call: Popen) -> str:
    assert call.stdout is not None
    return call.stdout.readline().decode().strip()


def test_one_server_however_many_start(windows: WindowsSandbox) -> None:
    names = [f"s{number}" for number in range(RACERS)]
    calls = [windows.start("-f", "NUL", "new-session", "-d", "-s", name, *sleeper(windows)) for name in names]
    results = [call.result() for call in calls]
    assert [(result.code, result.err) for result in results] == [(0, "")] * RACERS
    assert sorted(windows.run("list-sessions", "-F", "#{session_name}").ok().split()) == names
    assert len(servers(windows)) == 1
    assert files(windows) == [".server"]
    windows.run("kill-server").ok()
    wait_until(lambda: not servers(windows), "the server's end")
    assert files(windows) == []


def test_without_a_server_there_is_an_error_and_no_file(windows: WindowsSandbox) -> None:
    local = windows_path(windows.local).replace("\\", "/")
    for argv, path in [
        (("has-session",), f"{local}/tmuxish/default"),
        (("-L", "work", "list-sessions"), f"{local}/tmuxish/work"),
        (("-S", r"C:\a\..\b c\sock", "kill-server"), "C:/b c/sock"),
    ]:
        done = windows.run(*argv)
        assert (done.code, done.out, done.err) == (1, "", f"no server running on {path}\n")
    assert files(windows) == []


def test_names_paths_and_tmux_lead_to_the_same_server(windows: WindowsSandbox) -> None:
    place = windows_path(windows.root / "any where" / "sock")
    start_server(windows, "-S", place)
    path = place.replace("\\", "/")
    value = windows.run("-S", place, "display-message", "-p", "#{socket_path},#{pid},#{session_id}").ok()
    assert value.startswith(path + ",")
    tmux = value.strip().replace("$", "")
    assert windows.run("list-sessions", "-F", "#{session_name}", env={"TMUX": tmux}).ok() == "main\n"
    assert windows.run("-S", path.upper(), "has-session", "-t", "main").code == 0
    assert windows.run("-L", "default", "has-session", env={"TMUX": tmux}).code == 1
    assert windows.run("-S", path, "kill-server").code == 0


def test_a_killed_server_leaves_nothing_behind(windows: WindowsSandbox) -> None:
    start_server(windows)
    waiting = windows.start("wait-for", "never")
    windows.until("wait-for never", "show-messages")
    pid = windows.server_pid()
    windows.end(pid)
    done = waiting.result()
    assert (done.code, done.err) == (1, "server exited unexpectedly\n")
    assert files(windows) == []
    assert windows.run("has-session").code == 1
    start_server(windows)
    assert windows.server_pid() != pid


def test_a_killed_client_costs_nobody_else_anything(served: WindowsSandbox) -> None:
    code = 'c = pipe_socket.connect(path); c.sendall(command("wait-for", "x")); say("up"); c.recv(9)'
    with script(served, code):
        assert served.run("has-session").code == 0
    assert served.run("wait-for", "-S", "x").code == 0
    assert served.run("list-sessions", "-F", "#{session_name}").ok() == "main\n"


def test_half_a_frame_and_half_a_handshake_are_forgotten(served: WindowsSandbox) -> None:
    code = """
c = pipe_socket.connect(path); c.sendall(command('kill-server')[:-3]); c.close()
c = pipe_socket.connect(path); c.sendall(bytes((255,)) * 100); say(c.recv(1)); c.close()
c = stranger(); c.close()
c = stranger(); c.sendall(b'tmxP'); c.close()
"""
    assert served.python("-c", PRELUDE + code).ok().strip() == "b''"
    assert served.run("has-session").code == 0


def test_a_client_without_the_secret_is_hung_up_on(served: WindowsSandbox) -> None:
    code = """
c = stranger()
try:
    pipe_socket._introduce(c, bytes(32))
except handshake.HandshakeError:
    c.sendall(bytes(handshake.MAC_SIZE) + command("kill-server"))
    say(c.recv(100))
"""
    assert served.python("-c", PRELUDE + code).ok().strip() == "b''"
    assert served.run("has-session").code == 0


def test_silent_connections_do_not_keep_others_out(served: WindowsSandbox) -> None:
    code = """
silent = [stranger() for _ in range(20)]
say("up")
time.sleep(60)
"""
    with script(served, code):
        assert served.run("has-session").code == 0


def test_a_pipe_of_the_same_name_learns_nothing(windows: WindowsSandbox) -> None:
    path = windows_path(windows.local).replace("\\", "/") + "/tmuxish/default"
    held = f"another program holds the pipe of {path}\n"
    with script(windows, PRETEND):
        done = windows.run("new-session", "-d", "-s", "private")
        assert (done.code, done.out, done.err.splitlines(True)[0]) == (1, "", held)


def test_a_pipe_in_the_place_of_a_server_that_is_gone_learns_nothing(windows: WindowsSandbox) -> None:
    """A loss of power has left the registration."""
    leave = """
os.makedirs(pipe_names.state_folder(), exist_ok=True)
with open(pipe_names.registration_file(path), "wb") as file:
    file.write(pipe_names.Registration(path, 1, bytes(32)).pack())
"""
    with script(windows, leave + PRETEND) as pretender:
        done = windows.run("new-session", "-d", "-s", "private")
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("another program holds the pipe of ")
        assert said(pretender) == "20", "more than magic and nonce was heard"


def test_who_holds_the_pipe_and_is_silent_is_not_waited_for_long(windows: WindowsSandbox) -> None:
    code = """
os.makedirs(pipe_names.state_folder(), exist_ok=True)
with open(pipe_names.registration_file(path), "wb") as file:
    file.write(pipe_names.Registration(path, 1, bytes(32)).pack())
pipe = _winapi.CreateNamedPipe(pipe_names.pipe_name(path), 3 | 0x40000000, 0, 255, 4096, 4096, 0, 0)
pipe_socket.HANDSHAKE_SECONDS = 0.2
try:
    pipe_socket.connect(path)
except pipe_names.SocketError as error:
    say(error.args[0])
"""
    said = windows.python("-c", PRELUDE + code).ok().strip()
    assert said.startswith("the server on ")
    assert said.endswith("/tmuxish/default does not answer")


def test_a_second_pipe_of_the_name_is_refused_with_a_sentence(windows: WindowsSandbox) -> None:
    """Wine lets a second program make the pipe; Windows does not."""
    code = """
from tmuxish.wire import pipe_listener
def refused(*_):
    raise PermissionError(13, "Permission denied")
pipe_listener.PipeListener._new_instance = refused
try:
    pipe_listener.PipeListener(path, say)
except pipe_names.SocketError as error:
    say(error.args[0])
"""
    said = windows.python("-c", PRELUDE + code).ok().strip()
    assert said.startswith("another program holds the pipe of ")
    assert files(windows) == []


def test_a_client_that_reads_slowly_gets_everything_and_holds_up_nobody(served: WindowsSandbox) -> None:
    code = """
c = pipe_socket.connect(path)
c.sendall(command(*["list-keys", ";"] * 39, "list-keys"))
say("up")
sys.stdin.readline()
decoder, shown = frames.Decoder(), b""
while data := c.recv(4096):
    for kind, payload in decoder.feed(data):
        if kind == frames.STDOUT:
            shown += payload
        elif kind == frames.EXIT:
            say(len(shown))
"""
    with script(served, code) as slow:
        once = served.run("list-keys").ok()
        assert served.run("has-session").code == 0
        assert slow.stdin is not None
        slow.stdin.write(b"\n")
        slow.stdin.flush()
        assert int(said(slow)) == 40 * len(once.replace("\r\n", "\n").encode())


def test_a_connection_that_does_not_block_is_watched_like_a_channel(served: WindowsSandbox) -> None:
    code = """
from tmuxish.channels import EVENT_READ, ChannelSelector
c = pipe_socket.connect(path)
c.settimeout(0.01)
try:
    c.recv(10)  # leaves a read under way
except TimeoutError:
    say("late")
c.setblocking(False)
selector = ChannelSelector()
selector.register(c, EVENT_READ)
data = command("display-message", "-p", "x" * 5000)
while data:
    data = data[c.send(data):]
decoder, done = frames.Decoder(), False
while not done:
    selector.select(10)
    for kind, payload in decoder.feed(c.recv(100)):
        say((kind == frames.EXIT, len(payload)))
        done = kind == frames.EXIT
c.close()
"""
    lines = served.python("-c", PRELUDE + code).ok().splitlines()
    assert lines == ["late", "(False, 5001)", "(True, 1)"]


def test_the_servers_last_answer_arrives(windows: WindowsSandbox) -> None:
    start_server(windows)
    done = windows.run("list-keys", ";", "kill-server")
    assert done.code == 0
    assert len(done.out) > 10_000
    assert windows.run("kill-server").code == 1


def test_a_job_that_ends_with_the_caller_takes_no_server_along(windows: WindowsSandbox) -> None:
    windows.start("-f", "NUL", "new-session", "-d", "-s", "main", *sleeper(windows), job=True).result().ok()
    assert windows.run("has-session", "-t", "main").code == 0


def test_a_server_in_the_foreground_serves_until_it_is_told_to_end(windows: WindowsSandbox) -> None:
    call = windows.start("-D", "-f", "NUL")
    wait_until(lambda: windows.run("show-options", "-s", "exit-empty").code == 0, "the server")
    windows.run("has-session")
    assert windows.run("show-options", "-sv", "exit-empty").ok() == "off\n"
    windows.run("kill-server").ok()
    assert call.result().code == 0


def test_a_virtual_environment_starts_the_real_python_for_the_server(windows: WindowsSandbox) -> None:
    """Its own python.exe would be a process more, and end the server with itself."""
    scripts = windows.root / "my venv" / "Scripts"
    scripts.mkdir(parents=True)
    (scripts.parent / "pyvenv.cfg").write_text(f"home = {windows_path(windows.wine.python.parent)}\n")
    code = f"""
import sys
from tmuxish.cli import tmux
sys._base_executable, sys.executable = sys.executable, {windows_path(scripts / "python.exe")!r}
sys.argv = ["tmux", "-f", "NUL", "new-session", "-d", "-s", "main", *{sleeper(windows)!r}]
tmux.main()
"""
    windows.python("-c", code).ok()
    assert windows_path(windows.wine.python) in servers(windows)[0]
    assert windows.run("show-environment", "-g", "__PYVENV_LAUNCHER__").code == 1
    assert windows.run("has-session", "-t", "main").code == 0


def test_a_server_that_cannot_be_had_says_why(windows: WindowsSandbox) -> None:
    done = windows.run("new-session", "-d", env={"LOCALAPPDATA": None, "USERPROFILE": None})
    assert (done.code, done.err.splitlines()) == (
        1,
        ["no suitable socket path", "set LOCALAPPDATA to a directory of your own"],
    )
    (windows.local / "tmuxish").write_text("a file in the folder's place")
    done = windows.run("new-session", "-d")
    assert done.code == 1
    assert done.err.startswith("error creating ")


def test_only_the_user_may_use_the_server(served: WindowsSandbox) -> None:
    for argv in (("-l",), ("-a", "somebody")):
        done = served.run("server-access", *argv)
        assert (done.code, done.out) == (1, "")
        assert "only the user who runs the server" in done.err


def test_the_companion_lists_all_servers(windows: WindowsSandbox) -> None:
    start_server(windows, "-L", "work")
    start_server(windows, "-S", "C:/any where")
    listed = windows.python(*COMPANION, "ls").ok().splitlines()
    assert [line for line in listed if not line.startswith(" ")] == ["C:/any where", "work"]
    for name in ("-Lwork", "-SC:/any where"):
        windows.run(name, "kill-server").ok()
    assert windows.python(*COMPANION, "ls").ok().strip() == "no servers are running"
