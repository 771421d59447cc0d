"""One call of a command of copy mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.commands.context import Context
    from tmuxish.grammar.flags import Args
    from tmuxish.keys.press import MouseEvent
    from tmuxish.model.client import Client
    from tmuxish.model.session import Session
    from tmuxish.modes.copy import CopyMode
    from tmuxish.modes.copy_view import CopyView

#: What a command answers when the mode is to end.
ENDS = True


class CopyCall:
    """A command's mode and view, its own flags and operands, how often it is to run, the mouse's event."""

    __slots__ = ("_ctx", "args", "count", "event", "mode", "view")

    def __init__(self, mode: CopyMode, ctx: Context, args: Args, event: MouseEvent | None) -> None:
        self._ctx = ctx
        self.mode = mode
        self.view: CopyView = mode.view
        self.args = args
        self.count = mode.count
        self.event = event

    @property
    def client(self) -> Client | None:
        """Whose keys these are, if anybody's."""
        return self._ctx.target_client

    @property
    def session(self) -> Session | None:
        """The session of the pane that was named."""
        return self._ctx.target.session

    @property
    def separators(self) -> str:
        """Option word-separators."""
        options = self.session.options if self.session is not None else self._ctx.model.session_options
        return options.get_string("word-separators")

    def expanded(self, index: int) -> str | None:
        """An operand as a format of the pane that was named; None if there is none."""
        text = self.args.text(index)
        return None if text is None else self._ctx.format(text)

    def search_text(self) -> str:
        """The first operand, with send-keys -F as a format of the pane; "" for none."""
        text = self.args.text(0) or ""
        if not self._ctx.args.has("F"):
            return text
        return self.mode.expand(text)

    def repeat(self, step: Callable[[], object]) -> None:
        """Call `step` as often as was asked for, or until it changes nothing."""
        before = self.view.state()
        for _ in range(self.count):
            step()
            after = self.view.state()
            if after == before:
                return
            before = after

    def repeat_until(self, step: Callable[[], bool]) -> bool:
        """The same with a step that may say (True) that the mode is to end."""
        before = self.view.state()
        for _ in range(self.count):
            if step():
                return ENDS
            after = self.view.state()
            if after == before:
                break
            before = after
        return not ENDS
