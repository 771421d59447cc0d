"""Type keys into a pane: each operand is a key's name, or else text.

-l takes every operand as text, -H as hexadecimal bytes, -K as keys pressed on the client (so that bindings
see them). -R resets the terminal first, -N repeats, -M passes a mouse event on. -X is a command for the
pane's mode, whose arguments -F expands; text and keys are never expanded (measured). In a pane that is in a
mode with a key table, keys run what that table binds to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar import keys
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.keys.press import KeyPress, Presser
from tmuxish.model.pane import Pane
from tmuxish.numbers import UINT_MAX, NumberError, parse_number
from tmuxish.targets import mouse_pane

if TYPE_CHECKING:
    from tmuxish.modes.base import PaneMode

# Repetitions after which other clients and programs have their turn.
TURNS = 1000


async def run(ctx: Context) -> None:
    args, pane = ctx.args, ctx.pane()
    if not args.has("X"):
        check_may_type(ctx)
    count = _repeat_count(ctx)
    if args.has("X") or (args.has("N") and not args.operands and pane.modes):
        mode = _counting_mode(ctx, pane, count)
        if args.has("X"):
            mode.command(ctx)
            return
    if args.has("M"):
        _mouse(ctx)
        return
    if args.has("R"):
        pane.emulator.reset()
        ctx.server.clients.redraw_window(pane.window)
    if not args.operands:
        if not args.has("N") and not args.has("R") and ctx.state.event is not None:
            _press(ctx, pane, ctx.state.event.key)
        return
    texts = args.texts()
    for turn in range(count):
        if turn % TURNS == TURNS - 1:
            await ctx.server.loop.sleep(0)
        ctx.server.panes.check_reads(pane)
        for operand in texts:
            _send(ctx, pane, operand)


def _counting_mode(ctx: Context, pane: Pane, count: int) -> PaneMode:
    """The mode on top, which its next command is to repeat `count` times if -N says so."""
    mode = ctx.server.pane_modes.top(pane)
    if mode is None or not mode.takes_commands:
        raise CommandError("not in a mode")
    if ctx.args.has("N"):
        mode.count = count
    return mode


def check_may_type(ctx: Context) -> None:
    """Raises CommandError if the client on whose behalf keys are sent is read-only."""
    if ctx.target_client is not None and ctx.target_client.readonly:
        raise CommandError("client is read-only")


def _repeat_count(ctx: Context) -> int:
    text = ctx.args.get("N")
    if text is None:
        return 1
    try:
        return parse_number(ctx.format(text), 1, UINT_MAX)
    except NumberError as error:
        raise CommandError(f"repeat count {error}") from None


def _mouse(ctx: Context) -> None:
    event, client = ctx.state.event, ctx.target_client
    found = mouse_pane(ctx.model, event.mouse) if event is not None and event.mouse is not None else None
    if found is None or found.pane is None:
        raise CommandError("no mouse target")
    who = None
    if client is not None and found.session is not None and found.winlink is not None:
        who = Presser(client, found.session, found.winlink)
    ctx.server.typing.press(found.pane, who, KeyPress(event.mouse.key, event.mouse))


def _send(ctx: Context, pane: Pane, text: str) -> None:
    args = ctx.args
    if args.has("H"):
        _send_byte(ctx, pane, text)
        return
    if not args.has("l"):
        key = keys.string_to_key(text)
        if key not in (keys.NONE, keys.UNKNOWN):
            _press(ctx, pane, key, text)
            return
    if args.has("K") or pane.modes:
        for character in text:
            if not "\ud800" <= character <= "\udfff":
                _press(ctx, pane, ord(character))
    else:
        ctx.server.typing.send_text(pane, text)


def _send_byte(ctx: Context, pane: Pane, text: str) -> None:
    """-H: what is no byte in hexadecimal is passed over, as tmux does."""
    try:
        byte = int(text, 16)
    except ValueError:
        return
    if 0 <= byte <= 0xFF:
        _press(ctx, pane, keys.LITERAL | byte)


def _press(ctx: Context, pane: Pane, key: int, name: str = "") -> None:
    """`name` is typed where no bytes stand for the key."""
    if ctx.args.has("K"):
        if ctx.target_client is not None:
            ctx.server.clients.press(ctx.target_client, key | keys.SENT)
    elif pane.modes:
        press_in_mode(ctx, pane, key)
    else:
        ctx.server.typing.send_key(pane, key, name)


def press_in_mode(ctx: Context, pane: Pane, key: int) -> None:
    """A key for the mode on top: what its table binds to the key runs after this command, or the mode takes
    it, if somebody is attached for it to ask."""
    table = ctx.server.pane_modes.key_table(pane)
    if table is not None:
        binding = ctx.server.key_tables.get_or_create(table).get(key)
        if binding is not None:
            ctx.follow(binding.commands, ctx.target)
        return
    client, target = ctx.target_client, ctx.target
    if client is not None and target.session is not None and target.winlink is not None:
        who = Presser(client, target.session, target.winlink)
        ctx.server.typing.press(pane, who, KeyPress(key))


COMMAND = Command(
    "send-keys",
    "send",
    "[-FHKlMRX] [-c target-client] [-N repeat-count] [-t target-pane] [key ...]",
    run=run,
    target=Target("t", PANE),
    client="c",
    client_can_fail=True,
    read_only=True,
    after_hook=True,
)
