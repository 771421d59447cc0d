"""Show a message in the status line, or with -p print it. -a lists all variables, -v how they expand."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.pane_input import pour_input
from tmuxish.formats.expand import expand_time
from tmuxish.formats.variables import all_variables
from tmuxish.grammar.command import CAN_FAIL, PANE, Command, Target
from tmuxish.model.client import Client
from tmuxish.model.vis import vis_line
from tmuxish.numbers import UINT_MAX, NumberError
from tmuxish.targets import best_client

TEMPLATE = "[#{session_name}] #{window_index}:#{window_name}, current pane #{pane_index} - (%H:%M %d-%b-%y)"


async def run(ctx: Context) -> None:
    args = ctx.args
    if args.has("I"):
        if ctx.target.pane is not None:
            await pour_input(ctx, ctx.target.pane)
        return
    if args.has("F") and args.operands:
        raise CommandError("only one of -F or argument must be given")
    delay = _delay(ctx)
    template = args.text(0) if args.operands else args.get("F")
    if template is None:
        template = TEMPLATE
    scope = ctx.scope(client=_client(ctx), log=ctx.print if args.has("v") else None)
    if args.has("a"):
        ctx.print_lines(f"{name}={value}" for name, value in all_variables(scope))
        return
    text = template if args.has("l") else expand_time(template, scope)
    if ctx.client is None:
        ctx.report(text)
    elif args.has("p"):
        ctx.print(text)
    elif ctx.target_client is not None and ctx.target_client.control:
        _tell_control(ctx, ctx.target_client, text)
    elif ctx.target_client is not None:
        ctx.server.clients.message(
            ctx.target_client, text, delay=delay, hold=args.has("N"), freeze=not args.has("C")
        )


def _tell_control(ctx: Context, client: Client, text: str) -> None:
    """A client in control mode has no status line."""
    control = ctx.server.clients.control(client)
    if control is not None:
        control.print(vis_line(f"%message {text}"))


def _delay(ctx: Context) -> int | None:
    """Milliseconds."""
    if not ctx.args.has("d"):
        return None
    try:
        return ctx.args.number("d", 0, UINT_MAX)
    except NumberError as error:
        raise CommandError(f"delay {error}") from None


def _client(ctx: Context) -> Client | None:
    """The client whose facts the format shows: the target client if it shows the session, or the best."""
    client, session = ctx.target_client, ctx.target.session
    if client is not None and client.session is session:
        return client
    return best_client(ctx.model, session) if session is not None else None


COMMAND = Command(
    "display-message",
    "display",
    "[-aCIlNpv] [-c target-client] [-d delay] [-F format] [-t target-pane] [message]",
    run=run,
    target=Target("t", PANE, CAN_FAIL),
    client="c",
    client_can_fail=True,
    after_hook=True,
)
