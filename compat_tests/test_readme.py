"""README says what is so: its counts are those of the fixtures, its commands those of the packaging."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from compat_tests.bench import readme

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
WORDS = " ".join(README.split())


def contents(area: str) -> list[dict[str, list[dict[str, list[object]]]]]:
    return [json.loads(path.read_text()) for path in sorted((ROOT / "fixtures" / area).glob("*.json"))]


def test_the_count_of_recorded_calls_is_right() -> None:
    scenarios = [scenario for content in contents("clients") for scenario in content["scenarios"]]
    calls = sum(len(scenario["steps"]) for scenario in scenarios)
    assert f"**{calls} recorded calls**" in README
    assert f"`fixtures/clients/`, {len(scenarios)} scenarios" in WORDS


def test_the_count_of_screens_is_right() -> None:
    screens = sum(len(content["cases"]) for content in contents("screens"))
    assert f"**{screens} screens**" in README


def test_the_counts_of_recorded_scenarios_are_right() -> None:
    attached = sum(len(content["scenarios"]) for content in contents("attached"))
    assert f"**More than {attached // 100 * 100} attached scenarios**" in README
    control = sum(len(content["scenarios"]) for content in contents("control"))
    assert f"**More than {control // 100 * 100} conversations**" in README


def test_the_counts_of_commands_and_bindings_are_right() -> None:
    commands = json.loads((ROOT / "fixtures" / "grammar" / "commands.json").read_text())["commands"]
    assert f"All {len(commands)} commands" in README
    bindings = json.loads((ROOT / "fixtures" / "keys" / "bindings.json").read_text())
    assert f"all {len(bindings['lines'])} default key and mouse bindings" in WORDS


def test_every_path_it_names_exists() -> None:
    named = re.findall(r"`(tmuxish/\w+|fixtures/\w+/|compat_tests)`|\]\((compat_tests/[\w.]+)\)", README)
    assert named
    for path in (first or second for first, second in named):
        assert (ROOT / path).exists(), path


def test_ci_runs_its_test_command() -> None:
    command = re.search(r"^python3 -m venv .*pytest .*$", README, re.MULTILINE)
    assert command is not None
    ci = (ROOT / ".ci" / "run").read_text()
    assert command[0] in ci


def test_its_table_and_picture_of_speed_are_those_of_the_stored_run() -> None:
    if not readme.FIGURES.exists():
        pytest.skip("no run is stored: python -m compat_tests.bench.readme stores one")
    figures = readme.load([readme.FIGURES])
    assert readme.table(figures) in README
    assert readme.PICTURE.read_text() == readme.picture(figures)
    assert f"]({readme.PICTURE.relative_to(ROOT)})" in README


def test_what_ci_runs_with_one_client_only_has_none() -> None:
    """Whatever runs a tmux runs with both clients."""
    listed = re.search(r'^without_client="(.+)"$', (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert listed is not None
    for area in listed[1].split():
        tests = [path.read_text() for path in (ROOT / "compat_tests" / area).glob("test_*.py")]
        assert tests, area
        assert not re.search(r"Sandbox|executable_under_test|subprocess", "".join(tests)), area
