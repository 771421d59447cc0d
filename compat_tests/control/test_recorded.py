"""Conversations in control mode, line by line as real tmux held them when they were recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from compat_tests.clients.sandbox import Sandbox
from compat_tests.control.record import FIXTURES
from compat_tests.control.talk import Conversation, Scenario


def _recorded() -> Iterator[Any]:
    for path in sorted(FIXTURES.glob("*.json")):
        for entry in json.loads(path.read_text())["scenarios"]:
            yield pytest.param(entry, id=f"{path.stem}: {entry['name']}")


@pytest.mark.parametrize("entry", list(_recorded()))
def test_conversation(entry: dict[str, Any], tmux: Sandbox) -> None:
    outcome = Conversation(tmux).run(Scenario(entry["name"], entry["steps"]))
    assert outcome.transcripts == entry["transcripts"]
    assert outcome.statuses == entry["statuses"]
