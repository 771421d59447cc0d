"""Run one command or another, depending on a shell command's exit code, or with -F on a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import CAN_FAIL, PANE, Command, Target, second_or_third_operand
from tmuxish.grammar.errors import ParseError

if TYPE_CHECKING:
    from tmuxish.grammar.nodes import CommandList
    from tmuxish.server.loop import Future


async def run(ctx: Context) -> None:
    condition = ctx.format(ctx.args.text(0) or "")
    if ctx.args.has("F"):
        branch = _branch(ctx, condition not in ("", "0"))
        if branch is not None:
            await ctx.execute(branch)
    elif ctx.args.has("b"):
        _later(ctx, condition)
    else:
        code, _ = await _job(ctx, condition)
        branch = _branch(ctx, code == 0)
        if branch is not None:
            await ctx.execute(branch)


def _branch(ctx: Context, chosen: bool) -> CommandList | None:
    operands = ctx.args.operands
    index = 1 if chosen else 2
    return ctx.commands_of(operands[index]) if index < len(operands) else None


def _job(ctx: Context, condition: str) -> Future[tuple[int, bytes]]:
    try:
        return ctx.server.jobs.run(
            condition, session=ctx.target.session, cwd=ctx.working_directory(ctx.target.session)
        )
    except OSError:
        raise CommandError(f"failed to run command: {condition}") from None


def _later(ctx: Context, condition: str) -> None:
    """-b: the queue goes on; the branch runs on behalf of the target client when the answer is there."""

    async def decide() -> None:
        code, _ = await job
        try:
            branch = _branch(ctx, code == 0)
        except ParseError as error:
            ctx.server.report_error(ctx.target_client, str(error))
            return
        if branch is not None:
            ctx.server.queue_of(ctx.target_client).submit(branch)

    job = _job(ctx, condition)
    ctx.server.loop.spawn(decide())


COMMAND = Command(
    "if-shell",
    "if",
    "[-bF] [-t target-pane] shell-command command [command]",
    run=run,
    target=Target("t", PANE, CAN_FAIL),
    blocks=second_or_third_operand,
)
