"""Whole configurations load with the messages, options, keys, hooks and windows they have on real tmux."""

from __future__ import annotations

import json
from typing import Any

import pytest

from compat_tests.clients.sandbox import executable_under_test
from compat_tests.language.configs import ANSWERS, answers_of, default_keys
from compat_tests.language.play import supported
from compat_tests.language.words import LATER, needs

RECORDED: dict[str, Any] = json.loads(ANSWERS.read_text(encoding="utf-8"))["configurations"]


@pytest.fixture(scope="module")
def names() -> set[str]:
    return supported(executable_under_test())


@pytest.fixture(scope="module")
def defaults() -> list[str]:
    return default_keys(executable_under_test())


@pytest.mark.parametrize("name", RECORDED)
def test_configuration(name: str, names: set[str], defaults: list[str]) -> None:
    expected = dict(RECORDED[name])
    missing = set(expected.pop("needs")) - names
    if missing:
        pytest.skip(f"commands that are not there yet: {', '.join(sorted(missing))}")
    # Default bindings of commands that are not there are not there either.
    absent = set(LATER) - names
    expected["unbound"] = [line for line in expected["unbound"] if absent.isdisjoint(_commands(line))]
    answer = answers_of(name, executable_under_test(), defaults)
    for what, wanted in expected.items():
        assert answer[what] == wanted, what


def _commands(binding: str) -> list[str]:
    """Later commands in a line that shows table, key, repeat, [note] and commands."""
    return needs({"text": binding.partition("] ")[2]}, {"out": ""})
