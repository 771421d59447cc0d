"""On a terminal that orders letters itself (Bidi), vertical borders are between isolates as in tmux."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import executable_under_test
from compat_tests.display.attached import Attached, Tmux
from compat_tests.display.bidi import OVERRIDE, SCENARIOS, play, rows_with_isolates
from compat_tests.display.scenarios import SPLIT_H, Scenario
from compat_tests.display.setup import set_up

RECORDED = json.loads((Path(__file__).parents[2] / "fixtures/display/bidi.json").read_text())["rows"]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    ours = Tmux(executable_under_test(), str(tmp_path))
    yield ours
    ours.kill()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_isolates_are_those_of_tmux(tmux: Tmux, scenario: Scenario) -> None:
    expected = RECORDED[scenario.name]
    client = play(tmux, scenario)
    client.wait_for(lambda _: rows_with_isolates(client) == expected)
    assert rows_with_isolates(client) == expected
    client.close()


@pytest.mark.parametrize(
    ("commands", "locale"),
    [((SPLIT_H,), "C.UTF-8"), ((OVERRIDE, SPLIT_H), "C")],
    ids=["without-the-capability", "without-utf-8"],
)
def test_others_get_none(tmux: Tmux, commands: tuple[tuple[str, ...], ...], locale: str) -> None:
    scenario = Scenario("others", commands)
    set_up(tmux, scenario)
    client = Attached(tmux, "s", scenario.cols, scenario.rows, LANG=locale)
    client.wait_for(lambda screen: "right" in screen["text"][0] and "first" in screen["text"][-1])
    assert b"right" in client.received
    assert "\u2066".encode() not in client.received
    client.close()
