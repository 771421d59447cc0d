"""Questions of a pane's program that only the terminal of an attached client can answer.

A colour of the palette that nobody has set, or with get-clipboard request or both the clipboard. The first
client that has the pane's window in its session is asked; an answer that takes too long is no answer, as in
tmux.
"""

from __future__ import annotations

from tmuxish.emulator.colours import parse_x11
from tmuxish.emulator.osc import clipboard_reply
from tmuxish.emulator.replies import colour_report
from tmuxish.keys.replies import CLIPBOARD, PALETTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.keys.replies import Reply
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.server import Server

# Seconds in which the terminal has to answer, and how many questions of all panes may be open.
ANSWER_LIMIT = 0.5
OPEN_LIMIT = 1024


class Request:
    """An open question: `key` is the palette's index or the clipboard's letter, `end` ends the answer."""

    __slots__ = ("client", "due", "end", "key", "kind", "pane")

    def __init__(self, client: Client, pane: Pane, kind: str, key: int | str, end: str, due: float) -> None:
        self.client = client
        self.pane = pane
        self.kind = kind
        self.key = key
        self.end = end
        self.due = due


class Requests:
    """All open questions of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open: list[Request] = []

    def ask_palette(self, pane: Pane, index: int, end: str) -> None:
        """A program asked for colour `index` of the palette, which it has not set."""
        view = self._ask(pane, PALETTE, index, end)
        if view is not None:
            view.send(f"\x1b]4;{index};?\x1b\\".encode())

    def ask_clipboard(self, pane: Pane, target: str, end: str) -> None:
        """A program asked for the clipboard, and get-clipboard says that the terminal knows it."""
        view = self._ask(pane, CLIPBOARD, target, end)
        if view is not None:
            view.ask_clipboard()

    def _ask(self, pane: Pane, kind: str, key: int | str, end: str) -> AttachedClient | None:
        """Whom to ask; None if there is nobody."""
        now = self._server.loop.now()
        self._open = [request for request in self._open if request.due > now]
        for view in self._server.clients.views():
            session = view.client.session
            if session is not None and session.winlink_of(pane.window) is not None:
                if len(self._open) < OPEN_LIMIT:
                    self._open.append(Request(view.client, pane, kind, key, end, now + ANSWER_LIMIT))
                return view
        return None

    def answered(self, client: Client, reply: Reply) -> None:
        """A terminal has said something: hand it to the programs that wait for it."""
        now = self._server.loop.now()
        rest: list[Request] = []
        for request in self._open:
            if request.client is not client or request.kind != reply.kind or request.due <= now:
                rest.append(request)
            elif request.kind == CLIPBOARD or request.key == reply.value[0]:
                self._hand_over(request, reply.value[1])
            else:
                rest.append(request)
        self._open = rest

    def _hand_over(self, request: Request, value: object) -> None:
        pane = request.pane
        if isinstance(value, bytes):
            data = clipboard_reply(str(request.key), value, request.end)
        else:
            colour_report(pane.emulator, f"4;{request.key}", parse_x11(str(value)), request.end)
            data = bytes(pane.emulator.replies)
            pane.emulator.replies.clear()
        self._server.panes.write(pane, data)
