"""Commands that set and show options, recorded from real tmux, print the same from the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compat_tests.model.options_replay import Replay

RECORDED = json.loads((Path(__file__).parents[2] / "fixtures" / "options" / "commands.json").read_text())

# Formats in values (-F) are the command's work, so these steps wait for it.
SKIPPED = {("set-option", "-gF")}


def _name(case: list[Any]) -> str:
    return " ".join(case[0]["command"])


@pytest.mark.parametrize("case", RECORDED["cases"], ids=_name)
def test_replay(case: list[dict[str, Any]]) -> None:
    replay = Replay()
    for step in case:
        command = step["command"]
        if tuple(command[:2]) in SKIPPED:
            continue
        out, error = replay.run(command)
        assert (command, out, error) == (command, step["stdout"], step["stderr"])
