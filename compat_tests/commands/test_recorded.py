"""Commands of scenarios/commands, answered as real tmux answered when they were recorded."""

from __future__ import annotations

import pytest

from compat_tests.clients.replay import assert_replays, recorded
from compat_tests.clients.script import Scenario


@pytest.mark.parametrize(
    "scenario", [pytest.param(scenario, id=name) for name, scenario in recorded("commands")]
)
def test_answers(scenario: Scenario) -> None:
    assert_replays(scenario)
