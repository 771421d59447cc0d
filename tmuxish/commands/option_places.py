"""Which option, in which set, the commands about options mean by their name, flags and target."""

from __future__ import annotations

from typing import NamedTuple

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.model.options import OptionError, Options
from tmuxish.model.options_scope import Place, match_name, scope_from_flags, scope_from_name


class NamedOption(NamedTuple):
    """An option as a command names it.

    text: as typed, for messages. item: the array index, if any. scope: SERVER, SESSION, WINDOW or PANE.
    options: the set of that scope.
    """

    text: str
    name: str
    item: int | None
    scope: int
    options: Options


def place_of(ctx: Context) -> Place:
    """Where the command's target is."""
    target = ctx.target
    flag = ctx.command.target.flag if ctx.command.target is not None else "t"
    return Place(target.session, target.window, target.pane, ctx.args.get(flag))


def named_option(ctx: Context, *, window_command: bool) -> NamedOption | None:
    """The option of the first operand. None where there is none such but -q was given; else CommandError."""
    text = ctx.format(ctx.args.text(0) or "")
    try:
        name, item = match_name(text)
        scope, options = scope_from_name(
            ctx.model, name, ctx.args.has, place_of(ctx), window_command=window_command
        )
    except OptionError as error:
        if ctx.args.has("q"):
            return None
        raise CommandError(str(error)) from None
    return NamedOption(text, name, item, scope, options)


def whole_set(ctx: Context, *, window_command: bool) -> tuple[int, Options] | None:
    """The scope and set that the flags alone mean. None where there is none but -q was given."""
    try:
        return scope_from_flags(ctx.model, ctx.args.has, place_of(ctx), window_command=window_command)
    except OptionError as error:
        if ctx.args.has("q"):
            return None
        raise CommandError(str(error)) from None
