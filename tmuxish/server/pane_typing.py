"""What is typed into panes: keys, text, mouse events and pastes, as the modes of each program want them.

With synchronize-panes what is typed into one pane goes to all of its window that have the option on.
"""

from __future__ import annotations

from tmuxish.early import pattern
from tmuxish.keys.encode import encode_named_key
from tmuxish.keys.mouse import encode_mouse
from tmuxish.model.neighbours import is_visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.keys.press import KeyPress, MouseEvent, Presser
    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server

# A run of characters that are typed as they are, or one that is a key of its own.
_TYPED = pattern(r"(?s)([^\x00-\x1f\x7f-\x9f\ud800-\udfff]+)|.")


class PaneTyping:
    """Types into the panes of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def send_key(self, pane: Pane, key: int, name: str = "") -> None:
        """A key for the program, encoded as its terminal modes ask; with synchronize-panes for all.

        name: what is typed for a key that no bytes stand for.
        """
        format = self._server.model.server_options.get_string("extended-keys-format")
        for target in self._typed_into(pane):
            data = encode_named_key(name, key, target.emulator.modes, self._server.backspace_key(), format)
            self._server.panes.write(target, data)

    def types_itself(self, pane: Pane, key: int) -> bool:
        """Whether an ASCII character is typed into this pane alone, and as it is."""
        if pane.modes or self._typed_into(pane) != [pane]:
            return False
        format = self._server.model.server_options.get_string("extended-keys-format")
        data = encode_named_key("", key, pane.emulator.modes, self._server.backspace_key(), format)
        return data == bytes((key,))

    def _typed_into(self, pane: Pane) -> list[Pane]:
        """The panes that get what is typed in `pane`: it, and with synchronize-panes all that can be seen and
        have that on too. None where its program gets nothing itself."""
        if not self._takes_input(pane):
            return []
        targets = [pane]
        if pane.options.get_flag("synchronize-panes"):
            targets += [
                other
                for other in pane.window.panes
                if other is not pane
                and self._takes_input(other)
                and is_visible(other)
                and other.options.get_flag("synchronize-panes")
            ]
        return targets

    def _takes_input(self, pane: Pane) -> bool:
        return not pane.mode and not pane.input_off and self._server.panes.process_of(pane) is not None

    def send_text(self, pane: Pane, text: str) -> None:
        """Text for the program as if typed: runs of printable characters at once, control characters as keys.

        Characters that stand for bytes that are no UTF-8 are dropped, as in tmux.
        """
        for match in _TYPED.finditer(text):
            run = match.group()
            if match.lastindex:
                for target in self._typed_into(pane):
                    self._server.panes.write(target, run.encode())
            elif not "\ud800" <= run <= "\udfff":
                self.send_key(pane, ord(run))

    def press(self, pane: Pane, who: Presser | None, press: KeyPress) -> None:
        """A key or mouse event for the mode the pane is in (which needs to know who pressed it), or else for
        the program."""
        if pane.modes:
            if who is not None:
                self._server.pane_modes.press(pane, who, press)
        elif press.mouse is not None:
            self._send_mouse(pane, press.mouse)
        else:
            self.send_key(pane, press.key)

    def _send_mouse(self, pane: Pane, event: MouseEvent) -> None:
        """A mouse event at the pane, if its program asked for such."""
        place = event.in_pane(pane)
        if place is None or event.made_up or event.pane_id != pane.id or not is_visible(pane):
            return
        if self._takes_input(pane):
            self._server.panes.write(pane, encode_mouse(event.report, *place, pane.emulator.modes))

    def paste(self, pane: Pane, data: bytes) -> None:
        """Pasted text, as it is; the markers around it are keys."""
        for target in self._typed_into(pane):
            self._server.panes.write(target, data)
