"""The window and pane options of tmux 3.7c, in the order in which show-options prints them."""

from __future__ import annotations

from tmuxish.model.options_session import CURSOR_STYLES, KEY_SETS
from tmuxish.model.options_spec import (
    PANE,
    USHRT_MAX,
    WINDOW,
    OptionSpec,
    choice,
    colour,
    colours,
    flag,
    number,
    string,
    style,
)

BOX_LINES = "single double heavy simple rounded padded none"

WINDOW_OPTIONS: tuple[OptionSpec, ...] = (
    colour("cursor-colour", WINDOW | PANE, -1),
    choice("cursor-style", WINDOW | PANE, CURSOR_STYLES, "default"),
    style("menu-style", WINDOW),
    style("menu-selected-style", WINDOW, "bg=yellow,fg=black"),
    style("menu-border-style", WINDOW),
    choice("menu-border-lines", WINDOW, BOX_LINES, "single"),
    style("pane-status-current-style", WINDOW),
    style("pane-status-style", WINDOW),
    style("session-status-current-style", WINDOW),
    style("session-status-style", WINDOW),
    flag("aggressive-resize", WINDOW, False),
    choice("allow-passthrough", WINDOW | PANE, "off on all", "off"),
    flag("allow-rename", WINDOW | PANE, False),
    flag("allow-set-title", WINDOW | PANE, True),
    flag("alternate-screen", WINDOW | PANE, True),
    flag("automatic-rename", WINDOW, True),
    string(
        "automatic-rename-format",
        WINDOW,
        "#{?pane_in_mode,[tmux],#{pane_current_command}}#{?pane_dead,[dead],}",
    ),
    colour("clock-mode-colour", WINDOW, 4),
    choice("clock-mode-style", WINDOW, "12 24 12-with-seconds 24-with-seconds", "24"),
    style("copy-mode-match-style", WINDOW, "bg=cyan,fg=black"),
    style("copy-mode-current-match-style", WINDOW, "bg=magenta,fg=black"),
    style("copy-mode-mark-style", WINDOW, "bg=red,fg=black"),
    string(
        "copy-mode-position-format",
        WINDOW | PANE,
        "#[align=right]#{t/p:top_line_time}"
        "#{?#{e|>:#{top_line_time},0}, ,}[#{copy_position}/#{copy_position_limit}]"
        "#{?search_timed_out, (timed out),#{?search_count, (#{search_count}"
        "#{?search_count_partial,+,} results),}}",
    ),
    style("copy-mode-position-style", WINDOW, "#{E:mode-style}"),
    style("copy-mode-selection-style", WINDOW, "#{E:mode-style}"),
    style("copy-mode-current-line-number-style", WINDOW, "fg=yellow"),
    style("copy-mode-line-number-style", WINDOW, "fg=white,dim"),
    choice("copy-mode-line-numbers", WINDOW, "off default absolute relative hybrid", "off"),
    string("fill-character", WINDOW, ""),
    string("main-pane-height", WINDOW, "24"),
    string("main-pane-width", WINDOW, "80"),
    choice("mode-keys", WINDOW, KEY_SETS, "emacs"),
    style("mode-style", WINDOW, "noattr,bg=yellow,fg=black"),
    flag("monitor-activity", WINDOW, False),
    flag("monitor-bell", WINDOW, True),
    number("monitor-silence", WINDOW, 0),
    string("other-pane-height", WINDOW, "0"),
    string("other-pane-width", WINDOW, "0"),
    style(
        "pane-active-border-style",
        WINDOW | PANE,
        "#{?pane_in_mode,fg=yellow,#{?synchronize-panes,fg=red,fg=green}}",
    ),
    number("pane-base-index", WINDOW, 0, maximum=USHRT_MAX),
    string(
        "pane-border-format",
        WINDOW | PANE,
        '#{?pane_active,#[reverse],}#{pane_index}#[default] "#{pane_title}"#{?#{mouse},'
        "#[align=right]#[range=control|8][#{?#{window_zoomed_flag},u,z}]#[norange]"
        "#[range=control|9][x]#[norange],}",
    ),
    choice("pane-border-indicators", WINDOW, "off colour arrows both", "colour"),
    choice("pane-border-lines", WINDOW, "single double heavy simple number spaces", "single"),
    choice("pane-border-status", WINDOW, "off top bottom", "off"),
    style("pane-border-style", WINDOW | PANE),
    colours("pane-colours", WINDOW | PANE),
    choice("pane-scrollbars", WINDOW, "off modal on", "off"),
    style("pane-scrollbars-style", WINDOW | PANE, "bg=black,fg=white,width=1,pad=0"),
    choice("pane-scrollbars-position", WINDOW, "right left", "right"),
    style("popup-style", WINDOW),
    style("popup-border-style", WINDOW),
    choice("popup-border-lines", WINDOW, BOX_LINES, "single"),
    choice("remain-on-exit", WINDOW | PANE, "off on failed key", "off"),
    string(
        "remain-on-exit-format",
        WINDOW | PANE,
        "Pane is dead (#{?#{!=:#{pane_dead_status},},status #{pane_dead_status},}"
        "#{?#{!=:#{pane_dead_signal},},signal #{pane_dead_signal},}, #{t:pane_dead_time})",
    ),
    flag("scroll-on-clear", WINDOW | PANE, True),
    flag("synchronize-panes", WINDOW | PANE, False),
    number("tiled-layout-max-columns", WINDOW, 0, maximum=USHRT_MAX),
    string(
        "tree-mode-preview-format",
        WINDOW | PANE,
        "#{?pane_format,#{pane_index}:#{pane_title},#{window_index}:#{window_name}}",
    ),
    style(
        "tree-mode-preview-style",
        WINDOW,
        "fg="
        "#{?#{||:#{&&:#{pane_format},#{pane_active}},#{&&:#{window_format},#{window_active}}},#{display-panes-active-colour},#{display-panes-colour}}",
    ),
    style("window-active-style", WINDOW | PANE),
    string("window-pane-current-status-format", WINDOW, "#P:[#T]#{?pane_flags,#{pane_flags}, }"),
    string("window-pane-status-format", WINDOW, "#P:[#T]#{?pane_flags,#{pane_flags}, }"),
    choice("window-size", WINDOW, "largest smallest manual latest", "latest"),
    style("window-style", WINDOW | PANE),
    style("window-status-activity-style", WINDOW, "reverse"),
    style("window-status-bell-style", WINDOW, "reverse"),
    string("window-status-current-format", WINDOW, "#I:#W#{?window_flags,#{window_flags}, }"),
    style("window-status-current-style", WINDOW),
    string("window-status-format", WINDOW, "#I:#W#{?window_flags,#{window_flags}, }"),
    style("window-status-last-style", WINDOW),
    string("window-status-separator", WINDOW, " "),
    style("window-status-style", WINDOW),
    flag("wrap-search", WINDOW, True),
    flag("xterm-keys", WINDOW, True),
)
