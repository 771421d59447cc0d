"""What a command sees while it runs: its arguments, its targets, and where its output goes."""

from __future__ import annotations

from tmuxish.commands.errors import CommandError
from tmuxish.grammar.nodes import CommandList
from tmuxish.targets import Found, mouse_pane, resolve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tmuxish.control.guards import Guard
    from tmuxish.formats.scope import Mouse, Scope
    from tmuxish.grammar.command import Command
    from tmuxish.grammar.flags import Args
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session, Winlink
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.queue import State
    from tmuxish.server.server import Server


class Context:
    """One run of one command.

    client: who asked; for hooks, configuration and jobs the client used last, None where nobody is attached.
    queue_client: the same, but always None for those. target, source: what `-t` and `-s` named (as
    the command's entry says). target_client: what the client flag named, or the current client.
    """

    __slots__ = (
        "args",
        "client",
        "command",
        "file",
        "followers",
        "guard",
        "hook",
        "line",
        "queue_client",
        "server",
        "source",
        "state",
        "target",
        "target_client",
        "verbose",
    )

    def __init__(
        self, server: Server, client: Client | None, state: State, command: Command, args: Args
    ) -> None:
        self.server = server
        self.client = client
        self.queue_client: Client | None = client
        self.state = state
        self.command = command
        self.args = args
        self.target = Found()
        self.source = Found()
        self.target_client: Client | None = None
        self.file: str | None = None
        self.line = 0
        self.guard: Guard | None = None  # the block around its output, in control mode
        self.verbose = False  # read by source-file -v
        self.hook: tuple[str, Found] | None = None  # what `insert_hook` asked for
        self.followers: list[tuple[CommandList, State]] = []  # run after the command and its hooks

    @property
    def model(self) -> Model:
        return self.server.model

    @property
    def current(self) -> Found:
        """What "current" means for the commands of this queue; commands that move on change it."""
        return self.state.current

    @property
    def variables(self) -> dict[str, str]:
        """Format variables that hold for all of this command."""
        return {"command": self.command.name, **self.state.formats}

    def session(self) -> Session:
        """The target's session. Raises CommandError where the target could not be resolved."""
        if self.target.session is None:
            raise CommandError("no current session")
        return self.target.session

    def winlink(self) -> Winlink:
        """The target's window in its session. Raises CommandError where there is none."""
        if self.target.winlink is None:
            raise CommandError("no current window")
        return self.target.winlink

    def pane(self) -> Pane:
        """The target's pane. Raises CommandError where there is none."""
        if self.target.pane is None:
            raise CommandError("no current pane")
        return self.target.pane

    def screen(self) -> tuple[Client, AttachedClient]:
        """The target client and its view. Raises CommandError where it has no screen, as in control mode."""
        client = self.target_client
        if client is None:
            raise CommandError("no current client")
        view = self.server.clients.view(client)
        if view is None:
            raise CommandError(f"client has no screen: {client.name}")
        return client, view

    def find(self, text: str | None, kind: str, flags: int = 0) -> Found:
        """What `text` names as a target of `kind`, where a command looks itself. Raises TargetError."""
        return resolve(
            self.model,
            text,
            kind,
            flags,
            current=self.state.current,
            client=self.client,
            event=self.state.event,
        )

    def insert_hook(self, name: str, found: Found) -> None:
        """Run hook `name`, about `found`, when this command has worked."""
        self.hook = (name, found)

    def follow(self, commands: CommandList, found: Found) -> None:
        """Run `commands`, about `found`, after this command and its hooks."""
        from tmuxish.server.queue import State  # which has need of this module

        self.followers.append((commands, State(found)))

    def print(self, text: str) -> None:
        """One or more lines of output, without the final line end."""
        self.server.print_to(self.client, text)

    def print_lines(self, lines: Iterable[str]) -> None:
        """Lines of output, at once where nothing tells the difference.

        For a client without UTF-8 each is printable ASCII by itself: a line end within one is not.
        """
        if self.client is not None and not self.client.utf8:
            for line in lines:
                self.print(line)
        elif together := list(lines):
            self.print("\n".join(together))

    def print_bytes(self, data: bytes) -> None:
        """Bytes for the client's standard output as they are, whatever its locale."""
        self.server.print_bytes_to(self.client, data)

    def scope(self, found: Found | None = None, client: Client | None = None, **more: Any) -> Scope:
        """What a format sees that is about `found` (default: the target); `more` is for Scope."""
        found = found if found is not None else self.target
        return self.server.scope(
            found,
            client=client or self.target_client,
            requester=self.client,
            inherited=self.variables,
            mouse=self._mouse(),
            **more,
        )

    def _mouse(self) -> Mouse | None:
        """Where the mouse event was for which this runs."""
        event = self.state.event
        if event is None or event.mouse is None:
            return None
        mouse = event.mouse
        found = mouse_pane(self.model, mouse)
        pane = found.pane if found is not None else None
        x, y = (pane is not None and mouse.in_pane(pane)) or (-1, -1)
        from tmuxish.formats.scope import Mouse

        return Mouse(
            pane,
            x,
            y,
            status_line=mouse.status_line,
            status_x=mouse.report.x,
            status_range=mouse.status_range,
        )

    def template(self, default: str) -> str:
        """The format that -F gives, or else `default`."""
        given = self.args.get("F")
        return default if given is None else given

    def format(
        self, template: str, found: Found | None = None, client: Client | None = None, **more: Any
    ) -> str:
        """`template` expanded for `found` (default: the target); `more` is for Scope."""
        if "#" not in template and not more:
            return template  # a starting server has not loaded what expands it
        from tmuxish.formats.expand import expand

        return expand(template, self.scope(found, client, **more))

    def report(self, text: str) -> None:
        """An error that does not end the commands joined to this one; the client's exit code is 1."""
        self.server.report_error(self.client, text, self.file, self.line)

    def fail(self) -> None:
        """Let the client's exit code be 1 without a message of this command's own."""
        client = self.client
        if client is not None and client.session is None and client.id in self.model.clients:
            self.server.clients.connection(client).status = 1

    async def execute(self, commands: CommandList, state: State | None = None) -> bool:
        """Run other commands in the place of this one, as if they had followed it. True if all worked."""
        self.close_block()
        return await self.server.queue_of(self.queue_client).execute(commands, state or self.state)

    def close_block(self, *, failed: bool = False) -> None:
        """In control mode, end the block of the command's output."""
        if self.guard is not None:
            self.guard.close(failed=failed)

    def commands_of(self, operand: str | CommandList | None) -> CommandList:
        """The commands of an operand that may be a block or a string. Raises ParseError."""
        if isinstance(operand, CommandList):
            return operand
        return self.server.parse_stored(operand or "", self.file, self.line)

    def working_directory(self, session: Session | None = None) -> str:
        """Where a relative path of this command starts: the client's, the session's, or home."""
        client = self.client
        if not self.server.ready:
            return self.server.start_folder
        if client is not None and client.session is None and client.cwd:
            return client.cwd
        if session is not None and session.cwd:
            return session.cwd
        if client is not None and client.session is not None and client.session.cwd:
            return client.session.cwd
        return self.server.home or "/"
