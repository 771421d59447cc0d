"""The session options of tmux 3.7c, in the order in which show-options prints them."""

from __future__ import annotations

import sys

from tmuxish.model.options_spec import (
    DEFAULT_ARRAY_SEPARATORS,
    SESSION,
    SHRT_MAX,
    OptionSpec,
    choice,
    colour,
    flag,
    key,
    number,
    string,
    strings,
    style,
)

ALERT_ACTIONS = "none any current other"
VISUAL_ALERTS = "off on both"
CURSOR_STYLES = "default blinking-block block blinking-underline underline blinking-bar bar"
KEY_SETS = "emacs vi"

# A terminal can't be locked on Windows, but the whole screen can.
LOCK_COMMAND = "rundll32 user32.dll,LockWorkStation" if sys.platform == "win32" else "lock -np"

REPEAT_TIME_MAXIMUM = 2000000  # milliseconds

UPDATE_ENVIRONMENT = (
    "DISPLAY",
    "KRB5CCNAME",
    "MSYSTEM",
    "SSH_ASKPASS",
    "SSH_AUTH_SOCK",
    "SSH_AGENT_PID",
    "SSH_CONNECTION",
    "WAYLAND_DISPLAY",
    "WINDOWID",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_DESKTOP",
    "XDG_SESSION_TYPE",
)


def _unless_default(condition: str, style_option: str) -> str:
    """The condition of a style that counts only while `condition` holds and it is not "default"."""
    return f"#{{?#{{&&:{condition},#{{!=:#{{E:{style_option}}},default}}}}, #{{E:{style_option}}},"


# Later of these wins: last window, then bell, or else activity and silence.
_WINDOW_ALERT_STYLES = (
    _unless_default("#{window_last_flag}", "window-status-last-style")
    + "}"
    + _unless_default("#{window_bell_flag}", "window-status-bell-style")
    + _unless_default("#{||:#{window_activity_flag},#{window_silence_flag}}", "window-status-activity-style")
    + "}}"
)


def _own_or(own: str, other: str) -> str:
    return f"#{{?#{{!=:#{{E:{own}}},default}},#{{E:{own}}},#{{E:{other}}}}}"


_LIST_START = "#[list=on align=#{status-justify}]#[list=left-marker]<#[list=right-marker]>#[list=on]"
_SEPARATOR = "#{?loop_last_flag,,#{E:window-status-separator}}"


def _pushed(text: str) -> str:
    return f"#[push-default]{text}#[pop-default]"


STATUS_FORMAT = (
    "#[align=left range=left #{E:status-left-style}]"
    + _pushed("#{T;=/#{status-left-length}:status-left}")
    + "#[norange default]"
    + _LIST_START
    + "#{W:#[range=window|#{window_index} #{E:window-status-style}"
    + _WINDOW_ALERT_STYLES
    + "]"
    + _pushed("#{T:window-status-format}")
    + "#[norange default]"
    + _SEPARATOR
    + ",#[range=window|#{window_index} list=focus "
    + _own_or("window-status-current-style", "window-status-style")
    + _WINDOW_ALERT_STYLES
    + "]"
    + _pushed("#{T:window-status-current-format}")
    + "#[norange list=on default]"
    + _SEPARATOR
    + "}#[nolist align=right range=right #{E:status-right-style}]"
    + _pushed("#{T;=/#{status-right-length}:status-right}")
    + "#[norange default]",
    "#[align=left]#{R: ,#{n:#{session_name}}}P: #[norange default]"
    + _LIST_START
    + "#{P:#[range=pane|#{pane_id} #{E:pane-status-style}]"
    + _pushed("#{T:window-pane-status-format}")
    + "#[norange list=on default]  ,#[range=pane|#{pane_id} list=focus "
    + _own_or("pane-status-current-style", "pane-status-style")
    + "]"
    + _pushed("#{T:window-pane-current-status-format}")
    + "#[norange list=on default] }",
    "#[align=left]#{R: ,#{n:#{session_name}}}S: #[norange default]"
    + _LIST_START
    + "#{S:#[range=session|#{session_id} #{E:session-status-style}]"
    + _pushed("#S#{session_alert}")
    + "#[norange list=on default]  ,#[range=session|#{session_id} list=focus "
    + _own_or("session-status-current-style", "session-status-style")
    + "]"
    + _pushed("#S*#{session_alert}")
    + "#[norange list=on default] }",
)

