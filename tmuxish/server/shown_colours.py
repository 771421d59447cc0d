"""Which colours and theme a pane's emulator answers with: see surroundings.py, which says when to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.colours import DEFAULT, NONE, is_default, theme_of
from tmuxish.emulator.modes import THEME_UPDATES
from tmuxish.formats.styles import apply_style

if TYPE_CHECKING:
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.server import Server

# Whose colours count, of each the first that has one.
STYLES = ("window-style",)
ACTIVE_STYLES = ("window-active-style", *STYLES)
THEME_REPORTS = {"dark": b"\x1b[?997;1n", "light": b"\x1b[?997;2n"}


def tell(server: Server, pane: Pane, watching: list[Client], *, controlled: bool) -> bool:
    """Bring the policy of the pane's emulator up to date for the clients that are `watching` its window. True
    if a style has formats in it, which may mean something else any time.

    controlled: there are clients in control mode, so that what they have told counts.
    """
    policy = pane.emulator.policy
    policy.control_fg = pane.control_fg if controlled else NONE
    policy.control_bg = pane.control_bg if controlled else NONE
    foreground, background, formatted = _colours(server, pane)
    if is_default(foreground):
        foreground = next((client.fg for client in watching if client.fg != NONE), NONE)
    if is_default(background):
        background = next((client.bg for client in watching if client.bg != NONE), NONE)
    policy.fg, policy.bg = foreground, background
    if policy.control_bg != NONE:
        background = policy.control_bg
    policy.cell_width, policy.cell_height = pane.window.xpixel, pane.window.ypixel
    themes = {client.theme for client in watching} - {""}
    theme = theme_of(background) or (themes.pop() if len(themes) == 1 else "")
    if theme != policy.theme:
        policy.theme = theme
        if theme and pane.emulator.modes & THEME_UPDATES:
            server.panes.write(pane, THEME_REPORTS[theme])
    return formatted


def _colours(server: Server, pane: Pane) -> tuple[int, int, bool]:
    """The foreground and background of cells without colours of their own, and whether formats had a say."""
    foreground = background = DEFAULT
    formatted = False
    for name in ACTIVE_STYLES if pane is pane.window.active else STYLES:
        text = pane.options.get_string(name)
        if text == "default":  # as nearly everywhere
            continue
        formatted = formatted or "#{" in text
        scope = server.scope(server.found_for(pane=pane))
        style = apply_style(pane.options, name, scope)
        foreground = style.fg if foreground == DEFAULT else foreground
        background = style.bg if background == DEFAULT else background
    return foreground, background, formatted
