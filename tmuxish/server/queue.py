"""Running commands: one queue per client, one for hooks and jobs.

A queue runs its command lists in order. A command that waits (wait-for, run-shell ...) is a coroutine and
suspends only its queue. When a command fails, the rest of its group (the commands joined by `;`) is dropped,
as tmux does; what was done stays done.

No exception of a command ends the server: it fails that command, with its traceback in the log.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.early import deque
from tmuxish.grammar.errors import ParseError
from tmuxish.server.log import log_error
from tmuxish.server.loop import Future
from tmuxish.targets import Found, TargetError, current_client, find_client, from_client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from typing import Any

    from tmuxish.control.guards import Guard
    from tmuxish.grammar.command import Target
    from tmuxish.grammar.nodes import CommandList, ParsedCommand
    from tmuxish.model.client import Client
    from tmuxish.server.server import Server

    # What is done in its turn: at once, or as a coroutine where it may have to wait for something.
    Work = Callable[[], Coroutine[Future[Any], None, None] | None]


class State:
    """What the commands of one list share: what is current, the key or mouse event, format variables.

    source_depth: how many files around them source each other. typed: they came as a line of a client in
    control mode.
    """

    __slots__ = ("current", "event", "formats", "no_hooks", "repeat", "source_depth", "typed")

    def __init__(
        self,
        current: Found | None = None,
        *,
        event: Any = None,
        formats: dict[str, str] | None = None,
        no_hooks: bool = False,
        repeat: bool = False,
        typed: bool = False,
    ) -> None:
        self.current = current if current is not None else Found()
        self.event = event
        self.formats = formats if formats is not None else {}
        self.no_hooks = no_hooks
        self.repeat = repeat
        self.typed = typed
        self.source_depth = 0

    def inside(self, current: Found, file: str) -> State:
        """The state of the commands of a file that is sourced here, about `current`."""
        formats = {**self.formats, "current_file": file}
        state = State(current, event=self.event, formats=formats, no_hooks=self.no_hooks, typed=self.typed)
        state.source_depth = self.source_depth + 1
        return state


class CommandQueue:
    """Command lists, and other work, waiting for their turn on behalf of one client (None: of the server).

    in_hook: a command of a hook is running here at this moment (and not waiting for something).
    """

    def __init__(self, server: Server, client: Client | None) -> None:
        self._server = server
        self._client = client
        self._waiting: deque[Work] = deque()
        self._busy = False
        self._abandoned = False
        self.in_hook = False

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits for its turn."""
        return not self._busy and not self._waiting

    def abandon(self) -> None:
        """The client was killed: what it still had to run is dropped."""
        self._abandoned = True
        self._waiting.clear()

    def submit(self, commands: CommandList, state: State | None = None) -> Future[bool]:
        """Run `commands` after what is queued. The future tells whether all of them worked."""
        outcome: Future[bool] = Future()

        async def run() -> None:
            worked = False
            try:
                worked = await self.execute(commands, state or State())
            except Exception as error:  # around the commands: hooks, reports
                log_error()
                self._server.report_error(self._client, f"internal error: {error!r}")
            finally:  # whoever waits for it must not wait in vain
                outcome.set_result(worked)

        self.call(run)
        return outcome

    def call(self, work: Work) -> None:
        """Do `work` after what is queued."""
        self._waiting.append(work)
        self._start()

    def defer(self, work: Work) -> None:
        """The same, but not before what runs now, be it on another queue, has come to its end."""
        self._waiting.append(work)
        self._server.loop.call_soon(self._start)

    def _start(self) -> None:
        while self._waiting and not self._busy:
            self._busy = True
            rest = self._begin()
            if rest is None:
                self._busy = False
            else:
                self._server.loop.spawn(self._run(rest))

    def _begin(self) -> Coroutine[Future[Any], None, None] | None:
        """Do what is next up to where it may wait; what is left of it then."""
        try:
            return self._waiting.popleft()()
        except Exception:  # what comes after it must not suffer
            log_error()
            return None

    async def _run(self, rest: Coroutine[Future[Any], None, None] | None) -> None:
        """What is left of the work that has begun, and all that waits."""
        try:
            while rest is not None or self._waiting:
                if rest is not None:
                    try:
                        await rest
                    except Exception:  # as above
                        log_error()
                rest = self._begin() if self._waiting else None
        finally:
            self._busy = False

    async def execute(self, commands: CommandList, state: State) -> bool:
        """Run `commands` now, inside a running command (if-shell, source-file). True if all worked."""
        failed_group: int | None = None
        for command in commands:
            if self._abandoned:
                return False
            if command.group == failed_group:
                continue
            if not await self._fire(command, state):
                failed_group = command.group
        return failed_group is None

    async def _fire(self, command: ParsedCommand, state: State) -> bool:
        entry = command.entry
        server = self._server
        client = self._client or current_client(server.model, None)
        context = Context(server, client, state, entry, command.args)
        context.queue_client = self._client
        context.file, context.line = command.file, command.line
        context.verbose = command.verbose
        server.commands_run += 1
        server.record_command(self._client, command, state.event)
        if self._client is not None and self._client.control:
            context.guard = server.clients.guard(self._client, typed=state.typed)
        try:
            self._resolve(context)
            await self._step(context)
        except (CommandError, TargetError, ParseError) as error:
            text = str(error)
            if text:
                server.report_error(client, text, command.file, command.line)
            context.close_block(failed=True)
            await server.hooks.after_error(context, self)
            return False
        except Exception as error:  # the boundary named in the module's docstring
            log_error()
            server.report_error(client, f"{entry.name}: internal error: {error!r}")
            context.close_block(failed=True)
            return False
        context.close_block()
        if not state.no_hooks:
            await server.hooks.after_command(context, self)
        failed: list[CommandList] = []
        for commands, inserted in context.followers:
            # A binding that failed does not run again for the same call (hooks are lists of their own).
            if not any(commands is other for other in failed) and not await self.execute(commands, inserted):
                failed.append(commands)
        return True

    async def _step(self, context: Context) -> None:
        """Run the command itself."""
        hooked = self._client is None and context.state.no_hooks
        before, self.in_hook = self.in_hook, hooked
        try:
            result = context.command.run(context)
        finally:
            self.in_hook = before
        if result is not None:
            coroutine: Coroutine[Future[Any], None, None] = result  # type: ignore[assignment]
            if hooked:
                await _Steps(self._step_in_hook(coroutine))
            elif context.guard is not None:
                await _Steps(_close_at_wait(coroutine, context.guard))
            else:
                await coroutine

    def _step_in_hook(
        self, coroutine: Coroutine[Future[Any], None, None]
    ) -> Generator[Future[Any], None, None]:
        """A command of a hook that may wait: `in_hook` holds while it does not."""
        while True:
            before, self.in_hook = self.in_hook, True
            try:
                waited = coroutine.send(None)
            except StopIteration:
                return
            finally:
                self.in_hook = before
            yield waited

    def _resolve(self, context: Context) -> None:
        entry, args, model = context.command, context.args, context.model
        caller = current_client(model, context.client)
        if entry.client:
            name = args.get(entry.client)
            if name is None:
                context.target_client = caller
                if caller is None and not entry.client_can_fail:
                    raise CommandError("no current client")
            else:
                context.target_client = find_client(model, name, quiet=entry.client_can_fail)
        else:
            context.target_client = caller
        if entry.source is not None:
            context.source = self._find(context, entry.source)
        if entry.target is not None:
            context.target = self._find(context, entry.target)
        else:  # what its formats and hooks are about
            context.target = from_client(model, context.target_client) or Found()

    def _find(self, context: Context, target: Target) -> Found:
        return context.find(context.args.get(target.flag), target.kind, target.flags)


class _Steps:
    """A generator as something to wait for."""

    __slots__ = ("_generator",)

    def __init__(self, generator: Generator[Future[Any], None, None]) -> None:
        self._generator = generator

    def __await__(self) -> Generator[Future[Any], None, None]:
        return self._generator


def _close_at_wait(
    coroutine: Coroutine[Future[Any], None, None], guard: Guard
) -> Generator[Future[Any], None, None]:
    """A command of a client in control mode: its block ends when it has to wait for something."""
    while True:
        try:
            waited = coroutine.send(None)
        except StopIteration:
            return
        guard.close()
        yield waited
