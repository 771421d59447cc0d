"""The call sequences of real products answer as on real tmux."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compat_tests.clients.record import sources
from compat_tests.clients.replay import FIXTURES, assert_replays, recorded
from compat_tests.clients.script import Scenario, parse


@pytest.mark.parametrize(
    "scenario",
    [pytest.param(scenario, id=name) for name, scenario in (*recorded("clients"), *recorded("windows"))],
)
def test_calls_of(scenario: Scenario) -> None:
    assert_replays(scenario)


@pytest.mark.parametrize("path", sources([]), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_recording_is_of_the_scenario_as_written(path: Path) -> None:
    """A scenario changed without a new recording would test the old one."""
    fixture = json.loads((FIXTURES / path.parent.name / f"{path.stem}.json").read_text())
    for scenario in fixture["scenarios"]:
        for step in scenario["steps"]:
            del step["answer"]
    assert fixture["scenarios"] == parse(path)
