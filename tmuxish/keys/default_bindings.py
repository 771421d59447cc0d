"""The key bindings every server begins with: what tmux 3.7c binds in the tables prefix and root.

Those of the copy modes are in copy_mode_bindings. Rows whose commands do not exist are left out when the
tables are built, so the data is complete.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.keys import string_to_key
from tmuxish.keys.copy_mode_bindings import COPY_MODE_TABLES
from tmuxish.keys.tables import PREFIX, ROOT, KeyTables

if TYPE_CHECKING:
    from tmuxish.grammar.nodes import CommandList


class Row(NamedTuple):
    """One binding: the key's name, a command list, the note list-keys -N shows, bind-key -r."""

    key: str
    command: str
    note: str | None = None
    repeat: bool = False


def _menu(*items: tuple[str, str, str]) -> str:
    """Items of display-menu: label, key, command; an empty label is a line."""
    return " ".join(f'"{label}" {key} {{ {command} }}' if label else '""' for label, key, command in items)


_LINE = ("", "", "")
_IN_COPY_MODE = "#{m/r:(copy|view)-mode,#{pane_mode}}"
_MANY_SESSIONS_WINDOWS = "#{?#{>:#{session_windows},1},,-}"
_TILED = "#{!:#{pane_floating_flag}}"
_TILED_MANY = "#{&&:#{!:#{pane_floating_flag}},#{>:#{window_panes},1}}"

_SESSION_MENU = _menu(
    ("Next", "n", "switch-client -n"),
    ("Previous", "p", "switch-client -p"),
    _LINE,
    ("Renumber", "N", "move-window -r"),
    ("Rename", "r", "command-prompt -I '#S' { rename-session -- '%%' }"),
    ("Detach", "d", "detach-client"),
    _LINE,
    ("New Session", "s", "new-session"),
    ("New Window", "w", "new-window"),
)

_WINDOW_MENU = _menu(
    (f"{_MANY_SESSIONS_WINDOWS}Swap Left", "l", "swap-window -t :-1"),
    (f"{_MANY_SESSIONS_WINDOWS}Swap Right", "r", "swap-window -t :+1"),
    ("#{?pane_marked_set,,-}Swap Marked", "s", "swap-window"),
    _LINE,
    ("Kill", "X", "kill-window"),
    ("Respawn", "R", "respawn-window -k"),
    ("#{?pane_marked,Unmark,Mark}", "m", "select-pane -m"),
    ("Rename", "n", "command-prompt -F -I '#W' { rename-window -t '#{window_id}' -- '%%' }"),
    _LINE,
    ("New After", "w", "new-window -a"),
    ("New At End", "W", "new-window"),
)


def _sample(variable: str, verb: str) -> str:
    """A label with the beginning of a text, shown only where there is one."""
    return f"#{{?{variable},{verb} #[underscore]#{{=/9/...:{variable}}},}}"


