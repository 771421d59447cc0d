"""Starting a server: which calls do, what the daemon keeps and lets go of, -D, -N, -f, -v."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from tmuxish.server.startup import may_start
from tmuxish.wire import frames

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
ours_only = pytest.mark.skipif(is_foreign(), reason="about our own process")


@pytest.mark.parametrize(
    ("argv", "starts"),
    [
        ([], True),
        (["new-session", "-d"], True),
        (["new", "-d"], True),
        (["new-s", "-d"], True),
        (["attach"], True),
        (["a"], True),
        (["start"], True),
        (["start-server"], True),
        (["list-keys"], True),
        (["lscm"], True),
        (["set", "-g", "@a", "b", ";", "new", "-d"], True),
        (["ls;", "start"], True),
        (["has-session"], False),
        (["ls"], False),
        (["kill-server"], False),
        (["n"], False),  # ambiguous
        (["new-session", "-Z"], False),  # what does not parse starts nothing
        (["new", "-d", ";", "no-such-command"], False),
        (["send-keys", "new-session"], False),
        ([""], False),
    ],
)
def test_which_commands_start_a_server(argv: list[str], starts: bool) -> None:
    if may_start(argv) is not starts and argv and argv[0] in ("list-keys", "lscm"):
        pytest.skip(f"{argv[0]} is not there yet")
    assert may_start(argv) is starts


def test_a_default_alias_is_understood() -> None:
    assert may_start(["new", "-d", ";", "split-pane"])


@pytest.mark.parametrize(
    "argv", [["has-session"], ["ls"], ["kill-server"], ["new", "-Z"], ["-N", "new", "-d"]]
)
def test_what_must_not_start_one(tmux: Sandbox, argv: list[str]) -> None:
    done = tmux.run(*argv)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"no server running on {tmux.socket_path()}\n" or is_foreign()
    assert not list(tmux.processes())


def test_nothing_but_the_socket_is_left_in_the_folder(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d").ok()
    assert os.listdir(tmux.socket_path().parent) == ["default"]


def test_the_sockets_mode(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d").ok()
    tmux.run("-S", str(tmux.work / "s"), "new-session", "-d").ok()
    assert stat.S_IMODE(tmux.socket_path().stat().st_mode) == 0o660
    assert stat.S_IMODE((tmux.work / "s").stat().st_mode) == 0o600


@ours_only
def test_a_place_without_a_folder_is_an_error(tmux: Sandbox) -> None:
    """tmux says the same and exits with 0; here what was not done is a failure."""
    path = tmux.work / "missing" / "s"
    done = tmux.run("-S", str(path), "new-session", "-d")
    assert (done.code, done.out) == (1, "")
    assert done.err == f"error creating {path} (No such file or directory)\n"


@needs_proc
def test_the_daemon_lets_go_of_everything_of_its_caller(tmux: Sandbox) -> None:
    """Its terminal and group, pipes, and descriptors that a script left open, a lock for example."""
    lock = tmux.work / "lock"
    callers_session = tmux.shell(f"exec 7>{lock} 8<{tmux.work}; tmux new-session -d && ps -o sid= -p $$").ok()
    pid = tmux.server_pid()
    targets = [os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    assert not [target for target in targets if str(tmux.work) in target]
    for stream in (0, 1, 2):
        assert os.readlink(f"/proc/{pid}/fd/{stream}") == "/dev/null"
    facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    session, terminal = int(facts[3]), int(facts[4])
    assert terminal == 0
    assert session != int(callers_session)


@needs_proc
@ours_only
def test_the_daemon_is_called_tmux(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d").ok()
    assert Path(f"/proc/{tmux.server_pid()}/comm").read_text() == "tmux: server\n"


@needs_proc
def test_the_daemon_outlives_its_callers_process_group(tmux: Sandbox) -> None:
    with tmux.popen("new-session", "-d", ";", "wait-for", "never") as client:
        tmux.until("1 windows", "list-sessions")
        server = tmux.server_pid()
        os.killpg(client.pid, signal.SIGKILL)
        client.wait()
    assert tmux.server_pid() == server


OVERTAKEN = """
import os, subprocess, sys
from tmuxish.cli import tmux
wait = os.waitpid
def overtaken(pid, flags):
    os.waitpid = wait
    done = wait(pid, flags)
    subprocess.run([sys.executable, "-m", "tmuxish", "has-session"], stderr=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "tmuxish", "has-session"], stderr=subprocess.DEVNULL)
    return done
