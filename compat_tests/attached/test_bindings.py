"""No default binding of the prefix table is left unpressed."""

from __future__ import annotations

import json

from compat_tests.attached.keys import key_bytes
from compat_tests.attached.scenarios.bindings import SCENARIOS
from compat_tests.attached.script import Input
from compat_tests.keys.record_bindings import FIXTURE

ELSEWHERE = {"C-z": "client/test_attach.py and commands/test_attached_clients.py: stopping is not a screen"}


def test_every_default_key_is_pressed() -> None:
    pressed = {
        step.chunks[1]
        for scenario in SCENARIOS
        for step in scenario.steps
        if isinstance(step, Input) and step.chunks[0] == key_bytes("prefix") and len(step.chunks) > 1
    }
    names = [row[2] for row in json.loads(FIXTURE.read_text())["rows"] if row[0] == "prefix"]
    assert names
    left_out = {name for name in names if key_bytes(name) not in pressed}
    assert left_out == set(ELSEWHERE)
