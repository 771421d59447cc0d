"""What people on Windows ran into with other tmux stand-ins, one test each.

Most of it can go wrong on any system, so those tests run on this one too (`posix`), the rest only under Wine.
"""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Result, Sandbox, executable_under_test
from compat_tests.wine.harness import Unavailable, prepare, windows_path
from compat_tests.wine.sandbox import WindowsSandbox, wait_until

PER_QUERY_SECONDS = 0.040
"""What others took to answer for one `pane_current_*`."""
QUERIES = 50
DETACHED_PROCESS = 0x8

LOCAL_TCP = re.compile(r"^\s*\d+: .{8}:.{4} .{8}:.{4} \S\S \S+ \S+ \S+ +\d+ +\d+ (\d+) ", re.MULTILINE)


class Box(ABC):
    """A tmux in a world of its own, here or under Wine."""

    root: Path

    @abstractmethod
    def run(self, *argv: str, stdin: bytes | None = None) -> Result: ...

    @abstractmethod
    def until(self, text: str, *argv: str) -> Result: ...

    @abstractmethod
    def path(self, path: Path) -> str:
        """A path as programs there write it."""

    @abstractmethod
    def pids(self) -> list[int]:
        """This machine's pids of all there is, but for what the test itself uses."""


class PosixBox(Box):
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.root = sandbox.root
        arguments = sandbox.bin / "arguments"
        arguments.write_text('#!/bin/sh\nprintf "%s\\n" "$@" "in $(pwd)" end; exec cat >/dev/null\n')
        arguments.chmod(0o755)

    def run(self, *argv: str, stdin: bytes | None = None) -> Result:
        return self.sandbox.run(*argv, stdin=stdin)

    def until(self, text: str, *argv: str) -> Result:
        return self.sandbox.until(text, *argv)

    def path(self, path: Path) -> str:
        return str(path)

    def pids(self) -> list[int]:
        return list(self.sandbox.processes())


class WindowsBox(Box):
    def __init__(self, sandbox: WindowsSandbox) -> None:
        self.sandbox = sandbox
        self.root = sandbox.root

    def run(self, *argv: str, stdin: bytes | None = None) -> Result:
        return self.sandbox.run(*argv, stdin=stdin)

    def until(self, text: str, *argv: str) -> Result:
        return self.sandbox.until(text, *argv)

    def path(self, path: Path) -> str:
        return windows_path(path)

    def pids(self) -> list[int]:
        return list(self.sandbox.processes())


@pytest.fixture(params=["posix", pytest.param("windows", marks=pytest.mark.wine)])
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    """The executable under test on this system, then on Windows."""
    if request.param == "posix":
        with Sandbox(executable_under_test()) as sandbox:
            yield PosixBox(sandbox)
        return
    try:
        wine = prepare()
    except Unavailable as error:
        pytest.skip(f"no Wine: {error}")
    with WindowsSandbox(wine) as windows:
        yield WindowsBox(windows)


def test_one_server_for_all_sessions_and_nothing_of_it_stays(box: Box) -> None:
    """A server per session and its stale registry files; 28 orphan servers."""
    for name in ("a", "b", "c"):
        box.run("new-session", "-d", "-s", name, "sleep 600").ok()
    pids = box.run("list-sessions", "-F", "#{pid}").ok().split()
    assert len(pids) == 3
    assert len(set(pids)) == 1
    box.run("kill-session", "-t", "b").ok()
    box.run("kill-session", "-t", "c").ok()
    box.run("kill-session", "-t", "a").ok()
    wait_until(lambda: not box.pids(), "the end of everything")
    assert box.run("list-sessions").err.startswith("no server running on ")
    box.run("new-session", "-d", "-s", "a", "sleep 600").ok()


def test_kill_session_kills_or_says_why_not(box: Box) -> None:
    """`kill-session` silently did nothing."""
    box.run("new-session", "-d", "-s", "keeper", "sleep 600").ok()
    box.run("new-session", "-d", "-s", "victim", "sleep 600").ok()
    before = len(box.pids())
    box.run("kill-session", "-t", "victim").ok()
    assert box.run("list-sessions", "-F", "#{session_name}").ok() == "keeper\n"
    wait_until(lambda: len(box.pids()) < before, "the end of the victim's program")
    again = box.run("kill-session", "-t", "victim")
    assert (again.code, again.err) == (1, "can't find session: victim\n")


