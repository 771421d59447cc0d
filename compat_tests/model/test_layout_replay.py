"""Sequences of splits, resizes and layouts recorded from real tmux give the same layouts on the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compat_tests.model.layout_replay import Replay

RECORDED = Path(__file__).parents[2] / "fixtures" / "layouts"


def _cases() -> list[Any]:
    found = []
    for path in sorted(RECORDED.glob("*.json")):
        for case in json.loads(path.read_text())["cases"]:
            found.append(pytest.param(case, id=f"{path.stem}-{case['seed']}"))
    return found


def test_enough_cases_are_recorded() -> None:
    assert len(_cases()) >= 200


@pytest.mark.parametrize("case", _cases())
def test_replay(case: dict[str, Any]) -> None:
    replay = Replay(*case["size"])
    for number, step in enumerate(case["steps"]):
        error = replay.run(list(step["command"]))
        wanted = {key: step[key] for key in ("window", "layout", "panes")}
        where = f"step {number}: {' '.join(step['command'])}"
        assert (where, error, replay.state()) == (where, step["error"], wanted)
