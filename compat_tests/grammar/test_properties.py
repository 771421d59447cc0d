"""What holds for any text: it prints back to itself, and nothing but ParseError leaves the parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compat_tests.grammar.support import make_context, make_registry
from tmuxish.grammar import lexer
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.keys import (
    CTRL,
    MASK_KEY,
    MASK_MODIFIERS,
    META,
    SHIFT,
    UNKNOWN,
    key_to_string,
    string_to_key,
)
from tmuxish.grammar.nodes import CommandList
from tmuxish.grammar.parser import MAX_ASSIGNMENT, MAX_DEPTH, ParseContext, parse_argv, parse_text
from tmuxish.grammar.templates import replace, replace_all
from tmuxish.quoting import quote

REGISTRY = make_registry()
CONTEXT = make_context(REGISTRY)
NO_ALIASES = ParseContext(REGISTRY)

# What a C string can hold and a UTF-8 terminal can send, lone bytes (as surrogates) included.
characters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
texts = st.text(characters | st.sampled_from("\udc80\udcff \n;{}%#$~\"'\\"))


def one_word(text: str) -> bool:
    """Whether printing keeps the text: in single quotes tmux doubles backslashes and shows controls; a word
    that looks like flags is printed without the `--` that stood before it."""
    return not text.startswith("-") and not (
        '"' in text and quote(text).startswith("'") and "\\" in quote(text)
    )


def without_separators(text: str) -> str:
    return text.replace(";", ",")


@given(texts.filter(one_word))
def test_a_quoted_word_reads_back(text: str) -> None:
    # Lone bytes that form a character together are read as that character.
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    commands = parse_text(f"display -- {quote(text)}", context=NO_ALIASES)
    assert commands[0].args.operands == [whole]


@given(st.lists(st.lists(texts.map(without_separators).filter(one_word), max_size=3), min_size=1, max_size=3))
def test_commands_print_to_what_parses_to_the_same(words: list[list[str]]) -> None:
    argv: list[str | CommandList] = []
    for operands in words:
        argv += ["send-keys", "-l", "--", *operands, ";"]
    commands = parse_argv(argv, context=NO_ALIASES)
    for text in (str(commands), f"if-shell 1 {{ {commands} }}"):
        assert str(parse_text(text, context=NO_ALIASES)) == text.encode("utf-8", "surrogateescape").decode(
            "utf-8", "surrogateescape"
        )


@given(texts)
def test_any_text_parses_or_is_a_parse_error(text: str) -> None:
    try:
        parsed = parse_text(text, context=CONTEXT, file="f", one_group=False)
    except ParseError as error:
        assert str(error).startswith("f:")
    else:
        assert isinstance(str(parsed), str)


@given(st.lists(texts, max_size=6))
def test_any_argv_parses_or_is_a_parse_error(argv: list[str]) -> None:
    try:
        assert isinstance(parse_argv(argv, context=CONTEXT), CommandList)
    except ParseError as error:
        assert str(error)


@given(st.text(characters))
def test_a_key_that_has_a_name_is_found_by_it(name: str) -> None:
    key = string_to_key(name)
    if key != UNKNOWN:
        bare = key & (MASK_KEY | MASK_MODIFIERS)
        again = string_to_key(key_to_string(bare)) & (MASK_KEY | MASK_MODIFIERS)
        assert again == bare or key & MASK_KEY == 0x7F


@pytest.mark.parametrize("modifiers", [0, CTRL, META, SHIFT, CTRL | META, CTRL | META | SHIFT])
@pytest.mark.parametrize("name", ["a", "F5", "Up", "KP7", "MouseDown1Pane", "WheelUpStatus", "User3", "日"])
def test_modifiers_print_in_one_order(name: str, modifiers: int) -> None:
    key = string_to_key(name) | modifiers
    assert string_to_key(key_to_string(key)) & (MASK_KEY | MASK_MODIFIERS) == key & (
        MASK_KEY | MASK_MODIFIERS
    )


@pytest.mark.parametrize("nested", ["if 1 {", "%if 1 "])
def test_nesting_has_a_limit(nested: str) -> None:
    deep = nested * (MAX_DEPTH - 1) + "ls"
    with pytest.raises(ParseError, match=r"^syntax error$"):
        parse_text(deep, context=CONTEXT)
    with pytest.raises(ParseError, match=r"^memory exhausted$"):
        parse_text(nested * (MAX_DEPTH + 1) + "ls", context=CONTEXT)
    with pytest.raises(ParseError, match=r"^memory exhausted$"):
        parse_text(nested * 100_000, context=CONTEXT)


def test_names_have_limits() -> None:
    for text, message in (
        ("display ${" + "x" * (lexer.MAX_NAME + 1) + "}", "environment variable is too long"),
        ("display ~" + "x" * (lexer.MAX_NAME + 1), "user name is too long"),
        ("X=" + "x" * MAX_ASSIGNMENT, "environment variable is too long"),
    ):
        with pytest.raises(ParseError, match=f"^f:1: {message}$"):
            parse_text(text, context=CONTEXT, file="f")


@pytest.mark.parametrize(
    ("text", "assigned"),
    [
        ("A=1\n%hidden B=2\nC=3 ls", [("A", "1", False), ("B", "2", True), ("C", "3", False)]),
        ("%if 0\nA=1\n%else\nB=2\n%endif", [("B", "2", False)]),
        ("%if 1\n%if 0\nA=1\n%endif\nB=x=y\n%endif", [("B", "x=y", False)]),
        # The %else belongs to the last condition, for assignments.
        ("%if 1\nA=1\n%elif 0\nB=1\n%else\nC=1\n%endif", [("A", "1", False), ("C", "1", False)]),
        ("A=1 nosuch", [("A", "1", False)]),
    ],
)
def test_assignments(text: str, assigned: list[tuple[str, str, bool]]) -> None:
    made: list[tuple[str, str, bool]] = []
    context = ParseContext(REGISTRY, assign=lambda *what: made.append(what))
    try:
        parse_text(text, context=context)
    except ParseError as error:
        assert str(error) == "unknown command: nosuch"
    assert made == assigned
    made.clear()
    try:
        parse_text(text, context=context, parse_only=True)
    except ParseError:
        assert "nosuch" in text
    assert made == []


def test_an_assignment_counts_for_the_words_behind_it() -> None:
    variables: dict[str, str] = {}
    context = ParseContext(
        REGISTRY,
        environment=variables.get,
        assign=lambda name, value, hidden: variables.update({name: value}),
    )
    assert str(parse_text("A=1 display $A ; display x$A", context=context)) == (
        "display-message 1 ; display-message x1"
    )


@pytest.mark.parametrize(
    ("template", "values", "filled"),
    [
        ("a %1 %2 %1", ["x", "y"], "a x y x"),
        ("a %% %%", ["x", "y"], "a x y"),
        ("%%%", ['a"b;$c~\\'], 'a\\"b\\;\\$c\\~\\\\'),
        ("%1% %1", ["$x"], "\\$x $x"),
        ("%3 %0 %", ["x", "y"], "%3 %0 %"),
        ("%%%1", ["x"], "x1"),
        ("none", ["x"], "none"),
    ],
)
def test_templates(template: str, values: list[str], filled: str) -> None:
    assert replace_all(template, values) == filled


def test_a_placeholder_past_nine_is_only_the_double_percent() -> None:
    assert replace("%1 %%", "x", 10) == "%1 x"


def test_placeholders_are_filled_inside_blocks() -> None:
    commands = parse_text("if 1 { display '%1' ; select-pane -t %1 } ; ls", context=NO_ALIASES)
    assert str(commands.replaced(["a b"])) == (
        'if-shell 1 { display-message "a b" ; select-pane -t "a b" } ; list-sessions'
    )
