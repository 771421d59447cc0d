"""Set a variable of a session's environment, or with -g of the global one.

-u forgets it, -r marks it as removed for programs of the session, -h keeps it from programs.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import CAN_FAIL, SESSION, Command, Target
from tmuxish.model.environment import Environment


def run(ctx: Context) -> None:
    args = ctx.args
    name, value = args.text(0) or "", args.text(1)
    if not name:
        raise CommandError("empty variable name")
    if "=" in name:
        raise CommandError("variable name contains =")
    if value is not None and args.has("F"):
        value = ctx.format(value)
    environment = environment_of(ctx)
    for flag, change in (("u", environment.unset), ("r", environment.clear)):
        if args.has(flag):
            if value is not None:
                raise CommandError(f"can't specify a value with -{flag}")
            change(name)
            return
    if value is None:
        raise CommandError("no value specified")
    environment.set(name, value, hidden=args.has("h"))


def environment_of(ctx: Context) -> Environment:
    """The environment that -g or -t means. Raises CommandError where there is no such session."""
    if ctx.args.has("g"):
        return ctx.model.environment
    if ctx.target.session is None:
        target = ctx.args.get("t")
        raise CommandError("no current session" if target is None else f"no such session: {target}")
    return ctx.target.session.environment


COMMAND = Command(
    "set-environment",
    "setenv",
    "[-Fhgru] [-t target-session] variable [value]",
    run=run,
    target=Target("t", SESSION, CAN_FAIL),
    after_hook=True,
)
