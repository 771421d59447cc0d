"""The modifiers in front of a replacement: `#{t/p;=10:...}` -> what to do with the rest.

Two steps, because a modifier's arguments may hold formats themselves: `parse` cuts the text (once per
template), `Plan` gives the expanded arguments their meaning.
"""

from __future__ import annotations

import string
from typing import NamedTuple

from tmuxish.formats import sorting
from tmuxish.formats.text import skip, strip_escapes, to_number

# Widest limit (=) and padding (p) accepted; anything wider counts as none.
MAX_WIDTH = 10000

_PLAIN = frozenset("labcdnwETSWPL!<>")
_PLAIN_PAIRS = frozenset(("||", "&&", "!!", "!=", "==", "<=", ">="))
_WITH_ARGUMENTS = frozenset("mCLNPSst=pReqW")
_PUNCTUATION = frozenset(string.punctuation)
_END = ";:"


class Modifier:
    """One modifier as written: its name, and its arguments unexpanded."""

    __slots__ = ("args", "name")

    def __init__(self, name: str, args: tuple[str, ...] = ()) -> None:
        self.name = name
        self.args = args


def _is_end(text: str, position: int) -> bool:
    return position < len(text) and text[position] in _END


def _wrapped_arguments(text: str, position: int) -> tuple[tuple[str, ...], int]:
    """The arguments between repeated wrapper characters (`/a/b/`), and where the modifier ends."""
    wrapper = text[position]
    ends = wrapper + _END
    args: list[str] = []
    while True:
        if text[position] == wrapper and _is_end(text, position + 1):
            return tuple(args), position + 1
        end = skip(text, position + 1, ends)
        if end < 0:
            return tuple(args), position
        args.append(text[position + 1 : end])
        position = end
        if text[position] in _END:
            return tuple(args), position


class Parsed(NamedTuple):
    """The modifiers a text begins with, and the rest that they apply to.

    abandoned: what looked like modifiers, but no colon followed: then all of the text is the rest.
    """

    modifiers: list[Modifier]
    rest: str
    abandoned: list[Modifier]


def parse(text: str) -> Parsed:
    """Cut the modifiers from the start of `text`."""
    found: list[Modifier] = []
    position = 0
    while position < len(text) and text[position] != ":":
        if text[position] == ";":
            position += 1
            if position == len(text):
                break
        char = text[position]
        if char in _PLAIN and _is_end(text, position + 1):
            found.append(Modifier(char))
            position += 1
        elif text[position : position + 2] in _PLAIN_PAIRS and _is_end(text, position + 2):
            found.append(Modifier(text[position : position + 2]))
            position += 2
        elif char not in _WITH_ARGUMENTS:
            break
        elif _is_end(text, position + 1):
            found.append(Modifier(char))
            position += 1
        elif text[position + 1 : position + 2] not in _PUNCTUATION or text[position + 1] == "-":
            end = skip(text, position + 1, ":;")
            if end < 0:
                break
            found.append(Modifier(char, (text[position + 1 : end],)))
            position = end
        else:
            args, position = _wrapped_arguments(text, position + 1)
            found.append(Modifier(char, args))
    if position < len(text) and text[position] == ":":
        return Parsed(found, text[position + 1 :], [])
    return Parsed([], text, found)


# What a replacement does, in the order in which tmux asks (an earlier one wins over a later).
LITERAL = "l"
CHARACTER = "a"
COLOUR = "c"
SESSIONS = "S"
WINDOWS = "W"
PANES = "P"
CLIENTS = "L"
WINDOW_NAME = "N/w"
SESSION_NAME = "N/s"
SEARCH = "C"
REPEAT = "R"
NOT = "!"
NOT_NOT = "!!"
ANY_OR_ALL = "||"
COMPARE = "=="
EXPRESSION = "e"
VALUE = ""
_PRECEDENCE = (
    LITERAL,
    CHARACTER,
    COLOUR,
    SESSIONS,
    WINDOWS,
    PANES,
    CLIENTS,
    WINDOW_NAME,
    SESSION_NAME,
    SEARCH,
    REPEAT,
    NOT,
    NOT_NOT,
    ANY_OR_ALL,
    COMPARE,
)

# Quoting of a variable's value.
QUOTE_SHELL = 1
QUOTE_STYLE = 2
QUOTE_ARGUMENTS = 4

