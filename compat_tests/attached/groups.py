"""Finds the groups of scenarios: every module below `scenarios/`."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

from compat_tests.attached.script import Scenario


def groups() -> list[str]:
    """Names of all groups."""
    return sorted(path.stem for path in (Path(__file__).parent / "scenarios").glob("[!_]*.py"))


def scenarios(group: str) -> Sequence[Scenario]:
    """The scenarios of a group; ValueError where two have one name."""
    found: Sequence[Scenario] = importlib.import_module(f"compat_tests.attached.scenarios.{group}").SCENARIOS
    names = [scenario.name for scenario in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{group}: more than one scenario called {', '.join(sorted(twice))}")
    return found
