"""Show a popup with a program on a client's terminal, or change the one that is there.

The queue waits until the popup is gone, and the program's exit status becomes that of the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.commands.context import Context
from tmuxish.commands.display_menu import border_lines
from tmuxish.commands.errors import CommandError
from tmuxish.commands.spawning import variables_of
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.numbers import NumberError

if TYPE_CHECKING:
    from tmuxish.display.popup import Closing, PopupLook
    from tmuxish.model.client import Client
    from tmuxish.server.attached import AttachedClient
    from tmuxish.server.loop import Future


async def run(ctx: Context) -> None:
    client = ctx.target_client
    view = ctx.server.clients.view(client) if client is not None else None
    if client is None or view is None:
        return  # in control mode there is no room for it, as for any popup that is too large
    if ctx.args.has("C"):
        view.clear_overlay()
        return
    if view.overlay is not None:
        _change(ctx, client, view)
        return
    waiting = _open(ctx, client, view)
    if waiting is None:
        return
    status = await waiting
    caller = ctx.queue_client
    if caller is not None and caller.session is None and caller.id in ctx.model.clients:
        ctx.server.clients.connection(caller).status = status


def _open(ctx: Context, client: Client, view: AttachedClient) -> Future[int] | None:
    """What it returns is done when the popup is gone; None if there is none to be."""
    from tmuxish.commands.overlay_position import place_box
    from tmuxish.pty.base import SpawnError
    from tmuxish.server.loop import Future
    from tmuxish.server.popups import PopupRequest, open_popup

    args, session = ctx.args, ctx.session()
    rows = _length(ctx, "h", "height", client.rows)
    cols = _length(ctx, "w", "width", client.cols)
    place = place_box(ctx, client, view, cols, rows)
    if place is None:
        return None
    cwd = args.get("d")
    argv = args.texts()
    if not argv:
        default = session.options.get_string("default-command")
        argv = [default] if default else []
    request = PopupRequest(
        place,
        (cols, rows),
        argv=argv if argv != [""] else [],
        cwd=ctx.format(cwd, client=client) if cwd is not None else _start_folder(ctx, client),
        session=session,
        environment=variables_of(ctx),
        title=_title(ctx, client),
        look=_look(ctx),
        closing=_closing(ctx),
    )
    gone: Future[int] = Future()
    try:
        shown = open_popup(ctx.server, client, request, gone.set_result)
    except SpawnError as error:
        raise CommandError(f"fork failed: {error}") from None
    return gone if shown else None


def _start_folder(ctx: Context, client: Client) -> str:
    """Without -d: the session's. Where the caller is does not count."""
    sessions = (ctx.session(), client.session)
    return next((found.cwd for found in sessions if found is not None and found.cwd), ctx.server.home or "/")


def _length(ctx: Context, flag: str, name: str, whole: int) -> int:
    """Columns or rows, a percentage of the terminal's, or half of them."""
    if not ctx.args.has(flag):
        return whole // 2
    try:
        return ctx.args.percentage(flag, 1, whole, whole)
    except NumberError as error:
        raise CommandError(f"{name} {error}") from None


def _title(ctx: Context, client: Client) -> str:
    return ctx.format(ctx.args.get("T") or "", client=client)


def _look(ctx: Context) -> PopupLook:
    from tmuxish.display.popup import PopupLook

    lines = "none" if ctx.args.has("B") else border_lines(ctx.args, "popup-border-lines")
    return PopupLook(lines, ctx.args.get("s"), ctx.args.get("S"))


def _closing(ctx: Context) -> Closing:
    from tmuxish.display.popup import Closing

    times = ctx.args.count("E")
    return Closing(at_exit=times == 1, at_success=times > 1, at_key=ctx.args.has("k"))


def _change(ctx: Context, client: Client, view: AttachedClient) -> None:
    """Change an open popup; anything else over everything stays as it is."""
    from tmuxish.display.popup import PopupOverlay

    popup = view.overlay
    if isinstance(popup, PopupOverlay):
        says_when = any(map(ctx.args.has, "NEk"))
        popup.change(_title(ctx, client), _look(ctx), _closing(ctx) if says_when else None)


COMMAND = Command(
    "display-popup",
    "popup",
    "[-BCEkN] [-b border-lines] [-c target-client] [-d start-directory] [-e environment] [-h height] "
    "[-s style] [-S border-style] [-t target-pane] [-T title] [-w width] [-x position] [-y position] "
    "[shell-command [argument ...]]",
    run=run,
    target=Target("t", PANE),
    client="c",
    after_hook=True,
)
