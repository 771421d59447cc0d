"""Make a pane active, by name or direction; or mark it, title it, style it, switch its input off and on."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.emulator.osc import clean_name
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model import layout
from tmuxish.model.neighbours import is_visible, pane_above, pane_below, pane_to_left, pane_to_right
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.targets import Found

DIRECTIONS = {"L": pane_to_left, "R": pane_to_right, "U": pane_above, "D": pane_below}


def run(ctx: Context) -> None:
    args = ctx.args
    pane: Pane | None = ctx.pane()
    assert pane is not None
    if args.has("l"):
        select_last(ctx, pane.window)
    elif args.has("m") or args.has("M"):
        _mark(ctx, pane)
    else:
        _set_style(ctx, pane)
        if args.has("g"):
            ctx.print(pane.options.get_string("window-style"))
            return
        pane = _towards(ctx, pane)
        if pane is not None and not _switch_input(ctx, pane) and not _set_title(ctx, pane):
            _select(ctx, pane)


def select_last(ctx: Context, window: Window) -> None:
    """Go to the pane that was active before (also last-pane). Of two panes the other is meant even if it was
    never visited."""
    active = window.active
    last = window.last_panes[0] if window.last_panes else None
    if last is None and len(window.panes) == 2:
        last = window.panes[0] if window.panes[1] is active else window.panes[1]
    if last is None:
        raise CommandError("no last pane")
    if not _switch_input(ctx, last):
        _activate(ctx, window, last)


def _mark(ctx: Context, pane: Pane) -> None:
    """-m marks the pane, or takes the mark away if it has it; -M takes away whatever is marked."""
    if ctx.args.has("m") and not is_visible(pane):
        return
    before = ctx.model.marked
    winlink = ctx.winlink()
    if ctx.args.has("M") or (before is not None and before[1] is pane and before[0] is winlink):
        ctx.model.marked = None
    else:
        ctx.model.marked = (winlink, pane)
    for changed in (before, ctx.model.marked):
        if changed is not None:
            ctx.server.clients.redraw_window(changed[1].window)
            ctx.server.clients.redraw_window_status(changed[1].window)
    if layout.is_floating(pane):
        ctx.server.windows.raise_pane(pane)
        ctx.server.windows.set_active(pane.window, pane)


def _set_style(ctx: Context, pane: Pane) -> None:
    style = ctx.args.get("P")
    if style is None:
        return
    # tmux takes any text here, unlike set-option.
    pane.options.set("window-style", style)
    pane.options.set("window-active-style", style)
    ctx.server.surroundings.window_changed(pane.window)
    ctx.server.clients.redraw_window(pane.window)


def _towards(ctx: Context, pane: Pane) -> Pane | None:
    """The pane that -L, -R, -U or -D leads to; a zoomed window is looked at as if it were not."""
    for flag, neighbour in DIRECTIONS.items():
        if ctx.args.has(flag):
            window = pane.window
            zoomed = window.active if window.zoomed else None
            ctx.server.windows.unzoom(window)
            found = neighbour(pane)
            if zoomed is not None:
                ctx.server.windows.zoom(window, zoomed)
            return found
    return pane


def _switch_input(ctx: Context, pane: Pane) -> bool:
    """-e and -d. False if neither was given."""
    if not (ctx.args.has("e") or ctx.args.has("d")):
        return False
    pane.input_off = not ctx.args.has("e")
    ctx.server.clients.redraw_window(pane.window)
    return True


def _set_title(ctx: Context, pane: Pane) -> bool:
    """-T. False if it was not given."""
    template = ctx.args.get("T")
    if template is None:
        return False
    title = clean_name(ctx.format(template))
    if title is not None:
        pane.emulator.title = title
        ctx.server.notify("pane-title-changed", pane=pane, window=pane.window)
        ctx.server.clients.redraw_window(pane.window)
    return True


def _select(ctx: Context, pane: Pane) -> None:
    window, client = pane.window, ctx.queue_client
    if client is not None and client.session is not None and "active-pane" in client.flags:
        if pane is client.active_pane(window):
            return
        client.own_panes[window.id] = pane
        if not ctx.args.has("Z"):
            ctx.server.windows.unzoom(window)
        ctx.server.clients.redraw_window(window)
    elif pane is window.active:
        return
    else:
        _activate(ctx, window, pane)
    ctx.insert_hook("after-select-pane", ctx.state.current)


def _activate(ctx: Context, window: Window, pane: Pane) -> None:
    """Make it active; with -Z a zoomed window stays zoomed, on the new pane."""
    windows = ctx.server.windows
    keep_zoom = ctx.args.has("Z") and window.zoomed
    windows.unzoom(window)
    windows.raise_pane(pane)
    if windows.set_active(window, pane):
        ctx.state.current = Found(ctx.session(), ctx.winlink(), pane)
    if keep_zoom:
        windows.zoom(window, pane)


COMMAND = Command(
    "select-pane",
    "selectp",
    "[-DdeLlMmRUZ] [-T title] [-t target-pane]",
    run=run,
    target=Target("t", PANE),
    extra_flags="gP:",
)
