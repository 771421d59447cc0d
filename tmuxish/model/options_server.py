"""The server options of tmux 3.7c, in the order in which show-options prints them."""

from __future__ import annotations

from tmuxish.model.options_spec import (
    SERVER,
    UINT_MAX,
    OptionSpec,
    choice,
    command,
    flag,
    key,
    number,
    string,
    strings,
)

# Bytes of one escape string (OSC, DCS, ...) a pane may send before it is dropped.
INPUT_BUFFER_SIZE = 1048576

SERVER_OPTIONS: tuple[OptionSpec, ...] = (
    key("backspace", SERVER, "C-?"),
    number("buffer-limit", SERVER, 50, minimum=1),
    strings(
        "command-alias",
        SERVER,
        (
            "split-pane=split-window",
            "splitp=split-window",
            "server-info=show-messages -JT",
            "info=show-messages -JT",
            "choose-window=choose-tree -w",
            "choose-session=choose-tree -s",
        ),
    ),
    strings("codepoint-widths", SERVER, ()),
    string("copy-command", SERVER, ""),
    command("default-client-command", SERVER, "new-session"),
    string("default-terminal", SERVER, "tmux-256color"),
    string("editor", SERVER, "/usr/bin/vi"),
    number("escape-time", SERVER, 10, unit="milliseconds"),
    flag("exit-empty", SERVER, True),
    flag("exit-unattached", SERVER, False),
    choice("extended-keys", SERVER, "off on always", "off"),
    choice("extended-keys-format", SERVER, "csi-u xterm", "xterm"),
    flag("focus-events", SERVER, False),
    choice("get-clipboard", SERVER, "off buffer request both", "buffer"),
    string("history-file", SERVER, ""),
    number("input-buffer-size", SERVER, INPUT_BUFFER_SIZE, minimum=INPUT_BUFFER_SIZE, maximum=UINT_MAX),
    number("message-limit", SERVER, 1000),
    number("prefix-timeout", SERVER, 0, unit="milliseconds"),
    number("prompt-history-limit", SERVER, 100),
    choice("set-clipboard", SERVER, "off external on", "external"),
    strings("terminal-overrides", SERVER, ("linux*:AX@",)),
    strings(
        "terminal-features",
        SERVER,
        (
            "xterm*:clipboard:ccolour:cstyle:focus:title",
            "screen*:title",
            "rxvt*:ignorefkeys",
        ),
    ),
    strings("user-keys", SERVER, ()),
    flag("variation-selector-always-wide", SERVER, True),
)
