"""The options table: every option and hook of tmux 3.7c, once.

`OPTIONS` keeps the order in which show-options prints the options of a scope; `BY_NAME` finds one by its
full name. Names with American spelling are accepted through `ALTERNATIVE_NAMES`.
"""

from __future__ import annotations

from tmuxish.model.options_hooks import HOOKS
from tmuxish.model.options_server import SERVER_OPTIONS
from tmuxish.model.options_session import SESSION_OPTIONS
from tmuxish.model.options_spec import OptionSpec
from tmuxish.model.options_window import WINDOW_OPTIONS

__all__ = ["ALTERNATIVE_NAMES", "BY_NAME", "OPTIONS"]

OPTIONS: tuple[OptionSpec, ...] = (*SERVER_OPTIONS, *SESSION_OPTIONS, *WINDOW_OPTIONS, *HOOKS)

BY_NAME: dict[str, OptionSpec] = {spec.name: spec for spec in OPTIONS}

ALTERNATIVE_NAMES = {
    "display-panes-color": "display-panes-colour",
    "display-panes-active-color": "display-panes-active-colour",
    "clock-mode-color": "clock-mode-colour",
    "cursor-color": "cursor-colour",
    "prompt-cursor-color": "prompt-cursor-colour",
    "pane-colors": "pane-colours",
}
