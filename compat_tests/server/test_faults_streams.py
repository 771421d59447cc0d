"""Closed standard streams and a working directory that is gone: as a daemon's or a container's caller is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox, is_foreign

CLOSED = ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"]


@pytest.mark.parametrize("closed", CLOSED)
def test_the_first_session_starts(tmux: Sandbox, closed: str) -> None:
    assert tmux.shell(f"tmux new-session -d -s a claude {closed}").code == 0
    tmux.run("has-session", "-t", "a").ok()
    assert tmux.shell(f"tmux new-session -d -s b claude {closed}").code == 0
    assert tmux.run("list-sessions", "-F", "#S").ok() == "a\nb\n"


@pytest.mark.parametrize("closed", CLOSED)
def test_a_bad_call_fails(tmux: Sandbox, closed: str) -> None:
    tmux.run("new-session", "-d", "-s", "a", "claude").ok()
    assert tmux.shell(f"tmux has-session -t nobody {closed}").code == 1
    tmux.run("has-session", "-t", "a").ok()


def test_no_file_takes_the_place_of_a_closed_stream(tmux: Sandbox) -> None:
    """In particular not the connection to the server, which once was read as standard input."""
    tmux.run("new-session", "-d", "-s", "a", "claude").ok()
    assert tmux.shell("tmux load-buffer - <&-").code == 1
    assert tmux.run("list-buffers").ok() == ""
    tmux.run("set-buffer", "text").ok()
    result = tmux.shell("tmux save-buffer - >&-")
    # tmux itself reports an end of its own event library here.
    assert (result.code, is_foreign() or result.err) == (1, is_foreign() or "Bad file descriptor: -\n")
    tmux.run("has-session", "-t", "a").ok()


@pytest.mark.parametrize("pwd", ["right", "wrong", "unset"])
def test_a_working_directory_that_is_gone(tmux: Sandbox, pwd: str) -> None:
    """The session starts at home then, and so does its program (which tmux leaves where nobody can be)."""
    gone = tmux.work / "gone"
    line = {"right": "", "wrong": "PWD=/nowhere; export PWD; ", "unset": "unset PWD; "}[pwd]
    script = f"mkdir {gone}; cd {gone}; rmdir {gone}; {line}tmux new-session -d -s a claude"
    assert tmux.shell(script).code == 0
    template = "#{session_path}|#{pane_start_path}" + ("" if is_foreign() else "|#{pane_current_path}")
    homes = "|".join([str(tmux.home)] * (template.count("|") + 1))
    tmux.until(homes, "display-message", "-p", "-t", "a", template)


@pytest.mark.skipif(is_foreign(), reason="about how our server starts")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
@pytest.mark.parametrize("closed", ["", *CLOSED])
def test_the_server_keeps_nothing_of_its_caller(tmux: Sandbox, closed: str) -> None:
    (tmux.work / "held").touch()
    tmux.shell(f"exec 7<held 9>>held; tmux new-session -d -s a claude {closed}")
    folder = Path(f"/proc/{tmux.server_pid()}/fd")
    open_files = {entry.name: os.readlink(entry) for entry in folder.iterdir()}
    assert [open_files.pop(fd) for fd in "012"] == ["/dev/null"] * 3
    kinds = sorted(name.split(":")[0] for name in open_files.values())
    assert set(kinds) <= {"socket", "pipe", "anon_inode", "/dev/ptmx", "/dev/pts/ptmx"}, kinds
