"""The terminal is asked to report of the mouse what real tmux asks for."""

from __future__ import annotations

import pytest

from compat_tests.attached.script import Scenario
from compat_tests.clients.sandbox import Sandbox, executable_under_test
from compat_tests.mouse.modes import SCENES, Watcher, load


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_reports_asked_for_are_those_of_tmux(scene: Scenario) -> None:
    wanted = load()[scene.name]
    with Sandbox(executable_under_test()) as sandbox:
        watcher = Watcher(sandbox, scene, wanted)
        watcher.play()
        assert watcher.seen == wanted
