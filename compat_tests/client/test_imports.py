"""The fast path stays fast: what a `has-session` imports, and what it costs beyond the interpreter."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from compat_tests.client.support import ENVIRONMENT, Server

# Everything that a has-session may import after the interpreter itself has started.
ALLOWED = {
    "__future__",
    "_socket",
    "tmuxish",
    "tmuxish.cli",
    "tmuxish.cli.arguments",
    "tmuxish.cli.streams",
    "tmuxish.cli.tmux",
    "tmuxish.wire",
    "tmuxish.wire.frames",
    "tmuxish.wire.unix_socket",
}

PROGRAM = "from tmuxish.cli.tmux import main; main()"


def imports(report: str) -> set[str]:
    """The modules in a report of Python's about its imports."""
    return set(re.findall(r"^import time:.*\| +(\S+)$", report, re.MULTILINE))


def imported(*argv: str) -> set[str]:
    """What Python itself imports when it runs that."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *argv],
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return imports(done.stderr)


def test_a_client_that_finds_its_server_imports_next_to_nothing(server: Server) -> None:
    client = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-c", PROGRAM, "-S", server.path, "has-session"],
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    connection = server.accept()
    connection.command()
    connection.exit(0)
    _, report = client.communicate(timeout=10)
    assert client.returncode == 0
    assert imports(report) - imported("-c", "pass") <= ALLOWED


def test_a_client_that_finds_none_needs_one_module_more() -> None:
    names = imported("-c", PROGRAM, "-S", "/nonexistent/s", "has-session")
    assert names - imported("-c", "pass") <= ALLOWED | {"tmuxish.cli.start", "time"}


@pytest.mark.parametrize("flag", ["-V", "-h"])
def test_flags_that_need_no_server_need_no_more_either(flag: str) -> None:
    names = imported("-c", PROGRAM, flag)
    assert names - imported("-c", "pass") <= ALLOWED | {"tmuxish.version"}


def test_a_call_costs_no_more_than_4_ms_beyond_the_interpreter(tmp_path: Path) -> None:
    """In processor time, so that whatever else the machine does counts as little as it can."""
    env = {**ENVIRONMENT, "PYTHONPYCACHEPREFIX": str(tmp_path)}

    def milliseconds(*argv: str) -> float:
        with subprocess.Popen([sys.executable, "-c", *argv], env=env, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return (usage.ru_utime + usage.ru_stime) * 1000

    ours, bare = [], []
    for _ in range(25):
        bare.append(milliseconds("pass"))
        ours.append(milliseconds(PROGRAM, "-S", "/nonexistent/s", "has-session"))
    assert statistics.median(ours) <= statistics.median(bare) + 4
