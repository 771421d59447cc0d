"""Nobody else gets at a server or its owner's files, wherever the socket lies."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from compat_tests.server.somebody import SOMEBODY, as_somebody, give_to_somebody, tmux_for_somebody


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_modes_do_not_depend_on_the_umask(tmux: Sandbox, umask: str) -> None:
    """The default folder is closed to all others; a socket elsewhere is itself."""
    elsewhere = tmux.root / "public" / "socket"
    elsewhere.parent.mkdir()
    elsewhere.parent.chmod(0o1777)
    for flags in ("", f"-S {elsewhere}"):
        assert tmux.shell(f"umask {umask}; tmux {flags} new-session -d 'exec claude'").code == 0
    assert mode(tmux.socket_path().parent) == 0o700
    assert mode(tmux.socket_path()) == 0o660
    assert mode(elsewhere) == 0o600
    # The umask itself is the caller's own business, and its panes'.
    assert tmux.run("run-shell", "umask").ok() == f"0{umask}\n"


def test_the_folder_may_not_be_a_link(tmux: Sandbox) -> None:
    other = tmux.root / "other"
    other.mkdir(mode=0o700)
    tmux.socket_path().parent.symlink_to(other)
    result = tmux.run("new-session", "-d")
    assert (result.code, result.err) == (1, f"{tmux.socket_path().parent} is not a directory\n")
    assert list(other.iterdir()) == []


def test_a_link_in_place_of_the_socket_is_replaced_not_followed(tmux: Sandbox) -> None:
    precious = tmux.root / "precious"
    precious.write_text("precious")
    precious.chmod(0o444)
    path = tmux.socket_path()
    path.parent.mkdir(mode=0o700)
    path.symlink_to(precious)
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    assert stat.S_ISSOCK(path.lstat().st_mode)
    assert (precious.read_text(), mode(precious)) == ("precious", 0o444)


@pytest.mark.skipif(is_foreign(), reason="real tmux follows it")
def test_the_lock_may_not_be_a_link(tmux: Sandbox) -> None:
    precious = tmux.root / "precious"
    path = tmux.root / "socket"
    Path(f"{path}.lock").symlink_to(precious)
    result = tmux.run("-S", str(path), "new-session", "-d")
    assert (result.code, result.err) == (1, f"error creating {path} (Too many levels of symbolic links)\n")
    assert not precious.exists()


@pytest.mark.skipif(is_foreign(), reason="real tmux follows it")
def test_what_has_taken_the_socket_s_place_is_left_alone(tmux: Sandbox) -> None:
    """The mode of the socket tells whether anybody is attached; no other file's mode may."""
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    precious = tmux.root / "precious"
    precious.touch(mode=0o600)
    path = tmux.socket_path()
    kept = path.rename(path.with_name("kept"))
    path.symlink_to(precious)
    argv = [*tmux.command, "-S", str(kept), "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        assert mode(precious) == 0o600


def test_the_socket_s_mode_tells_whether_anybody_is_attached(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "exec claude").ok()
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome")
        assert mode(tmux.socket_path()) == 0o770
        client.type(b"\x02d")
        client.wait()
    wait_until(lambda: mode(tmux.socket_path()) == 0o660, "the mode of before")


needs_somebody = pytest.mark.skipif(
    is_foreign() or tmux_for_somebody() is None, reason="needs our tmux, root and setpriv"
)


def open_to_all(tmux: Sandbox) -> Path:
    """A server whose socket anybody may connect to, as far as the file system is concerned."""
    tmux.root.chmod(0o755)
    path = tmux.root / "socket"
    tmux.run("-S", str(path), "new-session", "-d", "-s", "secret", "exec claude").ok()
    path.chmod(0o777)
    return path


@needs_somebody
@pytest.mark.parametrize(
    "argv",
    [["list-sessions"], ["kill-server"], ["run-shell", "id"], ["new-session", "-d"], ["send-keys", "x"]],
    ids=lambda argv: argv[0],
)
def test_another_user_is_turned_away(tmux: Sandbox, argv: list[str]) -> None:
    path = open_to_all(tmux)
    command = as_somebody(*(tmux_for_somebody() or ()), "-S", str(path), *argv)
    tmux.env["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run(command, capture_output=True, env=tmux.environment(), check=False, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"access not allowed\n")
    assert tmux.run("-S", str(path), "list-sessions", "-F", "#S").ok() == "secret\n"


@needs_somebody
def test_another_user_cannot_reach_the_default_folder(tmux: Sandbox) -> None:
    tmux.root.chmod(0o755)
    tmux.sockets.chmod(0o1777)
    tmux.run("new-session", "-d", "-s", "secret", "exec claude").ok()
    tmux.socket_path().chmod(0o777)
    program = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    interpreter = (tmux_for_somebody() or [""])[0]
    command = as_somebody(interpreter, "-c", program, str(tmux.socket_path()))
    done = subprocess.run(command, capture_output=True, check=False, timeout=20)
    assert done.returncode == 1
    assert b"PermissionError" in done.stderr


@needs_somebody
def test_a_folder_that_another_user_made_first_is_refused(tmux: Sandbox) -> None:
    """As anybody can where TMUX_TMPDIR, like /tmp, is open to all."""
    tmux.sockets.chmod(0o1777)
    folder = tmux.socket_path().parent
    folder.mkdir(mode=0o700)
    os.chown(folder, SOMEBODY, SOMEBODY)
    with socket.socket(socket.AF_UNIX) as trap:
        trap.bind(str(tmux.socket_path()))
        trap.listen()
        for argv in (["list-sessions"], ["new-session", "-d"]):
            result = tmux.run(*argv)
            assert (result.code, result.err) == (1, f"directory {folder} has unsafe permissions\n")
        trap.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody has even connected
            trap.accept()


@needs_somebody
def test_root_may_use_anybody_s_server() -> None:
    """As in tmux; the sessions' programs remain their owner's."""
    command = as_somebody(*(tmux_for_somebody() or ()))
    with Sandbox(command) as owner:
        give_to_somebody(owner)
        owner.run("new-session", "-d", "-s", "a", "exec claude").ok()
        path = str(owner.sockets / f"tmux-{SOMEBODY}" / "default")
        owner.command = owner.command[len(as_somebody()) :]
        assert owner.run("-S", path, "list-sessions", "-F", "#S").ok() == "a\n"
        owner.run("-S", path, "new-window", "-t", "a", "id -u; exec sleep 600").ok()
        owner.until(f"{SOMEBODY}\n", "-S", path, "capture-pane", "-p", "-t", "a")
