"""list-commands against that of tmux 3.7c: every command, its usage, and the order."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from compat_tests.clients.sandbox import Sandbox
from tmuxish import commands
from tmuxish.grammar.command import Command

RECORDED = json.loads((Path(__file__).parents[2] / "fixtures" / "grammar" / "commands.json").read_text())


def line(row: dict[str, Any]) -> str:
    alias = f" ({row['alias']})" if row["alias"] else ""
    return f"{row['name']}{alias} {row['usage']}"


def test_all_commands_are_there_in_order(tmux: Sandbox) -> None:
    expected = [line(row) for row in RECORDED["commands"]]
    assert tmux.run("start-server", ";", "list-commands").ok().splitlines() == expected


def test_the_index_of_modules_is_true() -> None:
    """Modules are loaded by what the index says of them; it says neither more nor less than they do."""
    folder = Path(commands.__file__).parent
    found = {}
    for path in folder.glob("*.py"):
        if path.stem == "__init__":
            continue
        loaded = importlib.import_module(f"tmuxish.commands.{path.stem}")
        entries = [entry for entry in vars(loaded).values() if isinstance(entry, Command)]
        words = [f"{entry.name}:{entry.alias}" if entry.alias else entry.name for entry in entries]
        if words:
            found[path.stem] = set(words)
    assert found == {module: set(words.split()) for module, words in commands.MODULES.items()}


def test_a_command_is_loaded_when_it_is_looked_up() -> None:
    code = (
        "import sys\n"
        "from tmuxish.commands import TABLE\n"
        "before = {name for name in sys.modules if 'kill_' in name}\n"
        "assert TABLE.find('kill-serv').name == 'kill-server' and TABLE.find('killp').name == 'kill-pane'\n"
        "after = {name.rpartition('.')[2] for name in sys.modules if 'kill_' in name}\n"
        "assert not before and after == {'kill_server', 'kill_pane'}, (before, after)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
