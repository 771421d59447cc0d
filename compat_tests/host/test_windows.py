"""Which of a pane's programs tmux shows on Windows. The system's lists are made up here; see also the tests
under Wine."""

from __future__ import annotations

import pytest

from compat_tests.host.test_macos import FakeProcess
from tmuxish.host.windows import Process, WindowsFacts, told_folder

Rows = dict[int, tuple[int, str, int | None, str | None]]


class System:
    """Processes by pid: parent, name, time of birth, directory."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.lists = 0

    def processes(self) -> list[Process]:
        self.lists += 1
        return [Process(pid, row[0], row[1]) for pid, row in self._rows.items()]

    def created(self, pid: int) -> int | None:
        return self._rows[pid][2]

    def folder(self, pid: int) -> str | None:
        return self._rows[pid][3]


def facts(rows: Rows) -> WindowsFacts:
    return WindowsFacts(System(rows))


@pytest.mark.parametrize(
    ("rows", "command"),
    [
        ({10: (1, "pwsh.exe", 1, "C:\\")}, "pwsh"),
        ({10: (1, "cmd.exe", 1, None), 11: (10, "Vim.EXE", 2, None)}, "Vim"),
        ({10: (1, "cmd.exe", 1, None), 11: (10, "old.exe", 2, None), 12: (10, "new.exe", 3, None)}, "new"),
        # What a program runs in turn is its own business.
        (
            {10: (1, "bash.exe", 1, None), 11: (10, "claude.exe", 2, None), 12: (11, "git.exe", 3, None)},
            "claude",
        ),
        # A shell in a shell: npm.cmd is run by one.
        ({10: (1, "pwsh.exe", 1, None), 11: (10, "cmd.exe", 2, None), 12: (11, "node.exe", 3, None)}, "node"),
        ({10: (1, "cmd.exe", 1, None), 11: (10, "conhost.exe", 2, None)}, "cmd"),
        # Older than its parent: the pid was somebody else's before.
        ({10: (1, "cmd.exe", 5, None), 11: (10, "other.exe", 4, None)}, "cmd"),
        ({10: (1, "cmd.exe", 5, None), 11: (10, "hidden.exe", None, None)}, "cmd"),
        ({10: (10, "cmd.exe", 5, None)}, "cmd"),
        ({10: (11, "cmd.exe", 5, None), 11: (10, "cmd.exe", 5, None)}, "cmd"),
    ],
)
def test_the_program_that_was_started_last(rows: Rows, command: str) -> None:
    assert facts(rows).command(FakeProcess(10, 10)) == command


@pytest.mark.parametrize(
    ("folders", "path"),
    [
        (("C:\\Users\\x\\", "D:\\work\\"), "D:\\work"),
        (("C:\\Users\\x\\", None), "C:\\Users\\x"),  # another user's
        (("C:\\", None), "C:\\"),
        (("\\\\server\\share\\", None), "\\\\server\\share"),
        ((None, None), None),
    ],
)
def test_the_directory_it_is_in(folders: tuple[str | None, str | None], path: str | None) -> None:
    rows: Rows = {10: (1, "cmd.exe", 1, folders[0]), 11: (10, "vim.exe", 2, folders[1])}
    assert facts(rows).path(FakeProcess(10, 10)) == path


@pytest.mark.parametrize(
    ("launcher", "child", "path"),
    [
        ("C:\\Users\\x\\AppData\\Local\\Temp\\", "python.exe", "D:\\work"),
        ("C:\\Users\\x\\AppData\\Local\\Temp\\", "git.exe", "C:\\Users\\x\\AppData\\Local\\Temp"),
        ("C:\\elsewhere\\", "python.exe", "C:\\elsewhere"),
    ],
)
def test_the_directory_of_a_program_that_pip_has_installed(launcher: str, child: str, path: str) -> None:
    """Its launcher goes to where temporary files are and waits there for Python."""
    rows: Rows = {10: (1, "ipython.exe", 1, launcher), 11: (10, child, 2, "D:\\work\\")}
    assert facts(rows).path(FakeProcess(10, 10)) == path
    assert facts(rows).command(FakeProcess(10, 10)) == "ipython"


def test_a_program_that_has_ended_has_no_facts() -> None:
    assert facts({}).command(FakeProcess(10, 10)) is None
    assert facts({}).path(FakeProcess(10, 10)) is None


def test_one_list_serves_all_panes() -> None:
    system = System(dict.fromkeys(range(10, 20), (1, "cmd.exe", 1, "C:\\x")))
    asked = WindowsFacts(system)
    for pid in range(10, 20):
        assert (asked.command(FakeProcess(pid, pid)), asked.path(FakeProcess(pid, pid))) == ("cmd", "C:\\x")
    assert system.lists == 1


@pytest.mark.parametrize(
    ("command", "url", "folder"),
    [
        ("pwsh", "file:///C:/a%20b/c", "C:\\a b\\c"),
        ("PowerShell", "file://HOST/D:/", "D:\\"),
        ("pwsh", "file://C:/x/", "C:\\x"),
        ("pwsh", "", None),
        ("pwsh", "file:///home/x", None),
        ("cmd", "file:///C:/x", None),  # its process is where it is
        (None, "file:///C:/x", None),
    ],
)
def test_powershell_tells_where_it_is(command: str | None, url: str, folder: str | None) -> None:
    assert told_folder(command, url) == folder
