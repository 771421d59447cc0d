"""What runs in a pane, on Linux: a real pane, and a made-up /proc for what cannot be had as root."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.pty.support import Host

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")

if sys.platform == "linux":
    from tmuxish.host.linux import LinuxFacts


@pytest.fixture
def host() -> Iterator[Host]:
    running = Host()
    yield running
    running.reaper.kill_all()


def test_a_shell_is_what_runs_until_it_runs_something(host: Host, tmp_path: Path) -> None:
    process = host.spawn("cd " + str(tmp_path) + "; echo ready; read x", shell="/bin/bash")
    host.output(process, "ready")
    assert LinuxFacts().command(process) == "bash"
    assert LinuxFacts().path(process) == str(tmp_path)


def test_the_foreground_program_is_asked_not_the_panes(host: Host, tmp_path: Path) -> None:
    process = host.spawn(
        shell="/bin/bash", env={"PATH": "/usr/bin:/bin", "PS1": "$ ", "HOME": "/nonexistent"}
    )
    process.write(f"(cd {tmp_path} && exec sh -c 'echo rea''dy; read x; :')\n".encode())
    host.output(process, "ready")
    facts = LinuxFacts()
    assert process.foreground_group() != process.pid
    assert facts.command(process) == "sh"
    assert facts.path(process) == str(tmp_path)


def test_nothing_is_known_of_a_dead_program(host: Host) -> None:
    process = host.spawn("exit 0")
    host.output(process)
    host.reaper.wait(process.pid)
    facts = LinuxFacts()
    assert facts.command(process) is None
    assert facts.path(process) is None
    process.close()
    assert LinuxFacts().command(process) is None


def test_the_session_leaders_directory_stands_in_for_a_foreign_one(host: Host, tmp_path: Path) -> None:
    process = host.spawn("read x")
    leader = tmp_path / str(process.pid)
    leader.mkdir()
    (leader / "cwd").symlink_to("/leader")
    facts = LinuxFacts(proc=str(tmp_path))
    facts._groups[process.pid] = 999999  # the foreground group, whose cwd cannot be read
    assert facts.path(process) == "/leader"
    assert facts.command(process) is None


def test_a_process_is_asked_about_once_for_a_listing(host: Host, tmp_path: Path) -> None:
    process = host.spawn("read x")
    folder = tmp_path / str(process.pid)
    folder.mkdir()
    (folder / "cmdline").write_bytes(b"vim\0")
    (folder / "cwd").symlink_to("/here")
    facts = LinuxFacts(proc=str(tmp_path))
    for _ in range(2):
        assert (facts.command(process), facts.path(process)) == ("vim", "/here")
        (folder / "cmdline").unlink(missing_ok=True)
        (folder / "cwd").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("cmdline", "expected"),
    [
        (b"vim\0file\0", "vim"),
        (b"-sh\0", "-sh"),
        (b"/usr/bin/python3\0-m\0x\0", "/usr/bin/python3"),
        (b"a title with spaces", "a title with spaces"),
        (b"", None),
    ],
)
def test_the_first_word_of_the_command_line(
    host: Host, tmp_path: Path, cmdline: bytes, expected: str | None
) -> None:
    process = host.spawn("read x")
    folder = tmp_path / str(process.pid)
    folder.mkdir()
    (folder / "cmdline").write_bytes(cmdline)
    assert LinuxFacts(proc=str(tmp_path)).command(process) == expected
