"""Show a menu on a client's terminal and run the command of the item that is chosen.

The queue waits until the menu is gone. Nothing is shown, and nothing said, where it would not fit or
something else is over everything already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.keys import string_to_key
from tmuxish.model.options_table import BY_NAME
from tmuxish.numbers import UINT_MAX, NumberError

if TYPE_CHECKING:
    from tmuxish.display.menu import Menu, MenuLook
    from tmuxish.grammar.flags import Args
    from tmuxish.model.client import Client
    from tmuxish.server.loop import Future


async def run(ctx: Context) -> None:
    waiting = _show(ctx)
    if waiting is not None:
        await waiting


def _show(ctx: Context) -> Future[None] | None:
    """Open the menu; what it returns is done when it is gone."""
    from tmuxish.commands.overlay_position import place_box
    from tmuxish.display.menu import MenuUse
    from tmuxish.server.loop import Future
    from tmuxish.server.overlays import show_menu

    client, view = ctx.screen()
    if view.overlay is not None:
        return None
    args = ctx.args
    choice = _starting_choice(args)
    menu = _menu(ctx, client)
    if not menu.items:
        return None
    place = place_box(ctx, client, view, *menu.size)
    if place is None:
        return None
    event = ctx.state.event
    closed: Future[None] = Future()

    def done(number: int | None, _: int) -> None:
        if number is not None:
            _run_item(ctx, client, menu.items[number].command)
        closed.set_result(None)

    shown = show_menu(
        ctx.server,
        client,
        menu,
        *place,
        done,
        _look(args),
        MenuUse(
            mouse=args.has("M") or (event is not None and event.mouse is not None),
            stay_open=args.has("O"),
            choice=choice,
        ),
    )
    return closed if shown else None


def _starting_choice(args: Args) -> int:
    if args.get("C") == "-":
        return -1
    try:
        return args.number("C", 0, UINT_MAX) if args.has("C") else 0
    except NumberError as error:
        raise CommandError(f"starting choice {error}") from None


def _menu(ctx: Context, client: Client) -> Menu:
    from tmuxish.display.menu import Item, Menu

    menu = Menu(ctx.format(ctx.args.get("T") or "", client=client), client.cols)
    operands = ctx.args.texts()
    index = 0
    while index < len(operands):
        name = operands[index]
        if not name:
            menu.add_separator()
            index += 1
            continue
        if len(operands) - index < 3:
            raise CommandError("not enough arguments")
        item = Item(name, string_to_key(operands[index + 1]), operands[index + 2])
        menu.add_all([item], lambda text: ctx.format(text, client=client))
        index += 3
    return menu


def _look(args: Args) -> MenuLook:
    from tmuxish.display.menu import MenuLook

    return MenuLook(border_lines(args, "menu-border-lines"), args.get("s"), args.get("H"), args.get("S"))


def border_lines(args: Args, option: str) -> str | None:
    """What -b says, which has to be a value of `option`; None without it. Raises CommandError."""
    lines = args.get("b")
    if lines is not None and lines not in BY_NAME[option].choices:
        raise CommandError(f"{option} unknown value: {lines}")
    return lines


def _run_item(ctx: Context, client: Client, command: str) -> None:
    """The commands of the chosen item, about the menu's target, with the event that opened it."""
    from tmuxish.server.queue import State

    try:
        commands = ctx.server.parse_stored(command)
    except ParseError as error:
        ctx.server.report_error(client, str(error))
        return
    ctx.server.queue_of(client).submit(commands, State(ctx.target, event=ctx.state.event))


def _command_operand(args: Args, index: int) -> bool:
    """Whether operand `index` is an item's command, which may be a block."""
    at = 0
    while at < index:
        if not args.text(at):
            at += 1  # a separator
        elif at + 2 == index:
            return True
        else:
            at += 3
    return False


COMMAND = Command(
    "display-menu",
    "menu",
    "[-MO] [-b border-lines] [-c target-client] [-C starting-choice] [-H selected-style] [-s style] "
    "[-S border-style] [-t target-pane] [-T title] [-x position] [-y position] name [key] [command] ...",
    run=run,
    target=Target("t", PANE),
    client="c",
    after_hook=True,
    blocks=_command_operand,
)
