"""The server that format fixtures were recorded on, twice: as commands for a real tmux and as a model.

What the recording cannot choose (times, pids, terminals, the host) is in the fixture's `facts`, taken from
`display-message -a`, and is put into the model.
"""

from __future__ import annotations

from collections.abc import Mapping

from tmuxish.emulator.emulator import Emulator
from tmuxish.formats.scope import Scope
from tmuxish.model import layout, layout_string
from tmuxish.model.environment import Environment
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane
from tmuxish.model.server import Model
from tmuxish.model.session import Session, Winlink
from tmuxish.model.window import Window

COLS, ROWS = 80, 24

# What the program in pane %0 prints; the others stay empty.
SCREEN = (
    "Start of it\r\nhello World\r\n\r\n  two  words \r\n\xe9t\xe9 \u4e16\u754c\r\n[brackets] (1+2)*3\r\nend"
)

ENVIRONMENT = {"GREETING": "good day", "GONE": "here", "EMPTY": "", "PERCENT": "50%"}

_PRINTER = (
    "stty -echo; printf 'READY'; IFS= read -r line; printf '\\033[H\\033[2J'; printf %b \"$SCREEN\"; exec cat"
)

# Commands in the order they are run; SCREEN comes from the environment of the first.
COMMANDS: list[list[str]] = [
    ["new-session", "-d", "-s", "main", "-n", "one", "-x", str(COLS), "-y", str(ROWS), _PRINTER],
    ["split-window", "-d", "-h", "-t", "main:0", "cat"],
    ["split-window", "-d", "-v", "-t", "main:0.1", "cat"],
    ["new-window", "-d", "-t", "main:3", "-n", "a b#c", "cat"],
    ["new-window", "-d", "-t", "main:7", "-n", "\u4e16\u754c", "cat"],
    ["new-session", "-d", "-s", "zeta", "-n", "z", "-x", str(COLS), "-y", str(ROWS), "cat"],
    ["new-session", "-d", "-s", "alpha", "-n", "a", "-x", str(COLS), "-y", str(ROWS), "cat"],
    ["new-session", "-d", "-t", "alpha", "-s", "beta"],
    ["select-window", "-t", "main:3"],
    ["select-window", "-t", "main:0"],
    ["select-pane", "-t", "main:0.2"],
    ["select-pane", "-t", "main:0.0"],
    ["select-pane", "-T", "a title: 100% #done", "-t", "%0"],
    ["select-pane", "-T", "wide \u4e16\u754c \xe9", "-t", "%1"],
    ["select-pane", "-T", "", "-t", "%2"],
    ["select-pane", "-d", "-t", "%2"],
    ["select-pane", "-m", "-t", "%1"],
    ["set-option", "-s", "@server", "from the server"],
    ["set-option", "-g", "@global", "g"],
    ["set-option", "-t", "main", "@session", "s-main"],
    ["set-option", "-w", "-t", "main:0", "@window", "w0"],
    ["set-option", "-w", "-t", "main:3", "@window", "w3"],
    ["set-option", "-p", "-t", "%0", "@pane", "p0"],
    ["set-option", "-g", "@nested", "<#{session_name}:#{window_index}>"],
    ["set-option", "-g", "@twice", "#{E:@nested}!"],
    ["set-option", "-g", "@time", "#{@nested} %%Y %Q"],
    ["set-option", "-g", "@special", "a b;c'd\"e$f`g\\h#i{j}k*l?m"],
    ["set-option", "-g", "@path", "/usr/local/lib/"],
    ["set-option", "-g", "@utf8", "na\xefve \u4e16\u754c"],
    ["set-option", "-g", "@style", "#[fg=red,bold]red#[default] plain ##"],
    ["set-option", "-g", "@zero", "0"],
    ["set-option", "-g", "@empty", ""],
    ["set-option", "-g", "@number", "42"],
    ["set-option", "-g", "@when", "1445765102"],
    ["set-option", "-g", "@comma", "a,b#,c"],
    ["set-option", "-g", "status-left", "[#S] "],
    ["set-option", "-p", "-t", "%1", "window-style", "fg=green,bg=colour238"],
    ["set-option", "-w", "-t", "main:0", "window-active-style", "fg=#102030"],
    ["set-environment", "-g", "PERCENT", "50%"],
    ["set-environment", "-t", "main", "GREETING", "hello"],
    ["set-environment", "-t", "main", "-r", "GONE"],
    ["set-buffer", "-b", "named", "not shown"],
    ["set-buffer", "line one\nline\ttwo"],
]

# Targets that fixtures use (a session, a window or a pane), each with its `display-message -a`.
TARGETS = ("%0", "%1", "%2", "main:3", "main:7", "zeta", "beta")

Facts = Mapping[str, Mapping[str, str]]


def _session(model: Model, name: str, facts: Mapping[str, str]) -> Session:
    session = Session(
        model.next_session_id, name, facts["session_path"], Options(model.session_options), Environment()
    )
    model.next_session_id += 1
    model.sessions[session.id] = session
    session.created = session.activity = float(facts["session_created"])
    return session


