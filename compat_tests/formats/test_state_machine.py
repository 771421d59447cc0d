"""The quick way to run a regular expression finds what the thorough one finds."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from tmuxish.formats.posix_automaton import Automaton, compile_automaton
from tmuxish.formats.posix_syntax import Parser

_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^b]", "^", "$"])


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["*", "+", "?", "{2}", "{1,2}"])
    return (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(inner, inner).map("|".join)
        | st.tuples(inner, repeats).map(lambda parts: f"({parts[0]}){parts[1]}")
    )


EXPRESSIONS = st.recursive(_ATOMS, _combined, max_leaves=8)


def automaton(expression: str, at_start: bool = True) -> Automaton:
    parser = Parser(expression, False, at_start)
    return compile_automaton(parser.parse(), parser.groups)


@given(expression=EXPRESSIONS, text=st.text("abc", max_size=12), at_start=st.booleans())
def test_same_match(expression: str, text: str, at_start: bool) -> None:
    tested = automaton(expression, at_start)
    machine = tested._machine
    assert machine is not None
    assert machine.find(text) == tested._find(text)


def test_conditions_on_words_stay_with_the_automaton() -> None:
    assert automaton(r"\bfoo|bar")._machine is None


def test_time_grows_with_the_text_only() -> None:
    """A backtracking matcher would take longer than the universe is old."""
    tested = automaton("((a|aa)+)+x")
    began = time.process_time()
    assert tested.search("a" * 5000) is None
    assert time.process_time() - began < 1


def test_case() -> None:
    parser = Parser("(fo|ba)+x", True)
    tested = compile_automaton(parser.parse(), parser.groups, True)
    assert tested.search("..FOBax") == [(2, 7), (4, 6)]
