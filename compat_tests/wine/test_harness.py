"""The harness itself: what runs in it is Windows' Python, in the world that a test set up."""

from __future__ import annotations

from pathlib import Path

import pytest

from compat_tests.wine.harness import Unavailable, prepare, windows_path
from compat_tests.wine.sandbox import WindowsSandbox

pytestmark = pytest.mark.wine


def test_is_windows_python_with_a_console_for_panes(windows: WindowsSandbox) -> None:
    code = "import sys, winpty, tmuxish; print(sys.platform, winpty.PTY.__name__, tmuxish.__file__)"
    package = windows_path(Path(__file__).parents[2] / "tmuxish" / "__init__.py")
    assert windows.python("-c", code).ok().split() == ["win32", "PTY", package]


def test_gives_every_world_its_own_profile(windows: WindowsSandbox) -> None:
    code = "import os; print(*map(os.environ.get, ('LOCALAPPDATA', 'EXTRA', 'LC_ALL', 'APPDATA')), sep='|')"
    local = windows_path(windows.root / "John Doe" / "AppData" / "Local")
    said = windows.python("-c", code, env={"EXTRA": "日本 ü", "APPDATA": None, "PYTHONUTF8": "1"})
    assert said.ok().rstrip() == f"{local}|日本 ü|None|None"


def test_hands_arguments_and_exit_codes_through(windows: WindowsSandbox) -> None:
    words = ["a b", 'quo"te', "back\\slash\\", 'a\\"b', "", "ü", "new\nline"]
    code = "import sys; print(ascii(sys.argv[1:])); sys.exit(70037)"
    done = windows.python("-c", code, *words)
    assert (done.out.rstrip(), done.code) == (ascii(words), 70037)


def test_reads_what_a_call_prints_while_its_descendants_live(windows: WindowsSandbox) -> None:
    """Wine hands standard error on to all descendants; a call is over nevertheless."""
    sleeper = "import time; time.sleep(600)"
    code = (
        "import subprocess, sys; sys.stderr.write('said')\n"
        f"subprocess.Popen([sys.executable, '-c', {sleeper!r}], creationflags=subprocess.DETACHED_PROCESS)"
    )
    done = windows.python("-c", code)
    assert (done.code, done.err) == (0, "said")
    assert [line for line in windows.command_lines() if sleeper in line]


def test_ends_what_was_started(windows: WindowsSandbox) -> None:
    code = "import time; print('up', flush=True); time.sleep(600)"
    call = windows.popen("-c", code, command=[windows_path(windows.wine.python)])
    assert call.stdout is not None
    assert call.stdout.readline().strip() == b"up"
    windows.close()
    assert call.wait(10) != 0
    assert not windows.root.exists()
    assert not list(windows.processes())


def test_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unavailable, match=r"not installed: wine, .*apt-get install wine wine64"):
        prepare()


def test_says_why_it_cannot_be_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(Unavailable, match="No matching distribution found for panda3d"):
        prepare(tmp_path)
    assert not (tmp_path / "stamp").exists()
