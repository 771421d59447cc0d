"""Buffer mode (choose-buffer): the paste buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats import sorting
from tmuxish.formats.text import encoded
from tmuxish.formats.variables_server import BUFFER_MODE_FORMAT
from tmuxish.grammar import keys
from tmuxish.model.vis import vis
from tmuxish.modes.tree import LINE, TAG_ITEMS, contains
from tmuxish.modes.tree_choice import ChoiceTree
from tmuxish.modes.tree_draw import put_text
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tmuxish.formats.scope import Scope
    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.model.buffers import Buffer
    from tmuxish.model.client import Client
    from tmuxish.modes.tree import Taken
    from tmuxish.modes.tree_items import Item


class BufferTree(ChoiceTree):
    """choose-buffer."""

    name = "buffer-mode"
    default_format = BUFFER_MODE_FORMAT
    default_command = "paste-buffer -p -b '%%'"
    orders = (sorting.CREATION, sorting.NAME, sorting.SIZE)
    menu = (
        ("Paste", ord("p")),
        ("Paste Tagged", ord("P")),
        LINE,
        *TAG_ITEMS,
        LINE,
        ("Delete", ord("d")),
        ("Delete Tagged", ord("D")),
        LINE,
        ("Cancel", ord("q")),
    )
    help_item = "buffer"
    help_keys = (
        ("Enter", "Paste selected buffer"),
        ("p", "Paste selected buffer"),
        ("P", "Paste tagged buffers"),
        ("d", "Delete selected buffer"),
        ("D", "Delete tagged buffers"),
        ("e", "Open buffer in editor"),
        ("f", "Enter a filter"),
    )

    def populate(self, condition: str | None) -> Hashable | None:
        for buffer in sorting.sort_buffers(
            self.server.model.buffers.newest_first(), self.order, self.reverse
        ):
            scope = self.scope_of(buffer.name)
            if self.passes(condition, scope):
                self.add(None, buffer.order, buffer.name, self.text_of(scope), buffer.name)
        return None

    def scope_of(self, subject: str, **more: str) -> Scope:
        found = self.found if self.found.is_valid(self.server.model) else Found()
        buffer = self.server.model.buffers.find(subject)
        return self.server.scope(found, facts=self.facts, buffer=buffer, extras=more or None)

    def _buffer(self, item: Item) -> Buffer | None:
        """The buffer listed, while it is there."""
        return self.server.model.buffers.find(item.subject)

    def matches(self, item: Item, text: str, fold: bool) -> bool:
        """By name or contents."""
        buffer = self._buffer(item)
        if buffer is None:
            return False
        part, data = encoded(text), buffer.data
        if fold:
            part, data = part.lower(), data.lower()
        return contains(buffer.name, text, fold) or part in data

    def draw_preview(self, item: Item, x: int, y: int, cols: int, rows: int) -> None:
        """The first lines, made printable."""
        buffer = self._buffer(item)
        if buffer is not None:
            for row, line in enumerate(buffer.data.split(b"\n", rows)[:rows]):
                put_text(self.screen, x, y + row, vis(line), cols)

    # -- keys ----------------------------------------------------------------------------------

    def key(self, who: Presser, press: KeyPress) -> None:
        if not len(self.server.model.buffers):
            self.leave()
        else:
            super().key(who, press)

    def act(self, who: Presser, taken: Taken) -> bool:
        item, key = self.current, taken.key
        if item is None:
            return False
        over = False
        if key in (ord("p"), keys.ENTER):
            self._paste(who.client, item)
            over = True
        elif key == ord("P"):
            for each in self.tagged():
                self._paste(who.client, each)
            over = True
        elif key == ord("d"):
            self._delete(item)
            self.build()
        elif key == ord("D"):
            for each in self.tagged():
                self._delete(each)
            self.build()
        elif key == ord("e"):
            self._edit(who, item)
        return over or not len(self.server.model.buffers)

    def _paste(self, client: Client, item: Item) -> None:
        if self._buffer(item) is not None:
            self.run(client, self.template, item.subject)

    def _delete(self, item: Item) -> None:
        """Delete it; if it is current, the next one becomes so, or the one before."""
        if item is self.current and not self.down(wrap=False):
            self.up(wrap=False)
        buffer = self._buffer(item)
        if buffer is not None:
            self.server.buffers.delete(buffer)

    def _edit(self, who: Presser, item: Item) -> None:
        """Open it in an editor; what is saved becomes its contents. A line end that editors put at the end of
        a text is not taken over where there was none."""
        from tmuxish.server.popup_editor import edit_text

        buffer = self._buffer(item)
        if buffer is None:
            return

        def edited(text: bytes | None) -> None:
            if text is None or self.server.model.buffers.find(buffer.name) is not buffer:
                return
            if not buffer.data.endswith(b"\n"):
                text = text.removesuffix(b"\n")
            self.server.buffers.replace(buffer, text)
            if self.alive:
                self.show()

        edit_text(self.server, who.client, buffer.data, edited)
