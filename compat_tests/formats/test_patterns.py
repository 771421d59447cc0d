"""Regular expressions and fnmatch patterns, against real tmux's answers and against each other."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compat_tests.formats.patterns_corpus import corpus
from compat_tests.formats.record_patterns import REPLACEMENT
from tmuxish.formats.operators import matches, substitute
from tmuxish.formats.patterns import glob_matches, regular_expression
from tmuxish.formats.posix_automaton import compile_automaton
from tmuxish.formats.posix_syntax import Parser

RECORDED = json.loads(
    (Path(__file__).resolve().parents[2] / "fixtures/formats/patterns.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("pattern", "text", "replaced", "matched"), RECORDED["cases"])
def test_like_tmux(pattern: str, text: str, replaced: str, matched: str) -> None:
    assert substitute(pattern, REPLACEMENT, text, "") == replaced
    assert matches(pattern, text, "r") == (matched == "1")


def test_the_corpus_is_recorded() -> None:
    assert [(pattern, text) for pattern, text, _, _ in RECORDED["cases"]] == corpus()


_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", ".", "[ab]", "[^b]"]), st.sampled_from(["", "*", "+", "?", "{1,2}"])
    ),
    max_size=6,
).map(lambda parts: "".join(atom + repeat for atom, repeat in parts))


@given(_ROWS, st.text("abc", max_size=12))
def test_greedy_is_longest_for_rows(pattern: str, text: str) -> None:
    """Why rows of single characters may go to `re`: both ways find the same match."""
    parser = Parser(pattern, False)
    automaton = compile_automaton(parser.parse(), parser.groups)
    expression = regular_expression(pattern)
    assert expression is not None
    assert expression.search(text) == automaton.search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("(a*)*(a|aa)+$", "a" * 200 + "b"), (".*.*.*.*.*x", "a" * 300), ("(x+x+)+y", "x" * 100)],
)
def test_no_pattern_blows_up(pattern: str, text: str) -> None:
    started = time.process_time()
    assert not matches(pattern, text, "r")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "pattern", ["(", "[", "[z-a]", "a{2", "a{3,2}", "*", "a|*", "\\", "[[:nope:]]", r"\1(a)"]
)
def test_what_is_no_expression(pattern: str) -> None:
    assert regular_expression(pattern) is None


@given(st.text("ab*?[]!^-\\/.", max_size=10), st.text("ab[]-./", max_size=10))
def test_glob_never_raises(pattern: str, text: str) -> None:
    glob_matches(pattern, text)
    glob_matches(pattern, text, ignore_case=True)


@given(st.lists(st.sampled_from(["*", "?", "a", "b"]), max_size=8), st.text("abc", max_size=10))
def test_stars_and_question_marks(parts: list[str], text: str) -> None:
    """The way stars are compiled (never tried twice) finds what trying everything finds."""
    naive = "".join({"*": ".*", "?": "."}.get(part, part) for part in parts)
    assert glob_matches("".join(parts), text) == (re.fullmatch(naive, text) is not None)
