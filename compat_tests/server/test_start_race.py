"""Many clients at once where no server runs yet: one server, every session, no error."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox

CLIENTS = 64
ROUNDS = int(os.environ.get("TMUXISH_RACE_ROUNDS", "1"))
"""One round by default; a release is tested with five."""


def run_at_once(tmux: Sandbox, calls: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Start all calls before waiting for any; (status, standard output, standard error) of each."""
    started = [tmux.popen(*argv) for argv in calls]
    ended = []
    for process in started:
        out, err = process.communicate(timeout=60)
        ended.append((process.returncode, out.decode(), err.decode()))
    return ended


def server_pids(tmux: Sandbox) -> list[int]:
    """Processes of this world that no other process of it started: clients are gone, so servers."""
    pids = set(tmux.processes())
    parents = {pid: int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in pids}
    return [pid for pid, parent in parents.items() if parent not in pids]


def leave_stale_socket(tmux: Sandbox) -> None:
    """A socket file that nobody listens on, as a server that was killed leaves it."""
    path = tmux.socket_path()
    path.parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))


@pytest.mark.parametrize("stale", [False, True], ids=["cold", "stale-socket"])
@pytest.mark.parametrize("_round", range(ROUNDS))
def test_all_get_their_session_from_one_server(tmux: Sandbox, stale: bool, _round: int) -> None:
    if stale:
        leave_stale_socket(tmux)
    calls = [["new-session", "-d", "-s", f"s{number:02}", "exec sleep 600"] for number in range(CLIENTS)]
    assert set(run_at_once(tmux, calls)) == {(0, "", "")}
    names = tmux.run("list-sessions", "-F", "#{session_name}").ok().split()
    assert names == [f"s{number:02}" for number in range(CLIENTS)]
    assert server_pids(tmux) == [tmux.server_pid()]


def test_of_many_that_want_the_same_name_one_wins(tmux: Sandbox) -> None:
    ended = run_at_once(tmux, [["new-session", "-d", "-s", "same", "exec sleep 600"]] * 16)
    assert sorted(ended) == [(0, "", "")] + [(1, "", "duplicate session: same\n")] * 15
    assert server_pids(tmux) == [tmux.server_pid()]


def test_probes_among_the_starters_see_a_server_or_none(tmux: Sandbox) -> None:
    calls = []
    for number in range(16):
        calls += [
            ["new-session", "-d", "-s", f"s{number}", "exec sleep 600"],
            ["has-session", "-t", f"=s{number}"],
        ]
    ended = run_at_once(tmux, calls)
    assert ended[::2] == [(0, "", "")] * 16
    for number, (status, out, err) in enumerate(ended[1::2]):
        assert out == ""
        if status:
            absent = (
                f"can't find session: s{number}\n",
                "no server running on ",
                "error connecting to ",
                "no current target\n",
            )
            assert err.startswith(absent)
        else:
            assert err == ""
    assert len(tmux.run("list-sessions").ok().splitlines()) == 16


def test_starting_while_the_last_session_ends(tmux: Sandbox) -> None:
    """A server that is about to end must not take a new session down with it."""
    for number in range(5):
        tmux.run("new-session", "-d", "-s", f"s{number}", "exec sleep 600").ok()
        ending = tmux.popen("kill-session", "-t", f"s{number}")
        result = tmux.run("new-session", "-d", "-s", "next", "exec sleep 600")
        ending.communicate()
        if result.code:
            # What real tmux says when it loses this race; the next call must then work.
            assert result.err in ("server exited unexpectedly\n", "lost server\n")
            tmux.run("new-session", "-d", "-s", "next", "exec sleep 600").ok()
        tmux.run("kill-session", "-t", "next").ok()
