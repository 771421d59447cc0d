"""When the status line is drawn again by itself: as the session's status-interval says, from the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compat_tests.clients.sandbox import executable_under_test
from compat_tests.display.attached import Attached, Tmux

CLOCK = re.compile(r"<(\d\d:\d\d:\d\d)>")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    ours = Tmux(executable_under_test(), str(tmp_path))
    for session, interval in (("stands", "0"), ("ticks", "1")):
        size = ("-x", "60", "-y", "11")
        ours.run("new-session", "-d", "-s", session, *size, "cat", ";", "set", "status-interval", interval)
    ours.run("set", "-g", "status-right", "<%H:%M:%S>", ";", "set", "-g", "automatic-rename", "off")
    yield ours
    ours.kill()


def clock(client: Attached, other_than: str = "") -> str:
    """What the clock in the status line shows, once it shows something else."""

    def changed(shown: dict[str, Any]) -> bool:
        found = CLOCK.search(shown["text"][-1])
        return found is not None and found[1] != other_than

    found = CLOCK.search(client.wait_for(changed)["text"][-1])
    assert found is not None and found[1] != other_than
    return found[1]


def ticks(client: Attached, count: int) -> None:
    last = clock(client)
    for _ in range(count):
        last = clock(client, last)


def test_without_an_interval_nothing_is_drawn(tmux: Tmux) -> None:
    other = Attached(tmux, "ticks", 60, 12)
    clock(other)
    stands = Attached(tmux, "stands", 60, 12)
    shown = clock(stands)
    ticks(other, 3)
    stands.settle()
    assert clock(stands) == shown
    stands.close()
    other.close()


def test_another_session_has_its_own(tmux: Tmux) -> None:
    client = Attached(tmux, "stands", 60, 12)
    other = Attached(tmux, "ticks", 60, 12)
    clock(client)
    ticks(other, 2)  # whatever began with the first session is over
    name = next(line.split()[0] for line in tmux.run("list-clients").splitlines() if "stands" in line)
    tmux.run("switch-client", "-c", name.rstrip(":"), "-t", "ticks")
    ticks(client, 2)
    client.close()
    other.close()
