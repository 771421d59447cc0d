"""Key tables and the default bindings."""

from __future__ import annotations

import pytest

from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.keys import CURSOR, UNKNOWN, UP, string_to_key
from tmuxish.grammar.nodes import CommandList
from tmuxish.keys.default_bindings import PREFIX_ROWS, ROOT_ROWS, TABLES, default_tables
from tmuxish.keys.tables import KeyTables


def tables() -> KeyTables:
    return default_tables(lambda text: CommandList())


@pytest.mark.parametrize("row", [*PREFIX_ROWS, *ROOT_ROWS], ids=lambda row: row.key)
def test_default_keys_have_names(row: tuple[str, ...]) -> None:
    assert string_to_key(row[0]) != UNKNOWN


def test_no_key_is_bound_twice() -> None:
    for rows in TABLES.values():
        assert len({string_to_key(row.key) for row in rows}) == len(rows)


def test_as_many_bindings_as_tmux() -> None:
    # tmux 3.7c: list-keys -T prefix | wc -l, list-keys -T root | wc -l
    assert (len(PREFIX_ROWS), len(ROOT_ROWS)) == (88, 24)


def test_rows_of_unknown_commands_are_left_out() -> None:
    def parse(text: str) -> CommandList:
        if "detach-client" not in text:
            raise ParseError("unknown command")
        return CommandList()

    found = default_tables(parse)
    prefix, root = found.get("prefix"), found.get("root")
    assert prefix is not None
    assert root is not None
    assert list(prefix.bindings) == [ord("d")]


def test_lookup_ignores_flags() -> None:
    prefix = tables().get("prefix")
    assert prefix is not None
    binding = prefix.get(UP | CURSOR)
    assert binding is not None
    assert (binding.note, binding.repeat) == ("Select the pane above the active pane", True)


def test_rebinding_keeps_what_is_not_given() -> None:
    found = tables()
    key = string_to_key("d")
    found.bind("prefix", key, None, note="Away", repeat=True)
    binding = found.get_or_create("prefix").get(key)
    assert binding is not None
    assert (binding.note, binding.repeat) == ("Away", True)
    found.reset("prefix", key)
    binding = found.get_or_create("prefix").get(key)
    assert binding is not None
    assert (binding.note, binding.repeat) == ("Detach the current client", False)


def test_a_table_goes_with_its_last_binding() -> None:
    found = tables()
    found.bind("mine", ord("x"), CommandList())
    assert found.get("mine") is not None
    found.unbind("mine", ord("x"))
    assert found.get("mine") is None


def test_an_unbound_default_stays_away_from_reset_table() -> None:
    found = tables()
    found.unbind("prefix", ord("d"))
    found.reset_table("prefix")
    assert found.get_or_create("prefix").get(ord("d")) is None
