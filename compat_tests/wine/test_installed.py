"""`pip install .` on Windows: a real tmux.exe, pip's launcher, which hands on what it is given."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.wine.harness import CHECKOUT, Wine, windows_path
from compat_tests.wine.sandbox import WindowsSandbox, wait_until

pytestmark = pytest.mark.wine

WORDS = [
    "two words",
    'a "quoted" one',
    "C:\\back slash\\",
    'ends in \\"',
    "\\\\host\\share",
    "",
    "ü日",
    "'x'",
    "%PATH%",
]


@pytest.fixture(scope="module")
def python(wine: Wine) -> Iterator[Path]:
    """A Windows Python of its own, in a folder with a blank in its name, where this package was installed."""
    with tempfile.TemporaryDirectory(prefix="tmxw", dir=wine.folder) as folder:
        # Beside the harness, so that its files can be links; pip only adds to them.
        shutil.copytree(wine.python.parent, Path(folder) / "My Python", copy_function=_link)
        tree = Path(folder) / "tree"
        ignore = shutil.ignore_patterns("__pycache__", "*.so")
        shutil.copytree(CHECKOUT / "tmuxish", tree / "tmuxish", ignore=ignore)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(CHECKOUT / name, tree)
        python = Path(folder) / "My Python" / "python.exe"
        with WindowsSandbox(wine) as windows:
            options = ["--no-index", "--no-build-isolation", "--no-cache-dir", "--disable-pip-version-check"]
            command = [windows_path(python), "-m", "pip", "install", *options, windows_path(tree)]
            done = windows.program(*command, env={"PYTHONPATH": None})
            assert done.code == 0, done.err
        yield python


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


@pytest.fixture
def installed(wine: Wine, python: Path) -> Iterator[WindowsSandbox]:
    """A world where `tmux` is the installed one."""
    scripts = python.parent / "Scripts"
    with WindowsSandbox(wine, [windows_path(scripts / "tmux.exe")]) as windows:
        windows.env["PYTHONPATH"] = None
        (windows.bin / "tmux.exe").unlink()
        windows.env["PATH"] = f"{windows_path(scripts)};{windows.env['PATH']}"
        yield windows


def test_both_programs_are_executables(installed: WindowsSandbox) -> None:
    """Node cannot start a `tmux.cmd`, so there is a `tmux.exe`."""
    assert installed.run("-V").ok() == "tmux 3.7c\n"
    assert installed.program("tmuxish", "--version").ok().startswith("tmuxish ")
    metadata = "from importlib.metadata import requires; print(requires('tmuxish'))"
    python = windows_path(Path(installed.command[0].replace("\\", "/")[2:]).parents[1] / "python.exe")
    assert "pywinpty>=3.1; sys_platform ==" in installed.program(python, "-c", metadata).ok()


def test_arguments_and_exit_codes_pass_the_launcher(installed: WindowsSandbox) -> None:
    assert installed.run("has-session").code == 1
    installed.run("new-session", "-d", "-s", "a b", "-x", "200", "arguments", *WORDS).ok()
    shown = installed.until("\nend\n", "capture-pane", "-p", "-t", "a b").ok().splitlines()
    assert shown[: len(WORDS)] == WORDS
    for word in WORDS:
        installed.run("set-option", "-g", "@word", word).ok()
        assert installed.run("show-options", "-gv", "@word").ok() == word + "\n"
    # As a program quotes that knows nothing of ours.
    line = r'tmux.exe set-option -g @word "one \"two\" C:\three four\\"'
    assert installed.command_line(line).ok() == ""
    assert installed.run("show-options", "-gv", "@word").ok() == 'one "two" C:\\three four\\\n'
    installed.run("kill-server").ok()
    wait_until(lambda: not list(installed.processes()), "the end of everything")


def test_panes_find_it_and_their_server(installed: WindowsSandbox) -> None:
    installed.run("-L", "mine", "new-session", "-d", "-s", "here").ok()
    installed.run(
        "-L", "mine", "send-keys", "-t", "here", "tmux list-sessions -F found-#{session_name}", "Enter"
    ).ok()
    installed.until("\nfound-here\n", "-L", "mine", "capture-pane", "-p", "-t", "here")
