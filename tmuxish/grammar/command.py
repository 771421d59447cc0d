"""The declarative entry that every command module makes, and what its targets mean.

The usage text is the single source: `list-commands` and the usage error print it, the flags and the
number of operands are read from it. What tmux 3.7c accepts without showing it, or shows without
accepting it, is stated beside it.
"""

from __future__ import annotations

from tmuxish.grammar.errors import FlagError, ParseError
from tmuxish.grammar.flags import Args, FlagSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tmuxish.grammar.nodes import CommandList

# How a target is looked up: bits for Target.flags and targets.resolve.
CAN_FAIL = 1  # an unknown target is no error: the command runs without one
QUIET = 2  # fail without a message
WINDOW_INDEX = 4  # the index need not exist (new-window -t 7)
DEFAULT_MARKED = 8  # the marked pane, if there is one, stands for "current"
EXACT_SESSION = 16  # no prefix and no pattern for the session part
EXACT_WINDOW = 32  # the same for the window part
PREFER_UNATTACHED = 64  # among several sessions take one that nobody is attached to

SESSION = "session"
WINDOW = "window"
PANE = "pane"


class Target:
    """Which flag names a command's target, of which kind it is, and how it is looked up."""

    __slots__ = ("flag", "flags", "kind")

    def __init__(self, flag: str, kind: str, flags: int = 0) -> None:
        self.flag = flag
        self.kind = kind
        self.flags = flags


class Command:
    """One command of the language.

    name, alias: as typed; `alias` is matched whole, `name` also by a unique prefix.
    usage: what `list-commands` prints after them.
    run: called with the command's context; may be a coroutine function.
    target, source: resolved before `run`; None where the command looks for itself.
    client: the flag ("c" or "t") that names the target client; "" where there is none.
    client_can_fail: the command also runs without a target client.
    start_server: may start a server. read_only: a read-only client may use it. after_hook: runs the
    `after-NAME` hooks.
    extra_flags: accepted but not in the usage, as for getopt ("p:v"). refused_flags: in the usage only.
    min_operands, max_operands: where they differ from the usage (max -1: any number).
    blocks: which operands may be `{ commands }`: called with the flags and operands read so far and the
    operand's index.
    """

    __slots__ = (
        "after_hook",
        "alias",
        "client",
        "client_can_fail",
        "flags",
        "name",
        "read_only",
        "run",
        "source",
        "start_server",
        "target",
        "usage",
    )

    def __init__(
        self,
        name: str,
        alias: str | None = None,
        usage: str = "",
        *,
        run: Callable[[Any], object],
        target: Target | None = None,
        source: Target | None = None,
        client: str = "",
        client_can_fail: bool = False,
        start_server: bool = False,
        read_only: bool = False,
        after_hook: bool = False,
        extra_flags: str = "",
        refused_flags: str = "",
        min_operands: int | None = None,
        max_operands: int | None = None,
        blocks: Callable[[Args, int], bool] | None = None,
    ) -> None:
        self.name = name
        self.alias = alias
        self.usage = usage
        self.run = run
        self.target = target
        self.source = source
        self.client = client
        self.client_can_fail = client_can_fail
        self.start_server = start_server
        self.read_only = read_only
        self.after_hook = after_hook
        self.flags = FlagSpec.from_usage(
            usage,
            extra_flags,
            refused=refused_flags,
            min_operands=min_operands,
            max_operands=max_operands,
            blocks=blocks,
        )

    def __repr__(self) -> str:
        return f"<Command {self.name}>"

    def parse(self, values: Sequence[str | CommandList], start: int = 0) -> Args:
        """Read what follows the command's name in `values`, from index `start`; raise ParseError."""
        try:
            return self.flags.parse(values, start)
        except FlagError as error:
            text = str(error)
            if not text:
                raise ParseError(f"usage: {self.name} {self.usage}") from None
            raise ParseError(f"command {self.name}: {text}") from None


def every_operand(args: Args, index: int) -> bool:
    """For Command.blocks: each operand may be a `{ }` block."""
    return True


def second_operand(args: Args, index: int) -> bool:
    """For Command.blocks: the second operand may be a `{ }` block."""
    return index == 1


def second_or_third_operand(args: Args, index: int) -> bool:
    """For Command.blocks: the second and third operand may be `{ }` blocks."""
    return index in (1, 2)
