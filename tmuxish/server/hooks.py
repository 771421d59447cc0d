"""Hooks: commands that run when something has happened.

They are options (arrays of commands) of the session, pane or window concerned, looked for in that order, as
tmux does. `notify` is for things that happened to the model; `after-*` and `command-error` follow commands.
While hooks run, no further `after-*` hooks start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.server.queue import State
from tmuxish.targets import Found

if TYPE_CHECKING:
    from tmuxish.commands.context import Context
    from tmuxish.grammar.nodes import CommandList
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window
    from tmuxish.server.server import Server


class Hooks:
    """Finds and runs the hooks of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def notify(
        self,
        name: str,
        *,
        session: Session | None = None,
        window: Window | None = None,
        pane: Pane | None = None,
        client: Client | None = None,
    ) -> None:
        """Something happened: run its hook on the server's own queue, after what runs now."""
        found = self._server.found_for(session, window, pane, client)
        commands = self._commands(name, found)
        if not commands:
            return
        formats = {"hook": name}
        if client is not None:
            formats["hook_client"] = client.name
        if session is not None:
            formats["hook_session"] = session.ref
            formats["hook_session_name"] = session.name
        if window is not None:
            formats["hook_window"] = window.ref
            formats["hook_window_name"] = window.name
        if pane is not None:
            formats["hook_pane"] = pane.name
        for command_list in commands:
            self._server.queue.submit(command_list, State(found, formats=formats, no_hooks=True))

    async def after_command(self, context: Context) -> None:
        """Run the hook of the command that has just worked: the one it inserted, or `after-NAME`."""
        if context.hook is not None:
            await self._run(*context.hook, context)
        elif context.command.after_hook:
            await self._run(f"after-{context.command.name}", _subject(context), context)

    def after_error(self, context: Context) -> None:
        """Run `command-error` after a command that failed."""
        if not context.state.no_hooks:
            self._server.loop.spawn(self._run("command-error", _subject(context), context))

    async def _run(self, name: str, found: Found, context: Context) -> None:
        if found.session is None:
            found = self._server.found_for(None, None, None, context.client)
        commands = self._commands(name, found)
        if not commands:
            return
        state = State(found, event=context.state.event, formats=_hook_formats(name, context), no_hooks=True)
        queue = self._server.queue_of(context.client)
        for command_list in commands:
            await queue.execute(command_list, state)

    def _commands(self, name: str, found: Found) -> list[CommandList]:
        scopes = [found.session.options if found.session else self._server.model.session_options]
        if found.pane is not None:
            scopes.append(found.pane.options)
        if found.winlink is not None:
            scopes.append(found.winlink.window.options)
        for options in scopes:
            value = options.get(name)
            if value:
                texts = value.values() if isinstance(value, dict) else [value]
                return [self._server.parse_stored(str(text)) for text in texts]
        return []


def _subject(context: Context) -> Found:
    """What a hook after a command is about: its target, or what is current."""
    return context.target if context.target.session is not None else context.current


def _hook_formats(name: str, context: Context) -> dict[str, str]:
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
