"""Show or clear what was typed at prompts, of one kind (-T) or of all."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import Command


def run_show(ctx: Context) -> None:
    for kind in _kinds(ctx):
        ctx.print(f"History for {kind}:\n")
        for number, line in enumerate(ctx.model.prompt_history[kind], 1):
            ctx.print(f"{number}: {line}")
        ctx.print("")


def run_clear(ctx: Context) -> None:
    for kind in _kinds(ctx):
        ctx.model.prompt_history[kind].clear()


def _kinds(ctx: Context) -> list[str]:
    kind = ctx.args.get("T")
    if kind is None:
        return list(ctx.model.prompt_history)
    if kind not in ctx.model.prompt_history:
        raise CommandError(f"invalid type: {kind}")
    return [kind]


SHOW = Command("show-prompt-history", "showphist", "[-T prompt-type]", run=run_show, after_hook=True)
CLEAR = Command("clear-prompt-history", "clearphist", "[-T prompt-type]", run=run_clear, after_hook=True)
