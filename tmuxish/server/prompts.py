"""Prompts: a question in an attached client's status line, and the line that is typed as its answer.

A client has at most one at a time. Its keys come here at once, before the queue, which may be waiting for
just this answer.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Protocol

from tmuxish.display.prompt_line import PromptLine
from tmuxish.formats.expand import expand_time
from tmuxish.grammar import keys
from tmuxish.keys import line_editor
from tmuxish.keys.decode import Event, KeyDecoder
from tmuxish.keys.line_editor import LineEditor
from tmuxish.server import prompt_history

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.current import Found
    from tmuxish.formats.scope import Scope
    from tmuxish.model.client import Client
    from tmuxish.server.server import Server

# What a paste buffer gives a prompt: everything up to the first control character or wrong byte.
_PASTABLE = re.compile("[^\x00-\x1f\x7f\udc80-\udcff]*")


class Prompt:
    """One question.

    text: a format, expanded each time it is drawn (`#{prompt-input}` is what has been typed). answered:
    called with each answer, None when it is cancelled; True keeps the prompt open. `done` is False for the
    looks an incremental prompt gives at its line after each change: then the first character says what is
    wanted, `=` a new search, `+` and `-` the next and the previous match.

    initial: the line to begin with, a format unless no_format. kind: whose history it shares. single: one
    character is the answer; accept: and that is `y` without anybody pressing it. numeric: any key but a digit
    ends it, and counts as ever. key: the name of any key is the answer. erase_ends: backspace in an empty
    line cancels. freezes: panes stand still meanwhile (never for incremental ones). found: what its formats
    are about, None for what the client looks at. ended: called once when it is gone, for whatever reason.
    """

    def __init__(
        self,
        text: str,
        answered: Callable[[str | None, bool], bool],
        *,
        initial: str = "",
        kind: str = prompt_history.COMMAND,
        single: bool = False,
        numeric: bool = False,
        key: bool = False,
        incremental: bool = False,
        erase_ends: bool = False,
        no_format: bool = False,
        accept: bool = False,
        freezes: bool = True,
        found: Found | None = None,
        ended: Callable[[], None] | None = None,
    ) -> None:
        self.text = text
        self.answered = answered
        self.initial = initial
        self.kind = kind
        self.single = single
        self.numeric = numeric
        self.key = key
        self.incremental = incremental
        self.erase_ends = erase_ends
        self.no_format = no_format
        self.accept = accept
        self.freezes = freezes and not incremental
        self.found = found
        self.ended = ended


class PromptScreen(Protocol):
    """Where a prompt is shown."""

    @property
    def prompt(self) -> PromptLine | None:
        """What is shown now."""

    def show_prompt(self, line: PromptLine | None) -> None:
        """Show it, or none any more."""


class ClientPrompts:
    """The prompts of one attached client. `redraw` shows soon what changed; `press` takes a key as ever."""

    def __init__(
        self,
        server: Server,
        client: Client,
        view: PromptScreen,
        redraw: Callable[[], None],
        press: Callable[[Event], None],
    ) -> None:
        self._server = server
        self._client = client
        self._view = view
        self._redraw = redraw
        self._press = press
        self._editor = LineEditor()
        self.open: Prompt | None = None

    # -- opening and closing -------------------------------------------------------------------

    def ask(self, prompt: Prompt) -> None:
        """Open a prompt; one that is open ends."""
        self.clear()
        text = prompt.initial
        if not prompt.no_format:
            text = expand_time(text, self._scope(prompt))
        self._editor = LineEditor(
            "" if prompt.incremental else text,
            history=self._server.model.prompt_history[prompt.kind],
            yanked=self._top_buffer,
            last=text if prompt.incremental else None,
            erase_ends=prompt.erase_ends,
        )
        self.open = prompt
        line = PromptLine(prompt.text, self._editor, found=prompt.found, freezes=prompt.freezes)
        self._view.show_prompt(line)
        self._redraw()
        if prompt.incremental:
            prompt.answered("=", False)
        if prompt.single and prompt.accept:
            self._server.queue_of(self._client).call(partial(self._accept, prompt))

    async def _accept(self, prompt: Prompt) -> None:
        if self.open is prompt:
            prompt.answered("y", True)
            self._end(prompt)

    def update(self, text: str, initial: str) -> None:
        """Let the open prompt ask something else."""
        line = self._view.prompt
        if self.open is not None and line is not None:
            line.text = text
            self._editor.restart(expand_time(initial, self._scope(self.open)))
            self._changed()

    def clear(self) -> None:
        """End the open prompt without an answer."""
        if self.open is not None:
            self._end(self.open)

    def _end(self, prompt: Prompt) -> None:
        if self.open is not prompt:
            return  # its answer has put another one in its place
        self.open = None
        self._view.show_prompt(None)
        self._redraw()
        if prompt.ended is not None:
            prompt.ended()

    def _scope(self, prompt: Prompt) -> Scope:
        found = prompt.found
        if found is None or not found.is_valid(self._server.model):
            found = self._server.found_for(client=self._client)
        return self._server.scope(found, client=self._client)

    def _changed(self) -> None:
        if self._view.prompt is not None:
            self._view.show_prompt(self._view.prompt)
            self._redraw()

    def _top_buffer(self) -> str | None:
        """What can be pasted of the newest paste buffer; None if there is none."""
        buffer = self._server.model.buffers.top()
        if buffer is None:
            return None
        text = buffer.data.decode("utf-8", "surrogateescape")
        match = _PASTABLE.match(text)
        return match[0] if match is not None else ""

    # -- keys ----------------------------------------------------------------------------------

    def key(self, event: Event) -> bool:
        """A key, or pasted text, for the open prompt. True: it has ended, and the key counts as ever."""
        if event.key != keys.NONE:
            return self._key(event.key)
        pasted = _pasted_keys(event.raw)
        while pasted and self.open is not None:
            self._key(pasted.pop(0).key)
        if pasted:
            self._press(Event(keys.NONE, b"".join(each.raw for each in pasted)))
        return False

    def _key(self, key: int) -> bool:
        prompt = self.open
        if prompt is None:
            return True
        if prompt.key:
            prompt.answered(keys.key_to_string(key), True)
            self._end(prompt)
            return False
        key = line_editor.plain_key(key)
        if prompt.numeric and not ord("0") <= key <= ord("9"):
            prompt.answered(self._editor.text, True)
            self._end(prompt)
            return True
        if prompt.single:
            self._press_single(prompt, key)
        elif prompt.numeric:
            self._editor.insert(chr(key))
            self._changed()
        else:
            self._edit(prompt, key)
        return False

    def _press_single(self, prompt: Prompt, key: int) -> None:
        char = line_editor.literal_char(key)
        if char is None:
            return
        self._editor.insert(char)
        if len(self._editor.chars) != 1 or not prompt.answered(char, True):
            self._end(prompt)
        self._changed()

    def _edit(self, prompt: Prompt, key: int) -> None:
        session = self._client.session
        if session is None:
            return
        options, editor = session.options, self._editor
        vi = options.get_string("status-keys") == "vi"
        outcome = editor.press(key, vi=vi, separators=options.get_string("word-separators"))
        if outcome == line_editor.COMPLETE:
            outcome = line_editor.CHANGED if self._complete(prompt) else line_editor.MOVED
        if outcome == line_editor.ACCEPTED:
            if editor.chars:
                prompt_history.add(self._server, prompt.kind, editor.text)
            self._answer(prompt, editor.text)
        elif outcome == line_editor.CANCELLED:
            self._answer(prompt, None)
        elif prompt.incremental and outcome in _PREFIXES:
            prompt.answered(_PREFIXES[outcome] + editor.text, False)
        self._changed()

    def _answer(self, prompt: Prompt, text: str | None) -> None:
        if not prompt.answered(text, True):
            self._end(prompt)

    def _complete(self, prompt: Prompt) -> bool:
        """Complete the word at the cursor; True if the line is another."""
        from tmuxish.server.prompt_completion import Completion  # few press Tab

        line = self._view.prompt
        if line is None:
            return False
        editor = self._editor

        def changed() -> None:
            if self._editor is editor:
                self._changed()

        return Completion(self._server, self._client, prompt.kind, line.text, editor, changed).complete()


_PREFIXES = {line_editor.CHANGED: "=", line_editor.BACKWARD: "-", line_editor.FORWARD: "+"}


def _pasted_keys(raw: bytes) -> list[Event]:
    """Pasted text as the keys it stands for."""
    decoder = KeyDecoder({})
    return [event for event in (*decoder.feed(raw), *decoder.expire()) if isinstance(event, Event)]