def _window(model: Model, session: Session, index: int, name: str, facts: Mapping[str, str]) -> Window:
    window = Window(model.next_window_id, COLS, ROWS, Options(model.window_options))
    model.next_window_id += 1
    model.windows[window.id] = window
    window.name = name
    window.created = window.activity = float(facts["window_activity"])
    window.options.set("automatic-rename", False)  # as for every window made with a name
    _link(session, index, window)
    return window


def _link(session: Session, index: int, window: Window) -> Winlink:
    winlink = Winlink(session, index, window)
    session.winlinks[index] = winlink
    window.winlinks.append(winlink)
    if session.current is None:
        session.current = winlink
    return winlink


def _pane(model: Model, window: Window, argv: list[str], cols: int, rows: int, x: int, y: int) -> Pane:
    pane = Pane(model.next_pane_id, window, Options(window.options), Emulator(cols, rows))
    model.next_pane_id += 1
    model.panes[pane.id] = pane
    pane.argv = argv
    pane.shell = "/bin/sh"
    pane.xoff, pane.yoff = x, y
    window.panes.append(pane)
    window.z_index.append(pane)
    if window.active is None:
        window.active = pane
    return pane


def _apply_facts(pane: Pane, facts: Mapping[str, str]) -> None:
    pane.pid = int(facts["pane_pid"])
    pane.tty = facts["pane_tty"]
    pane.cwd = facts["pane_start_path"]
    pane.emulator.title = facts["pane_title"]


def build_model(facts: Facts) -> Model:
    """The model of what COMMANDS made."""
    main_facts = facts["%0"]
    model = Model(main_facts["socket_path"])
    model.pid = int(main_facts["pid"])
    model.start_time = float(main_facts["start_time"])
    model.config_files = [main_facts["config_files"]]
    for name, value in ENVIRONMENT.items():
        model.environment.set(name, value)
    main = _session(model, "main", main_facts)
    one = _window(model, main, 0, "one", main_facts)
    geometry = [(40, 24, 0, 0), (39, 12, 41, 0), (39, 11, 41, 13)]
    panes = [
        _pane(model, one, [_PRINTER] if index == 0 else ["cat"], *place)
        for index, place in enumerate(geometry)
    ]
    single = {}
    for index, name, key in ((3, "a b#c", "main:3"), (7, "\u4e16\u754c", "main:7")):
        window = _window(model, main, index, name, facts[key])
        single[key] = _pane(model, window, ["cat"], COLS, ROWS, 0, 0)
    zeta = _session(model, "zeta", facts["zeta"])
    single["zeta"] = _pane(model, _window(model, zeta, 0, "z", facts["zeta"]), ["cat"], COLS, ROWS, 0, 0)
    alpha = _session(model, "alpha", facts["beta"])
    shared = _window(model, alpha, 0, "a", facts["beta"])
    single["beta"] = _pane(model, shared, ["cat"], COLS, ROWS, 0, 0)
    beta = _session(model, "beta", facts["beta"])
    _link(beta, 0, shared)
    _group(model, alpha, beta)
    for window in model.windows.values():
        window.xpixel, window.ypixel = 16, 32
    for key, pane in single.items():
        layout.init(pane.window, pane)
        _apply_facts(pane, facts[key])
    for pane in panes:
        _apply_facts(pane, facts[pane.name])
    layout_string.apply(one, main_facts["window_layout"])
    panes[0].emulator.feed(b"READY\033[H\033[2J" + SCREEN.encode())
    panes[2].input_off = True
    one.last_panes = [panes[2]]
    main.last_windows = [main.winlinks[3]]
    model.marked = (main.winlinks[0], panes[1])
    _set_options(model, main, panes)
    main.environment.set("GREETING", "hello")
    main.environment.clear("GONE")
    model.buffers.set("named", b"not shown", 50)
    buffer = model.buffers.add(b"line one\nline\ttwo", 50)
    assert buffer is not None
    buffer.created = float(main_facts["buffer_created"])
    return model


def _group(model: Model, *sessions: Session) -> None:
    from tmuxish.model.session import SessionGroup

    group = SessionGroup("alpha")
    model.groups["alpha"] = group
    for session in sessions:
        group.sessions.append(session)
        session.group = group


def _set_options(model: Model, main: Session, panes: list[Pane]) -> None:
    by_target = {"main": main.options, "%0": panes[0].options, "%1": panes[1].options}
    for index, winlink in main.winlinks.items():
        by_target[f"main:{index}"] = winlink.window.options
    for command in COMMANDS:
        if command[0] != "set-option":
            continue
        *flags, name, value = command[1:]
        if "-t" in flags:
            options = by_target[flags[flags.index("-t") + 1]]
        else:
            options = model.server_options if "-s" in flags else model.session_options
        options.set(name, value)


def scope_of(model: Model, target: str) -> Scope:
    """The scope of `display-message -t target`."""
    inherited = {"command": "display-message"}
    if target.startswith("%"):
        pane = model.panes[int(target[1:])]
        winlink = pane.window.winlinks[0]
        return Scope(model, None, winlink.session, winlink, pane, inherited=inherited)
    name, _, index = target.partition(":")
    session = model.session_named(name)
    assert session is not None and session.current is not None
    winlink = session.winlinks[int(index)] if index else session.current
    return Scope(model, None, session, winlink, winlink.window.active, inherited=inherited)
