"""Where the socket is, and what is said of a place that will not do: as tmux 3.7c has it, but for deviation
1.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from compat_tests.client.support import CLIENT, ENVIRONMENT
from tmuxish.wire import unix_socket

USER = os.getuid()
HINT = "set TMUX_TMPDIR to a directory that can be written to"


def run(*argv: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """A client's status and complaint; it prints nothing else."""
    done = subprocess.run(
        [*CLIENT, *argv],
        env={**ENVIRONMENT, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("argv", "tmux", "expected"),
    [
        ([], None, "{folder}/default"),
        ([], "", "{folder}/default"),
        ([], ",1,2", "{folder}/default"),
        ([], "/x/y,1,2", "/x/y"),
        ([], "/x/y", "/x/y"),
        (["-L", "other"], "/x/y,1,2", "{folder}/other"),
        (["-L", ""], None, "{folder}/"),
        (["-L", "a/b"], None, "{folder}/a/b"),
        (["-S", "/p"], "/x/y,1,2", "/p"),
        (["-S", "relative"], None, "relative"),
        (["-S", "/p", "-L", "other"], None, "/p"),
    ],
)
def test_places(argv: list[str], tmux: str | None, expected: str, tmp_path: Path) -> None:
    env = {"TMUX_TMPDIR": str(tmp_path)}
    if tmux is not None:
        env["TMUX"] = tmux
    path = expected.format(folder=tmp_path / f"tmux-{USER}")
    assert run(*argv, "ls", env=env) == (1, f"no server running on {path}\n")


@pytest.mark.parametrize("value", [None, "", "/nonexistent"])
def test_tmp_is_where_no_other_folder_is_named(value: str | None) -> None:
    env = {} if value is None else {"TMUX_TMPDIR": value}
    path = f"{os.path.realpath('/tmp')}/tmux-{USER}/no-such-server"
    assert run("-L", "no-such-server", "ls", env=env) == (1, f"no server running on {path}\n")


def test_links_are_resolved(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    status = run("ls", env={"TMUX_TMPDIR": str(tmp_path / "link")})
    assert status == (1, f"no server running on {tmp_path}/real/tmux-{USER}/default\n")


def test_the_folder_is_made_private(tmp_path: Path) -> None:
    run("ls", env={"TMUX_TMPDIR": str(tmp_path)})
    assert (tmp_path / f"tmux-{USER}").stat().st_mode & 0o7777 == 0o700


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / f"tmux-{USER}"
    folder.mkdir(mode=0o700)
    for mode in (0o701, 0o704, 0o702):
        folder.chmod(mode)
        assert run("ls", env={"TMUX_TMPDIR": str(tmp_path)}) == (
            1,
            f"directory {folder} has unsafe permissions\n",
        )
    folder.chmod(0o770)  # the group is tmux's and the user's own affair
    assert run("ls", env={"TMUX_TMPDIR": str(tmp_path)})[1].startswith("no server running")


def test_a_link_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder = tmp_path / f"tmux-{USER}"
    folder.symlink_to("elsewhere")
    assert run("ls", env={"TMUX_TMPDIR": str(tmp_path)}) == (1, f"{folder} is not a directory\n")


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / f"tmux-{USER}"
    folder.touch()
    assert run("ls", env={"TMUX_TMPDIR": str(tmp_path)}) == (1, f"{folder} is not a directory\n")


@pytest.mark.skipif(USER != 0, reason="only root can give a folder away")
def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / f"tmux-{USER}"
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    assert run("ls", env={"TMUX_TMPDIR": str(tmp_path)}) == (
        1,
        f"directory {folder} has unsafe permissions\n",
    )


@pytest.mark.skipif(USER == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert run("ls", env={"TMUX_TMPDIR": str(tmp_path)}) == (
        1,
        f"couldn't create directory {tmp_path}/tmux-{USER} (Permission denied)\n{HINT}\n",
    )


def test_a_file_where_the_folder_should_lie(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run("ls", env={"TMUX_TMPDIR": str(tmp_path / "file")}) == (
        1,
        f"couldn't create directory {tmp_path}/file/tmux-{USER} (Not a directory)\n{HINT}\n",
    )


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/nonexistent/s", "no server running on /nonexistent/s"),
        ("/etc/passwd", "no server running on /etc/passwd"),
        ("/etc/passwd/s", "error connecting to /etc/passwd/s (Not a directory)"),
        ("/" + "x" * 200, f"error connecting to /{'x' * 200} (File name too long)"),
    ],
)
def test_what_is_said_when_nobody_listens(path: str, complaint: str) -> None:
    assert run("-S", path, "ls") == (1, f"{complaint}\n")


def test_a_socket_that_nobody_listens_on(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(path)
    assert run("-S", path, "has-session") == (1, f"no server running on {path}\n")


def test_the_longest_path_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "x" * unix_socket.MAX_PATH
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen()
        unix_socket.connect(name).close()
    with pytest.raises(OSError, match="File name too long"):
        unix_socket.connect(name + "x")
