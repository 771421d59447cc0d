"""GNU parallel's --tmux and --tmuxpane: jobs in windows or panes of a server on a socket of its own."""

from __future__ import annotations

import re

import pytest

from compat_tests.clients.sandbox import Sandbox
from compat_tests.real_clients.programs import borrow, call

JOBS = ["1", "2", "3", "4"]
SEE = re.compile(r"tmux -S (\S+) attach")


@pytest.fixture(autouse=True)
def parallel(tmux: Sandbox) -> None:
    borrow(tmux, "parallel", "Debian: parallel")
    # Its first session lives for `sleep .2`, and it waits for ever if no window was added by then: on a busy
    # machine that would test the machine.
    longer = tmux.bin / "sleep"
    longer.write_text('#!/bin/sh\n[ "$1" = .2 ] && set -- 3\nexec /bin/sleep "$@"\n')
    longer.chmod(0o755)


def environment(tmux: Sandbox) -> dict[str, str]:
    """Its sockets and working files stay in the sandbox."""
    return {"TMPDIR": str(tmux.root), "PARALLEL_HOME": str(tmux.home / ".parallel")}


@pytest.mark.parametrize("mode", ["--tmux", "--tmuxpane"])
def test_jobs_run_and_their_output_stays(tmux: Sandbox, mode: str) -> None:
    done = call(
        tmux,
        *("parallel", "--will-cite", "-j4", mode, "echo job {}; echo {} > out.{}", ":::", *JOBS),
        env=environment(tmux),
    )
    assert done.code == 0, done.err
    assert SEE.search(done.err)
    assert [(tmux.work / f"out.{job}").read_text() for job in JOBS] == ["1\n", "2\n", "3\n", "4\n"]


def test_failures_are_counted(tmux: Sandbox) -> None:
    done = call(
        tmux, *("parallel", "--will-cite", "--tmux", "test {} = 1", ":::", *JOBS), env=environment(tmux)
    )
    assert done.code == 3
