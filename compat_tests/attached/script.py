"""The words that scenarios are written in (how to write one: see the package's docstring)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from compat_tests.attached.keys import key_bytes, mouse_bytes

FIRST = "a"
"""The client that every scenario starts with."""

Command = tuple[str, ...]
"""A tmux command and its arguments; `<a>` stands for the name of client `a`."""


@dataclass(frozen=True)
class Input:
    """Chunks of bytes typed at a client's terminal, each in a write of its own."""

    chunks: tuple[bytes, ...]
    client: str


@dataclass(frozen=True)
class Call:
    """A tmux call from outside; where `wanted` is given it is repeated until it prints that."""

    argv: Command
    wanted: str | None = None
    finish: bool = True
    """Whether the call is waited for."""


@dataclass(frozen=True)
class Resize:
    """The terminal's size changes."""

    cols: int
    rows: int
    client: str


@dataclass(frozen=True)
class Until:
    """Wait until a text stands on a screen, or stands there no more."""

    text: str
    client: str
    there: bool = True


@dataclass(frozen=True)
class Pause:
    """Let time pass, where time is what decides (double clicks, repeat-time)."""

    seconds: float


@dataclass(frozen=True)
class Attach:
    """One more client, on a terminal of its own."""

    client: str
    cols: int
    rows: int
    argv: Command
    term: str


@dataclass(frozen=True)
class Look:
    """The whole screen of a client is recorded, or must be as recorded."""

    client: str


@dataclass(frozen=True)
class Ends:
    """A client ends; its exit status and closing line are recorded."""

    client: str


Step = Input | Call | Resize | Until | Pause | Attach | Look | Ends


@dataclass(frozen=True)
class Scenario:
    """What is done, from the start of a server; see the package's docstring."""

    name: str
    steps: Sequence[Step] = ()
    setup: Sequence[Command] = ()
    """Commands run before the first client attaches, in one call (with no client there yet)."""
    cols: int = 60
    rows: int = 16
    term: str = "xterm-256color"
    program: str = ""
    """A shell command that the first pane runs in place of the shell."""
    needs: Sequence[str] = ()
    """Commands, beyond those named in setup and calls, that the keys run."""
    masks: Sequence[tuple[str, str]] = ()
    """(pattern, replacement) for what no two runs show alike; see `normalise`."""
    argv: Command = ("attach-session", "-t", "s")
    """How the first client comes."""
    env: dict[str, str] = field(default_factory=dict)

    def commands(self) -> set[str]:
        """Every tmux command it is known to use."""
        called = [step.argv for step in self.steps if isinstance(step, Call)]
        return {command[0] for command in [*self.setup, *called]} | set(self.needs)


def titled(count: int) -> tuple[Command, ...]:
    """Setup: titles for the first panes of window `s:`, so many, in place of the host's name."""
    return tuple(("select-pane", "-t", f"s:.{number}", "-T", f"title {number}") for number in range(count))


def keys(*names: str, client: str = FIRST) -> Input:
    """Keys by tmux's names: `keys("prefix", "C-Up", "x")`."""
    return Input(tuple(key_bytes(name) for name in names), client)


def typed(text: str | bytes, client: str = FIRST) -> Input:
    """Text or raw bytes, in one write."""
    return Input((text.encode() if isinstance(text, str) else text,), client)


def mouse(*events: tuple[str, int, int], client: str = FIRST) -> Input:
    """Mouse events: `mouse(("Down1", 10, 3), ("Drag1", 20, 3), ("Up1", 20, 3))`, columns and rows from 0.

    As with a real hand, events that come within 300 ms of each other may make a double click.
    """
    return Input(tuple(mouse_bytes(*event) for event in events), client)


def call(*argv: str) -> Call:
    """A tmux command run from outside, which must succeed: `call("split-window", "-h")`."""
    return Call(argv)


def start(*argv: str) -> Call:
    """A tmux command run from outside and not waited for."""
    return Call(argv, finish=False)


def until_call(wanted: str, *argv: str) -> Call:
    """Repeat a tmux command until its output contains `wanted`."""
    return Call(argv, wanted)


def resize(cols: int, rows: int, client: str = FIRST) -> Resize:
    """Give the terminal another size."""
    return Resize(cols, rows, client)


def until(text: str, client: str = FIRST) -> Until:
    """Wait for a text on the screen."""
    return Until(text, client)


def gone(text: str, client: str = FIRST) -> Until:
    """Wait until a text is no longer on the screen."""
    return Until(text, client, there=False)


def pause(seconds: float) -> Pause:
    """Let time pass."""
    return Pause(seconds)


def attach(
    client: str,
    cols: int,
    rows: int,
    *argv: str,
    term: str = "xterm-256color",
) -> Attach:
    """One more client; its arguments default to `attach-session -t s`."""
    return Attach(client, cols, rows, argv or ("attach-session", "-t", "s"), term)


def look(client: str = FIRST) -> Look:
    """Record the screen, or wait until it is as recorded."""
    return Look(client)


def ends(client: str = FIRST) -> Ends:
    """Wait for the end of a client."""
    return Ends(client)
