"""Texts, argument vectors and key names give what real tmux was recorded to make of them."""

from __future__ import annotations

import timeit
from typing import Any

import pytest

from compat_tests.grammar.support import load, make_context, make_registry
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.keys import NONE, UNKNOWN, key_to_string, string_to_key
from tmuxish.grammar.nodes import CommandList
from tmuxish.grammar.parser import parse_argv, parse_text
from tmuxish.quoting import quote

REGISTRY = make_registry()
CONTEXT = make_context(REGISTRY)


def cases(name: str) -> list[Any]:
    recorded: list[Any] = load(name)["cases"]
    return recorded


@pytest.mark.parametrize(("text", "expected"), cases("texts.json"))
def test_text(text: str, expected: str) -> None:
    lines: list[str] = []
    try:
        parse_text(text, context=CONTEXT, file="f", one_group=False, parse_only=True, verbose=lines.append)
    except ParseError as error:
        lines.append(str(error))
    assert "".join(line + "\n" for line in lines) == expected


@pytest.mark.parametrize(("argv", "stdout", "stderr"), cases("argvs.json"))
def test_argv(argv: list[str], stdout: str, stderr: str) -> None:
    try:
        commands = parse_argv(argv, context=CONTEXT)
    except ParseError as error:
        assert (f"{error}\n", "") == (stderr, stdout)
        return
    printed = [command.args.text(0) for command in commands if command.args.has("p")]
    assert "".join(f"{line}\n" for line in printed) == stdout


@pytest.mark.parametrize(("name", "printed"), cases("keys.json"))
def test_key(name: str, printed: str | None) -> None:
    key = string_to_key(name)
    assert (None if key in (UNKNOWN, NONE) else quote(key_to_string(key))) == printed


@pytest.mark.parametrize("row", load("commands.json")["commands"], ids=lambda row: str(row["name"]))
def test_flags_follow_from_the_usage(row: dict[str, Any]) -> None:
    flags = REGISTRY.find(row["name"]).flags
    assert (flags.template(), flags.min_operands, flags.max_operands) == (
        row["template"],
        row["min"],
        row["max"],
    )
    assert (flags.blocks is not None) == row["blocks"]


def test_only_what_starts_a_server_is_said_to() -> None:
    assert parse_argv(["ls", ";", "new", "-d"], context=CONTEXT).starts_server()
    assert not parse_argv(["ls", ";", "has"], context=CONTEXT).starts_server()


def test_a_command_given_as_a_block_stays_one() -> None:
    block = parse_text("display a ; ls", context=CONTEXT)
    bound = parse_argv(["bind-key", "x", block], context=CONTEXT)
    assert bound[0].args.operands == ["x", block]
    assert isinstance(bound[0].args.operands[1], CommandList)
    assert str(bound) == "bind-key x { display-message -p a ; list-sessions }"


def test_a_probe_is_parsed_in_no_time() -> None:
    """`has-session -t x` is what most clients poll with; design.md gives the whole call 4 ms."""

    def probe() -> None:
        parse_argv(["has-session", "-t", "x"], context=CONTEXT)

    assert min(timeit.repeat(probe, number=200, repeat=5)) / 200 < 30e-6
