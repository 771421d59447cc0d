"""Searching rows: what the recorded sequences do not reach, limits, and where we find more than tmux."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tmuxish.emulator import Emulator
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.modes import copy_search
from tmuxish.modes.copy_rows import CopyRows, Position
from tmuxish.modes.copy_search import CopySearch
from tmuxish.modes.copy_search_literal import Literal, Match
from tmuxish.modes.copy_search_regex import InvalidExpression, Regex


def rows_of(text: str, cols: int = 20, height: int = 5) -> CopyRows:
    emulator = Emulator(cols, height, 100_000)
    emulator.feed(text.replace("\n", "\r\n").encode())
    return CopyRows([*emulator.history, *emulator.lines], cols, height)


class View:
    """A view that scrolls so that the cursor's row is on top."""

    def __init__(self, rows: CopyRows, vi: bool = True) -> None:
        self.rows = rows
        self.top = rows.history
        self.cursor = Position(0, self.top)
        self.vi = vi
        self.wrap_search = True

    def show(self, at: Position) -> None:
        self.cursor = at
        self.top = min(at.y, self.rows.history)

    place = show

    def search_start(self) -> tuple[int, int, int]:
        return (*self.cursor, self.top)

    def back_to(self, start: tuple[int, int, int]) -> None:
        self.cursor, self.top = Position(*start[:2]), start[2]


@pytest.fixture
def search() -> CopySearch:
    window = Window(0, 20, 5, Options())
    return CopySearch(Pane(0, window, Options(), Emulator(20, 5)))


def found(pattern: Literal | Regex, rows: CopyRows) -> list[Match]:
    return list(pattern.matches(rows, 0, rows.last + 1))


@pytest.mark.parametrize("make", [Literal, Regex])
def test_matches_run_over_the_ends_of_rows_where_the_line_wraps(
    make: Callable[[str], Literal | Regex],
) -> None:
    rows = rows_of("x" * 18 + "needle\nnee\ndle")
    assert found(make("need"), rows) == [Match(18, 0, 4)]


@pytest.mark.parametrize("make", [Literal, Regex])
def test_text_without_capitals_matches_both(make: Callable[[str], Literal | Regex]) -> None:
    rows = rows_of("abc ABC Abc")
    assert len(found(make("abc"), rows)) == 3
    assert [match.x for match in found(make("Abc"), rows)] == [8]


def test_cells_are_compared_whole() -> None:
    rows = rows_of("cafe\u0301 cafe")
    assert [match.x for match in found(Literal("fe"), rows)] == [7]
    assert [match.x for match in found(Literal("fe\u0301"), rows)] == [2]


def test_many_different_cells() -> None:
    """More kinds of marked cells than there are surrogates to stand for them."""
    rows = rows_of("".join(f"{chr(0x4E00 + n)}\u0301" for n in range(3000)))
    last = f"{chr(0x4E00 + 2999)}\u0301"
    assert found(Literal(last), rows) == [Match(18, 299, 2)]


def test_a_tab_is_found_whole() -> None:
    rows = rows_of("ab\tcd")
    assert found(Literal("b\tc"), rows) == [Match(1, 0, 8)]
    assert found(Literal("\t"), rows) == [Match(2, 0, 6)]


def test_wide_characters_take_two_columns() -> None:
    rows = rows_of("x日本y")
    assert found(Literal("日本"), rows) == [Match(1, 0, 4)]
    assert found(Literal("!"), rows) == []


def test_a_tab_is_no_blank() -> None:
    rows = rows_of("1234567\tx\n" * 5)
    assert found(Literal("7 x"), rows) == []


def test_first_and_last() -> None:
    rows = rows_of("aaa\nb\naaa")
    for pattern in (Literal("aa"), Regex("a[a]")):
        assert pattern.first(rows, Position(2, 0), rows.last) == (0, 2)
        assert pattern.last(rows, Position(19, 1), 0) == ((1, 0) if isinstance(pattern, Literal) else (0, 0))
        assert pattern.last(rows, Position(0, 0), 0) == (0, 0)
        assert pattern.first(rows, Position(2, 2), rows.last) is None


def test_expressions_see_rows_to_the_edge_of_the_screen() -> None:
    rows = rows_of("end\nend at the very edge\n")
    assert [match.y for match in found(Regex("[e]nd$"), rows)] == []
    assert [match.y for match in found(Regex("edge$"), rows)] == [1]
    assert [match.y for match in found(Regex("^end *$"), rows)] == [0]


def test_what_is_no_expression_is_found_nowhere(search: CopySearch) -> None:
    with pytest.raises(InvalidExpression):
        Regex("a[")
    view = View(rows_of("a["))
    search.search(view, "a[", upward=True, regex=True, count=1)
    assert search.matches is None


@pytest.mark.parametrize("text", ["x[e]\u0301", "[日-語]", "f[e]"])
def test_expressions_and_cells_of_several_characters(text: str) -> None:
    """tmux takes the rest of the line into such a match, or finds nothing where a line ends in a wide
    character at the edge."""
    rows = rows_of("cafe\u0301 xe\u0301 " + "日本語" * 4)
    assert all(match.width <= 4 for match in found(Regex(text), rows))
    assert found(Regex(text), rows)


def test_a_long_count_is_a_rough_one(search: CopySearch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_search, "COUNT_LIMIT", -1.0)
    view = View(rows_of("aaaa\n" * 400))
    search.search(view, "a", upward=True, regex=False, count=1)
    assert (search.count, search.partial) == (1000, True)
    view = View(rows_of("a\n" * 300))
    search.search(view, "a ", upward=True, regex=False, count=1)
    assert (search.count, search.partial) == (100, True)


def test_marking_too_long_ends_searching(search: CopySearch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_search, "COUNT_LIMIT", -1.0)
    monkeypatch.setattr(copy_search, "MARK_LIMIT", -1.0)
    monkeypatch.setattr(Literal, "block_rows", 1)
    view = View(rows_of("a\n" * 300))
    search.search(view, "a", upward=True, regex=False, count=1)
    assert search.timed_out
    assert search.matches is None
    before = view.cursor
    search.again(view, 1)
    assert view.cursor == before


@pytest.mark.parametrize("text", ["nowhere", "(no|where)+x", "n[o]where", "((a|b)+q)+z9"])
def test_a_long_history_is_searched_at_once(search: CopySearch, text: str) -> None:
    line = "alpha beta gamma error warn foo bar /usr/lib/python3 => 1234 "
    rows = rows_of((line + "\n") * 50_000, cols=80)
    began = time.process_time()
    search.search(View(rows), text, upward=True, regex=True, count=1)
    assert time.process_time() - began < 2  # a tenth of that where nothing else runs
    assert search.matches is None
