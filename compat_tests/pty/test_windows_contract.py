"""A pane's program on Windows. These hold for the real pywinpty (run under Wine) and for the fake one."""

from __future__ import annotations

import ast
import os
import sys
import threading
from pathlib import Path

import pytest

from compat_tests.pty.windows_world import ON_WINDOWS, World, world
from tmuxish.pty.base import ExitStatus

__all__ = ["world"]

ODD_ARGUMENTS = ["a b", 'quo"te', "back\\slash\\", 'a\\"b', "", "ü", "%PATH%", "a&b|c>d^e", "'x'", "*?"]


def test_prints_and_ends_with_its_code(world: World) -> None:
    process = world.run_python("import sys; print('hello'); sys.exit(7)")
    world.wait(process)
    assert world.text(process).strip() == "hello"
    assert process.exit_status == ExitStatus(7)
    assert world.ended == [process]


def test_a_code_that_means_still_active_is_a_code(world: World) -> None:
    process = world.run_python(f"import sys; sys.exit({259 if ON_WINDOWS else 3})")
    world.wait(process)
    assert process.exit_status == ExitStatus(259)


def test_all_output_is_there_before_the_end_is_told(world: World) -> None:
    process = world.run_python("for i in range(400): print(f'<{i}>')")
    world.wait(process)
    assert world.text(process).split() == [f"<{number}>" for number in range(400)]


def test_the_end_of_output_is_not_seen_before_the_status(world: World) -> None:
    """A server that reads the end first would hang up, and never learn the code."""
    process = world.run_python("import sys; sys.exit(7)")
    held = [world.calls.get(timeout=20)]
    while (data := process.read(65536)) is not None:
        assert data, "the end was seen"
    held[0]()
    assert process.exit_status == ExitStatus(7)
    assert process.read(1) == b""


def test_text_is_utf8_both_ways(world: World) -> None:
    code = "import sys; print('näh 日本', flush=True); print(ascii(sys.stdin.readline().strip()))"
    process = world.run_python(code, env={**world.env, "PYTHONUTF8": "1" if not ON_WINDOWS else "0"})
    world.until_seen(process, "näh")
    process.write("wörld€\r".encode())
    world.wait(process)
    assert "日本" in world.text(process)
    assert ascii("wörld€") in world.text(process)


def test_arguments_arrive_as_they_are(world: World) -> None:
    process = world.run_python("import sys; print(ascii(sys.argv[1:]).replace(' ', '~'))", *ODD_ARGUMENTS)
    world.wait(process)
    said = world.text(process).replace("\n", "").strip()
    assert said == ascii(ODD_ARGUMENTS).replace(" ", "~")


def test_a_string_that_is_a_program_with_arguments_needs_no_shell(world: World) -> None:
    process = world.spawn(f'"{world.python}" -c \'import sys; print(sys.argv[1])\' "x y"')
    world.wait(process)
    assert world.text(process).strip() == "x y"


def test_it_finds_its_environment_and_directory(world: World, tmp_path: Path) -> None:
    code = "import os; print(ascii([os.getcwd(), os.environ['A'], os.environ['PWD'], 'B' in os.environ]))"
    process = world.run_python(code, env={**world.env, "A": "1 = 2", "PYTHONIOENCODING": ""}, cols=200)
    world.wait(process)
    cwd, value, pwd, other = ast.literal_eval(world.text(process).strip())
    expected = world.folder if ON_WINDOWS else "/usr"
    assert (os.path.realpath(cwd), value, pwd, other) == (
        os.path.realpath(expected),
        "1 = 2",
        world.folder,
        False,
    )


@pytest.mark.parametrize("home", [True, False])
def test_a_directory_that_is_not_there_is_replaced(world: World, home: bool) -> None:
    process = world.run_python(
        "import os; print('in', os.getcwd())",
        cwd="C:\\nonexistent",
        home=world.folder if home else None,
    )
    world.wait(process)
    assert process.exit_status == ExitStatus(0)
    if home:
        name = world.folder.replace("\\", "/").rpartition("/")[2]
        assert world.text(process).strip().endswith(name)


def test_it_has_its_size_from_the_start_and_learns_of_another(world: World) -> None:
    code = (
        "import os, time\n"
        "size = os.get_terminal_size(); print(tuple(size), flush=True)\n"
        "while os.get_terminal_size() == size: time.sleep(0.02)\n"
        "print(tuple(os.get_terminal_size()))"
    )
    process = world.run_python(code, cols=90, rows=20)
    world.until_seen(process, "(90, 20)")
    process.resize(0, 0)
    process.resize(-1, 5)
    process.resize(101, 33)
    world.wait(process)
    assert "(101, 33)" in world.text(process)


def test_a_program_that_is_not_there_ends_with_1(world: World) -> None:
    process = world.spawn("no-such-program", "x")
    world.wait(process)
    assert process.exit_status == ExitStatus(1)


def test_closing_ends_the_whole_tree(world: World) -> None:
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(f'<{child.pid}>', flush=True)\n"
        "time.sleep(600)"
    )
    process = world.run_python(code)
    child = world.number(process)
    assert alive(child)
    process.close()
    assert process.fileno() == -1
    world.wait(process)
    assert process.exit_status == ExitStatus(signal=1)
    world.until(lambda: not alive(child), "the end of the program's child")


def test_what_is_left_in_the_background_outlives_a_program_that_ends_by_itself(world: World) -> None:
    flags = "creationflags=0x8, " if ON_WINDOWS else "start_new_session=True, "
    code = (
        "import subprocess, sys\n"
        "null = subprocess.DEVNULL\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], "
        f"{flags}stdin=null, stdout=null, stderr=null)\n"
        "print(f'<{child.pid}>', flush=True)\n"
    )
    process = world.run_python(code)
    child = world.number(process)
    world.wait(process)
    process.close()
    try:
        assert alive(child)
    finally:
        os.kill(child, 9)


def test_killing_is_told_as_a_signal(world: World) -> None:
    process = world.run_python("print('up', flush=True); import time; time.sleep(600)")
    world.until_seen(process, "up")
    process.kill(15)
    world.wait(process)
    assert process.exit_status == ExitStatus(signal=15)
    process.kill(9)
    assert process.exit_status == ExitStatus(signal=15)


def test_writing_and_resizing_after_the_end_do_nothing(world: World) -> None:
    process = world.run_python("print('bye')")
    world.wait(process)
    process.write(b"x\r")
    process.resize(30, 30)
    process.close()
    assert (process.write(b"x"), process.fileno(), process.foreground_group()) == (0, -1, None)
    process.close()


def test_no_thread_is_left(world: World) -> None:
    process = world.run_python("input()")
    mine = [thread for thread in threading.enumerate() if thread.name.startswith(process.tty)]
    assert len(mine) == 3
    assert process.foreground_group() == process.pid
    process.close()
    world.wait(process)
    world.until(lambda: not any(thread.is_alive() for thread in mine), "the end of all threads")


def test_many_at_once(world: World) -> None:
    processes = [world.run_python(f"print('me-{number}')") for number in range(6)]
    for process in processes:
        world.wait(process)
    assert [world.text(process).strip() for process in processes] == [f"me-{n}" for n in range(6)]


def alive(pid: int) -> bool:
    """Whether a process that is nobody's child here runs."""
    if sys.platform == "win32":
        from tmuxish.pty.windows_processes import SystemProcess, _kernel32

        try:
            process = SystemProcess(pid)
        except OSError:
            return False
        try:
            return bool(_kernel32.WaitForSingleObject(process.handle, 0))
        finally:
            process.close()
    else:
        try:
            return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return False
