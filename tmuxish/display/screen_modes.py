"""What the terminal's cursor and mouse should be like, from panes and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display import frame
from tmuxish.display.frame import Cursor
from tmuxish.emulator import modes

if TYPE_CHECKING:
    from tmuxish.emulator import Emulator
    from tmuxish.model.options import Options
    from tmuxish.model.pane import Pane
    from tmuxish.model.pane_mode import ModeScreen
    from tmuxish.model.window import Window

_SHAPES = {
    "default": frame.DEFAULT,
    "block": frame.BLOCK,
    "underline": frame.UNDERLINE,
    "bar": frame.BAR,
}


def cursor_on(screen: Emulator | ModeScreen, options: Options) -> Cursor:
    """How a screen's cursor looks: as its program set it, else as cursor-style and cursor-colour say."""
    shape = screen.cursor_shape
    blinking = bool(screen.modes & modes.CURSOR_BLINKING)
    if shape == "default":
        option = options.get_string("cursor-style")
        shape = option.removeprefix("blinking-")
        if not screen.modes & modes.CURSOR_BLINKING_SET:
            blinking = option.startswith("blinking-")
    colour = screen.cursor_colour
    if colour == -1:
        colour = options.get_number("cursor-colour")
    return Cursor(
        visible=bool(screen.modes & modes.CURSOR),
        shape=_SHAPES[shape],
        blinking=blinking,
        very_visible=bool(screen.modes & modes.CURSOR_VERY_VISIBLE),
        colour=colour,
    )


def cursor_of_option(options: Options, style: str, colour: str) -> Cursor:
    """A cursor that looks as the options of these names say."""
    name = options.get_string(style)
    return Cursor(
        shape=_SHAPES[name.removeprefix("blinking-")],
        blinking=name.startswith("blinking-"),
        colour=options.get_number(colour),
    )


def mouse_of(
    options: Options, window: Window, active: Pane | None, *, enabled: bool, prompting: bool = False
) -> int:
    """What the terminal has to report: with option mouse (`enabled`) at least drags (borders, selections).

    active: the client's active pane. prompting: a prompt has the keys, so that it does not matter what that
    pane asks for.
    """
    wanted = active.shown.modes if active is not None and not prompting else 0
    if enabled:
        wanted = modes.MOUSE_BUTTON
        if options.get_flag("focus-follows-mouse") or any(
            pane.shown.modes & modes.MOUSE_ALL for pane in window.panes
        ):
            wanted = modes.MOUSE_ALL
    return mouse_wanted(wanted)


def mouse_wanted(wanted: int) -> int:
    """What the terminal has to report for a program with these modes."""
    if wanted & modes.MOUSE_ALL:
        return frame.MOUSE_ALL
    if wanted & modes.MOUSE_BUTTON:
        return frame.MOUSE_BUTTON
    return frame.MOUSE_STANDARD if wanted & modes.MOUSE_STANDARD else frame.MOUSE_OFF


def mouse_under(options: Options, wanted: int) -> int:
    """What the terminal has to report to an overlay that wants this much; panes do not count meanwhile."""
    if not options.get_flag("mouse"):
        return wanted
    return frame.MOUSE_ALL if options.get_flag("focus-follows-mouse") else max(wanted, frame.MOUSE_BUTTON)