def test_listing_takes_a_format(box: Box) -> None:
    """`list-sessions -F` was missing."""
    box.run("new-session", "-d", "-s", "a", "-x", "81", "-y", "25", "sleep 600").ok()
    form = "#{session_name}|#{session_windows}|#{?session_attached,yes,no}|#{window_width}x#{window_height}"
    assert box.run("list-sessions", "-F", form).ok() == "a|1|no|81x25\n"


def test_commands_match_by_prefix(box: Box) -> None:
    """There was no command prefix matching."""
    box.run("new-s", "-d", "-s", "a", "sleep 600").ok()
    assert box.run("list-se", "-F", "#S").ok() == "a\n"
    assert box.run("ls", "-F", "#S").ok() == "a\n"
    ambiguous = box.run("list")
    assert (ambiguous.code, ambiguous.err.partition(",")[0]) == (1, "ambiguous command: list")


def test_respawn_runs_the_command_it_is_given(box: Box) -> None:
    """`respawn-pane -k -t %n -- cmd` dropped the command."""
    box.run("new-session", "-d", "-s", "a", "sleep 600").ok()
    box.run("respawn-pane", "-k", "-t", "%0", "--", "arguments given anew").ok()
    box.until("given\nanew\n", "capture-pane", "-p", "-t", "%0")
    box.run("respawn-pane", "-k", "-t", "%0", "--", "arguments", "three words given", "apart").ok()
    box.until("three words given\napart\n", "capture-pane", "-p", "-t", "%0")


def test_split_starts_where_it_is_told(box: Box) -> None:
    """`split-window -c` was ignored; backslashes and blanks in paths were lost."""
    folder = box.root / "a folder" / "with several" / "names"
    folder.mkdir(parents=True)
    box.run("new-session", "-d", "-s", "a", "-x", "200", "sleep 600").ok()
    box.run("split-window", "-t", "a", "-c", box.path(folder), "arguments", box.path(folder)).ok()
    shown = box.until("end", "capture-pane", "-p", "-J", "-t", "a").ok().splitlines()
    assert shown[0] == box.path(folder)
    assert shown[1] == f"in {box.path(folder)}"
    form = "#{pane_current_path}|#{pane_start_path}"
    box.until(f"{box.path(folder)}|{box.path(folder)}\n", "display-message", "-p", "-t", "a", form)


def test_backslashes_and_blanks_survive_in_arguments(box: Box) -> None:
    """Backslashes and blanks were lost on the way to the server, to programs and to options."""
    words = ["C:\\dir with blank\\file.txt", "ends\\", 'quo"te', "\\\\host\\share", "'single'", "semi;colon"]
    box.run("new-session", "-d", "-s", "a", "-x", "200", "arguments", *words).ok()
    assert box.until("end", "capture-pane", "-p", "-t", "a").ok().splitlines()[: len(words)] == words
    for word in words:
        box.run("set-option", "-g", "@word", word, ";", "set-environment", "-g", "WORD", word).ok()
        shown = box.run("show-options", "-gv", "@word", ";", "show-environment", "-g", "WORD").ok()
        assert shown == f"{word}\nWORD={word}\n"


def test_what_cannot_be_done_is_an_error(box: Box) -> None:
    """There were no-ops that exited with 0."""
    box.run("new-session", "-d", "-s", "a", "sleep 600").ok()
    for argv in (
        ["no-such-command"],
        ["split-window", "-Q"],
        ["list-sessions", "-t", "a"],
        ["set-option", "-g", "no-such-option", "1"],
        ["select-pane", "-t", "%99"],
        ["send-keys", "-t", "nobody", "x"],
        ["attach-session", "-t", "a"],
        ["load-buffer", box.path(box.root / "not there")],
        ["source-file", box.path(box.root / "not there")],
    ):
        done = box.run(*argv)
        assert done.code == 1, argv
        assert done.err, argv


