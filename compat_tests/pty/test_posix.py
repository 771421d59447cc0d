"""A pane's program on Unix: what it finds around it, and how its end is told."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from compat_tests.pty.support import Host
from tmuxish.pty import posix
from tmuxish.pty.base import ExitStatus


def test_one_word_is_a_command_for_the_shell(host: Host) -> None:
    assert host.run("echo $0 $((1 + 2))") == "sh 3\n"


def test_several_words_are_run_without_a_shell(host: Host) -> None:
    assert host.run("printf", "%s|", "a b", "$HOME", "*") == "a b|$HOME|*|"


def test_no_words_are_a_login_shell(host: Host) -> None:
    process = host.spawn(env={"PATH": "/usr/bin:/bin", "PS1": "$ "})
    process.write(b'echo "<$0>"; exit 4\n')
    text = host.output(process)
    assert "<-sh>" in text
    host.reaper.wait(process.pid)
    assert process.exit_status == ExitStatus(4)


def test_the_environment_is_exactly_the_one_given_and_pwd(host: Host) -> None:
    text = host.run("env", env={"PATH": "/usr/bin:/bin", "A": "1 2", "B": ""})
    assert sorted(text.splitlines()) == ["A=1 2", "B=", "PATH=/usr/bin:/bin", "PWD=/"]


def test_bytes_that_are_not_utf8_survive(host: Host) -> None:
    odd = os.fsdecode(b"a\xff")
    assert host.run('printf %s "$1$X" | od -An -tx1', env={"PATH": "/bin:/usr/bin", "X": odd}).split() == [
        "61",
        "ff",
    ]


@pytest.mark.parametrize(
    ("cwd", "home", "expected"),
    [("/usr", "/bin", "/usr"), ("/nonexistent", "/usr", "/usr"), ("/nonexistent", None, "/")],
)
def test_directory_falls_back_to_home_and_root(host: Host, cwd: str, home: str | None, expected: str) -> None:
    assert host.run('pwd; echo "$PWD"', cwd=cwd, home=home) == f"{expected}\n{expected}\n"


def test_the_servers_own_directory_stays(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    host.run("pwd", cwd="/usr")
    assert os.getcwd() == str(tmp_path)


def test_a_deleted_server_directory_is_no_obstacle(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert host.run("pwd", cwd="/usr") == "/usr\n"


def test_it_has_a_session_and_terminal_of_its_own(host: Host) -> None:
    process = host.spawn("tty; ps -o pid=,pgid=,sid=,tty= -p $$")
    tty, facts = host.output(process).splitlines()
    assert tty == process.tty
    assert facts.split() == [*[str(process.pid)] * 3, process.tty.removeprefix("/dev/")]


def test_its_group_has_the_keyboard(host: Host) -> None:
    process = host.spawn("read x")
    assert process.foreground_group() == process.pid
    process.close()
    assert process.foreground_group() is None


def test_size_is_set_before_the_program_starts(host: Host) -> None:
    assert host.run("stty size", cols=101, rows=33) == "33 101\n"


def test_resize_tells_the_program(host: Host) -> None:
    process = host.spawn("trap 'stty size; exit' WINCH; echo ready; while :; do read x; done")
    host.output(process, "ready")
    process.resize(120, 40)
    assert "40 120" in host.output(process)


def test_erase_character_and_utf8_input(host: Host) -> None:
    text = host.run("stty -a", erase=8)
    assert "erase = ^H;" in text
    assert " iutf8" in text


def test_special_characters_of_the_starting_terminal(host: Host) -> None:
    import termios

    master, slave = os.openpty()
    characters = termios.tcgetattr(slave)[6]
    characters[termios.VINTR] = b"\x07"
    os.close(master)
    os.close(slave)
    assert "intr = ^G;" in host.run("stty -a", control_chars=b"".join(characters))


def test_signals_are_the_systems_defaults(host: Host) -> None:
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGPIPE)}
    old = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    try:
        text = host.run("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status")
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)
        for number, handler in before.items():
            signal.signal(number, handler)
    # glibc's posix_spawn leaves its two internal signals ignored, which nobody can send or wait for.
    internal = 1 << 31 | 1 << 32
    assert [int(line.split()[1], 16) & ~internal for line in text.splitlines()] == [0, 0]


def test_no_descriptor_of_ours_gets_in(host: Host) -> None:
    inherited = set(map(int, os.listdir("/proc/self/fd")))  # what the tests' own caller left open stays
    first, second = os.pipe()
    high = [os.open(os.devnull, os.O_RDONLY) for _ in range(20)]
    try:
        found = set(map(int, host.run("ls", "/proc/self/fd").split()))
    finally:
        for fd in (first, second, *high):
            os.close(fd)
    assert found - inherited <= {3}  # `ls` reading the folder


@pytest.mark.parametrize(
    ("command", "status"),
    [("exit 0", ExitStatus(0)), ("exit 7", ExitStatus(7)), ("kill -9 $$", ExitStatus(signal=9))],
)
def test_the_end_is_told_with_its_status(host: Host, command: str, status: ExitStatus) -> None:
    process = host.spawn(command)
    host.output(process)
    assert process.exit_status is None
    host.reaper.wait(process.pid)
    assert process.exit_status == status
    assert host.ended == [process]


@pytest.mark.parametrize("argv", [("/nonexistent/program", "x"), ("no-such-program", "x"), ("/", "x")])
def test_a_program_that_cannot_be_executed_ends_with_1(host: Host, argv: tuple[str, ...]) -> None:
    process = host.spawn(*argv)
    assert host.output(process) == ""
    host.reaper.wait(process.pid)
    assert process.exit_status == ExitStatus(1)


def test_programs_are_found_on_the_panes_own_path(host: Host, tmp_path: Path) -> None:
    program = tmp_path / "mine"
    program.write_text("#!/bin/sh\necho mine $1\n")
    program.chmod(0o755)
    assert host.run("mine", "x", env={"PATH": str(tmp_path)}) == "mine x\n"


def test_a_script_without_an_interpreter_line_goes_to_the_shell(host: Host, tmp_path: Path) -> None:
    program = tmp_path / "plain"
    program.write_text("echo plain $1\n")
    program.chmod(0o755)
    assert host.run(str(program), "x") == "plain x\n"


def test_reading_nothing_and_reading_the_end(host: Host) -> None:
    process = host.spawn("read x; echo $x")
    assert process.read(100) is None
    process.write(b"hello\n")
    assert host.output(process).endswith("hello\n")
    assert process.read(100) == b""


def test_writing_to_a_program_that_does_not_read_does_not_block(host: Host) -> None:
    process = host.spawn("stty raw; echo ready; sleep 60")
    host.output(process, "ready")
    while process.write(b"x" * 65536):
        pass
    assert process.write(b"x") == 0


def test_kill_reaches_the_whole_group_and_close_hangs_up(host: Host) -> None:
    process = host.spawn("trap 'echo got; exit 3' USR1; echo ready; while :; do sleep 0.01; done")
    host.output(process, "ready")
    process.kill(signal.SIGUSR1)
    host.output(process)
    host.reaper.wait(process.pid)
    assert process.exit_status == ExitStatus(3)
    process.kill(signal.SIGUSR1)  # gone: nothing happens
    waiting = host.spawn("sleep 60")
    waiting.close()
    assert waiting.fileno() == -1
    host.reaper.wait(waiting.pid)
    assert waiting.exit_status == ExitStatus(signal=signal.SIGHUP)


def test_the_fork_way_gives_the_same_pane(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posix, "_spawn_needs_fork", lambda: True)
    process = host.spawn("tty; stty size; exit 5")
    assert host.output(process) == f"{process.tty}\n24 80\n"
    host.reaper.wait(process.pid)
    assert process.exit_status == ExitStatus(5)


def test_spawning_is_cheap(host: Host) -> None:
    """At some moment when nobody else has the processor."""
    best = 1.0
    for _ in range(100):
        if best < 0.005:
            break
        start = time.perf_counter()
        process = host.spawn("true", "x")
        best = min(best, time.perf_counter() - start)
        host.reaper.wait(process.pid)
        process.close()
    assert best < 0.005
