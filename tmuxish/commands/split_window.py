"""Split a pane in two: the new one gets half the room, or what -l (or the older -p, in percent) says."""

from __future__ import annotations

from collections.abc import Callable

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.pane_input import pour_input
from tmuxish.commands.spawning import Spawn, start_directory, variables_of
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model import layout
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.numbers import INT_MAX, NumberError, parse_number, parse_percentage
from tmuxish.targets import Found

DEFAULT_TEMPLATE = "#{session_name}:#{window_index}.#{pane_index}"
# Flag and the options it sets on the new pane.
STYLE_FLAGS = (
    ("s", ("window-style", "window-active-style")),
    ("S", ("pane-active-border-style",)),
    ("R", ("pane-border-style",)),
)


async def run(ctx: Context) -> None:
    await create_pane(ctx, make_cell)


async def create_pane(ctx: Context, make_cell: Callable[[Context, Window, Pane], layout.Cell]) -> None:
    """Start a program in a new pane; `make_cell` finds its place in the window, beside the target pane."""
    args, session, beside = ctx.args, ctx.session(), ctx.pane()
    winlink, window = ctx.winlink(), ctx.winlink().window
    argv = args.texts()
    empty = args.has("I") or args.has("E") or argv == [""]
    if empty and argv not in ([], [""]):
        raise CommandError("command cannot be given for empty pane")
    request = Spawn(
        session,
        argv=argv,
        client=ctx.client,
        cwd=start_directory(ctx, session, args.get("c")),
        environment=variables_of(ctx),
        empty=empty,
    )
    cell = make_cell(ctx, window, beside)
    try:
        pane = ctx.server.windows.split(
            window,
            beside,
            cell,
            request,
            before=args.has("b"),
            full=args.has("f"),
            select=not args.has("d"),
            zoom=args.has("Z"),
        )
    except CommandError as error:
        raise CommandError(f"create pane failed: {error}") from None
    _set_options(ctx, pane)
    if not args.has("d"):
        ctx.state.current = Found(session, winlink, pane)
    if args.has("Z") and not cell.floating and window.active is not None:
        ctx.server.windows.zoom(window, window.active)
    ctx.server.clients.redraw_session(session)
    found = Found(session, winlink, pane)
    if args.has("P"):
        ctx.print(ctx.format(ctx.template(DEFAULT_TEMPLATE), found))
    ctx.insert_hook("after-split-window", found)
    if args.has("I"):
        await pour_input(ctx, pane)


def make_cell(ctx: Context, window: Window, beside: Pane) -> layout.Cell:
    """Make room for another pane beside one, as -h, -b, -f, -l and -p say."""
    if layout.is_floating(beside):
        raise CommandError("size or position can't split a floating pane")
    direction = layout.LEFT_RIGHT if ctx.args.has("h") else layout.TOP_BOTTOM
    try:
        size = _size(ctx, window, beside, direction)
    except NumberError:
        raise CommandError("size or position invalid tiled geometry") from None
    ctx.server.windows.unzoom(window)
    try:
        return layout.split(window, beside, direction, size, before=ctx.args.has("b"), full=ctx.args.has("f"))
    except layout.LayoutError as error:
        raise CommandError(f"size or position {error}") from None


def _size(ctx: Context, window: Window, beside: Pane, direction: str) -> int | None:
    args = ctx.args
    measured = window if args.has("f") else beside
    whole = measured.cols if direction == layout.LEFT_RIGHT else measured.rows
    size = args.get("l")
    if size is not None:
        return parse_percentage(ctx.format(size), 0, INT_MAX, whole)
    percentage = args.get("p")
    if percentage is not None:
        return whole * parse_number(ctx.format(percentage), 0, 100) // 100
    return None


def _set_options(ctx: Context, pane: Pane) -> None:
    """-s, -S, -R: styles; -k and -m: keep the pane until a key when its program ends."""
    for flag, names in STYLE_FLAGS:
        style = ctx.args.get(flag)
        if style is None:
            continue
        for name in names:  # tmux takes any text here, unlike set-option
            pane.options.set(name, style)
        ctx.server.surroundings.window_changed(pane.window)
    if ctx.args.has("k") or ctx.args.has("m"):
        pane.options.set("remain-on-exit", "key")
        message = ctx.args.get("m")
        if message is not None:
            pane.options.set("remain-on-exit-format", message)


COMMAND = Command(
    "split-window",
    "splitw",
    "[-bdefhIklPvZ] [-c start-directory] [-e environment] [-F format] [-l size] [-m message] [-p percentage] "
    "[-s style] [-S active-border-style] [-R inactive-border-style] [-t target-pane] "
    "[shell-command [argument ...]]",
    run=run,
    target=Target("t", PANE),
    extra_flags="E",
)
