"""Ask a client for one line or several, and run a command made of the answers.

The queue waits for the answers, save with -b, or with -i, where the command runs after each change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.deferred import DeferredCommands
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command, every_operand
from tmuxish.grammar.errors import ParseError
from tmuxish.model.server import PROMPT_KINDS

if TYPE_CHECKING:
    from tmuxish.control.keyboard import ControlKeyboard
    from tmuxish.grammar.nodes import CommandList
    from tmuxish.model.client import Client
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.loop import Future
    from tmuxish.server.server import Server


async def run(ctx: Context) -> None:
    from tmuxish.server.loop import Future

    client = ctx.target_client
    view = ctx.server.clients.prompter(client) if client is not None else None
    if client is None or view is None:
        raise CommandError("no current client")
    if view.prompt is not None:
        return
    waits = not (ctx.args.has("b") or ctx.args.has("i"))
    kind = ctx.args.get("T") or PROMPT_KINDS[0]
    if kind not in PROMPT_KINDS:
        raise CommandError(f"unknown type: {kind}")
    commands = DeferredCommands(ctx, default="%1", expand=ctx.args.has("F"))
    questions = _questions(ctx, commands)
    answer: Future[CommandList | None] | None = Future() if waits else None
    asking = _Asking(ctx.server, client, view, commands, questions, answer)
    _ask(ctx, view, asking, kind)
    if answer is not None:
        filled = await answer
        if filled is not None:
            await ctx.execute(filled)


def _questions(ctx: Context, commands: DeferredCommands) -> list[tuple[str, str]]:
    """What to ask, one after the other: each prompt with the line it begins with."""
    args = ctx.args
    texts, initial, space = args.get("p"), args.get("I"), " "
    if texts is None:
        texts = f"({commands.name})"
        if not args.operands:
            texts, space = ":", ""
    if args.has("l"):
        return [(texts, initial or "")]
    lines = (initial or "").split(",")
    prompts = texts.split(",")
    lines += [""] * (len(prompts) - len(lines))
    return [(prompt + space, line) for prompt, line in zip(prompts, lines, strict=False)]


def _ask(ctx: Context, view: AttachedClient | ControlKeyboard, asking: _Asking, kind: str) -> None:
    from tmuxish.server.prompts import Prompt  # an attached client has loaded it

    args = ctx.args
    # Of these the first one that is given counts.
    way = next((flag for flag in "1Nike" if args.has(flag)), "")
    text, initial = asking.questions[0]
    asking.incremental = way == "i"
    view.ask(
        Prompt(
            text,
            asking.answered,
            initial=initial,
            kind=kind,
            single=way == "1",
            numeric=way == "N",
            incremental=way == "i",
            key=way == "k",
            erase_ends=way == "e",
            freezes=not args.has("C"),
            found=ctx.target,
            ended=asking.ended,
        )
    )


class _Asking:
    """The answers so far. `outcome`: where to put the finished commands; None if nobody waits for them."""

    def __init__(
        self,
        server: Server,
        client: Client,
        view: AttachedClient | ControlKeyboard,
        commands: DeferredCommands,
        questions: list[tuple[str, str]],
        outcome: Future[CommandList | None] | None,
    ) -> None:
        self._server = server
        self._client = client
        self._view = view
        self._commands = commands
        self._outcome = outcome
        self._values: list[str] = []
        self._filled: CommandList | None = None  # to be run when the prompt is gone
        self.questions = questions
        self.incremental = False

    def answered(self, text: str | None, done: bool) -> bool:
        """An answer: ask the next question, or make the commands."""
        if text is None or (done and self.incremental):
            return False
        values = [*self._values, text]
        if done:
            self._values = values
            if len(values) < len(self.questions):
                self._view.update_prompt(*self.questions[len(values)])
                return True
        try:
            filled = self._commands.fill(values)
        except ParseError as error:
            self._server.report_error(self._client, str(error))
        else:
            if done:
                self._filled = filled
            else:
                self._submit(filled)
        return not done

    def ended(self) -> None:
        """The prompt is gone: the commands run, or if nobody has answered, what waits goes on."""
        if self._outcome is not None:
            self._outcome.set_result(self._filled)
        elif self._filled is not None:
            self._submit(self._filled)

    def _submit(self, commands: CommandList) -> None:
        self._server.queue_of(self._client).submit(commands)


COMMAND = Command(
    "command-prompt",
    None,
    "[-1CbeFiklN] [-I inputs] [-p prompts] [-t target-client] [-T prompt-type] [template]",
    run=run,
    client="t",
    blocks=every_operand,
)
