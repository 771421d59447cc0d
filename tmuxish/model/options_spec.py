"""What an options table entry says, and the short constructors the tables are written with.

An option's kind decides how its text is checked and what typed value it has:

=========  ==========================================  =====================
kind       accepted text                               value in `Options`
=========  ==========================================  =====================
string     any (a style, a pattern: see the entry)     str
number     decimal between minimum and maximum         int
key        a key name                                  str (canonical name)
colour     a colour name                               int (tmux's coding)
flag       on/off, yes/no, 1/0, or nothing: toggle     bool
choice     one of `choices`                            str
command    a command list                              str (canonical print)
=========  ==========================================  =====================

An array option holds a ``dict[int, value]`` instead, ordered by index.
"""

from __future__ import annotations

# Scopes are bits, because an option may live in several: every pane option is a window option too.
SERVER = 1
SESSION = 2
WINDOW = 4
PANE = 8

STRING = "string"
NUMBER = "number"
KEY = "key"
COLOUR = "colour"
FLAG = "flag"
CHOICE = "choice"
COMMAND = "command"

Scalar = str | int
Array = dict[int, Scalar]
Value = str | int | Array

INT_MAX = 2**31 - 1
UINT_MAX = 2**32 - 1
SHRT_MAX = 2**15 - 1
USHRT_MAX = 2**16 - 1

# How text assigned to a whole array is cut where the option does not name separators of its own.
DEFAULT_ARRAY_SEPARATORS = " ,"


class OptionSpec:
    """One row of the options table.

    `default` is the typed value (for an array: the items from index 0). `separator` joins what ``-a``
    appends to a string option, and is the set of characters that cut text assigned to an array ("" means
    the text is one item). `pattern` is an fnmatch pattern the text must match. `unit` is what a number
    counts.
    """

    __slots__ = (
        "choices",
        "default",
        "is_array",
        "is_hook",
        "is_style",
        "kind",
        "maximum",
        "minimum",
        "name",
        "pattern",
        "scopes",
        "separator",
        "unit",
    )

    def __init__(
        self,
        name: str,
        scopes: int,
        kind: str,
        default: Scalar | tuple[Scalar, ...],
        *,
        minimum: int = 0,
        maximum: int = 0,
        choices: tuple[str, ...] = (),
        separator: str = "",
        pattern: str = "",
        unit: str = "",
        is_array: bool = False,
        is_hook: bool = False,
        is_style: bool = False,
    ) -> None:
        self.name = name
        self.scopes = scopes
        self.kind = kind
        self.default = default
        self.minimum = minimum
        self.maximum = maximum
        self.choices = choices
        self.separator = separator
        self.pattern = pattern
        self.unit = unit
        self.is_array = is_array
        self.is_hook = is_hook
        self.is_style = is_style

    def __repr__(self) -> str:
        return f"OptionSpec({self.name!r})"

    def default_value(self) -> Value:
        """A fresh copy of the default."""
        if isinstance(self.default, tuple):
            return dict(enumerate(self.default))
        return self.default


def string(name: str, scopes: int, default: str, pattern: str = "") -> OptionSpec:
    return OptionSpec(name, scopes, STRING, default, pattern=pattern)


def style(name: str, scopes: int, default: str = "default") -> OptionSpec:
    return OptionSpec(name, scopes, STRING, default, separator=",", is_style=True)


def strings(name: str, scopes: int, default: tuple[str, ...], separator: str = ",") -> OptionSpec:
    return OptionSpec(name, scopes, STRING, default, separator=separator, is_array=True)


def number(
    name: str, scopes: int, default: int, minimum: int = 0, maximum: int = INT_MAX, unit: str = ""
) -> OptionSpec:
    return OptionSpec(name, scopes, NUMBER, default, minimum=minimum, maximum=maximum, unit=unit)


def key(name: str, scopes: int, default: str) -> OptionSpec:
    return OptionSpec(name, scopes, KEY, default)


def colour(name: str, scopes: int, default: int) -> OptionSpec:
    return OptionSpec(name, scopes, COLOUR, default)


def colours(name: str, scopes: int) -> OptionSpec:
    return OptionSpec(name, scopes, COLOUR, (), separator=DEFAULT_ARRAY_SEPARATORS, is_array=True)


def flag(name: str, scopes: int, default: bool) -> OptionSpec:
    return OptionSpec(name, scopes, FLAG, default)


def choice(name: str, scopes: int, choices: str, default: str) -> OptionSpec:
    """`choices`: the words, separated by blanks, in the order in which toggling sees them."""
    return OptionSpec(name, scopes, CHOICE, default, choices=tuple(choices.split()))


def command(name: str, scopes: int, default: str) -> OptionSpec:
    return OptionSpec(name, scopes, COMMAND, default)


def hook(name: str, scopes: int) -> OptionSpec:
    """A hook: an array of commands, each assignment one whole item."""
    return OptionSpec(name, scopes, COMMAND, (), is_array=True, is_hook=True)
