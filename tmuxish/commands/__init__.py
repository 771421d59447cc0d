"""The commands of the language, one module each.

A module is named after its command (`kill_session.py` has kill-session; near twins share one) and holds one
`Command` entry per command. `TABLE` knows them all; it is what list-commands prints and the grammar looks in.

A module is loaded when its command is first looked up: loading all of them would be a fifth of a cold start,
where one or two are needed. A server loads the rest while it has nothing to do.
"""

from __future__ import annotations

import sys

from tmuxish.grammar.command import Command
from tmuxish.grammar.registry import Registry

# Which module has which commands, each with its alias. The entries in the modules say it with all the rest;
# compat_tests/commands compares.
MODULES = {
    "attach_session": "attach-session:attach",
    "bind_key": "bind-key:bind",
    "break_pane": "break-pane:breakp",
    "capture_pane": "capture-pane:capturep",
    "choose_tree": "choose-tree choose-buffer choose-client",
    "clear_history": "clear-history:clearhist",
    "clock_mode": "clock-mode",
    "command_prompt": "command-prompt",
    "confirm_before": "confirm-before:confirm",
    "copy_mode": "copy-mode",
    "customize_mode": "customize-mode",
    "delete_buffer": "delete-buffer:deleteb",
    "detach_client": "detach-client:detach",
    "display_menu": "display-menu:menu",
    "display_message": "display-message:display",
    "display_panes": "display-panes:displayp",
    "display_popup": "display-popup:popup",
    "find_window": "find-window:findw",
    "has_session": "has-session:has",
    "if_shell": "if-shell:if",
    "join_pane": "join-pane:joinp move-pane:movep",
    "kill_pane": "kill-pane:killp",
    "kill_server": "kill-server",
    "kill_session": "kill-session",
    "kill_window": "kill-window:killw",
    "last_pane": "last-pane:lastp",
    "list_buffers": "list-buffers:lsb",
    "list_clients": "list-clients:lsc",
    "list_commands": "list-commands:lscm",
    "list_keys": "list-keys:lsk",
    "list_panes": "list-panes:lsp",
    "list_sessions": "list-sessions:ls",
    "list_windows": "list-windows:lsw",
    "load_buffer": "load-buffer:loadb",
    "lock_server": "lock-server:lock lock-session:locks lock-client:lockc",
    "move_window": "move-window:movew link-window:linkw",
    "new_pane": "new-pane:newp",
    "new_session": "new-session:new",
    "new_window": "new-window:neww",
    "next_layout": "next-layout:nextl previous-layout:prevl",
    "next_window": "next-window:next previous-window:prev last-window:last",
    "paste_buffer": "paste-buffer:pasteb",
    "pipe_pane": "pipe-pane:pipep",
    "refresh_client": "refresh-client:refresh",
    "rename_session": "rename-session:rename",
    "rename_window": "rename-window:renamew",
    "resize_pane": "resize-pane:resizep",
    "resize_window": "resize-window:resizew",
    "respawn_pane": "respawn-pane:respawnp",
    "respawn_window": "respawn-window:respawnw",
    "rotate_window": "rotate-window:rotatew",
    "run_shell": "run-shell:run",
    "save_buffer": "save-buffer:saveb",
    "select_layout": "select-layout:selectl",
    "select_pane": "select-pane:selectp",
    "select_window": "select-window:selectw",
    "send_keys": "send-keys:send",
    "send_prefix": "send-prefix",
    "server_access": "server-access",
    "set_buffer": "set-buffer:setb",
    "set_environment": "set-environment:setenv",
    "set_option": "set-option:set set-window-option:setw set-hook",
    "show_buffer": "show-buffer:showb",
    "show_environment": "show-environment:showenv",
    "show_messages": "show-messages:showmsgs",
    "show_options": "show-options:show show-window-options:showw show-hooks",
    "show_prompt_history": "show-prompt-history:showphist clear-prompt-history:clearphist",
    "source_file": "source-file:source",
    "split_window": "split-window:splitw",
    "start_server": "start-server:start",
    "suspend_client": "suspend-client:suspendc",
    "swap_pane": "swap-pane:swapp",
    "swap_window": "swap-window:swapw",
    "switch_client": "switch-client:switchc",
    "unbind_key": "unbind-key:unbind",
    "unlink_window": "unlink-window:unlinkw",
    "wait_for": "wait-for:wait",
}
# tmux lists its commands by name, but for this pair, which errors about ambiguous names show too.
BEFORE = {"display-popup": "display-panes"}


def _place(name: str) -> tuple[str, bool]:
    """Where it stands in the list of all commands."""
    follower = BEFORE.get(name)
    return (name, True) if follower is None else (follower, False)


def _registry() -> Registry:
    modules: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for module, words in MODULES.items():
        for word in words.split():
            name, _, alias = word.partition(":")
            modules[name] = module
            if alias:
                aliases[alias] = name

    def load(name: str) -> Command:
        path = f"{__name__}.{modules[name]}"
        __import__(path)
        loaded = sys.modules[path]
        return next(
            entry for entry in vars(loaded).values() if isinstance(entry, Command) and entry.name == name
        )

    return Registry(sorted(modules, key=_place), aliases, load)


TABLE = _registry()
