"""Rows that somebody keeps, for the table of styles (see `style.hold`). Not compiled: the table refers to it
weakly, and compiled classes cannot be referred to so."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .rows import Row


class RowLists:
    """Lists of rows whose styles must not be forgotten."""

    __slots__ = ("__weakref__", "lists")

    def __init__(self, lists: tuple[Iterable[Row], ...]) -> None:
        self.lists = lists
