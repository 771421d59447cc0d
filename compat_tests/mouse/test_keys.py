"""Mouse events count as the keys that real tmux takes them for, at the same places."""

from __future__ import annotations

import pytest

from compat_tests.attached.script import Scenario
from compat_tests.clients.sandbox import Sandbox, executable_under_test
from compat_tests.mouse.listen import listen
from compat_tests.mouse.record import load
from compat_tests.mouse.scenes import SCENES


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_mouse_events_are_those_of_tmux(scene: Scenario) -> None:
    with Sandbox(executable_under_test()) as sandbox:
        assert listen(sandbox, scene) == load()[scene.name]
