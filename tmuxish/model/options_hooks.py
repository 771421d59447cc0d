"""The hooks of tmux 3.7c. A hook is an array option of commands, set with set-hook."""

from __future__ import annotations

from tmuxish.model.options_spec import PANE, SESSION, WINDOW, OptionSpec, hook

# Commands with a hook of their own, run after the command has succeeded: after-NAME.
_AFTER_COMMANDS = """
    bind-key capture-pane copy-mode display-message display-panes kill-pane list-buffers
    list-clients list-keys list-panes list-sessions list-windows load-buffer lock-server new-session
    new-window paste-buffer pipe-pane queue refresh-client rename-session rename-window resize-pane
    resize-window save-buffer select-layout select-pane select-window send-keys set-buffer
    set-environment set-hook set-option show-environment show-messages show-options split-window
    unbind-key
"""

_SESSION_EVENTS = """
    alert-activity alert-bell alert-silence client-active client-attached client-detached client-focus-in
    client-focus-out client-resized client-session-changed client-light-theme client-dark-theme command-error
"""

_PANE_EVENTS = """
    pane-died pane-exited pane-focus-in pane-focus-out pane-mode-changed pane-set-clipboard pane-title-changed
"""

# Session and window events alternate in the order tmux lists them.
_LATER_EVENTS = (
    ("session-closed", SESSION),
    ("session-created", SESSION),
    ("session-renamed", SESSION),
    ("session-window-changed", SESSION),
    ("window-layout-changed", WINDOW),
    ("window-linked", SESSION),
    ("window-pane-changed", WINDOW),
    ("window-renamed", WINDOW),
    ("window-resized", WINDOW),
    ("window-unlinked", SESSION),
)

HOOKS: tuple[OptionSpec, ...] = (
    *(hook(f"after-{name}", SESSION) for name in _AFTER_COMMANDS.split()),
    *(hook(name, SESSION) for name in _SESSION_EVENTS.split()),
    *(hook(name, WINDOW | PANE) for name in _PANE_EVENTS.split()),
    *(hook(name, scope) for name, scope in _LATER_EVENTS),
)
