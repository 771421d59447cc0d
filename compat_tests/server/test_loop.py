"""The server's loop: giving way to the system."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from tmuxish.server import loop as module
from tmuxish.server.loop import GIVEN, SKIPPED, Loop


@pytest.fixture
def loop() -> Iterator[Loop]:
    used = Loop()
    yield used
    used.close()


@pytest.mark.skipif(sys.platform != "linux", reason="nobody gives way there")
def test_giving_way_is_left_off_while_programs_want_the_processor(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    given: list[float] = []
    takes = GIVEN / 2

    def give() -> None:
        given.append(clock[0])
        clock[0] += takes

    monkeypatch.setattr(os, "sched_yield", give)
    monkeypatch.setattr(module.Loop, "now", staticmethod(lambda: clock[0]))
    for _ in range(3):
        loop.give_way()
    assert len(given) == 3
    takes = GIVEN * 2
    for _ in range(1 + SKIPPED):
        loop.give_way()
    assert len(given) == 4
    loop.give_way()
    assert len(given) == 5
