"""Environments: what programs get, and what show-environment prints."""

from __future__ import annotations

import pytest

from tmuxish.model.environment import Environment


def _lines(environment: Environment, *, shell: bool = False) -> list[str]:
    return [variable.shell_line() if shell else variable.line() for variable in environment]


def test_a_program_gets_the_session_over_the_global_environment() -> None:
    everywhere = Environment({"A": "global", "B": "global", "C": "global", "": "nameless"})
    session = Environment({"A": "session", "D": "session"})
    session.clear("B")
    session.set("C", "secret", hidden=True)
    child: dict[str, str] = {}
    for layer in (everywhere, session):
        layer.apply_to(child)
    assert child == {"A": "session", "D": "session"}


def test_a_hidden_variable_can_be_shown_again() -> None:
    child: dict[str, str] = {}
    hidden = Environment()
    hidden.set("A", "secret", hidden=True)
    for layer in (hidden, Environment({"A": "seen"})):
        layer.apply_to(child)
    assert child == {"A": "seen"}


def test_names_are_listed_in_byte_order() -> None:
    environment = Environment({"b": "1", "Z": "2", "_": "3", "A1": "4"})
    environment.clear("a")
    assert _lines(environment) == ["A1=4", "Z=2", "_=3", "-a", "b=1"]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("plain", 'X="plain"; export X;'),
        ('a"b$c`d\\e', 'X="a\\"b\\$c\\`d\\\\e"; export X;'),
        ("it's", 'X="it\'s"; export X;'),
        (None, "unset X;"),
    ],
)
def test_lines_for_a_shell(value: str | None, line: str) -> None:
    environment = Environment()
    if value is None:
        environment.clear("X")
    else:
        environment.set("X", value)
    assert _lines(environment, shell=True) == [line]


def test_unset_forgets_and_clear_marks() -> None:
    environment = Environment({"A": "1", "B": "2"})
    environment.unset("A")
    environment.clear("B")
    environment.unset("never there")
    assert environment.find("A") is None
    assert environment.find("B") is not None
    assert environment.value("B") is None
    assert _lines(environment) == ["-B"]


@pytest.mark.parametrize(
    ("assignment", "lines"),
    [("A=1", ["A=1"]), ("A=b=c", ["A=b=c"]), ("A=", ["A="]), ("A", []), ("", [])],
)
def test_put(assignment: str, lines: list[str]) -> None:
    environment = Environment()
    environment.put(assignment)
    assert _lines(environment) == lines


def test_update_environment_takes_matches_and_marks_the_rest() -> None:
    client = Environment({"DISPLAY": ":1", "SSH_AUTH_SOCK": "/s", "SSH_AGENT_PID": "5", "HOME": "/root"})
    session = Environment({"DISPLAY": ":0", "WINDOWID": "9", "KEPT": "yes"})
    session.update_from(client, ["DISPLAY", "WINDOWID", "SSH_*", "XAUTH*"])
    assert _lines(session) == [
        "DISPLAY=:1",
        "KEPT=yes",
        "SSH_AGENT_PID=5",
        "SSH_AUTH_SOCK=/s",
        "-WINDOWID",
        "-XAUTH*",
    ]
