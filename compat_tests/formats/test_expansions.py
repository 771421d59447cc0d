"""Every recorded expansion of real tmux comes out the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compat_tests.formats.cases import CASES, STABLE
from compat_tests.formats.scenario import TARGETS, build_model, scope_of
from tmuxish.formats.expand import expand_time
from tmuxish.formats.variables import VARIABLES, all_variables
from tmuxish.model.server import Model

RECORDED = json.loads(
    (Path(__file__).resolve().parents[2] / "fixtures/formats/expansions.json").read_text(encoding="utf-8")
)
ALL = [
    pytest.param(target, template, expected, id=f"{target}-{number}")
    for target, cases in RECORDED["cases"].items()
    for number, (template, expected) in enumerate(cases)
]

# Facts about the machine of the recording.
NOT_IN_THE_MODEL = {
    "history_all_bytes",
    "history_bytes",
    "host",
    "host_short",
    "pane_current_command",
    "pane_current_path",
    "uid",
    "user",
}


@pytest.fixture(scope="module")
def model() -> Model:
    model = build_model(RECORDED["facts"])
    model.session_options.set("@loop", "x#{E:@loop}")
    return model


@pytest.mark.usefixtures("utc")
@pytest.mark.parametrize(("target", "template", "expected"), ALL)
def test_expansion(model: Model, target: str, template: str, expected: str) -> None:
    scope = scope_of(model, target)
    scope.clock = lambda: RECORDED["now"]
    assert expand_time(template, scope) == expected


@pytest.mark.usefixtures("utc")
@pytest.mark.parametrize(("template", "lines"), RECORDED["traces"])
def test_trace(model: Model, template: str, lines: list[str]) -> None:
    """display-message -v: each step, and then the expansion."""
    scope = scope_of(model, "%0")
    scope.clock = lambda: RECORDED["now"]
    steps: list[str] = []
    scope.log = steps.append
    steps.append(expand_time(template, scope))
    assert "\n".join(steps).split("\n") == lines


@pytest.mark.parametrize("target", TARGETS)
def test_all_variables(model: Model, target: str) -> None:
    """display-message -a: the same names in the same order, and the same values."""
    facts = {name: value for name, value in RECORDED["facts"][target].items() if name not in NOT_IN_THE_MODEL}
    ours = [pair for pair in all_variables(scope_of(model, target)) if pair[0] not in NOT_IN_THE_MODEL]
    assert [name for name, _ in ours if "\n" not in name] == [
        name for name in facts if name in VARIABLES or name == "command"
    ]
    wrong = {name: (value, facts[name]) for name, value in ours if value.split("\n")[0] != facts[name]}
    assert not wrong


def test_the_corpus_is_recorded() -> None:
    """A template added to `cases` is recorded, and every variable of the table is in some case."""
    recorded = {target: [template for template, _ in cases] for target, cases in RECORDED["cases"].items()}
    assert recorded == CASES
    assert sum(map(len, recorded.values())) >= 300
    assert set(STABLE) <= set(VARIABLES)
