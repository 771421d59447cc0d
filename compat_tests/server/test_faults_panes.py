"""Programs that behave badly in their panes trouble nobody else, and never the server."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until
from compat_tests.server.processes import cpu_seconds, idle_descriptors, memory_mib, state_of

MEBIBYTE = 1 << 20
GROWTH = 4  # mebibytes that may be waiting for the garbage collector; 16 KiB a session
LETS_GO = f"exec {sys.executable} -c 'import os, time; [os.close(fd) for fd in range(3)]; time.sleep(600)'"


def show(tmux: Sandbox, target: str, template: str) -> str:
    return tmux.run("display-message", "-p", "-t", target, template).ok().rstrip("\n")


@pytest.fixture
def running(tmux: Sandbox) -> Sandbox:
    """A server with one well-behaved session."""
    tmux.run("new-session", "-d", "-s", "good", "exec claude").ok()
    return tmux


def test_a_program_lets_go_of_its_terminal_and_lives(running: Sandbox) -> None:
    running.run("new-session", "-d", "-s", "bad", LETS_GO).ok()
    wait_until(lambda: running.run("has-session", "-t", "bad").code == 1, "the session's end")
    wait_until(lambda: len(list(running.processes())) == 2, "the program's end, by hangup")


def test_a_program_lets_go_of_a_terminal_that_remains(running: Sandbox) -> None:
    running.run("set-option", "-g", "remain-on-exit", "on").ok()
    running.run("new-session", "-d", "-s", "bad", LETS_GO).ok()
    running.until("1|1", "display-message", "-p", "-t", "bad", "#{pane_dead}|#{pane_dead_signal}")
    running.until("Pane is dead (signal 1", "capture-pane", "-p", "-t", "bad")
    running.run("respawn-pane", "-t", "bad", "claude").ok()
    running.until("Welcome", "capture-pane", "-p", "-t", "bad")


def test_a_program_that_even_ignores_the_hangup(running: Sandbox) -> None:
    """Its pane waits for it in vain but can be respawned, and the late end disturbs nobody."""
    running.run("set-option", "-g", "remain-on-exit", "on").ok()
    stubborn = LETS_GO.replace("; [", "; import signal; signal.signal(1, signal.SIG_IGN); [")
    running.run("new-session", "-d", "-s", "bad", stubborn).ok()
    program = int(show(running, "bad", "#{pane_pid}"))
    wait_until(lambda: running.run("paste-buffer", "-t", "bad").code == 1, "a pane without a program")
    assert show(running, "bad", "#{pane_dead}") == "0"
    assert state_of(program) == "S"
    running.run("send-keys", "-t", "bad", "x").ok()
    running.run("respawn-pane", "-t", "bad", "claude").ok()
    os.kill(program, signal.SIGKILL)
    wait_until(lambda: state_of(program) == "", "the old program's end")
    running.until("Welcome", "capture-pane", "-p", "-t", "bad")
    assert show(running, "bad", "#{pane_dead}") == "0"


def test_a_stopped_program_is_told_to_go_on(running: Sandbox) -> None:
    """Nobody else could: its pane would hang for ever."""
    running.run("new-session", "-d", "-s", "bad", "exec claude").ok()
    program = int(show(running, "bad", "#{pane_pid}"))
    running.until("Welcome", "capture-pane", "-p", "-t", "bad")
    os.kill(program, signal.SIGSTOP)
    wait_until(lambda: state_of(program) == "S", "its going on")
    running.run("send-keys", "-t", "bad", "hello", "Enter").ok()
    running.until("said: hello", "capture-pane", "-p", "-t", "bad")


def test_a_stopped_program_is_ended_with_its_pane(running: Sandbox) -> None:
    """Even one that is stopped so often that it never gets far."""
    running.run("new-session", "-d", "-s", "bad", "while :; do kill -STOP $$; done").ok()
    program = int(show(running, "bad", "#{pane_pid}"))
    wait_until(lambda: state_of(program) in "ST", "the stop")
    running.run("kill-session", "-t", "bad").ok()
    wait_until(lambda: state_of(program) == "", "the program's end")


@pytest.mark.skipif(is_foreign(), reason="real tmux waits for it in vain")
def test_a_stopped_job_goes_on(running: Sandbox) -> None:
    assert running.run("run-shell", "kill -STOP $$; echo gone on", timeout=10).ok() == "gone on\n"


def test_a_child_that_holds_the_terminal_keeps_nothing(running: Sandbox) -> None:
    running.run("new-session", "-d", "-s", "bad", "(trap '' HUP; exec sleep 600) & exec true").ok()
    wait_until(lambda: running.run("has-session", "-t", "bad").code == 1, "the session's end")


def test_a_hundred_mebibytes_for_a_program_that_never_reads(running: Sandbox) -> None:
    running.run("new-session", "-d", "-s", "bad", "stty raw -echo; echo ready; exec sleep 600").ok()
    running.until("ready", "capture-pane", "-p", "-t", "bad")
    running.run("load-buffer", "-b", "big", "-", stdin=b"x" * (100 * MEBIBYTE)).ok()
    server = running.server_pid()
    running.run("paste-buffer", "-b", "big", "-t", "bad").ok()
    held = memory_mib(server)
    running.run("has-session", "-t", "good").ok()
    spent = cpu_seconds(server)
    running.run("has-session", "-t", "good").ok()
    assert cpu_seconds(server) - spent < 0.2  # nobody tries over and over
    if is_foreign():  # tmux takes whatever comes
        return
    # What nobody reads does not grow without end, and what is not done is no success.
    result = running.run("paste-buffer", "-b", "big", "-t", "bad")
    assert (result.code, result.err) == (
        1,
        f"pane {show(running, 'bad', '#{pane_id}')} does not read its input\n",
    )
    assert running.run("send-keys", "-t", "bad", "x").code == 1
    assert memory_mib(server) < held + 16
    running.run("kill-session", "-t", "bad").ok()
    running.run("delete-buffer", "-b", "big").ok()
    wait_until(lambda: memory_mib(server) < held - 150, "the memory's return")


def test_a_large_paste_arrives_whole(running: Sandbox) -> None:
    data = b"".join(b"%08d\n" % line for line in range(1_000_000))
    target = running.work / "pasted"
    running.run("new-session", "-d", "-s", "reader", f"stty raw -echo; echo ready; exec cat >{target}").ok()
    running.until("ready", "capture-pane", "-p", "-t", "reader")
    running.run("load-buffer", "-b", "big", "-", stdin=data).ok()
    running.run("paste-buffer", "-r", "-b", "big", "-t", "reader").ok()
    wait_until(lambda: target.stat().st_size == len(data), "all of it")
    assert target.read_bytes() == data


def test_a_flood_is_cut_off_by_a_kill(running: Sandbox) -> None:
    for _ in range(3):
        running.run("new-session", "-d", "-s", "bad", "exec yes").ok()
        running.until("y\ny\n", "capture-pane", "-p", "-t", "bad")
        running.run("kill-session", "-t", "bad").ok()
    assert running.run("list-sessions", "-F", "#S").ok() == "good\n"
    wait_until(lambda: len(list(running.processes())) == 2, "the end of all floods")


@pytest.mark.parametrize("side", [("-x", "10000"), ("-y", "10000"), ("-x", "10000", "-y", "10000")])
def test_the_largest_window(running: Sandbox, side: tuple[str, ...]) -> None:
    running.run("new-session", "-d", "-s", "large", *side, "exec cat").ok()
    expected = {"-x": "80", "-y": "24", **dict(zip(side[::2], side[1::2], strict=True))}
    template = "#{window_width}x#{window_height} #{pane_width}x#{pane_height}"
    size = f"{expected['-x']}x{expected['-y']}"
    assert show(running, "large", template) == f"{size} {size}"
    running.run("send-keys", "-t", "large", "-l", "hello").ok()
    running.until("hello", "capture-pane", "-p", "-t", "large")
    running.run("split-window", "-h", "-t", "large", "exec cat").ok()
    running.run("resize-window", "-t", "large", "-x", "20", "-y", "10").ok()
    result = running.run("resize-window", "-t", "large", "-x", "10001")
    assert (result.code, result.err) == (1, "width too large\n")


def test_two_hundred_sessions_come_and_go(running: Sandbox) -> None:
    """No process, descriptor or memory is left of them."""
    server = running.server_pid()

    def come_and_go(count: int) -> None:
        lines = [f"new-session -d -s x{index} 'exec sleep 600'\n" for index in range(count)]
        (running.work / "come").write_text("".join(lines))
        running.run("source-file", str(running.work / "come")).ok()
        assert len(running.run("list-sessions").ok().splitlines()) == count + 1
        (running.work / "go").write_text("".join(f"kill-session -t x{index}\n" for index in range(count)))
        running.run("source-file", str(running.work / "go")).ok()
        wait_until(lambda: len(list(running.processes())) == 2, "the end of all their programs")

    come_and_go(200)
    held, before = memory_mib(server), idle_descriptors(running)
    come_and_go(50)
    come_and_go(200)
    assert idle_descriptors(running) == before
    assert memory_mib(server) < held + GROWTH
    children = Path(f"/proc/{server}/task/{server}/children")
    left = [show(running, "good", "#{pane_pid}")]
    wait_until(lambda: children.read_text().split() == left, "the reaping of all programs")


def test_keys_without_end_leave_room_for_others(running: Sandbox) -> None:
    running.run("new-session", "-d", "-s", "bad", "stty raw -echo; echo ready; exec sleep 600").ok()
    running.until("ready", "capture-pane", "-p", "-t", "bad")
    typing = running.popen("send-keys", "-t", "bad", "-N", "4000000000", "x" * 10000)
    try:
        if not is_foreign():
            running.run("has-session", "-t", "good").ok()
            _, err = typing.communicate(timeout=20)
            assert (typing.returncode, err) == (
                1,
                f"pane {show(running, 'bad', '#{pane_id}')} does not read its input\n".encode(),
            )
    finally:
        typing.kill()
        typing.communicate()
