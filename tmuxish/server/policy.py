"""From options to what an emulator may do: the one place that knows which option means which policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model


def apply_policy(pane: Pane, model: Model) -> None:
    """Bring the emulator of `pane` up to date with the options; call it when one of them has changed."""
    policy = pane.emulator.policy
    options = pane.options
    server = model.server_options
    policy.allow_passthrough = ("off", "on", "all").index(options.get_string("allow-passthrough"))
    policy.allow_set_title = options.get_flag("allow-set-title")
    policy.allow_rename = options.get_flag("allow-rename")
    policy.alternate_screen = options.get_flag("alternate-screen")
    policy.scroll_on_clear = options.get_flag("scroll-on-clear")
    policy.set_clipboard = ("off", "external", "on").index(server.get_string("set-clipboard"))
