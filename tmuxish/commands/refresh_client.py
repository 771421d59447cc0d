"""Draw a client again; or move the part of a larger window that it shows; or change its flags.

-S draws the status line only. -U, -D, -L and -R move by some cells, -c lets the view follow the cursor again.
-l asks the terminal for its clipboard. -A, -B and -C are for clients in control mode.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.resize_pane import adjustment_of
from tmuxish.formats.variables_client import shown_size, view
from tmuxish.grammar.command import Command
from tmuxish.keys.replies import BACKGROUND, FOREGROUND, match_reply
from tmuxish.model.client import Client

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
        raise CommandError("not a control client")
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


def _report_colour(ctx: Context, value: str) -> None:
    """`%1:ESC]11;rgb:0/0/0ESC\\`: a client in control mode says what its terminal answered about a colour.

    Anything else is passed over, as tmux does.
    """
    name, colon, answer = value.partition(":")
    if not colon or not name.startswith("%") or not name[1:].isdigit():
        return
    pane = ctx.model.panes.get(int(name[1:]))
    reply, _ = match_reply(answer.encode())
    if pane is not None and reply is not None and reply.kind in (FOREGROUND, BACKGROUND):
        pane.reported_colours[reply.kind] = str(reply.value)


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
