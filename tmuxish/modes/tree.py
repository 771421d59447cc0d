"""Tree modes: a list of items, some below others, with a preview of the current one. Here is what
choose-tree, choose-buffer, choose-client and customize-mode have in common.

A subclass says what is listed (`populate`, which calls `add`), draws the preview, and acts on keys of its own
(`act`); the list is made anew whenever something may have changed, and items keep what was done to them by
their tags. Keys, drawing and the order of things are tmux 3.7c's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tmuxish.emulator.style import DEFAULT_STYLE
from tmuxish.formats import sorting
from tmuxish.formats.expand import expand
from tmuxish.formats.styles import apply_style
from tmuxish.formats.text import is_true
from tmuxish.grammar import keys, templates
from tmuxish.grammar.errors import ParseError
from tmuxish.modes import tree_draw
from tmuxish.modes.base import PaneMode
from tmuxish.modes.tree_items import Item, shown_lines, walk
from tmuxish.server.queue import State
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from tmuxish.formats.scope import Scope
    from tmuxish.grammar.flags import Args
    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server

# What the preview is: nothing, most of the screen, or what a full list leaves.
OFF, BIG, NORMAL = range(3)
_NEXT_PREVIEW = {OFF: BIG, NORMAL: OFF, BIG: NORMAL}
# With a preview the list is no shorter than this, else it gets all of the screen (a big one: this much).
_LIST_MINIMUM, _BIG_LIST_MINIMUM = 10, 2
# A preview below the list needs more rows and columns than this.
_PREVIEW_MINIMUM = 4
# Rows that have to be left for a preview at all.
_REST_MINIMUM = 2

# How menus show C-t, which is a control character there. To tmux it then means nothing.
MENU_TAG_ALL = ord("t") & 0x1F
# In menus: a line, and what they say of tags.
LINE = ("", keys.NONE)
TAG_ITEMS = (("Tag", ord("t")), ("Tag All", MENU_TAG_ALL), ("Tag None", ord("T")))


class Taken(NamedTuple):
    """What became of a key: what is left of it for the mode itself (NONE: nothing), whether the mode is over,
    and for a click into the preview the column of the pane."""

    key: int
    finished: bool = False
    x: int = 0


class TreeMode(PaneMode):
    """One tree in one pane. `args`: the command's flags -f -N -O -r -y -Z; `found`: its target.

    orders: the sort orders that O goes through; the first is the usual one; none: nothing is sorted.
    menu: items of the menu on a line of the list, label and key. help_item: what help calls one
    item, help_width: columns it has at least, help_keys: keys of this mode and what they do.
    """

    orders: tuple[str, ...] = ()
    menu: tuple[tuple[str, int], ...] = ()
    help_item = "item"
    help_width = 0
    help_keys: tuple[tuple[str, str], ...] = ()

    def __init__(self, server: Server, pane: Pane, args: Args, found: Found) -> None:
        self._zoomed = args.has("Z") and not pane.window.zoomed
        if self._zoomed:
            server.windows.zoom(pane.window, pane)
        super().__init__(server, pane)
        self.screen.show_cursor(False)
        self.found = found
        self.preview = BIG if args.count("N") > 1 else OFF if args.has("N") else NORMAL
        order = sorting.parse_order(args.get("O"))
        self.order = order or (self.orders[0] if self.orders else sorting.NO_ORDER)
        self.reverse = args.has("r")
        self.filter = args.get("f")
        self.accept = args.has("y")
        self.no_matches = False
        self.roots: list[Item] = []
        self.lines: list[Item] = []
        self.current_line = 0
        self.offset = 0
        self.rows = self.screen.rows  # of the list
        self.search: str | None = None
        self.search_forward = True
        self._saved: dict[Hashable, Item] = {}
        self._alive = True

    # -- for subclasses ------------------------------------------------------------------------

    def populate(self, condition: str | None) -> Hashable | None:
        """List what there is (`add`), as far as `condition` (a format) lets through. Returns the tag of what
        is to be current, None for what was before."""
        raise NotImplementedError

    def draw_preview(self, item: Item, x: int, y: int, cols: int, rows: int) -> None:
        """Draw what the item looks like into that part of the screen."""
        raise NotImplementedError

    def act(self, who: Presser, taken: Taken) -> bool:
        """A key of this mode itself. True: the mode is over."""
        return False

    def matches(self, item: Item, text: str, fold: bool) -> bool:
        """Whether the item is what is searched for. fold: in any case."""
        return contains(item.name, text, fold)

    def key_of(self, item: Item) -> int:
        """The key that chooses the item, by its line."""
        if item.line < 10:
            return ord("0") + item.line
        return keys.META | ord("a") + item.line - 10 if item.line < 36 else keys.NONE

    def rest_rows(self, rows: int) -> int | None:
        """Rows below the list, of all `rows`; None: as the preview wants it."""
        return None

    def swap(self, item: Item, other: Item) -> bool:
        """Exchange two siblings. False if they can't be."""
        return False

    # -- the tree ------------------------------------------------------------------------------

    def add(
        self,
        parent: Item | None,
        tag: Hashable,
        name: str,
        text: str | None,
        subject: Any,
        *,
        expanded: bool = True,
    ) -> Item:
        """List something; one with the tag of a former item is tagged and expanded as that was."""
        item = Item(parent, tag, name, text, subject)
        saved = self._saved.get(tag)
        if saved is None:
            item.expanded = expanded
        else:
            item.expanded = saved.expanded
            item.tagged = saved.tagged and (parent is None or parent.expanded)
        item.siblings(self.roots).append(item)
        return item

    def remove(self, item: Item) -> None:
        """Not to be listed after all."""
        item.siblings(self.roots).remove(item)

    def build(self) -> None:
        """List everything anew; the current item stays current if it is still there."""
        tag = self.lines[self.current_line].tag if self.lines else None
        self._saved = {}
        for item in walk(self.roots):
            self._saved.setdefault(item.tag, item)
        self.roots = []
        wanted = self.populate(self.filter)
        self.no_matches = not self.roots
        if self.no_matches:
            wanted = self.populate(None)
        self._saved = {}
        self.lines = shown_lines(self.roots, self.key_of)
        if wanted is not None:
            tag = wanted
        elif tag is None and self.lines:
            tag = self.lines[min(self.current_line, len(self.lines) - 1)].tag
        self.select(tag)
        self.rows = self._list_rows()
        if self.current_line > self.rows - 1:
            self.offset = self.current_line - self.rows + 1

    def _list_rows(self) -> int:
        """Rows of the list, for the present preview."""
        rows, listed = self.screen.rows, len(self.lines)
        rest = self.rest_rows(rows)
        if self.preview == OFF:
            return rows
        if rest is not None:
            size = rows - rest if rest < rows else self.rows
        elif self.preview == NORMAL:
            size = rows // 3 * 2
            size = rows // 2 if size > listed else size
            size = rows if size < _LIST_MINIMUM else size
        else:
            size = max(min(rows // 4, listed), _BIG_LIST_MINIMUM)
        return rows if rows - size < _REST_MINIMUM else size

    @property
    def current(self) -> Item | None:
        """The current item; None if nothing is listed."""
        return self.lines[self.current_line] if self.lines else None

    def select(self, tag: Hashable | None) -> bool:
        """Make the item of that tag current. False if it is not shown; then the current line stays, or the
        last one takes its place."""
        at = next((item.line for item in self.lines if item.tag == tag), None)
        if at is not None:
            self.current_line = at
        elif self.lines and self.current_line >= len(self.lines):
            self.current_line = len(self.lines) - 1
        else:
            return False
        self._show_current()
        return at is not None

    def expand(self, tag: Hashable) -> None:
        """Show what is below the item of that tag, if it is shown itself."""
        for item in self.lines:
            if item.tag == tag and not item.expanded:
                item.expanded = True
                self.build()
                return

    def tagged(self) -> list[Item]:
        """The items shown that are tagged."""
        return [item for item in self.lines if item.tagged]

    def chosen(self) -> list[Item]:
        """The tagged items, or without one the current."""
        current = self.current
        return self.tagged() or ([current] if current is not None else [])

    def passes(self, condition: str | None, scope: Scope) -> bool:
        """Whether a filter lets through what `scope` is about."""
        return condition is None or is_true(expand(condition, scope))

    # -- moving --------------------------------------------------------------------------------

    def up(self, wrap: bool = True) -> None:
        """One line up; from the first to the last."""
        if not self.lines:
            return
        if self.current_line:
            self.current_line -= 1
            if self.current_line < self.offset:
                self.offset -= 1
        elif wrap:
            self.current_line = len(self.lines) - 1
            if len(self.lines) >= self.rows:
                self.offset = len(self.lines) - self.rows

    def down(self, wrap: bool = True) -> bool:
        """One line down; from the last to the first. False if there is no further line."""
        if not self.lines:
            return False
        if self.current_line < len(self.lines) - 1:
            self.current_line += 1
            if self.current_line > self.offset + self.rows - 1:
                self.offset += 1
        elif wrap:
            self.current_line = self.offset = 0
        else:
            return False
        return True

    def move_to(self, line: int) -> None:
        """Make that line current."""
        self.current_line = line
        self._show_current()

    def _show_current(self) -> None:
        self.offset = max(self.current_line - self.rows + 1, 0)

    # -- drawing -------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the list, and the preview below it."""
        item = self.current
        if item is None:
            return
        screen = self.screen
        screen.clear()
        style = apply_style(self.pane.window.options, "mode-style")
        writer = tree_draw.ListWriter(screen, self.lines, style)
        for line in self.lines[self.offset : self.offset + self.rows]:
            writer.put(line, line.line - self.offset, current=line is item)
        below = screen.rows - self.rows
        if (
            self.preview != OFF
            and self.rows >= _BIG_LIST_MINIMUM
            and min(screen.rows, screen.cols, below) > _PREVIEW_MINIMUM
        ):
            above = item.parent if item.draw_as_parent else item
            self._draw_box(above or item, below)
        screen.cursor_x, screen.cursor_y = 0, self.current_line - self.offset
        screen.changed()

    def _draw_box(self, item: Item, rows: int) -> None:
        """The frame of the preview with its title, and the preview."""
        screen, cols = self.screen, self.screen.cols
        tree_draw.put_box(screen, 0, self.rows, cols, rows)
        title = f" {item.name}"
        if self.orders:
            title += f" (sort: {self.order}{', reversed' if self.reverse else ''})"
        size = len(title.encode("utf-8", "surrogateescape"))
        if size <= cols - 2:
            x = 1 + tree_draw.put_text(screen, 1, self.rows, title, cols - 1)
            state = "no matches" if self.no_matches else "active"
            if self.filter is not None and size + len(" (filter: ) ") + len(state) <= cols - 2:
                x += tree_draw.put_text(screen, x, self.rows, " (filter: ", cols - x)
                style = apply_style(self.pane.window.options, "mode-style")
                shown = style if self.no_matches else DEFAULT_STYLE
                x += tree_draw.put_text(screen, x, self.rows, state, cols - x, shown)
                tree_draw.put_text(screen, x, self.rows, ") ", cols - x)
            else:
                screen.put(x, self.rows, " ")
        self.draw_preview(item, 2, self.rows + 1, cols - 4, rows - 2)

    def resize(self, cols: int, rows: int) -> None:
        """The pane has another size."""
        self.screen.resize(cols, rows)
        self.show()

    def update(self) -> None:
        """What is listed may have changed."""
        self.show()

    def show(self) -> None:
        """Build, draw, and have it shown."""
        self.build()
        self.draw()
        self.redraw()

    def close(self) -> None:
        """What it still waits for comes in vain."""
        self._alive = False

    def restore(self) -> None:
        """Give the window back as it was."""
        if self._zoomed:
            self.server.windows.unzoom(self.pane.window)

    @property
    def alive(self) -> bool:
        """Whether the pane still has this mode: what comes later (answers, choices of a menu) asks."""
        return self._alive

    # -- keys ----------------------------------------------------------------------------------

    def key(self, who: Presser, press: KeyPress) -> None:
        """A key: what all trees do with it, then what this one does."""
        from tmuxish.modes.tree_keys import take

        taken = take(self, who, press)
        over = self.act(who, taken)
        if not self._alive:
            return
        if taken.finished or over:
            self.leave()
        else:
            self.draw()
            self.redraw()

    def ask(
        self, who: Presser, text: str, answered: Callable[[str], None], kind: str = "command", **more: Any
    ) -> None:
        """Ask whoever pressed a key; `answered` gets what was entered ("" for nothing, or if cancelled),
        unless the mode is over by then. `more` is for Prompt."""
        from tmuxish.server.prompts import Prompt

        view = self.server.clients.view(who.client)
        if view is None:
            return

        def take(answer: str | None, done: bool) -> bool:
            if self._alive:
                answered(answer or "")
            return False

        view.ask(Prompt(text, take, kind=kind, no_format=True, **more))

    def ask_search(self, who: Presser) -> None:
        """Ask what to search for, and go there."""
        self.ask(who, "(search) ", self._search_for, "search")

    def _search_for(self, text: str) -> None:
        self.search = text or None
        self.find()

    def ask_filter(self, who: Presser) -> None:
        """Ask for the format that says what is listed."""
        self.ask(who, "(filter) ", self._set_filter, "search", initial=self.filter or "")

    def _set_filter(self, text: str) -> None:
        self.filter = text or None
        self.show()

    def find(self) -> None:
        """Go to the next item that matches the search, in its direction, wherever in the tree it is."""
        current, text = self.current, self.search
        if current is None or text is None:
            return
        items = list(walk(self.roots))
        at = items.index(current)
        others = items[at + 1 :] + items[:at]
        for item in others if self.search_forward else reversed(others):
            if self.matches(item, text, text == lower(text)):
                for above in item.parents():
                    above.expanded = True
                self.build()
                self.select(item.tag)
                self.draw()
                self.redraw()
                return

    def run(self, client: Client | None, template: str, name: str, found: Found | None = None) -> None:
        """Run a command template, filled with a name, on behalf of a client."""
        command = templates.replace(template, name, 1)
        if not command:
            return
        try:
            commands = self.server.parse_stored(command)
        except ParseError as error:
            text = str(error)
            self.server.clients.message(client, text[:1].upper() + text[1:])
        else:
            self.server.queue_of(client).submit(commands, State(found))

    def after_commands(self, client: Client | None) -> None:
        """Show what commands that were just queued have done, once they are done."""

        async def refresh() -> None:
            if self._alive:
                self.show()

        self.server.queue_of(client).call(refresh)


def contains(text: str, part: str, fold: bool) -> bool:
    """Whether `part` is in `text`; fold: in any case (of ASCII letters, as everywhere in tmux)."""
    return lower(part) in lower(text) if fold else part in text


def lower(text: str) -> str:
    """ASCII letters in lower case."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def open_tree(kind: type[TreeMode], server: Server, args: Args, found: Found) -> None:
    """Put the target's pane into a tree mode; one that it is in already comes to the top."""
    pane = found.pane
    if pane is None or server.pane_modes.raise_or_none(pane, kind.name) is not None:
        return
    mode = kind(server, pane, args, found)
    mode.build()
    server.pane_modes.enter(pane, mode)


def toggle_tags(items: Iterable[Item], tagged: Callable[[Item], bool]) -> None:
    """Tag just those items that `tagged` says."""
    for item in items:
        item.tagged = tagged(item)


def next_preview(preview: int) -> int:
    """What v makes of a preview."""
    return _NEXT_PREVIEW[preview]
