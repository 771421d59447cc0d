"""Show the message log, newest first; or with -T what the clients' terminals can do, with -J running jobs."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.formats.expand import expand
from tmuxish.grammar.command import Command

TEMPLATE = "#{t/p:message_time}: #{message_text}"


def run(ctx: Context) -> None:
    args = ctx.args
    if not args.has("T") and not args.has("J"):
        _messages(ctx)
        return
    blank = args.has("T") and _terminals(ctx)
    if args.has("J"):
        _jobs(ctx, blank)


def _messages(ctx: Context) -> None:
    for time, number, text in reversed(ctx.model.messages):
        extras = {"message_time": time, "message_number": str(number), "message_text": text}
        ctx.print(expand(TEMPLATE, ctx.scope(extras=extras)))


def _terminals(ctx: Context) -> bool:
    """What tmux knows of each terminal, of the newest client first. False if there are none."""
    only = ctx.target_client if ctx.args.has("t") else None
    number = 0
    for view in reversed(list(ctx.server.clients.views())):
        if only is None or view.client is only:
            for line in view.screen.describe(number):
                ctx.print(line)
            number += 1
    return number > 0


def _jobs(ctx: Context, blank: bool) -> None:
    for number, job in enumerate(ctx.server.jobs.newest_first()):
        if blank and not number:
            ctx.print("")
        fd, status = job.fd, job.status
        ctx.print(f"Job {number}: {job.command} [fd={fd}, pid={job.pid}, status={status}]")


COMMAND = Command(
    "show-messages",
    "showmsgs",
    "[-JT] [-t target-client]",
    run=run,
    client="t",
    client_can_fail=True,
    after_hook=True,
)