def test_newline_in_send_keys_is_typed(box: Box) -> None:
    """A newline in `send-keys` was run as a command (messages are framed by length, not by lines)."""
    box.run("new-session", "-d", "-s", "a", "claude").ok()
    box.until("\n>", "capture-pane", "-p", "-t", "a")
    box.run("send-keys", "-t", "a", "-l", "one\rkill-server\rtwo").ok()
    box.run("send-keys", "-t", "a", "Enter").ok()
    box.until("said: two\n", "capture-pane", "-p", "-t", "a")
    shown = box.run("capture-pane", "-p", "-t", "a").ok()
    assert [said for said in ("one", "kill-server", "two") if f"said: {said}\n" not in shown] == []
    box.run("set-buffer", "first\nkill-server\n").ok()
    assert box.run("show-buffer").ok() == "first\nkill-server\n"


def test_current_command_and_directory_cost_little(box: Box) -> None:
    """40 ms for each `pane_current_*`: the same listing with and without them."""
    box.run("new-session", "-d", "-s", "a", "sleep 600").ok()
    plain = "x" * 20
    asked = "#{pane_current_command}#{pane_current_path}"

    def seconds(form: str) -> float:
        calls = [word for _ in range(QUERIES) for word in ("list-panes", "-F", form, ";")]
        began = time.monotonic()
        box.run(*calls[:-1]).ok()
        return time.monotonic() - began

    seconds(asked)
    assert (seconds(asked) - seconds(plain)) / (2 * QUERIES) < PER_QUERY_SECONDS


def test_nothing_listens_on_a_port(box: Box) -> None:
    """TCP control channels with authentication bugs: here is none."""
    box.run("new-session", "-d", "-s", "a", "sleep 600").ok()
    tcp = set()
    for table in ("tcp", "tcp6"):
        tcp |= set(LOCAL_TCP.findall(Path(f"/proc/net/{table}").read_text()))
    held = set()
    for pid in box.pids():
        for fd in Path(f"/proc/{pid}/fd").iterdir():
            try:
                target = str(fd.readlink())
            except OSError:  # closed meanwhile
                continue
            held.add(target.removeprefix("socket:[").removesuffix("]"))
    assert box.pids()
    assert not held & tcp


def test_tmux_is_known_inside(box: Box) -> None:
    """`TMUX` was lost: programs in a pane did not reach their own server."""
    box.run("-L", "other", "new-session", "-d", "-s", "inner").ok()
    box.run("-L", "other", "set-option", "-g", "@secret", "found it").ok()
    box.run("-L", "other", "send-keys", "-t", "inner", "tmux show-options -gv @secret", "Enter").ok()
    box.until("\nfound it\n", "-L", "other", "capture-pane", "-p", "-t", "inner")


@pytest.mark.wine
def test_sessions_are_reached_from_git_bash() -> None:
    """Detached sessions could not be reached from Git Bash: no console, and variables of its own.

    What it sets is set here; Git Bash itself was not run.
    """
    try:
        wine = prepare()
    except Unavailable as error:
        pytest.skip(f"no Wine: {error}")
    bash = {
        "HOME": "/c/Users/John Doe",
        "MSYSTEM": "MINGW64",
        "PWD": "/z/tmp",
        "SHELL": "/usr/bin/bash",
        "TERM": "xterm-256color",
        "TMUX_TMPDIR": None,
    }
    with WindowsSandbox(wine) as windows:
        windows.run("new-session", "-d", "-s", "from cmd", "cat").ok()
        listed = windows.start("list-sessions", "-F", "#S", env=bash, flags=DETACHED_PROCESS).result()
        assert listed.ok() == "from cmd\n"
        made = windows.start("new-session", "-d", "-s", "from bash", "cat", env=bash, flags=DETACHED_PROCESS)
        made.result().ok()
        assert windows.run("list-sessions", "-F", "#S").ok() == "from bash\nfrom cmd\n"
