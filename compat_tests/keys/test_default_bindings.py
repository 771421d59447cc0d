"""The default bindings are tmux 3.7c's: key, note, repeat and commands, in list-keys' order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from compat_tests.clients.sandbox import Sandbox, executable_under_test, is_foreign
from compat_tests.grammar.support import make_registry
from compat_tests.keys.record_bindings import FIXTURE
from tmuxish.commands import TABLE
from tmuxish.grammar.keys import key_to_string
from tmuxish.grammar.nodes import CommandList
from tmuxish.grammar.parser import ParseContext, parse_text
from tmuxish.keys.default_bindings import default_tables

RECORDED = json.loads(FIXTURE.read_text())
ROWS = [tuple(row) for row in RECORDED["rows"]]
TABLES = ["copy-mode", "copy-mode-vi", "prefix", "root"]


def our_rows() -> Iterator[tuple[str, ...]]:
    """The defaults as they are where every command of tmux exists."""
    context = ParseContext(make_registry())
    tables = default_tables(lambda text: parse_text(text, context=context))
    for table in tables.sorted_tables():
        for binding in table.sorted_bindings():
            key = key_to_string(binding.key)
            commands = binding.commands.text(escaped=True, groups=False)
            yield table.name, str(int(binding.repeat)), key, binding.note or "", commands


@pytest.mark.parametrize("table", TABLES)
def test_defaults_are_those_of_tmux(table: str) -> None:
    assert [row for row in our_rows() if row[0] == table] == [row for row in ROWS if row[0] == table]


def test_there_are_no_other_tables() -> None:
    assert sorted({row[0] for row in our_rows()}) == TABLES


def commands_in(commands: CommandList) -> Iterator[str]:
    """The names of all commands, those in blocks too."""
    for command in commands:
        yield command.entry.name
        for operand in command.args.operands:
            if isinstance(operand, CommandList):
                yield from commands_in(operand)


def is_possible(row: tuple[str, ...]) -> bool:
    """Whether all commands of a binding are implemented by what is tested."""
    if is_foreign():
        return True
    context = ParseContext(make_registry())
    commands = parse_text(row[4].replace(" \\; ", " ; "), context=context)
    return {*commands_in(commands)} <= {command.name for command in TABLE}


def squeezed(lines: list[str]) -> list[str]:
    """Columns are as wide as the widest key, which may be one that is missing."""
    return [re.sub(" +", " ", line) for line in lines]


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(executable_under_test()) as box:
        box.run("new-session", "-d", "cat").ok()
        yield box


def test_list_keys_prints_every_binding_whose_commands_exist(box: Sandbox) -> None:
    lines = zip(ROWS, RECORDED["lines"], strict=True)
    expected = [line for row, line in lines if is_possible(row)]
    assert squeezed(box.run("list-keys").ok().splitlines()) == squeezed(expected)


def test_list_keys_prints_the_notes(box: Sandbox) -> None:
    noted = [row for row in ROWS if row[0] in ("prefix", "root") and row[3]]
    expected = [line for row, line in zip(noted, RECORDED["notes"], strict=True) if is_possible(row)]
    assert squeezed(box.run("list-keys", "-N").ok().splitlines()) == squeezed(expected)
