"""Hooks: commands that run when something has happened.

They are options (arrays of commands) of the session, pane or window concerned, looked for in that order, as
tmux does. `notify` is for things that happened to the model: its hooks run on the server's own queue, after
what runs now. `after-*` and `command-error` follow commands, on the queue these ran on. Commands of a hook
start no hooks themselves: neither `after-*`, nor (on the server's queue, where they would never end) those of
the model's events.
"""

from __future__ import annotations

from tmuxish.grammar.errors import ParseError
from tmuxish.model.options import is_user_option
from tmuxish.server.queue import State
from tmuxish.targets import Found, from_client, from_pane, from_session, from_window, from_winlink

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.commands.context import Context
    from tmuxish.grammar.nodes import CommandList
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window
    from tmuxish.server.queue import CommandQueue
    from tmuxish.server.server import Server

# Events that clients in control mode are told (`control/notifications.py` has the lines).
CONTROL_EVENTS = frozenset(
    (
        "client-detached",
        "client-session-changed",
        "pane-mode-changed",
        "paste-buffer-changed",
        "paste-buffer-deleted",
        "session-closed",
        "session-created",
        "session-renamed",
        "session-window-changed",
        "window-layout-changed",
        "window-linked",
        "window-pane-changed",
        "window-renamed",
        "window-unlinked",
    )
)


class Event:
    """Something that happened, and what it is about. client: then `session` only says what is current. pane:
    then `window` is the pane's."""

    __slots__ = ("buffer", "client", "name", "pane", "session", "window")

    def __init__(
        self,
        name: str,
        session: Session | None = None,
        window: Window | None = None,
        pane: Pane | None = None,
        client: Client | None = None,
        buffer: str | None = None,
    ) -> None:
        self.name = name
        self.session = session
        self.window = window
        self.pane = pane
        self.client = client
        self.buffer = buffer


class Hooks:
    """Finds and runs the hooks of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._used: set[str] = set()  # hooks that were ever set: most never are, and events are many

    def option_changed(self, name: str) -> None:
        """An option, perhaps a hook, has been set."""
        self._used.add(name)

    # -- events of the model -------------------------------------------------------------------

    def notify(
        self,
        name: str,
        *,
        session: Session | None = None,
        window: Window | None = None,
        pane: Pane | None = None,
        client: Client | None = None,
        buffer: str | None = None,
    ) -> None:
        """Something happened to these: when what runs now is done, tell clients in control mode, and run its
        hook. See Event.
        """
        told = name in CONTROL_EVENTS and bool(self._server.clients.controls())
        if not (told or name in self._used) or self._server.queue.in_hook:
            return
        event = Event(name, session, window, pane, client, buffer)
        if told:
            self._server.queue.defer(lambda: self._tell(event))
        if name not in self._used:
            return
        found = self._subject(event)
        formats = {"hook": name}
        if client is not None:
            formats["hook_client"] = client.name
        elif session is not None and pane is None:
            formats["hook_session"] = session.ref
            formats["hook_session_name"] = session.name
        if pane is not None:
            formats["hook_pane"] = pane.name
            window = pane.window
        if window is not None:
            formats["hook_window"] = window.ref
            formats["hook_window_name"] = window.name
        self._server.queue.defer(lambda: self._happened(name, found, formats))

    async def _tell(self, event: Event) -> None:
        from tmuxish.control import notifications  # few servers have clients in control mode

        notifications.tell(self._server, event)

    def _subject(self, event: Event) -> Found | None:
        """What an event is about; None if that has gone with it."""
        model = self._server.model
        session, window, pane, client = event.session, event.window, event.pane, event.client
        if client is not None:
            return from_session(session) if session is not None else from_client(model, client)
        if pane is not None:
            return from_pane(model, pane)
        if session is None:
            return from_window(model, window) if window is not None else None
        if window is None:
            return from_session(session)
        winlink = session.winlink_of(window)
        return from_winlink(winlink) if winlink is not None else None

    async def _happened(self, name: str, found: Found | None, formats: dict[str, str]) -> None:
        found = self._valid(found)
        state = State(found, formats=formats, no_hooks=True)
        for commands in self._commands(name, found):
            await self._server.queue.execute(commands, state)

    def _valid(self, found: Found | None) -> Found:
        """`found` if it is still there, else what is current for nobody in particular."""
        model = self._server.model
        if found is not None and found.is_valid(model):
            return found
        return from_client(model, None) or Found()

    # -- what follows commands -----------------------------------------------------------------

    async def after_command(self, context: Context, queue: CommandQueue) -> None:
        """Run the hook of the command that has just worked: the one it inserted, or `after-NAME`."""
        if context.hook is not None:
            name, subject = context.hook
        elif context.command.after_hook:
            name, subject = f"after-{context.command.name}", None
        else:
            return
        if name in self._used and (found := subject or self._around(context)) is not None:
            await self._follow(name, found, context, queue)

    async def after_error(self, context: Context, queue: CommandQueue) -> None:
        """Run `command-error` after a command that failed."""
        if "command-error" in self._used and not context.state.no_hooks:
            await self._follow("command-error", self._around(context) or Found(), context, queue)

    def _around(self, context: Context) -> Found | None:
        """What a hook after a command is about: its target, or what is current."""
        for found in (context.target, context.current):
            if found.is_valid(self._server.model):
                return found
        return from_client(self._server.model, context.client)

    async def _follow(self, name: str, found: Found, context: Context, queue: CommandQueue) -> None:
        formats = _arguments(name, context)
        state = State(found, event=context.state.event, formats=formats, no_hooks=True)
        for commands in self._commands(name, Found(found.session)):
            await queue.execute(commands, state)

    def insert(self, name: str, context: Context) -> None:
        """set-hook -R: run hook `name` after the command, whether or not anything has happened."""
        found = self._valid(context.target)
        state = State(found, formats={"hook": name}, no_hooks=True)
        context.followers += [(commands, state) for commands in self._commands(name, found)]

    # -- finding them --------------------------------------------------------------------------

    def _commands(self, name: str, found: Found) -> list[CommandList]:
        """The hook's command lists, from the first of session, pane and window that knows it."""
        scopes = [found.session.options if found.session else self._server.model.session_options]
        if found.pane is not None:
            scopes.append(found.pane.options)
        if found.winlink is not None:
            scopes.append(found.winlink.window.options)
        for options in scopes:
            value = options.get(name)
            if isinstance(value, dict):
                return [self._server.parse_stored(str(text)) for text in value.values()]
            if value is not None and is_user_option(name):
                return self._user_hook(name, str(value))
        return []

    def _user_hook(self, name: str, text: str) -> list[CommandList]:
        """A user option run as a hook. Its text was never checked; if it makes no sense, nothing runs."""
        try:
            return [self._server.parse_stored(text)]
        except ParseError as error:
            self._server.log(f"can't parse hook {name}: {error}")
            return []


def _arguments(name: str, context: Context) -> dict[str, str]:
    """The variables that tell a hook which arguments the command had."""
    args = context.args
    formats = {"hook": name, "hook_arguments": str(args)}
    for index, operand in enumerate(args.texts()):
        formats[f"hook_argument_{index}"] = operand
    for letter in args.letters():
        values = args.all(letter)
        formats[f"hook_flag_{letter}"] = values[-1] if values else "1"
        for index, value in enumerate(values):
            formats[f"hook_flag_{letter}_{index}"] = value
    return formats
