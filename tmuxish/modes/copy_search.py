"""Search in copy mode: what is searched for, where the next match is, which matches are on the screen.

The first search for a text counts all its matches and marks those on the screen; that may take
COUNT_LIMIT, then the count is a rough one ("100+"). Whenever the view moves the screen is marked anew.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from tmuxish.modes.copy_matches import MatchMap
from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_search_literal import Literal, typed_row
from tmuxish.modes.copy_search_regex import SPECIAL, InvalidExpression, Regex
from tmuxish.modes.copy_steps import line_start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tmuxish.formats.scope import Extra
    from tmuxish.model.pane import Pane
    from tmuxish.modes.copy_rows import CopyRows

#: Seconds that counting all matches may take, and marking those on the screen.
COUNT_LIMIT = 0.2
MARK_LIMIT = 10.0

#: What an unfinished count is rounded down to.
_ROUGH_COUNTS = (1000, 100, 10)


class SearchView(Protocol):
    """What a search must know and change of the mode. `Position`s count rows from the oldest one."""

    @property
    def rows(self) -> CopyRows:
        """What is searched."""

    @property
    def top(self) -> int:
        """The first row on the screen."""

    @property
    def cursor(self) -> Position:
        """Where the cursor is."""

    @property
    def vi(self) -> bool:
        """Option mode-keys is vi."""

    @property
    def wrap_search(self) -> bool:
        """Option wrap-search."""

    def show(self, at: Position) -> None:
        """Put the cursor there, scroll if that is not on the screen, and let the selection follow."""

    def place(self, at: Position) -> None:
        """Put the cursor there, on the screen as it is."""

    def search_start(self) -> tuple[int, int, int]:
        """Where the cursor is on the screen, and how far that is scrolled; for `back_to`."""

    def back_to(self, start: tuple[int, int, int]) -> None:
        """Scroll and put the cursor there again, at most at the end of its row."""


class CopySearch:
    """The search of one copy mode.

    text: what was searched for last, "" for nothing yet; regex: as an expression. upward: the direction
    that was asked for (None: nothing was yet). count: matches in all rows, None if not known; partial: there
    are more. timed_out: marking took too long; nothing is searched until the next search command.
    """

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self.text = pane.search_string
        self.regex = bool(pane.search_string) and pane.search_regex
        self.upward: bool | None = True if pane.search_string else None
        self.matches: MatchMap | None = None
        self.count: int | None = 0
        self.partial = False
        self.timed_out = False
        self._downward = False  # how the last search went, which again and reverse may turn round
        self._all = True  # the next search counts all matches, also for the text known from before
        self._start: tuple[int, int, int] | None = None  # where an incremental search began
        self._compiled: tuple[str, bool, Literal | Regex | None] | None = None

    # Commands.

    def search(self, view: SearchView, text: str, *, upward: bool, regex: bool, count: int) -> None:
        """search-forward, search-backward and their -text forms; `text` is not empty."""
        self.text = text
        self.upward = upward
        self.regex = regex
        self.timed_out = False
        self.again(view, count)

    def again(self, view: SearchView, count: int, *, reverse: bool = False) -> None:
        """search-again, search-reverse."""
        if self.upward is None:
            return
        for _ in range(count):
            self._search(view, self.upward != reverse, self.regex)

    def incremental(self, view: SearchView, argument: str, *, upward: bool) -> None:
        """search-forward-incremental, search-backward-incremental. The argument's first character says how:
        "=" the text was changed, "+" further down, "-" further up; the rest is the text."""
        self.timed_out = False
        how, text = argument[:1], argument[1:]
        if self._start is None:
            self._start = view.search_start()
        elif self.text and text != self.text:
            view.back_to(self._start)
        if not text:
            self.clear()
            return
        if how not in ("=", "+", "-"):
            return
        self.upward = upward if how == "=" else how == "-"
        self.regex = False
        self.text = text
        if not self._search(view, self.upward, False):
            self.clear()

    # What else happens to a mode.

    def clear(self) -> None:
        """Mark and count nothing."""
        self.count = None
        self.partial = False
        self.matches = None

    def forget_start(self) -> None:
        """An incremental search starts where the cursor will be."""
        self._start = None

    def moved(self, view: SearchView) -> None:
        """Other rows are on the screen."""
        if self.matches is not None and not self.timed_out:
            self._mark(view, self._pattern(self.regex), visible=True)

    def resized(self, view: SearchView) -> None:
        """The rows are others."""
        marked = self.matches is not None
        self.clear()
        if marked and not self.timed_out:
            self._mark(view, self._pattern(self.regex), visible=False)
        self._start = view.search_start()

    # What is known.

    def match_at_cursor(self, view: SearchView) -> str | None:
        """The text of the match that the cursor is on or right behind."""
        matches = self.matches
        index = None if matches is None else matches.index(*view.cursor)
        if matches is None or index is None:
            return None
        if not matches.number(index):
            index -= 1
            if not matches.number(index):
                return None
        return matches.text(matches.extent(index)) or None

    def highlights(self, view: SearchView, y: int) -> list[tuple[int, int, bool]]:
        """The marked columns of row y of the screen: first one, the one behind, whether it is the match at
        the cursor."""
        matches = self.matches
        if matches is None:
            return []
        current = self._current(view, matches)
        numbers = matches.row(y)
        first = y * len(numbers)
        spans: list[tuple[int, int, bool]] = []
        x = 0
        while x < len(numbers):
            end = x + 1
            is_current = first + x in current
            while (
                end < len(numbers) and numbers[end] == numbers[x] and (first + end in current) == is_current
            ):
                end += 1
            if numbers[x]:
                spans.append((x, end, is_current))
            x = end
        return spans

    def _current(self, view: SearchView, matches: MatchMap) -> range:
        """The indexes of the match at the cursor. Searching forward with emacs keys, that is behind it."""
        index = matches.index(*view.cursor)
        if index is None:
            return range(0)
        if index and not view.vi and self._downward:
            index -= 1
        return matches.extent(index) if matches.number(index) else range(0)

    def variables(self, view: SearchView) -> Mapping[str, Extra]:
        """Format variables."""
        match: Callable[[], str] = lambda: self.match_at_cursor(view) or ""  # noqa: E731
        known: dict[str, Extra] = {
            "search_present": int(self.matches is not None),
            "search_timed_out": int(self.timed_out),
            "search_match": match,
        }
        if self.count is not None:
            known["search_count"] = self.count
            known["search_count_partial"] = int(self.partial)
        return known

    # Searching.

    def _pattern(self, regex: bool) -> Literal | Regex | None:
        """What to search for; None if the text is no regular expression."""
        if self._compiled is None or self._compiled[:2] != (self.text, regex):
            pattern: Literal | Regex | None
            try:
                pattern = Regex(self.text) if regex else Literal(self.text)
            except InvalidExpression:
                pattern = None
            self._compiled = (self.text, regex, pattern)
        return self._compiled[2]

    def _search(self, view: SearchView, upward: bool, regex: bool) -> bool:
        """Go to the next match. False if there is none."""
        text = self.text
        regex = regex and not SPECIAL.isdisjoint(text)
        self._downward = not upward
        if self.timed_out:
            return False
        pane = self._pane
        visible = False
        if self._all or not pane.search_string or pane.search_regex != regex:
            self._all = False
        else:
            visible = pane.search_string == text
        if not visible and self.matches is not None:
            self.clear()
        pane.search_string = text
        pane.search_regex = regex
        pattern = self._pattern(regex) if typed_row(text).text else None
        if pattern is None or not self._jump(view, pattern, self._begin(view, upward), upward):
            return False
        self._mark(view, pattern, visible=visible)
        if self.matches is None:  # it took too long
            return True
        if upward:
            self._to_match_start(view, self.matches)
        else:
            self._past_split_match(view, pattern, self.matches)
        return True

    def _begin(self, view: SearchView, upward: bool) -> Position:
        """Where to search from. With emacs keys the cursor is behind the last match, with vi keys at its
        start."""
        cursor = view.cursor
        if upward:
            return _step_left(view, cursor, view.wrap_search)
        if not view.vi:
            return cursor
        if self.matches is None:
            return _step_right(view, cursor, view.wrap_search)
        return self._behind_match(view, cursor)

    def _jump(self, view: SearchView, pattern: Literal | Regex, at: Position, upward: bool) -> bool:
        rows = view.rows
        find = pattern.last if upward else pattern.first
        found = find(rows, at, 0 if upward else rows.last)
        if found is None and view.wrap_search:
            found = find(rows, Position(rows.cols - 1, rows.last) if upward else Position(0, 0), at.y)
        if found is None:
            return False
        view.show(found)
        return True

    def _past_split_match(self, view: SearchView, pattern: Literal | Regex, matches: MatchMap) -> None:
        """After a search down: not into the middle of a match (as it is marked), and with emacs keys behind
        it."""
        index = matches.index(*view.cursor)
        if index and matches.number(index) == matches.number(index - 1):
            self._jump(view, pattern, self._behind_match(view, view.cursor), False)
        if not view.vi:
            view.place(self._behind_match(view, view.cursor))

    def _to_match_start(self, view: SearchView, matches: MatchMap) -> None:
        """After a search up: to the start of the match as it is marked."""
        at = view.cursor
        index = matches.index(*at)
        if index is None:
            return
        number = matches.number(index)
        while index is not None and matches.number(index) == number:
            view.place(at)
            if index == 0:
                return
            at = _step_left(view, at, False)
            index = matches.index(*at)

    def _behind_match(self, view: SearchView, at: Position) -> Position:
        """The first place at or behind `at` that is not part of the match there."""
        matches = self.matches
        index = None if matches is None else matches.index(*at)
        if matches is None or index is None or not (number := matches.number(index)):
            return at
        rows = view.rows
        while index is not None and matches.number(index) == number:
            if not view.wrap_search and at == (rows.cols - 1, rows.last):
                break
            at = _step_right(view, at, view.wrap_search)
            index = matches.index(*at)
        return at

    def _mark(self, view: SearchView, pattern: Literal | Regex | None, *, visible: bool) -> None:
        """Mark the matches on the screen; unless visible, count all."""
        if pattern is None or not typed_row(self.text).text:
            return
        rows = view.rows
        began = time.monotonic()
        on_screen = (line_start(rows, view.top), view.top + rows.height)
        found, done = self._add_matches(
            view,
            pattern,
            *(on_screen if visible else (0, rows.last + 1)),
            began + (MARK_LIMIT if visible else COUNT_LIMIT),
        )
        if not visible and not done:
            rest, marked = self._add_matches(view, pattern, *on_screen, began + MARK_LIMIT)
            found += rest
            self.timed_out = not marked
        elif not done:
            self.timed_out = True
        if self.timed_out:
            self.clear()
        elif not visible:
            self.partial = not done
            rough = next((count for count in _ROUGH_COUNTS if found > count), None)
            self.count = found if done else rough

    def _add_matches(
        self, view: SearchView, pattern: Literal | Regex, top: int, bottom: int, stop: float
    ) -> tuple[int, bool]:
        """Mark matches that begin in rows top..bottom-1 until it is `stop` o'clock: how many there are, and
        whether these are all."""
        matches = self.matches = MatchMap(view.rows, view.top)
        found = 0
        step = pattern.block_rows
        for y in range(top, bottom, step):
            for match in pattern.matches(view.rows, y, min(y + step, bottom)):
                found += 1
                matches.add(match)
            if time.monotonic() > stop and y + step < bottom:
                return found, False
        return found, True


def _step_left(view: SearchView, at: Position, wrap: bool) -> Position:
    rows = view.rows
    if at.x > 0:
        return Position(at.x - 1, at.y)
    if at.y > 0:
        return Position(rows.cols - 1, at.y - 1)
    return Position(rows.cols - 1, rows.last) if wrap else at


def _step_right(view: SearchView, at: Position, wrap: bool) -> Position:
    rows = view.rows
    if at.x != rows.cols - 1:
        return Position(at.x + 1, at.y)
    if at.y < rows.last:
        return Position(0, at.y + 1)
    return Position(0, 0) if wrap else at
