"""What a user sees after each key is what real tmux showed: see the package's docstring."""

from __future__ import annotations

import pytest

from compat_tests.attached import fixture
from compat_tests.attached.compare import Comparer
from compat_tests.attached.groups import groups, scenarios
from compat_tests.attached.script import Scenario
from compat_tests.clients.sandbox import Sandbox, executable_under_test

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


@pytest.mark.parametrize(("group", "scenario"), ALL)
def test_screens_are_those_of_tmux(group: str, scenario: Scenario, commands: set[str], tmux: Sandbox) -> None:
    missing = sorted(scenario.commands() - commands)
    if missing:
        pytest.skip(f"not there yet: {', '.join(missing)}")
    recorded = fixture.load(group).get(scenario.name)
    assert recorded, "not recorded: see compat_tests/attached/__init__.py"
    Comparer(tmux, scenario, recorded).play()


@pytest.mark.parametrize("group", groups())
def test_nothing_is_recorded_in_vain(group: str) -> None:
    assert set(fixture.load(group)) <= {scenario.name for scenario in scenarios(group)}