SESSION_OPTIONS: tuple[OptionSpec, ...] = (
    choice("activity-action", SESSION, ALERT_ACTIONS, "other"),
    number("assume-paste-time", SESSION, 1, unit="milliseconds"),
    number("base-index", SESSION, 0),
    choice("bell-action", SESSION, ALERT_ACTIONS, "any"),
    string("default-command", SESSION, ""),
    string("default-shell", SESSION, "/bin/sh"),
    string("default-size", SESSION, "80x24", pattern="[0-9]*x[0-9]*"),
    choice("destroy-unattached", SESSION, "off on keep-last keep-group", "off"),
    choice("detach-on-destroy", SESSION, "off on no-detached previous next", "on"),
    colour("display-panes-active-colour", SESSION, 1),
    colour("display-panes-colour", SESSION, 4),
    number("display-panes-time", SESSION, 1000, minimum=1, unit="milliseconds"),
    number("display-time", SESSION, 750, unit="milliseconds"),
    flag("focus-follows-mouse", SESSION, False),
    number("history-limit", SESSION, 2000, unit="lines"),
    number("initial-repeat-time", SESSION, 0, maximum=REPEAT_TIME_MAXIMUM, unit="milliseconds"),
    string("key-table", SESSION, "root"),
    number("lock-after-time", SESSION, 0, unit="seconds"),
    string("lock-command", SESSION, LOCK_COMMAND),
    style("message-command-style", SESSION, "bg=black,fg=yellow,fill=black"),
    string(
        "message-format",
        SESSION,
        "#[#{?#{command_prompt},#{E:message-command-style},#{E:message-style}}]#{message}",
    ),
    choice("message-line", SESSION, "0 1 2 3 4", "0"),
    style("message-style", SESSION, "bg=yellow,fg=black,fill=yellow"),
    flag("mouse", SESSION, False),
    key("prefix", SESSION, "C-b"),
    key("prefix2", SESSION, "None"),
    flag("renumber-windows", SESSION, False),
    number("repeat-time", SESSION, 500, maximum=REPEAT_TIME_MAXIMUM, unit="milliseconds"),
    flag("set-titles", SESSION, False),
    string("set-titles-string", SESSION, '#S:#I:#W - "#T" #{session_alerts}'),
    choice("silence-action", SESSION, ALERT_ACTIONS, "other"),
    choice("status", SESSION, "off on 2 3 4 5", "on"),
    colour("status-bg", SESSION, 8),
    colour("status-fg", SESSION, 8),
    strings("status-format", SESSION, STATUS_FORMAT, DEFAULT_ARRAY_SEPARATORS),
    number("status-interval", SESSION, 15, unit="seconds"),
    choice("status-justify", SESSION, "left centre right absolute-centre", "left"),
    choice("status-keys", SESSION, KEY_SETS, "emacs"),
    string("status-left", SESSION, "[#{session_name}] "),
    number("status-left-length", SESSION, 10, maximum=SHRT_MAX),
    style("status-left-style", SESSION),
    choice("status-position", SESSION, "top bottom", "bottom"),
    string(
        "status-right",
        SESSION,
        '#{?window_bigger,[#{window_offset_x}#,#{window_offset_y}] ,}"#{=21:pane_title}" %H:%M %d-%b-%y',
    ),
    number("status-right-length", SESSION, 40, maximum=SHRT_MAX),
    style("status-right-style", SESSION),
    style("status-style", SESSION, "bg=green,fg=black"),
    colour("prompt-cursor-colour", SESSION, -1),
    choice("prompt-cursor-style", SESSION, CURSOR_STYLES, "default"),
    choice("prompt-command-cursor-style", SESSION, CURSOR_STYLES, "default"),
    strings("update-environment", SESSION, UPDATE_ENVIRONMENT, DEFAULT_ARRAY_SEPARATORS),
    choice("visual-activity", SESSION, VISUAL_ALERTS, "off"),
    choice("visual-bell", SESSION, VISUAL_ALERTS, "off"),
    choice("visual-silence", SESSION, VISUAL_ALERTS, "off"),
    string("word-separators", SESSION, "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"),
)
