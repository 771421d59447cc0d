"""Keys of a client in control mode: it has no keyboard, but send-keys -K presses keys on it.

So prompts can be asked of it and answered, although nobody sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.keys.decode import Event
from tmuxish.server.keyboard import Keyboard
from tmuxish.server.prompts import ClientPrompts

if TYPE_CHECKING:
    from tmuxish.display.prompt_line import PromptLine
    from tmuxish.model.client import Client
    from tmuxish.server.prompts import Prompt
    from tmuxish.server.server import Server


class _NoScreen:
    """Where a prompt would be shown."""

    def __init__(self) -> None:
        self.prompt: PromptLine | None = None

    def show_prompt(self, line: PromptLine | None) -> None:
        self.prompt = line


class ControlKeyboard:
    """The keys and prompts of one client."""

    def __init__(self, server: Server, client: Client) -> None:
        self._client = client
        self._keyboard = Keyboard(server, client, server.queue_of(client))
        self._prompts = ClientPrompts(server, client, _NoScreen(), _nothing, self._keyboard.press)

    def press(self, key: int) -> None:
        """A key for the prompt, or as if it had been pressed on a terminal."""
        event = Event(key, b"")
        if not self._client.readonly and self._prompts.open is not None and not self._prompts.key(event):
            return
        self._keyboard.press_later(event)

    def set_table(self, name: str | None) -> None:
        """Look the next key up in that table; None for the session's usual one."""
        self._keyboard.set_table(name)

    @property
    def prompt(self) -> Prompt | None:
        """What it is asked, if anything."""
        return self._prompts.open

    def ask(self, prompt: Prompt) -> None:
        """Ask something; another prompt ends."""
        self._prompts.ask(prompt)

    def update_prompt(self, text: str, initial: str) -> None:
        """Let the open prompt ask something else, and begin with another line (a format)."""
        self._prompts.update(text, initial)

    def close(self) -> None:
        """The client is gone: nobody will answer."""
        self._prompts.clear()
        self._keyboard.close()


def _nothing() -> None:
    """There is nothing to draw."""
