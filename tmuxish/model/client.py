"""A client as the model knows it: its terminal, its session, and what it last did.

The connection behind it is the server's (`server/connection.py`).
"""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.environment import Environment
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window

# What a terminal without a size counts as (measured: attaching on a 0x0 pty).
DEFAULT_COLS = 80
DEFAULT_ROWS = 24


class Client:
    """One tmux process that talks to the server, attached to a session or just running a command."""

    __slots__ = (
        "activity",
        "attached",
        "bg",
        "cols",
        "control",
        "control_chars",
        "created",
        "cwd",
        "discarded",
        "environment",
        "features",
        "fg",
        "flags",
        "focused",
        "id",
        "key_table",
        "last_session",
        "leaving",
        "name",
        "own_panes",
        "pan",
        "pid",
        "readonly",
        "rows",
        "session",
        "size_told",
        "suspended",
        "term_name",
        "term_type",
        "theme",
        "tmux",
        "tmux_pane",
        "tty",
        "uid",
        "utf8",
        "window_sizes",
        "written",
        "xpixel",
        "ypixel",
    )

    def __init__(self, id: int) -> None:
        self.id = id
        self.pid = 0
        self.uid = 0
        self.name = ""  # the terminal's path, or client-PID
        self.cwd = "/"
        self.tty = ""  # path of the terminal on stdin, "" for none
        self.tmux = ""  # the caller's $TMUX
        self.tmux_pane = ""  # the caller's $TMUX_PANE
        self.utf8 = False
        self.control = False
        self.environment: Environment | None = None  # this and what follows arrive if a command asks for it
        self.term_name = ""
        self.term_type = ""
        self.control_chars = b""  # its terminal's special characters (termios' c_cc), one byte each
        self.features: frozenset[str] = frozenset()
        self.cols = DEFAULT_COLS
        self.rows = DEFAULT_ROWS
        self.xpixel = 0
        self.ypixel = 0
        self.attached = False
        self.leaving = False  # told to end, but still there (control mode)
        self.suspended = False
        self.readonly = False
        self.flags: set[str] = set()  # ignore-size, active-pane, no-output, ... (new-session -f)
        # With the flag active-pane: the pane it has chosen, by window number. Ask `active_pane`.
        self.own_panes: dict[int, Pane] = {}
        self.focused = False
        self.theme = ""  # "dark", "light" or unknown
        self.fg = self.bg = -1  # its terminal's default colours as integers of the emulator; -1: unknown
        self.session: Session | None = None
        self.last_session: Session | None = None
        self.created = self.activity = time.time()
        self.key_table = "root"
        self.written = 0  # bytes sent to the terminal
        self.discarded = 0
        # In control mode only sizes that the client has told count (refresh-client -C): its own, and those
        # for single windows by their numbers, where 0x0 is one that has been taken back.
        self.size_told = False
        self.window_sizes: dict[int, tuple[int, int]] = {}
        # Which window was moved to which column and row by refresh-client -L and friends.
        self.pan: tuple[int, int, int] | None = None

    def active_pane(self, window: Window) -> Pane | None:
        """The pane that is active for this client: with the flag active-pane it may have one of its own."""
        own = self.own_panes.get(window.id) if "active-pane" in self.flags else None
        return own if own in window.panes else window.active

    def set_readonly(self, readonly: bool) -> None:
        """Whether it may only look."""
        self.readonly = readonly
        if readonly:
            self.flags.add("read-only")
        else:
            self.flags.discard("read-only")
