"""No default binding of the copy mode tables is left unpressed."""

from __future__ import annotations

import json

import pytest

from compat_tests.attached.keys import key_bytes
from compat_tests.attached.scenarios.copy_mode import EMACS, MOUSE, VI
from compat_tests.attached.script import Input, Scenario
from compat_tests.keys.record_bindings import FIXTURE

MOUSE_KEYS = {
    "MouseDown1Pane",
    "MouseDrag1Pane",
    "MouseDragEnd1Pane",
    "WheelUpPane",
    "WheelDownPane",
    "DoubleClick1Pane",
    "TripleClick1Pane",
}


@pytest.mark.parametrize(("table", "scenarios"), [("copy-mode", EMACS), ("copy-mode-vi", VI)])
def test_every_default_key_is_pressed(table: str, scenarios: list[Scenario]) -> None:
    steps = [step for scenario in scenarios for step in scenario.steps]
    pressed = {chunk for step in steps if isinstance(step, Input) for chunk in step.chunks}
    names = {row[2] for row in json.loads(FIXTURE.read_text())["rows"] if row[0] == table}
    assert names
    assert {name for name in names - MOUSE_KEYS if key_bytes(name) not in pressed} == set()


def test_the_mouse_is_moved_in_both() -> None:
    names = {scenario.name for scenario in MOUSE}
    assert names == {f"{keys}-mouse-{what}" for keys in ("vi", "emacs") for what in ("drag", "clicks")}
