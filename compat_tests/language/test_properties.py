"""What holds for any text of the language: it prints back to itself, ends in time, spares the server.

Words and single commands are in grammar/test_properties, flat templates in formats/test_properties.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from compat_tests.clients.sandbox import Sandbox
from compat_tests.formats.scenario import scope_of
from compat_tests.formats.test_properties import GRACE, MODEL
from compat_tests.language.random_formats import Generator
from tmuxish.commands import TABLE
from tmuxish.formats.expand import TIME_LIMIT, expand, expand_time
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.parser import ParseContext, parse_text

PARSE_LIMIT = 2.0
"""Seconds of processor time that a configuration of some hundred lines may take, expansions aside."""


# -- commands print back to themselves ---------------------------------------------------------------

# As in tmux, a word that starts with a dash, or has a double quote and something to escape, prints in a form
# that does not always read back.
_words = st.text(
    st.sampled_from("ab é世 ;{}#$%~'\t\n,=[]") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=8
).filter(lambda word: not word.startswith("-") and not ('"' in word and set("\\\t\n") & set(word)))


def _quoted(word: str) -> str:
    escaped = "".join(f"\\{c}" if c in '"\\$;~' else c for c in word)
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


_plain = st.one_of(
    st.builds(lambda word: f"display-message -p -- {_quoted(word)}", _words),
    st.builds(lambda one, two: f"send-keys -l -t {_quoted(one)} {_quoted('x' + two)}", _words, _words),
    st.builds(lambda word: f"set-option -g @x {_quoted('v' + word)}", _words),
    st.sampled_from(
        ["list-sessions", "new-window -d", "select-pane -t '{last}'", "splitw -hl 30%", "kill-pane"]
    ),
)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    separators = st.sampled_from([" ; ", "\n", " ;", ";\n"])
    body = st.builds(
        lambda separator, parts: separator.join(parts), separators, st.lists(inner, min_size=1, max_size=3)
    )
    return st.one_of(
        st.builds(lambda one, two: f"if-shell -F 1 {{ {one}\n}} {{ {two} }}", body, body),
        st.builds(lambda one: f"bind-key -T t C-x {{ {one} }}", body),
        st.builds(lambda one: f"run-shell -C {{\n{one}\n}}", body),
        st.builds(lambda one: f"set-hook -g after-new-window {{ {one} }}", body),
    )


_commands = st.recursive(_plain, _blocks, max_leaves=6)


@given(st.lists(_commands, min_size=1, max_size=3).map(" ; ".join))
def test_nested_commands_print_back_to_themselves(text: str) -> None:
    context = ParseContext(TABLE)
    printed = str(parse_text(text, context=context))
    assert str(parse_text(printed, context=context)) == printed


# -- configurations end ------------------------------------------------------------------------------

_LINES = [
    "%if #{==:#{session_name},main}",
    "%if 0",
    "%elif #{m/r:^(a|b)*$,#{@utf8}}",
    "%else",
    "%endif",
    "%hidden A=$A$A",
    "A=x",
    'A="$A$A"',
    'set -g @a "$A" \\',
    "bind x {",
    "}",
    "if -F 1 { display x",
    "set -g status-left '#{S:#{W:#{P:x}}}'",
    "display 'open",
    'display "a',
    "two",
    "# comment",
    "nosuch -Z",
    ";",
    "\\",
    "~",
]
_lines = st.lists(st.sampled_from(_LINES) | st.text(max_size=12), max_size=40).map("\n".join)


@dataclass
class World:
    """What a configuration sees and changes, without a server."""

    variables: dict[str, str]

    def context(self) -> ParseContext:
        return ParseContext(
            TABLE,
            alias={"two": "display a ; display b", "again": "again x"}.get,
            environment=self.variables.get,
            assign=lambda name, value, hidden: self.variables.update({name: value}),
            expand=lambda text: expand(text, scope_of(MODEL, "%0")),
            home={"": "/home/me"}.get,
        )


@given(_lines)
def test_any_configuration_ends(text: str) -> None:
    started = time.process_time()
    try:
        parse_text(text, context=World({"A": "12345678"}).context(), file="f", one_group=False)
    except ParseError as error:
        assert str(error).startswith("f:")
    assert time.process_time() - started < TIME_LIMIT * text.count("%") + PARSE_LIMIT


def test_a_value_that_doubles_ends() -> None:
    text = 'A="$A$A"\n' * 200
    world = World({"A": "12345678"})
    started = time.process_time()
    try:
        parse_text(text, context=world.context(), file="f", one_group=False)
    except ParseError as error:
        assert str(error) == "f:11: environment variable is too long"
    else:
        raise AssertionError("no limit")
    assert time.process_time() - started < PARSE_LIMIT


# -- formats end -------------------------------------------------------------------------------------


@given(st.integers(0, 2**32))
def test_nested_formats_end(seed: int) -> None:
    template = Generator(random.Random(seed)).template()
    scope = scope_of(MODEL, "%0")
    started = time.process_time()
    expand(template, scope)
    expand_time(template, scope)
    assert time.process_time() - started < 2 * TIME_LIMIT + GRACE


# -- the server outlives them ------------------------------------------------------------------------


def test_the_server_outlives_garbage(tmux: Sandbox) -> None:
    rng = random.Random(5)
    pieces = [
        *_LINES,
        "#{",
        "}",
        "'",
        '"',
        "{",
        "\0",
        "é",
        "\udc80",
        " -t ",
        "$",
        "${",
        "%",
        "\\u",
        "-",
        "new -d",
    ]
    names = []
    for number in range(60):
        name = f"garbage{number}"
        text = "".join(rng.choice(pieces) + rng.choice([" ", "\n", ""]) for _ in range(rng.randint(1, 30)))
        (tmux.work / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        names.append(name)
    tmux.run("new-session", "-d", "-s", "still-here").ok()
    tmux.run("source-file", *names)
    assert "still-here" in tmux.run("list-sessions", "-F", "#S").ok()
