"""A pane: one program on one pty, its emulator, and where it stands in its window.

Plain data. The pty itself lives in the server (`server/panes.py`), keyed by pane id, so that a snapshot
of the model is a walk over it.
"""

from __future__ import annotations

# A colour that nobody has told (the emulator's NONE, which would bring the emulator with it).
NONE = -1

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.emulator import Emulator
    from tmuxish.model.layout import Cell
    from tmuxish.model.options import Options
    from tmuxish.model.pane_mode import ModeScreen, ShownMode
    from tmuxish.model.window import Window


class Unmade:
    """An emulator to be made when it is first wanted: a server answers its first client before it has even
    loaded what makes one."""

    __slots__ = ("cols", "make", "rows")

    def __init__(self, cols: int, rows: int, make: Callable[[Pane], Emulator]) -> None:
        self.cols = cols
        self.rows = rows
        self.make = make


class Pane:
    """One pane of a window. Geometry is in cells, relative to the window's top left corner."""

    __slots__ = (
        "_unmade",
        "active_point",
        "argv",
        "cell",
        "cols",
        "control_bg",
        "control_fg",
        "cwd",
        "dead",
        "dead_signal",
        "dead_status",
        "dead_time",
        "empty",
        "emulator",
        "focused",
        "id",
        "input_off",
        "modes",
        "options",
        "pid",
        "pipe_pid",
        "rows",
        "saved_cell",
        "search_regex",
        "search_string",
        "shell",
        "tty",
        "unseen_changes",
        "window",
        "xoff",
        "yoff",
    )

    emulator: Emulator

    def __init__(self, id: int, window: Window, options: Options, emulator: Emulator | Unmade) -> None:
        self.id = id
        self.window = window
        self.options = options  # parent: the window's options
        self._unmade: Unmade | None = None
        if isinstance(emulator, Unmade):
            self._unmade = emulator
        else:
            self.emulator = emulator
        self.cols = emulator.cols
        self.rows = emulator.rows
        self.xoff = 0
        self.yoff = 0
        self.cell: Cell | None = None  # its leaf in the window's layout
        self.saved_cell: Cell | None = None  # the same while the window is zoomed
        self.argv: list[str] = []  # as given to new-window & co.; one element is a shell command line
        self.shell = ""
        self.cwd = ""
        self.pid = 0  # 0: nothing was started (an empty pane) or it was respawned away
        self.tty = ""
        self.empty = False  # made with an empty command: no program, shows what is written to it
        self.dead = False  # the program ended and remain-on-exit keeps the pane
        self.dead_status: int | None = None
        self.dead_signal: int | None = None
        self.dead_time = 0.0
        self.input_off = False  # select-pane -d
        self.focused = False
        self.unseen_changes = False
        self.active_point = 0  # grows each time the pane becomes active: the newest wins ties
        self.pipe_pid = 0  # pid of the pipe-pane command, 0 when there is none
        self.modes: list[ShownMode] = []  # topmost first
        # What was last searched for in copy mode, and whether that was a regular expression.
        self.search_string = ""
        self.search_regex = False
        # Colours as clients in control mode tell them (refresh-client -r), NONE until then.
        self.control_fg = self.control_bg = NONE

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Emulator:
            """The emulator, when it is first asked for: it is an attribute like others from then on."""
            unmade = self._unmade if name == "emulator" else None
            if unmade is None:
                raise AttributeError(name)
            self.emulator = unmade.make(self)
            self._unmade = None
            return self.emulator

    @property
    def name(self) -> str:
        return f"%{self.id}"

    @property
    def mode(self) -> str:
        """Name of the mode on top ("copy-mode", ...), "" for none."""
        return self.modes[0].name if self.modes else ""

    @property
    def shown(self) -> Emulator | ModeScreen:
        """The screen that is to be seen: that of the mode on top, else the program's."""
        return self.modes[0].screen if self.modes else self.emulator

    def revive(self) -> None:
        """A program is about to run in it again: nothing is left of how the last one ended."""
        self.dead = False
        self.dead_status = self.dead_signal = None
        self.dead_time = 0.0