_PANE_MENU = _menu(
    (f"#{{?{_IN_COPY_MODE},Go To Top,}}", "<", "send-keys -X history-top"),
    (f"#{{?{_IN_COPY_MODE},Go To Bottom,}}", ">", "send-keys -X history-bottom"),
    _LINE,
    (
        "#{?#{&&:#{buffer_size},#{!:#{pane_in_mode}}},Paste #[underscore]#{=/9/...:buffer_sample},}",
        "p",
        "paste-buffer",
    ),
    _LINE,
    (
        _sample("mouse_word", "Search For"),
        "C-r",
        f"if-shell -F '#{{?{_IN_COPY_MODE},0,1}}' 'copy-mode -t=' ; "
        'send-keys -X -t = search-backward -- "#{q:mouse_word}"',
    ),
    (_sample("mouse_word", "Type"), "C-y", 'copy-mode -q ; send-keys -l -- "#{q:mouse_word}"'),
    (_sample("mouse_word", "Copy"), "c", 'copy-mode -q ; set-buffer -- "#{q:mouse_word}"'),
    ("#{?mouse_line,Copy Line,}", "l", 'copy-mode -q ; set-buffer -- "#{q:mouse_line}"'),
    _LINE,
    (_sample("mouse_hyperlink", "Type"), "C-h", 'copy-mode -q ; send-keys -l -- "#{q:mouse_hyperlink}"'),
    (_sample("mouse_hyperlink", "Copy"), "h", 'copy-mode -q ; set-buffer -- "#{q:mouse_hyperlink}"'),
    _LINE,
    (f"#{{?{_TILED},Horizontal Split,}}", "h", "split-window -h"),
    (f"#{{?{_TILED},Vertical Split,}}", "v", "split-window -v"),
    _LINE,
    (f"#{{?{_TILED_MANY},Swap Up,}}", "u", "swap-pane -U"),
    (f"#{{?{_TILED_MANY},Swap Down,}}", "d", "swap-pane -D"),
    ("#{?pane_marked_set,,-}Swap Marked", "s", "swap-pane"),
    _LINE,
    ("Kill", "X", "kill-pane"),
    ("Respawn", "R", "respawn-pane -k"),
    ("#{?pane_marked,Unmark,Mark}", "m", "select-pane -m"),
    ("#{?#{>:#{window_panes},1},,-}#{?window_zoomed_flag,Unzoom,Zoom}", "z", "resize-pane -Z"),
)

_SESSION_TITLE = "#[align=centre]#{session_name}"
_WINDOW_TITLE = "#[align=centre]#{window_index}:#{window_name}"
_PANE_TITLE = "#[align=centre]#{pane_index} (#{pane_id})"
_SESSION_MENU_AT_MOUSE = f"display-menu -T '{_SESSION_TITLE}' -t = -x M -y W {_SESSION_MENU}"
_WINDOW_MENU_AT_MOUSE = f"display-menu -T '{_WINDOW_TITLE}' -t = -x W -y W {_WINDOW_MENU}"
_PANE_MENU_AT_MOUSE = f"display-menu -T '{_PANE_TITLE}' -t = -x M -y M {_PANE_MENU}"

_BUSY = "'#{||:#{pane_in_mode},#{mouse_any_flag}}'"
_BUSY_WITH_MOUSE = f"'#{{||:#{{mouse_any_flag}},#{{&&:#{{pane_in_mode}},#{{?{_IN_COPY_MODE},0,1}}}}}}'"


def _copy_clicked(what: str) -> str:
    """Select what was clicked on, show it for a moment, copy it."""
    return (
        f"select-pane -t = ; if-shell -F {_BUSY} {{ send-keys -M }} "
        f"{{ copy-mode -H ; send-keys -X {what} ; run-shell -d 0.3 ; send-keys -X copy-pipe-and-cancel }}"
    )


_DIRECTIONS = (("Up", "U", "up"), ("Down", "D", "down"), ("Left", "L", "left"), ("Right", "R", "right"))
_LAYOUTS = (
    ("even-horizontal", "Set"),
    ("even-vertical", "Set"),
    ("main-horizontal", "Set"),
    ("main-vertical", "Set"),
    ("tiled", "Select"),
    ("main-horizontal-mirrored", "Set"),
    ("main-vertical-mirrored", "Set"),
)
_NEIGHBOURS = ("above", "below", "to the left of", "to the right of")

