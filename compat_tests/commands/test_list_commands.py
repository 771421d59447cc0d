"""list-commands against that of tmux 3.7c: every command, its usage, and the order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from compat_tests.clients.sandbox import Sandbox

RECORDED = json.loads((Path(__file__).parents[2] / "fixtures" / "grammar" / "commands.json").read_text())


def line(row: dict[str, Any]) -> str:
    alias = f" ({row['alias']})" if row["alias"] else ""
    return f"{row['name']}{alias} {row['usage']}"


def test_all_commands_are_there_in_order(tmux: Sandbox) -> None:
    expected = [line(row) for row in RECORDED["commands"]]
    assert tmux.run("start-server", ";", "list-commands").ok().splitlines() == expected
