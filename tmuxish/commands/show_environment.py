"""Print a session's environment, or with -g the global one: one variable, or all of them.

Without -h the hidden variables are left out, with -h they alone are shown. -s prints shell commands.
"""

from __future__ import annotations

from collections.abc import Iterable

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.set_environment import environment_of
from tmuxish.grammar.command import CAN_FAIL, SESSION, Command, Target
from tmuxish.model.environment import Variable


def run(ctx: Context) -> None:
    target = ctx.args.get("t")
    if target is not None and ctx.target.session is None:  # an error even beside -g
        raise CommandError(f"no such session: {target}")
    environment = environment_of(ctx)
    name = ctx.args.text(0)
    variables: Iterable[Variable] = environment
    if name is not None:
        variable = environment.find(name)
        if variable is None:
            raise CommandError(f"unknown variable: {name}")
        variables = (variable,)
    for variable in variables:
        if variable.hidden == ctx.args.has("h"):
            ctx.print(variable.shell_line() if ctx.args.has("s") else variable.line())


COMMAND = Command(
    "show-environment",
    "showenv",
    "[-hgs] [-t target-session] [variable]",
    run=run,
    target=Target("t", SESSION, CAN_FAIL),
    after_hook=True,
)
