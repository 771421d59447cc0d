"""Print options (show-options) or hooks (show-hooks): all that are set in one place, or one.

show-window-options means options of windows, -w being understood. -A adds what is
inherited, marked with a star; -H adds hooks; -v leaves the names out.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.option_places import named_option, whole_set
from tmuxish.grammar.command import CAN_FAIL, PANE, WINDOW, Command, Target
from tmuxish.model.options import is_user_option
from tmuxish.model.options_lines import all_lines, option_lines


def run(ctx: Context) -> None:
    _print(ctx, window_command=False)


def run_window(ctx: Context) -> None:
    _print(ctx, window_command=True)


def run_hooks(ctx: Context) -> None:
    _print(ctx, window_command=False, only_hooks=True)


def _print(ctx: Context, *, window_command: bool, only_hooks: bool = False) -> None:
    """All of a set, or the one named, which may be any option's even for show-hooks."""
    if ctx.args.operands:
        _print_one(ctx, window_command=window_command)
        return
    found = whole_set(ctx, window_command=window_command)
    if found is None:
        return
    scope, options = found
    args = ctx.args
    for line in all_lines(
        options,
        scope,
        hooks=args.has("H"),
        only_hooks=only_hooks,
        values_only=args.has("v"),
        inherit=args.has("A"),
    ):
        ctx.print(line)


def _print_one(ctx: Context, *, window_command: bool) -> None:
    args = ctx.args
    option = named_option(ctx, window_command=window_command)
    if option is None:
        return
    value = option.options.get_only(option.name)
    inherited = value is None and args.has("A")
    if inherited:
        value = option.options.get(option.name)
    if value is None:
        if is_user_option(option.name) and not args.has("q"):
            raise CommandError(f"invalid option: {option.text}")
        return
    for line in option_lines(option.name, value, option.item, values_only=args.has("v"), inherited=inherited):
        ctx.print(line)


SHOW_OPTIONS = Command(
    "show-options",
    "show",
    "[-AgHpqsvw] [-t target-pane] [option]",
    run=run,
    target=Target("t", PANE, CAN_FAIL),
    after_hook=True,
)
SHOW_WINDOW_OPTIONS = Command(
    "show-window-options",
    "showw",
    "[-gv] [-t target-window] [option]",
    run=run_window,
    target=Target("t", WINDOW, CAN_FAIL),
    after_hook=True,
)
SHOW_HOOKS = Command(
    "show-hooks",
    None,
    "[-gpw] [-t target-pane] [hook]",
    run=run_hooks,
    target=Target("t", PANE, CAN_FAIL),
    after_hook=True,
)