os.waitpid = overtaken
tmux.main()
"""


@ours_only
def test_a_client_that_overtakes_the_starter_does_not_end_the_new_server(tmux: Sandbox) -> None:
    """It comes and goes while there is no session yet; the starter is still on its way from its fork."""
    done = subprocess.run(
        [sys.executable, "-c", OVERTAKEN, "new-session", "-d", "-s", "first"],
        cwd=Path(__file__).parents[2],
        env=tmux.environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert tmux.run("list-sessions", "-F", "#S").ok() == "first\n"


def test_the_servers_environment_is_the_starters(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", env={"FIRST": "1", "LANG": None, "LC_ALL": None}).ok()
    tmux.run("new-session", "-d", env={"SECOND": "2"}).ok()
    shown = tmux.run("show-environment", "-g").ok().splitlines()
    assert "FIRST=1" in shown
    assert not [line for line in shown if line.startswith(("SECOND", "LC_CTYPE", "PYTHON"))]


def test_configuration_files(tmux: Sandbox) -> None:
    for name in ("one", "two"):
        (tmux.work / name).write_text(f"set -g @{name} yes\n")
    (tmux.home / ".tmux.conf").write_text("set -g @home yes\n")
    tmux.run("-f", "one", "-f", str(tmux.work / "two"), "new-session", "-d").ok()
    assert tmux.run("display", "-p", "#{@one} #{@two} #{@home}").ok() == "yes yes \n"
    tmux.run("-L", "other", "new-session", "-d").ok()
    assert tmux.run("-L", "other", "display", "-p", "#{@home}").ok() == "yes\n"


def test_a_server_in_the_foreground(tmux: Sandbox) -> None:
    """-D stays without sessions, answers, and ends with kill-server; its exit status is 0."""
    with tmux.popen("-D") as server:
        tmux.until("off", "show-options", "-s", "exit-empty")
        assert tmux.server_pid() == server.pid
        tmux.run("new-session", "-d").ok()
        tmux.run("kill-session").ok()
        assert tmux.server_pid() == server.pid
        tmux.run("kill-server").ok()
        assert server.wait(10) == 0


def test_a_second_foreground_server_is_only_a_client(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d").ok()
    pid = tmux.server_pid()
    done = tmux.run("-D")
    assert (done.code, done.err) == (1, "open terminal failed: not a terminal\n")
    assert tmux.server_pid() == pid


def test_logs(tmux: Sandbox) -> None:
    tmux.run("-v", "new-session", "-d").ok()
    pid = tmux.server_pid()
    names = sorted(path.name for path in tmux.work.glob("*.log"))
    assert len(names) == 2
    assert names[0].startswith("tmux-client-")
    assert names[1] == f"tmux-server-{pid}.log"
    assert "version 3.7c, socket" in (tmux.work / names[0]).read_text()


def test_starting_works_without_a_log_folder(tmux: Sandbox) -> None:
    done = subprocess.run(
        [*tmux.command, "-v", "new-session", "-d"],
        cwd="/proc" if os.path.isdir("/proc") else "/dev",
        env=tmux.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_shell_command_starts_a_server_that_does_not_stay(tmux: Sandbox) -> None:
    assert tmux.run("-c", "echo $0 $SHELL").ok() == "sh /bin/sh\n"
    wait_until(lambda: not list(tmux.processes()), "the end of a server without sessions")


@ours_only
@needs_proc
def test_a_client_of_another_user_is_turned_away(tmux: Sandbox) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can be another user")
    path = tmux.work / "s"
    tmux.run("-S", str(path), "new-session", "-d").ok()
    for folder in (tmux.root, tmux.work):
        folder.chmod(0o755)
    path.chmod(0o666)
    # Imported before: the other user may not be able to read this Python.
    program = "import os; from tmuxish.cli.tmux import main; os.setuid(12345); main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "-S", str(path), "list-sessions"],
        env={**tmux.environment(), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "access not allowed\n")
    assert tmux.run("-S", str(path), "list-sessions").code == 0


@ours_only
@pytest.mark.parametrize("last", ["kill-server", "kill-session"])
def test_who_calls_after_the_last_client_was_let_go_finds_no_server(tmux: Sandbox, last: str) -> None:
    """As fast as that may be: the caller here needs no process, and does not wait for the first one's end."""
    tmux.run("new-session", "-d").ok()
    path = str(tmux.socket_path())
    command = frames.Command(0, b"/", b"", b"", b"", [last.encode()])
    decoder, kinds = frames.Decoder(), []
    with socket.socket(socket.AF_UNIX) as first, socket.socket(socket.AF_UNIX) as second:
        first.connect(path)
        first.sendall(frames.encode(frames.COMMAND, frames.pack_command(command)))
        while frames.EXIT not in kinds:
            kinds += [kind for kind, _ in decoder.feed(first.recv(4096))]
        with pytest.raises(ConnectionRefusedError):
            second.connect(path)
