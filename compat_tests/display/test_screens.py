"""An attached client's screen is that of tmux: text, colours, cursor, recorded in fixtures/display."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import executable_under_test
from compat_tests.display.attached import Tmux
from compat_tests.display.scenarios import SCENARIOS, Scenario
from compat_tests.display.setup import attach, set_up, type_keys

RECORDED = json.loads(
    (Path(__file__).parents[2] / "fixtures/display/screens.json").read_text(encoding="utf-8")
)["screens"]


@pytest.fixture(scope="module")
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tmux]:
    ours = Tmux(executable_under_test(), str(tmp_path_factory.mktemp("display")))
    yield ours
    ours.kill()


def test_all_are_recorded() -> None:
    assert set(RECORDED) == {scenario.name for scenario in SCENARIOS}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_screen_is_that_of_tmux(tmux: Tmux, scenario: Scenario) -> None:
    expected = RECORDED[scenario.name]
    set_up(tmux, scenario)
    client = attach(tmux, scenario)
    try:
        type_keys(client, scenario.typed)
        shown = client.wait_for(lambda screen: screen == expected)
    finally:
        client.close()
        tmux.run("kill-session", "-t", "s", ";", "set", "-s", "exit-empty", "off")
    assert shown["text"] == expected["text"]
    assert shown["looks"] == expected["looks"]
    assert shown["cursor"] == expected["cursor"]
