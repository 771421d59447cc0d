"""Ask a client before commands are run."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.deferred import DeferredCommands
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command, every_operand


async def run(ctx: Context) -> None:
    from tmuxish.server.loop import Future
    from tmuxish.server.prompts import Prompt  # an attached client has loaded it

    client, args = ctx.target_client, ctx.args
    view = ctx.server.clients.prompter(client) if client is not None else None
    if client is None or view is None:
        raise CommandError("no current client")
    commands = DeferredCommands(ctx, expand=True).fill()
    key = _confirm_key(ctx)
    text = args.get("p")
    if text is None:
        text = f"Confirm '{commands[0].entry.name if commands else ''}'? ({key}/n)"
    outcome: Future[bool] = Future()
    confirmed = False

    def answered(answer: str | None, done: bool) -> bool:
        nonlocal confirmed
        confirmed = answer == key or (answer == "\r" and args.has("y"))
        return False

    def ended() -> None:
        if not args.has("b"):
            outcome.set_result(confirmed)
        elif confirmed:
            ctx.server.queue_of(client).submit(commands)

    view.ask(Prompt(f"{text} ", answered, single=True, found=ctx.target, ended=ended))
    if args.has("b"):
        return
    if await outcome:
        await ctx.execute(commands)
    else:
        ctx.fail()


def _confirm_key(ctx: Context) -> str:
    """The key that means yes."""
    key = ctx.args.get("c")
    if key is None:
        return "y"
    if len(key) != 1 or not " " <= key <= "~":
        raise CommandError("invalid confirm key")
    return key


COMMAND = Command(
    "confirm-before",
    "confirm",
    "[-by] [-c confirm-key] [-p prompt] [-t target-client] command",
    run=run,
    client="t",
    blocks=every_operand,
)