PREFIX_ROWS: tuple[Row, ...] = (
    Row("C-b", "send-prefix", "Send the prefix key"),
    Row("C-o", "rotate-window", "Rotate through the panes"),
    Row("C-z", "suspend-client", "Suspend the current client"),
    Row("Space", "next-layout", "Select next layout"),
    Row("!", "break-pane", "Break pane to a new window"),
    Row('"', "split-window", "Split window vertically"),
    Row("#", "list-buffers", "List all paste buffers"),
    Row("$", "command-prompt -I '#S' { rename-session -- '%%' }", "Rename current session"),
    Row("%", "split-window -h", "Split window horizontally"),
    Row("&", "confirm-before -p 'kill-window #W? (y/n)' kill-window", "Kill current window"),
    Row(
        "'",
        "command-prompt -T window-target -p index { select-window -t ':%%' }",
        "Prompt for window index to select",
    ),
    Row("*", "new-pane", "New floating pane"),
    Row("(", "switch-client -p", "Switch to previous client"),
    Row(")", "switch-client -n", "Switch to next client"),
    Row(",", "command-prompt -I '#W' { rename-window -- '%%' }", "Rename current window"),
    Row("-", "delete-buffer", "Delete the most recent paste buffer"),
    Row(".", "command-prompt -T target { move-window -t '%%' }", "Move the current window"),
    Row("/", "command-prompt -k -p key { list-keys -1N '%%' }", "Describe key binding"),
    *(Row(digit, f"select-window -t :={digit}", f"Select window {digit}") for digit in "0123456789"),
    Row(":", "command-prompt", "Prompt for a command"),
    Row(";", "last-pane", "Move to the previously active pane"),
    Row("=", "choose-buffer -Z", "Choose a paste buffer from a list"),
    Row("?", "list-keys -N", "List key bindings"),
    Row("C", "customize-mode -Z", "Customize options"),
    Row("D", "choose-client -Z", "Choose and detach a client from a list"),
    Row("E", "select-layout -E", "Spread panes out evenly"),
    Row("L", "switch-client -l", "Switch to the last client"),
    Row("M", "select-pane -M", "Clear the marked pane"),
    Row("[", "copy-mode", "Enter copy mode"),
    Row("]", "paste-buffer -p", "Paste the most recent paste buffer"),
    Row("c", "new-window", "Create a new window"),
    Row("d", "detach-client", "Detach the current client"),
    Row("f", "command-prompt { find-window -Z -- '%%' }", "Search for a pane"),
    Row("i", "display-message", "Display window information"),
    Row("l", "last-window", "Select the previously current window"),
    Row("m", "select-pane -m", "Toggle the marked pane"),
    Row("n", "next-window", "Select the next window"),
    Row("o", "select-pane -t :.+", "Select the next pane"),
    Row("p", "previous-window", "Select the previous window"),
    Row("q", "display-panes", "Display pane numbers"),
    Row("r", "refresh-client", "Redraw the current client"),
    Row("s", "choose-tree -Zs", "Choose a session from a list"),
    Row("t", "clock-mode", "Show a clock"),
    Row("w", "choose-tree -Zw", "Choose a window from a list"),
    Row("x", "confirm-before -p 'kill-pane #P? (y/n)' kill-pane", "Kill the active pane"),
    Row("z", "resize-pane -Z", "Zoom the active pane"),
    Row("{", "swap-pane -U", "Swap the active pane with the pane above"),
    Row("}", "swap-pane -D", "Swap the active pane with the pane below"),
    Row("~", "show-messages", "Show messages"),
    Row("PPage", "copy-mode -u", "Enter copy mode and scroll up"),
    Row("<", f"display-menu -T '{_WINDOW_TITLE}' -x W -y W {_WINDOW_MENU}", "Display window menu"),
    Row(">", f"display-menu -T '{_PANE_TITLE}' -x P -y P {_PANE_MENU}", "Display pane menu"),
    *(
        Row(key, f"select-pane -{flag}", f"Select the pane {where} the active pane", True)
        for (key, flag, _), where in zip(_DIRECTIONS, _NEIGHBOURS, strict=True)
    ),
    *(
        Row(f"M-{number}", f"select-layout {layout}", f"{verb} the {layout} layout")
        for number, (layout, verb) in enumerate(_LAYOUTS, 1)
    ),
    Row("M-n", "next-window -a", "Select the next window with an alert"),
    Row("M-o", "rotate-window -D", "Rotate through the panes in reverse"),
    Row("M-p", "previous-window -a", "Select the previous window with an alert"),
    *(
        Row(f"S-{key}", f"refresh-client -{flag} 10", f"Move the visible part of the window {way}", True)
        for key, flag, way in _DIRECTIONS
    ),
    Row("DC", "refresh-client -c", "Reset so the visible part of the window follows the cursor", True),
    *(
        Row(f"M-{key}", f"resize-pane -{flag} 5", f"Resize the pane {way} by 5", True)
        for key, flag, way in _DIRECTIONS
    ),
    *(
        Row(f"C-{key}", f"resize-pane -{flag}", f"Resize the pane {way}", True)
        for key, flag, way in _DIRECTIONS
    ),
)

