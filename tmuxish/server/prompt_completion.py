"""What Tab does in a prompt: completes commands, options, layouts and targets, with a menu of the choices.

What completes a word in one way only, or further than it goes, is put in its place; else the menu shows what
there is to choose from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands import TABLE
from tmuxish.display.menu import Item, Menu, MenuUse
from tmuxish.display.status import message_area
from tmuxish.display.viewport import status_size
from tmuxish.formats.expand import expand
from tmuxish.formats.trim import text_width
from tmuxish.model.layout_named import NAMES as LAYOUT_NAMES
from tmuxish.model.options_table import OPTIONS
from tmuxish.model.server import PROMPT_KINDS
from tmuxish.server.overlays import client_scope, show_menu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tmuxish.keys.line_editor import LineEditor
    from tmuxish.model.client import Client
    from tmuxish.model.session import Session
    from tmuxish.server.server import Server

_, _, TARGET, WINDOW_TARGET = PROMPT_KINDS
# Flags whose glued value is a target.
_TARGET_FLAGS = ("-t", "-s")
# Bytes of a word from which on it is not completed.
MAX_WORD = 64
# Choices that a menu shows at the most, and rows that it needs.
_MAX_CHOICES, _MIN_ROWS = 10, 3
# Rows of a menu's frame.
_FRAME = 2


class Completion:
    """Completes the word at the cursor of one prompt, on Tab. `changed`: a choice of the menu did so."""

    def __init__(
        self,
        server: Server,
        client: Client,
        kind: str,
        text: str,
        editor: LineEditor,
        changed: Callable[[], None],
    ) -> None:
        self._server = server
        self._client = client
        self._kind = kind
        self._text = text
        self._editor = editor
        self._changed = changed

    def complete(self) -> bool:
        """True if the line is another; False if nothing was to be done, or a menu asks."""
        place = self._editor.word_place()
        if place is None:
            return False
        start, end = place
        word = "".join(self._editor.chars[start:end])
        if len(word.encode("utf-8", "surrogateescape")) >= MAX_WORD:
            return False
        completed = self._target(word, start) if self._wants_target(word) else self._word(word, start)
        if completed is None or completed == word:
            return False
        self._editor.replace_word(completed)
        return True

    def _wants_target(self, word: str) -> bool:
        return self._kind in (TARGET, WINDOW_TARGET) or word.startswith(_TARGET_FLAGS)

    # -- what there is -------------------------------------------------------------------------

    def _word(self, word: str, start: int) -> str | None:
        """A command, or behind the first word an option or a layout."""
        if not word:
            return None
        found = list(dict.fromkeys(name for name in self._words(start == 0) if name.startswith(word)))
        if len(found) == 1:
            return f"{found[0]} "
        return self._common(word, found, start)

    def _words(self, first: bool) -> Iterator[str]:
        for command in TABLE:
            yield command.name
            if command.alias is not None:
                yield command.alias
        for alias in self._server.model.server_options.get_strings("command-alias"):
            name, equals, _ = alias.partition("=")
            if equals:
                yield name
        if not first:
            yield from (spec.name for spec in OPTIONS)
            yield from LAYOUT_NAMES

    def _common(self, word: str, found: list[str], start: int, flag: str = "") -> str | None:
        """What all have in common; where that is no more than the word, a menu asks."""
        common = common_beginning(found)
        if common is not None:
            common = flag + common
        if common is None or common == word:
            self._ask(sorted(found), start, flag)
        return common

    def _target(self, word: str, start: int) -> str | None:
        """A session, or behind a colon a window."""
        flag = "" if self._kind in (TARGET, WINDOW_TARGET) else word[:2]
        text, start = word[len(flag) :], start + len(flag)
        if self._kind == WINDOW_TARGET:
            return self._window(self._client.session, text, start, flag)
        name, colon, rest = text.partition(":")
        if not colon:
            return self._common(word, list(self._sessions(text)), start, flag)
        if "." in rest:
            return None
        session = self._server.model.session_named(name) if name else self._client.session
        return self._window(session, rest, start, flag)

    def _sessions(self, text: str) -> Iterator[str]:
        for session in self._server.model.sorted_sessions():
            if session.name.startswith(text):
                yield f"{session.name}:"
            elif text.startswith("$") and str(session.id).startswith(text[1:]):
                yield f"${session.id}:"

    def _window(self, session: Session | None, text: str, start: int, flag: str) -> str | None:
        """The window whose index begins so, if there is just one; else a menu asks which."""
        if session is None or self._room() is None:
            return None
        winlinks = [each for each in session.sorted_winlinks() if str(each.index).startswith(text)]
        winlinks = winlinks[: self._room()]
        before = "" if self._kind == WINDOW_TARGET else f"{session.name}:"
        found = [f"{before}{each.index}" for each in winlinks]
        if len(found) == 1:
            return flag + found[0]
        labels = [f"{name} ({each.window.name})" for name, each in zip(found, winlinks, strict=True)]
        self._show(labels, found, start, flag)
        return None

    # -- menu ----------------------------------------------------------------------------------

    def _room(self) -> int | None:
        """How many choices a menu can show; None: there is no room for one."""
        rows = self._client.rows - self._status_rows()
        return None if rows < _MIN_ROWS else min(rows - _FRAME, _MAX_CHOICES)

    def _status_rows(self) -> int:
        session = self._client.session
        return status_size(session.options, self._client.rows) if session is not None else 0

    def _ask(self, found: list[str], start: int, flag: str) -> None:
        """Let one be chosen, of the last ones if there are too many."""
        room = self._room()
        if len(found) > 1 and room is not None:
            self._show(found[-room:], found[-room:], start, flag)

    def _show(self, labels: Sequence[str], found: Sequence[str], start: int, flag: str) -> None:
        client = self._client
        if not found or client.session is None:
            return

        def done(number: int | None, key: int) -> None:
            if number is not None:
                self._choose(flag + found[number])

        menu = Menu("", client.cols)
        scope = client_scope(self._server, client)()
        items = [Item(label, ord("0") + number) for number, label in enumerate(labels)]
        menu.add_all(items, lambda text: expand(text, scope))
        options = client.session.options
        first, _ = message_area(options, client.cols)
        x = max(first + text_width(self._text) + start - 2, 0)
        top = options.get_string("status-position") == "top"
        y = self._status_rows() if top else client.rows - len(found) - _FRAME - 1
        show_menu(self._server, client, menu, x, y, done, use=MenuUse(mouse=False, tab=True))

    def _choose(self, text: str) -> None:
        if self._kind == WINDOW_TARGET:
            self._editor.replace(text)
        else:
            self._editor.replace_word(text)
        self._changed()


def common_beginning(words: Sequence[str]) -> str | None:
    """The first word up to where another one differs; one that just ends earlier does not count, as in tmux.
    None if there is no word."""
    if not words:
        return None
    common = words[0]
    for word in words[1:]:
        pairs = zip(common, word)  # noqa: B905 (as far as both go)
        differs = next((at for at, (one, other) in enumerate(pairs) if one != other), len(common))
        common = common[:differs]
    return common
