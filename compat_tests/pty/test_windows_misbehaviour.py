"""What pywinpty does to its users, done by a fake: none of it may reach the server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compat_tests.pty.fake_winpty import CONPTY, WINPTY, Fake, FakeTools
from compat_tests.pty.windows_world import World, fake_world
from tmuxish.emulator import Emulator
from tmuxish.pty import windows
from tmuxish.pty.base import ExitStatus, SpawnError, SpawnRequest

Make = Callable[..., World]


@pytest.fixture
def make() -> Iterator[Make]:
    """Makes a world whose module misbehaves as told; `world.module` is that module."""
    made: list[tuple[World, Fake]] = []

    def maker(*, no_jobs: bool = False, **behaviour: Any) -> World:
        module = Fake(**behaviour)
        world = fake_world(module, FakeTools(module, no_jobs=no_jobs))
        world.module = module
        made.append((world, module))
        return world

    yield maker
    for world, module in made:
        world.close()
        module.close()


def test_a_read_that_never_returns_does_not_hide_the_end(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "CANCEL_ATTEMPTS", 2)
    world = make(deaf=True)
    process = world.run_python("print('bye')")
    world.wait(process)
    assert process.exit_status == ExitStatus(0)
    assert world.text(process).strip() == "bye"
    assert process.read(100) == b""


def test_reads_that_give_nothing_for_ever_are_the_end(make: Make) -> None:
    world = make(silent=True)
    process = world.run_python("print('bye')")
    world.wait(process)
    assert process.exit_status == ExitStatus(0)
    assert world.text(process).strip() == "bye"
    assert process.read(100) == b""


def test_last_words_may_come_late(make: Make) -> None:
    """The reader has waited for long when the program ends: that is no sign that nothing will come."""
    world = make(late=windows.DRAIN_QUIET / 2)
    seconds = 3 * windows.DRAIN_QUIET
    process = world.run_python(f"import time; time.sleep({seconds}); print('last words')")
    world.wait(process)
    assert "last words" in world.text(process)


def test_conpty_first_and_winpty_where_it_panics(make: Make) -> None:
    world = make(panics=(CONPTY,))
    process = world.run_python("print('up')")
    assert process.tty.startswith("winpty/")
    world.wait(process)
    assert world.text(process).strip() == "up"
    assert world.run_python("pass").tty.startswith("winpty/")
    assert world.module.backends == [CONPTY, WINPTY, WINPTY]


def test_no_console_at_all_is_an_error_that_says_why(make: Make) -> None:
    world = make(panics=(CONPTY,), fails=(WINPTY,))
    with pytest.raises(SpawnError, match=r"conpty: called `Result::unwrap\(\)`.*; winpty: Invalid handle"):
        world.run_python("pass")
    with pytest.raises(SpawnError, match="winpty: Invalid handle"):
        world.run_python("pass")


def test_a_program_that_the_console_refuses_is_replaced_by_one_that_fails(make: Make) -> None:
    world = make(spawn_fails=1)
    process = world.run_python("pass")
    world.wait(process)
    assert process.exit_status == ExitStatus(1)


def test_a_console_that_starts_nothing_is_an_error(make: Make) -> None:
    with pytest.raises(SpawnError, match=r"Access is denied"):
        make(spawn_fails=2).run_python("pass")


def test_closing_the_console_is_left_to_another_thread(make: Make) -> None:
    world = make()
    world.module.may_close.clear()
    process = world.run_python("print('bye')")
    world.wait(process)  # though nobody lets the console close
    process.close()
    assert world.module.closing.wait(10)
    world.module.may_close.set()
    assert world.module.closed_by == [f"{process.tty}_await_end"]


def test_the_consoles_own_requests_are_not_the_programs(make: Make) -> None:
    world = make()
    process = world.run_python(r"print('\x1b[?25l\x1b[?1004hfocus')")
    world.wait(process)
    assert world.seen[process].endswith(b"\x1b[?25l\x1b[?1004hfocus\r\n")
    assert world.seen[process].count(b"?1004h") == 1
    assert b"?9001h" not in world.seen[process]


def test_questions_of_the_console_are_answered_at_once(make: Make) -> None:
    """A console that gets no answer waits for seconds before it starts anything."""
    world = make(preface="\x1b[c\x1b[5n\x1b[>q\x1b[?2026$p")
    emulator = Emulator(80, 24, 0)
    process = world.run_python("input()")
    world.until(lambda: bool(world.seen[process]), "the questions")
    emulator.feed(world.seen[process])
    process.write(bytes(emulator.replies))
    world.until(lambda: bool(world.module.written), "the answers")
    answers = "".join(world.module.written)
    assert answers.startswith("\x1b[?1;2")
    for answer in ("\x1b[0n", "\x1bP>|tmux ", "\x1b[?2026;2$y"):
        assert answer in answers


def test_without_a_job_the_program_itself_is_ended(make: Make) -> None:
    world = make(no_jobs=True)
    process = world.run_python("print('up', flush=True); import time; time.sleep(600)")
    world.until_seen(process, "up")
    process.close()
    world.wait(process)
    assert process.exit_status == ExitStatus(signal=1)


def test_characters_that_reads_cut_are_whole(make: Make) -> None:
    world = make(cut=1)
    process = world.run_python(r"print('a\U0001f600\U0001f680z')", env={**world.env, "PYTHONUTF8": "1"})
    world.wait(process)
    assert world.text(process).strip() == "a😀🚀z"


def test_characters_that_writes_cut_are_whole(make: Make) -> None:
    world = make()
    process = world.run_python("print(ascii(input()))", env={**world.env, "PYTHONUTF8": "1"})
    for byte in "é😀".encode():
        process.write(bytes((byte,)))
        world.turn()
    process.write(b"\r")
    world.wait(process)
    assert world.text(process).strip() == ascii("é😀")


def test_sizes_that_are_none_never_reach_it(make: Make) -> None:
    world = make()
    process = world.run_python("input()")
    for size in ((0, 10), (10, 0), (-1, -1)):
        process.resize(*size)
    process.resize(50, 20)
    world.until(lambda: world.module.sizes == [(50, 20)], "the size")


def test_a_reader_that_is_ahead_waits_for_the_server(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read beyond what the channel holds; nothing is lost when the program has ended meanwhile."""
    world = make()
    amount = 3 * 1024 * 1024
    process = world.run_python(f"import sys; sys.stdout.write('x' * {amount})")
    taken = 0
    while process.exit_status is None:
        world.calls.get(timeout=20)()  # the end is told, though nobody has read
    while data := process.read(65536):
        taken += len(data)
    assert taken == amount


def test_the_end_is_told_where_the_server_runs(make: Make) -> None:
    world = make()
    threads = []
    request = world.run_python("pass")
    world.backend.spawn(
        SpawnRequest(
            argv=[world.python, "-c", "pass"], shell=world.shell, cwd="", env=world.env, cols=9, rows=9
        ),
        lambda process: threads.append(threading.current_thread()),
    )
    world.wait(request)
    world.until(lambda: bool(threads), "the other end")
    assert threads == [threading.main_thread()]
