"""Error texts, exit statuses and default outputs that clients match, as real tmux gives them."""

from __future__ import annotations

import pytest

from compat_tests.clients.replay import assert_replays, recorded
from compat_tests.clients.script import Scenario


@pytest.mark.parametrize(
    "scenario", [pytest.param(scenario, id=name) for name, scenario in recorded("errors")]
)
def test_answers(scenario: Scenario) -> None:
    assert_replays(scenario)
