"""Put a pane into copy mode; with -q out of all its modes.

-s shows another pane's contents, -u and -d start a page up or down, -e ends the mode at the bottom, -H hides
the position, -M begins to select where the mouse is dragged, -S scrolls to where a scrollbar's slider is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tmuxish.commands.context import Context
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.grammar.keys import is_mouse

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.modes.copy import CopyMode


def run(ctx: Context) -> None:
    args = ctx.args
    pane: Pane | None = ctx.pane()
    if args.has("q"):
        ctx.server.pane_modes.leave_all(ctx.pane())
        return
    if args.has("M"):
        pane = _dragged_pane(ctx)
    if pane is None:
        return
    mode, is_new = _enter(ctx, pane)
    event = ctx.state.event
    shows_numbers = event is None or not is_mouse(event.key)
    if mode.view.shows_numbers != shows_numbers:
        mode.view.shows_numbers = shows_numbers
        mode.draw()
    if event is not None and event.mouse is not None and is_new and args.has("M"):
        mode.drag.start(ctx.client, event.mouse)
    if args.has("u"):
        mode.view.page_up()
    ends = args.has("d") and mode.view.page_down(ends=args.has("e"))
    if not ends and args.has("S") and ctx.client is not None:
        mouse = event.mouse if event is not None else None
        ends = mode.scroll_to_slider(ctx.client, mouse, ends=args.has("e"))
    if ends:
        mode.leave()
    else:
        mode.draw()


def _dragged_pane(ctx: Context) -> Pane | None:
    """-M: the pane that the mouse is in, if whoever uses it looks at its session."""
    event = ctx.state.event
    mouse = event.mouse if event is not None else None
    if mouse is None or mouse.pane_id is None or ctx.client is None or ctx.client.session is None:
        return None
    if ctx.client.session.id != mouse.session_id:
        return None
    return ctx.model.panes.get(mouse.pane_id)


def _enter(ctx: Context, pane: Pane) -> tuple[CopyMode, bool]:
    """Bring the pane's copy mode to the top, a new one if it has none; whether it was not there already."""
    from tmuxish.modes.copy import CopyMode  # not needed by a server whose panes are in no mode

    modes = ctx.server.pane_modes
    is_top = pane.mode == CopyMode.name
    mode = modes.raise_or_none(pane, CopyMode.name)
    if mode is None:
        source = ctx.source.pane if ctx.args.has("s") else None
        mode = CopyMode(
            ctx.server,
            pane,
            source or pane,
            leaves_at_bottom=ctx.args.has("e"),
            hides_position=ctx.args.has("H"),
        )
        modes.enter(pane, mode)
    return cast("CopyMode", mode), not is_top


COMMAND = Command(
    "copy-mode",
    None,
    "[-deHMqSu] [-s src-pane] [-t target-pane]",
    run=run,
    target=Target("t", PANE),
    source=Target("s", PANE),
    read_only=True,
    after_hook=True,
)
