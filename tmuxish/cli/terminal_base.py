"""What the user's own terminal is to a client on every system: `terminal_posix` and `terminal_windows` keep
this contract, and `events_posix` and `events_windows` that of waiting for it.
"""

from __future__ import annotations

# What can happen to a client from outside, as `Signals.read` tells it.
TERMINATED, HUNG_UP, CONTINUED, RESIZED = range(4)

# What puts a terminal back into shape whose server has vanished without doing so: mouse and focus reports,
# bracketed paste, application keys, margins and colours off, the cursor on, the main screen back.
RESET = (
    b"\033[?1000l\033[?1002l\033[?1003l\033[?1005l\033[?1006l\033[?1004l\033[?2004l\033[?2031l"
    b"\033[?1l\033>\033[r\033[m\033[?25h\033[?1049l"
)


class TerminalError(Exception):
    """The terminal cannot be used; the text says why."""