ROOT_ROWS: tuple[Row, ...] = (
    Row("MouseDown1Pane", "select-pane -t = ; send-keys -M"),
    Row("C-MouseDown1Pane", "swap-pane -s @"),
    Row("MouseDrag1Pane", f"if-shell -F {_BUSY} {{ send-keys -M }} {{ copy-mode -M }}"),
    Row(
        "WheelUpPane",
        "if-shell -F '#{||:#{alternate_on},#{pane_in_mode},#{mouse_any_flag}}' { send-keys -M } "
        "{ copy-mode -e }",
    ),
    Row(
        "MouseDown2Pane",
        f"select-pane -t = ; if-shell -F {_BUSY} {{ send-keys -M }} {{ paste-buffer -p }}",
    ),
    Row("DoubleClick1Pane", _copy_clicked("select-word")),
    Row("TripleClick1Pane", _copy_clicked("select-line")),
    Row("MouseDown1Border", "select-pane -M"),
    Row("MouseDrag1Border", "resize-pane -M"),
    Row("MouseDown1Status", "switch-client -t ="),
    Row("C-MouseDown1Status", "swap-window -t @"),
    Row(
        "MouseDown1Control9",
        "display-menu -O -T 'Kill pane #{pane_index}?' -t = -x M -y M Yes y { kill-pane -t = } No n {}",
    ),
    Row("MouseDown1Control8", "resize-pane -Z"),
    Row("WheelDownStatus", "next-window"),
    Row("WheelUpStatus", "previous-window"),
    Row("MouseDown3StatusLeft", _SESSION_MENU_AT_MOUSE),
    Row("M-MouseDown3StatusLeft", _SESSION_MENU_AT_MOUSE),
    Row("MouseDown3Status", _WINDOW_MENU_AT_MOUSE),
    Row("M-MouseDown3Status", _WINDOW_MENU_AT_MOUSE),
    Row(
        "MouseDown3Pane",
        f"if-shell -F -t = {_BUSY_WITH_MOUSE} {{ select-pane -t = ; send-keys -M }} "
        f"{{ {_PANE_MENU_AT_MOUSE} }}",
    ),
    Row("M-MouseDown3Pane", _PANE_MENU_AT_MOUSE),
    Row(
        "MouseDown1ScrollbarUp",
        "if-shell -F -t = '#{pane_in_mode}' { send-keys -X page-up } { copy-mode -u }",
    ),
    Row(
        "MouseDown1ScrollbarDown",
        "if-shell -F -t = '#{pane_in_mode}' { send-keys -X page-down } { copy-mode -d }",
    ),
    Row(
        "MouseDrag1ScrollbarSlider",
        "if-shell -F -t = '#{pane_in_mode}' { send-keys -X scroll-to-mouse } { copy-mode -S }",
    ),
)

TABLES: dict[str, tuple[Row, ...]] = {
    PREFIX: PREFIX_ROWS,
    ROOT: ROOT_ROWS,
    **{name: tuple(Row(*pair) for pair in pairs) for name, pairs in COPY_MODE_TABLES.items()},
}


def default_tables(parse: Callable[[str], CommandList]) -> KeyTables:
    """The tables a server begins with. `parse` turns text into commands (ParseError: not all of them exist).

    Parsing them all takes some milliseconds, so a server does it when a table is first needed.
    """
    tables = KeyTables()
    for name, rows in TABLES.items():
        tables.get_or_create(name)
        for row in rows:
            try:
                commands = parse(row.command)
            except ParseError:
                continue
            tables.bind(name, string_to_key(row.key), commands, row.note, row.repeat)
    tables.freeze_defaults()
    return tables
