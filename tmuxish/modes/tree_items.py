"""The items of a tree mode: what is listed, what is below what, and which of them are shown as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tmuxish.grammar.keys import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

# How names of one depth are put into columns.
NOT_ALIGNED, ALIGN_RIGHT, ALIGN_LEFT = 0, 1, -1


class Item:
    """One thing listed.

    tag: what it is; an item of the same tag keeps its state when the tree is built anew. subject: whatever
    the mode knows it by. text: an expanded format behind the name, None for none. no_tag: can't be tagged.
    draw_as_parent: the preview is that of its parent. key: what chooses it. line, depth, last (of its
    siblings), flat (none of its siblings has children): set while it is shown.
    """

    __slots__ = (
        "align",
        "children",
        "depth",
        "draw_as_parent",
        "expanded",
        "flat",
        "key",
        "last",
        "line",
        "name",
        "no_tag",
        "parent",
        "subject",
        "tag",
        "tagged",
        "text",
    )

    def __init__(self, parent: Item | None, tag: Hashable, name: str, text: str | None, subject: Any) -> None:
        self.parent = parent
        self.tag = tag
        self.name = name
        self.text = text
        self.subject = subject
        self.children: list[Item] = []
        self.expanded = True
        self.tagged = False
        self.no_tag = False
        self.draw_as_parent = False
        self.align = NOT_ALIGNED
        self.key = NONE
        self.line = self.depth = 0
        self.last = self.flat = False

    def parents(self) -> Iterator[Item]:
        """What it is below of, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def below(self) -> Iterator[Item]:
        """Everything below it."""
        return walk(self.children)

    def siblings(self, roots: list[Item]) -> list[Item]:
        """All items beside it, itself among them; `roots` are those at the top."""
        return roots if self.parent is None else self.parent.children


def walk(items: list[Item]) -> Iterator[Item]:
    """All of them with everything below, in the order of a tree that is expanded everywhere."""
    for item in items:
        yield item
        yield from walk(item.children)


def shown_lines(roots: list[Item], key_of: Callable[[Item], int]) -> list[Item]:
    """The items that are to be seen, one line each; `key_of` says what key chooses one."""
    lines: list[Item] = []
    _add_lines(lines, roots, 0, key_of)
    return lines


def _add_lines(lines: list[Item], items: list[Item], depth: int, key_of: Callable[[Item], int]) -> None:
    flat = not any(item.children for item in items)
    for item in items:
        item.line, item.depth = len(lines), depth
        item.last, item.flat = item is items[-1], flat
        lines.append(item)
        if item.expanded:
            _add_lines(lines, item.children, depth + 1, key_of)
        item.key = key_of(item)
