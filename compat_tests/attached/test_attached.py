"""What a user sees after each key is what real tmux showed: see the package's docstring."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest

from compat_tests.attached import fixture
from compat_tests.attached.compare import Comparer
from compat_tests.attached.groups import groups, scenarios
from compat_tests.attached.script import Scenario
from compat_tests.clients.sandbox import Sandbox, executable_under_test

# Scenarios played at the same time; TMUXISH_ATTACHED_AT_ONCE is another number.
AT_ONCE = int(os.environ.get("TMUXISH_ATTACHED_AT_ONCE", "4"))
ALL = [
    pytest.param(group, scenario, id=f"{group}-{scenario.name}")
    for group in groups()
    for scenario in scenarios(group)
]


@pytest.fixture(scope="session")
def commands() -> set[str]:
    """The commands that the executable under test has."""
    with Sandbox(executable_under_test()) as sandbox:
        names = sandbox.run("list-commands", "-F", "#{command_list_name} #{command_list_alias}").ok()
        return set(names.split())


Plays = dict[str, "Future[None]"]
"""Scenarios by the name of their test, being played or done."""


@pytest.fixture(scope="session")
def plays(request: pytest.FixtureRequest, commands: set[str]) -> Iterator[Plays]:
    """All scenarios that are to be tested, some at a time: they mostly wait, each in a world of its own."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        found: Plays = {}
        for item in request.session.items:
            params = getattr(getattr(item, "callspec", None), "params", {})
            scenario = params.get("scenario")
            if isinstance(scenario, Scenario) and not scenario.commands() - commands:
                found[item.nodeid] = pool.submit(play, params["group"], scenario)
        yield found
        pool.shutdown(cancel_futures=True)


def play(group: str, scenario: Scenario) -> None:
    recorded = fixture.load(group).get(scenario.name)
    assert recorded, "not recorded: see compat_tests/attached/__init__.py"
    with Sandbox(executable_under_test()) as sandbox:
        Comparer(sandbox, scenario, recorded).play()


@pytest.mark.parametrize(("group", "scenario"), ALL)
def test_screens_are_those_of_tmux(
    group: str, scenario: Scenario, commands: set[str], plays: Plays, request: pytest.FixtureRequest
) -> None:
    missing = sorted(scenario.commands() - commands)
    if missing:
        pytest.skip(f"not there yet: {', '.join(missing)}")
    try:
        plays[request.node.nodeid].result()
    except AssertionError:
        # On a busy machine what depends on time (clicks, Escape, screens of an instant) goes wrong: once more
        # when the others are done.
        wait(plays.values())
        play(group, scenario)


@pytest.mark.parametrize("group", groups())
def test_nothing_is_recorded_in_vain(group: str) -> None:
    assert set(fixture.load(group)) <= {scenario.name for scenario in scenarios(group)}
