"""Run a shell command (or with -C tmux commands) without a pane, and print what it prints.

Its exit code becomes the client's. -b does not wait for it; -d delays it; -t has its output shown in place of
a pane.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.formats.expand import expand
from tmuxish.grammar.command import CAN_FAIL, PANE, Command, Target
from tmuxish.grammar.errors import ParseError
from tmuxish.targets import from_client

if TYPE_CHECKING:
    from tmuxish.grammar.flags import Args
    from tmuxish.model.client import Client

CODE_LIMIT = 255  # greatest exit code of a client; Windows' programs have greater ones
SIGNALLED = 128  # plus the signal's number: the exit code of a command that a signal ended


async def run(ctx: Context) -> None:
    args = ctx.args
    delay = _delay(args.get("d"))
    if delay is None and not args.operands:
        return
    if not args.has("b"):
        if delay:
            await ctx.server.loop.sleep(delay)
        await (_commands(ctx) if args.has("C") else _shell(ctx, ctx.client))
    elif args.has("C"):
        ctx.server.loop.call_later(delay or 0, lambda: _submit(ctx))
    else:
        command = _expanded(ctx)
        ctx.server.loop.call_later(delay or 0, lambda: _detached(ctx, command))


def _delay(text: str | None) -> float | None:
    """Seconds; None without -d."""
    if text is None:
        return None
    try:
        delay = float(text)
    except ValueError:
        delay = math.nan
    if not math.isfinite(delay):  # nan would be a time that never comes, and never lets the loop rest
        raise CommandError(f"invalid delay time: {text}")
    return delay


async def _commands(ctx: Context) -> None:
    if ctx.args.operands:
        await ctx.execute(ctx.commands_of(ctx.args.operands[0]))


def _submit(ctx: Context) -> None:
    """-b -C: the commands run later, on behalf of the target client."""
    if not ctx.args.operands:
        return
    try:
        commands = ctx.commands_of(ctx.args.operands[0])
    except ParseError as error:
        ctx.server.report_error(ctx.target_client, str(error))
    else:
        ctx.server.queue_of(ctx.target_client).submit(commands)


def _expanded(ctx: Context) -> str:
    """The command line, with the further operands as #{1}, #{2}, ..."""
    texts = ctx.args.texts()
    if not texts:
        return ""
    extras = {str(index): text for index, text in enumerate(texts) if index}
    return expand(texts[0], ctx.scope(extras=extras))


async def _shell(ctx: Context, client: Client | None) -> None:
    """Run it, print its output, and hand its exit code to the client."""
    command = _expanded(ctx)
    if not command:
        return
    server = ctx.server
    try:
        result = server.jobs.run(
            command,
            session=ctx.target.session,
            cwd=ctx.args.get("c") or ctx.working_directory(ctx.target.session),
            show_stderr=ctx.args.has("E"),
        )
    except OSError:
        raise CommandError(f"failed to run command: {command}") from None
    code, output = await result
    _print_outcome(ctx, command, output, code)
    if client is not None and client.session is None and client.id in ctx.model.clients:
        server.clients.connection(client).status = min(code, CODE_LIMIT) if code >= 0 else SIGNALLED - code


def _detached(ctx: Context, command: str) -> None:
    """-b: nobody waits for it."""
    try:
        job = ctx.server.jobs.start(
            command,
            lambda job, code: _print_outcome(ctx, command, job.text, code),
            session=ctx.target.session,
            cwd=ctx.args.get("c") or ctx.working_directory(ctx.target.session),
            show_stderr=ctx.args.has("E"),
        )
    except OSError:
        ctx.server.report_error(ctx.target_client, f"failed to run command: {command}")
        return
    job.nowait = True
    job.close_input()


def _print_outcome(ctx: Context, command: str, output: bytes, code: int) -> None:
    """Print what the command printed, and how it failed."""
    _print(ctx, output.decode("utf-8", "surrogateescape"))
    if code > 0:
        _print(ctx, f"'{command}' returned {code}")
    elif code < 0:
        _print(ctx, f"'{command}' terminated by signal {-code}")


def _print(ctx: Context, output: str) -> None:
    """Print lines: with -t in that pane's place; else to whoever waits, or with -b in place of the active
    pane of the session used last."""
    if not output:
        return
    pane = ctx.target.pane if ctx.args.has("t") else None
    if (pane is None or pane.id not in ctx.model.panes) and ctx.args.has("b"):
        last = from_client(ctx.model, None)
        pane = last.pane if last is not None else None
    if pane is not None and pane.id in ctx.model.panes:
        ctx.server.pane_modes.show_output(pane, output)
    elif not ctx.args.has("b"):
        lines = output.removesuffix("\n").split("\n")
        client = ctx.client
        if client is not None and client.session is not None and not client.control:
            lines = [line for line in lines if line]  # each is printed, an empty one unseen
        ctx.print("\n".join(lines))


def _block(args: Args, index: int) -> bool:
    return args.has("C")


COMMAND = Command(
    "run-shell",
    "run",
    "[-bCE] [-c start-directory] [-d delay] [-t target-pane] [shell-command [argument ...]]",
    run=run,
    target=Target("t", PANE, CAN_FAIL),
    blocks=_block,
)
