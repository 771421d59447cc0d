"""Recorded screens on disk: `fixtures/attached/GROUP.json`, one line per row, each different screen once."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from compat_tests.attached.player import Screen

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "attached"
ID_LENGTH = 8


def path_of(group: str) -> Path:
    return FOLDER / f"{group}.json"


@cache
def load(group: str) -> dict[str, list[Screen]]:
    """Every recorded scenario's screens, in order; none where nothing is recorded."""
    if not path_of(group).exists():
        return {}
    data = json.loads(path_of(group).read_text(encoding="utf-8"))
    return {name: [data["screens"][key] for key in ids] for name, ids in data["scenarios"].items()}


def _id(screen: Screen) -> str:
    return hashlib.sha1(_dense(screen).encode()).hexdigest()[:ID_LENGTH]


def _dense(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _screen_text(screen: Screen) -> str:
    """A screen as JSON that a reader sees as a screen."""
    parts = []
    for name, value in screen.items():
        if name == "rows" and value:
            body = ",\n   ".join(map(_dense, value))
            parts.append(f'"rows": [\n   {body}]')
        elif name == "looks" and value:
            body = ",\n   ".join(f"{_dense(y)}: {_dense(text)}" for y, text in value.items())
            parts.append(f'"looks": {{\n   {body}}}')
        else:
            parts.append(f"{_dense(name)}: {_dense(value)}")
    return "{" + ",\n  ".join(parts) + "}"


def save(group: str, version: str, scenarios: dict[str, list[Screen]]) -> None:
    """Write a group."""
    screens = {_id(screen): screen for looks in scenarios.values() for screen in looks}
    order = ",\n  ".join(
        f"{_dense(name)}: {_dense(list(map(_id, looks)))}" for name, looks in scenarios.items()
    )
    bodies = ",\n ".join(f"{_dense(key)}: {_screen_text(screen)}" for key, screen in screens.items())
    FOLDER.mkdir(parents=True, exist_ok=True)
    head = f'{{"recorded with": {_dense(version)},\n "scenarios": {{\n  {order}}},'
    path_of(group).write_text(f'{head}\n "screens": {{\n {bodies}}}}}\n', encoding="utf-8")