# Orders the sort argument of each loop can ask for; the first is what it sorts by without one.
_LOOP_ORDERS = {
    SESSIONS: {"i": sorting.INDEX, "n": sorting.NAME, "t": sorting.ACTIVITY},
    WINDOWS: {"i": sorting.ORDER, "n": sorting.NAME, "t": sorting.ACTIVITY},
    PANES: {"": sorting.CREATION},
    CLIENTS: {"i": sorting.ORDER, "n": sorting.NAME, "t": sorting.ACTIVITY},
}


class Plan:
    """What the modifiers of one replacement ask for together.

    operation: one of the constants above. comparison and comparison_flags, search_flags, boolean ("||" or
    "&&") and arguments (of an expression) are for the operation of that kind.
    """

    __slots__ = (
        "arguments",
        "basename",
        "boolean",
        "comparison",
        "comparison_flags",
        "dirname",
        "expand",
        "length",
        "limit",
        "marker",
        "operation",
        "order",
        "pad",
        "pretty",
        "quotes",
        "reverse",
        "search_flags",
        "substitutions",
        "time",
        "time_format",
        "trims",
        "width",
    )

    def __init__(self, modifiers: list[tuple[str, list[str]]]) -> None:
        self.operation = VALUE
        self.comparison = self.comparison_flags = ""
        self.search_flags = ""
        self.boolean = ""
        self.arguments: list[str] = []
        self.order = sorting.ORDER
        self.reverse = False
        self.time = self.pretty = False
        self.time_format: str | None = None
        self.basename = self.dirname = False
        self.quotes = 0
        self.expand = ""  # "E", or "T" to go through strftime as well
        self.substitutions: list[list[str]] = []
        self.limit = 0
        self.marker: str | None = None
        self.pad = 0
        self.length = self.width = False
        wanted: set[str] = set()
        for name, args in modifiers:
            self._add(name, args, wanted)
        for operation in _PRECEDENCE:
            if operation in wanted:
                self.operation = operation
                break
        else:
            if self.arguments:
                self.operation = EXPRESSION
        # Whether anything is left to do once the value is there.
        self.trims = bool(
            self.expand or self.substitutions or self.limit or self.pad or self.length or self.width
        )

    def _add(self, name: str, args: list[str], wanted: set[str]) -> None:
        first = args[0] if args else ""
        if name in ("m", "<", ">", "==", "!=", "<=", ">="):
            wanted.add(COMPARE)
            self.comparison, self.comparison_flags = name, first
        elif name in ("||", "&&"):
            wanted.add(ANY_OR_ALL)
            self.boolean = name
        elif name in (NOT, NOT_NOT, LITERAL, CHARACTER, COLOUR, REPEAT):
            wanted.add(name)
        elif name in _LOOP_ORDERS:
            wanted.add(name)
            self._sort(_LOOP_ORDERS[name], first)
        elif name == "C":
            wanted.add(SEARCH)
            self.search_flags = first
        elif name == "N":
            if not args or "w" in first:
                wanted.add(WINDOW_NAME)
            elif "s" in first:
                wanted.add(SESSION_NAME)
        elif name == "e":
            if 1 <= len(args) <= 3:
                self.arguments = args
        else:
            self._add_transformation(name, args, first)

    def _add_transformation(self, name: str, args: list[str], first: str) -> None:
        if name == "b":
            self.basename = True
        elif name == "d":
            self.dirname = True
        elif name == "n":
            self.length = True
        elif name == "w":
            self.width = True
        elif name in ("E", "T"):
            # E wins over T wherever it stands.
            self.expand = self.expand if self.expand == "E" else name
        elif name == "s":
            if len(args) >= 2:
                self.substitutions.append(args)
        elif name == "=":
            if args:
                self.limit = to_number(first, -MAX_WIDTH, MAX_WIDTH) or 0
                if len(args) >= 2:
                    self.marker = args[1]
        elif name == "p":
            if args:
                self.pad = to_number(first, -MAX_WIDTH, MAX_WIDTH) or 0
        elif name == "q":
            self._quote(args, first)
        elif name == "t":
            self.time = True
            if "p" in first:
                self.pretty = True
            elif len(args) >= 2 and "f" in first:
                self.time_format = strip_escapes(args[1])

    def _quote(self, args: list[str], first: str) -> None:
        if not args:
            self.quotes |= QUOTE_SHELL
        elif "e" in first or "h" in first:
            self.quotes |= QUOTE_STYLE
        elif "a" in first:
            self.quotes |= QUOTE_ARGUMENTS

    def _sort(self, orders: dict[str, str], flags: str) -> None:
        self.order = next(iter(orders.values()))
        self.reverse = "r" in flags
        for flag, order in orders.items():
            if flag and flag in flags:
                self.order = order
                break
