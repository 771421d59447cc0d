"""Draw a client again; or move the part of a larger window that it shows; or change its flags.

-S draws the status line only. -U, -D, -L and -R move by some cells, -c lets the view follow the cursor again.
-l asks the terminal for its clipboard. -A, -B and -C are for clients in control mode.
"""

from __future__ import annotations

import re

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.resize_pane import adjustment_of
from tmuxish.emulator.colours import parse_x11
from tmuxish.formats.variables_client import shown_size, view
from tmuxish.grammar.command import Command
from tmuxish.keys.replies import BACKGROUND, FOREGROUND, match_reply
from tmuxish.model.client import Client
from tmuxish.model.pane import Pane
from tmuxish.model.window import WINDOW_MAXIMUM, WINDOW_MINIMUM

# What may stand behind -C; what follows is passed over, as in tmux.
_WINDOW_SIZE = re.compile(r"@\s*(\d+):\s*(\d+)x\s*(\d+)")
_NO_WINDOW_SIZE = re.compile(r"@\s*(\d+)")
_SIZE = re.compile(r"\s*(\d+)[,x]\s*(\d+)")
_PANNING = "cLRUD"
# How far right and down each flag moves the view; of several the first here counts.
_DIRECTIONS = {"L": (-1, 0), "R": (1, 0), "U": (0, -1), "D": (0, 1)}


def run(ctx: Context) -> None:
    args, client = ctx.args, ctx.target_client
    assert client is not None  # the entry demands one
    clients = ctx.server.clients
    if any(args.has(flag) for flag in _PANNING):
        _pan(ctx, client)
        clients.refresh(client)
        return
    if args.has("l"):
        clients.ask_clipboard(client)
        return
    for flag in "Ff":
        value = args.get(flag)
        if value is not None:
            clients.set_flags(client, value)
    report = args.get("r")
    if report is not None:
        _report_colour(ctx, report)
    if any(args.has(flag) for flag in "ABC"):
        _control(ctx, client)
        return
    if args.has("S"):
        clients.redraw(client)
    else:
        clients.refresh(client)


def _pan(ctx: Context, client: Client) -> None:
    step = adjustment_of(ctx)
    if ctx.args.has("c"):
        client.pan = None
        return
    session = client.session
    assert session is not None and session.current is not None  # it is attached
    window = session.current.window
    x, y = view(client) or (0, 0)
    right, down = next(way for flag, way in _DIRECTIONS.items() if ctx.args.has(flag))
    cols, rows = shown_size(client)
    x = min(max(x + right * step, 0), max(window.cols - cols, 0))
    y = min(max(y + down * step, 0), max(window.rows - rows, 0))
    client.pan = (window.id, x, y)


def _control(ctx: Context, client: Client) -> None:
    """-A (states of panes), -B (subscriptions) or -C (sizes), whichever comes first in this order."""
    control = ctx.server.clients.control(client)
    if control is None:
        raise CommandError("not a control client")
    args = ctx.args
    if args.has("A"):
        for value in args.all("A"):
            name, colon, state = value.partition(":")
            pane = _pane(ctx, name)
            if colon and pane is not None:
                control.set_pane(pane, state)
    elif args.has("B"):
        for value in args.all("B"):
            control.subscribe(value)
    else:
        _set_size(ctx, client, args.get("C") or "")


def _set_size(ctx: Context, client: Client, text: str) -> None:
    """`80x24` or `80,24` for the client, `@1:80x24` for one window, `@1:` to take that back."""
    if found := _WINDOW_SIZE.match(text):
        client.window_sizes[int(found[1])] = _side(found[2]), _side(found[3])
        client.size_told = True
    elif found := _NO_WINDOW_SIZE.match(text):
        if int(found[1]) not in client.window_sizes:
            return
        client.window_sizes[int(found[1])] = 0, 0
    elif found := _SIZE.match(text):
        client.cols, client.rows = _side(found[1]), _side(found[2])
        client.size_told = True
    else:
        raise CommandError("bad size argument")
    ctx.server.windows.recalculate_sizes(now=True)


def _side(digits: str) -> int:
    size = int(digits)
    if not WINDOW_MINIMUM <= size <= WINDOW_MAXIMUM:
        raise CommandError("size too small or too big")
    return size


def _pane(ctx: Context, name: str) -> Pane | None:
    """The pane called `%1`."""
    return ctx.model.panes.get(int(name[1:])) if name.startswith("%") and name[1:].isdigit() else None


def _report_colour(ctx: Context, value: str) -> None:
    """`%1:ESC]11;rgb:0/0/0ESC\\`: a client in control mode says what its terminal answered about a colour.

    Anything else is passed over, as tmux does.
    """
    name, colon, answer = value.partition(":")
    pane = _pane(ctx, name)
    if not colon or pane is None:
        return
    reply, _ = match_reply(answer.encode())
    if reply is None or reply.kind not in (FOREGROUND, BACKGROUND):
        return
    colour = parse_x11(str(reply.value))
    if reply.kind == FOREGROUND:
        pane.control_fg = colour
    else:
        pane.control_bg = colour
    ctx.server.surroundings.window_changed(pane.window)


COMMAND = Command(
    "refresh-client",
    "refresh",
    "[-cDlLRSU] [-A pane:state] [-B name:what:format] [-C XxY] [-f flags] [-r pane:report] "
    "[-t target-client] [adjustment]",
    run=run,
    client="t",
    after_hook=True,
    extra_flags="F:",
)
