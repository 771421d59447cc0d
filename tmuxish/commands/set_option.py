"""Set an option of the server, a session, a window or a pane, or take it back with -u.

The option's own scope decides which set is meant; -g means the global one. Without a value a flag or choice
toggles. set-window-option means options of windows, -w being understood. Hooks are options too: set-hook does
the same, and with -R runs a hook at once.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.option_places import NamedOption, named_option
from tmuxish.grammar.command import CAN_FAIL, PANE, WINDOW, Command, Target, second_operand
from tmuxish.model import options_spec
from tmuxish.model.options import OptionError
from tmuxish.model.options_text import assign


def run(ctx: Context) -> None:
    _change(ctx, window_command=False)


def run_window(ctx: Context) -> None:
    _change(ctx, window_command=True)


def run_hook(ctx: Context) -> None:
    if ctx.args.has("R"):
        ctx.server.hooks.insert(ctx.format(ctx.args.text(0) or ""), ctx)
    else:
        _change(ctx, window_command=False)


def _change(ctx: Context, *, window_command: bool) -> None:
    args = ctx.args
    option = named_option(ctx, window_command=window_command)
    if option is None:
        return
    old = option.options.get_only(option.name)
    if option.item is not None and not isinstance(option.options.get(option.name), dict):
        raise CommandError(f"not an array: {option.text}")
    if args.has("o") and not args.has("u") and _is_set(option):
        if args.has("q"):
            return
        raise CommandError(f"already set: {option.text}")
    if args.has("U") and option.scope == options_spec.WINDOW:
        _unset_in_panes(ctx, option)
    if args.has("u") or args.has("U"):
        if old is None:
            return
        option.options.unset(option.name, option.item)
    else:
        _assign(ctx, option)
    ctx.server.option_changed(option.name)


def _is_set(option: NamedOption) -> bool:
    value = option.options.get_only(option.name)
    if option.item is not None and isinstance(value, dict):
        return option.item in value
    return value is not None


def _unset_in_panes(ctx: Context, option: NamedOption) -> None:
    """-U: the target window's panes follow it again."""
    window = ctx.target.window
    for pane in window.panes if window is not None else ():
        pane.options.unset(option.name, option.item)


def _assign(ctx: Context, option: NamedOption) -> None:
    value = ctx.args.text(1)
    if value is not None and ctx.args.has("F"):
        value = ctx.format(value)
    try:
        assign(
            option.options,
            option.name,
            value,
            ctx.server.option_checks,
            index=option.item,
            append=ctx.args.has("a"),
        )
    except OptionError as error:
        raise CommandError(str(error)) from None


SET_OPTION = Command(
    "set-option",
    "set",
    "[-aFgopqsuUw] [-t target-pane] option [value]",
    run=run,
    target=Target("t", PANE, CAN_FAIL),
    after_hook=True,
    blocks=second_operand,
)
SET_WINDOW_OPTION = Command(
    "set-window-option",
    "setw",
    "[-aFgoqu] [-t target-window] option [value]",
    run=run_window,
    target=Target("t", WINDOW, CAN_FAIL),
    after_hook=True,
    blocks=second_operand,
)
SET_HOOK = Command(
    "set-hook",
    None,
    "[-agpRuw] [-t target-pane] hook [command]",
    run=run_hook,
    target=Target("t", PANE, CAN_FAIL),
    after_hook=True,
    blocks=second_operand,
)
