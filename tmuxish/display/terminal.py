"""What one client's terminal can do, from terminfo, features, overrides and its own answers.

Later sources win: the host's terminfo entry (or a built-in description), then features, then the user's
`terminal-overrides`. The terminal may be found to have more features while it is in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from tmuxish.display.builtin_terms import builtin_entry
from tmuxish.display.terminfo import Capabilities, read_entry
from tmuxish.display.tparm import Parameter, tparm
from tmuxish.features import FEATURES, parse_features

NUMBERS = frozenset({"colors", "U8"})
FLAGS = frozenset({"am", "AX", "bce", "RGB", "Sxl", "Tc", "XT"})

# Line drawing for terminals that have none: the nearest ASCII.
ASCII_LINE_DRAWING = "a#j+k+l+m+n+o-p-q-r-s-t+u+v+w+x|y<z>~."

_PADDING = re.compile(r"\$<[^>]*>")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|(\^.)|(.))", re.DOTALL)
_ESCAPES = {"E": "\x1b", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "s": " ",
            "t": "\t", "v": "\v"}  # fmt: skip


class TerminalError(Exception):
    """The terminal cannot be used; `str()` is the whole text for the user."""


def load_entry(name: str, environment: Mapping[str, str]) -> Capabilities:
    """Terminal `name` as the host (else this program) describes it. Raises TerminalError for an unknown one.

    `environment` is the client's (TERMINFO, TERMINFO_DIRS, HOME). No name at all is a terminal that can
    do nothing.
    """
    if not name:
        return {}
    entry = read_entry(name, environment) or builtin_entry(name)
    if entry is None or (entry.get("gn") and not ("cup" in entry and "clear" in entry)):
        raise TerminalError(f"missing or unsuitable terminal: {name}")
    if entry.get("hc"):
        raise TerminalError(f"can't use hardcopy terminal: {name}")
    return {key: _PADDING.sub("", value) if isinstance(value, str) else value for key, value in entry.items()}


def _unescape(text: str) -> str:
    """Decodes the vis(3) escapes users write in overrides: \\E, \\033, \\a, \\^X."""

    def replace(match: re.Match[str]) -> str:
        octal, control, letter = match.groups()
        if octal:
            return chr(int(octal, 8) & 0xFF)
        if control:
            return chr(ord(control[1]) & 0x1F)
        return _ESCAPES.get(letter, letter)

    return _ESCAPE.sub(replace, text)


def split_colons(text: str) -> list[str]:
    """Splits an override at single colons; a doubled one stands for itself."""
    return [part.replace("\0", ":") for part in text.replace("::", "\0").split(":")]


class Terminal:
    """The capabilities of one terminal. `has`, `string`, `flag`, `number` ask, `code` fills in parameters."""

    def __init__(
        self,
        name: str,
        entry: Capabilities,
        features: Iterable[str] = (),
        *,
        terminal_features: Iterable[str] = (),
        terminal_overrides: Iterable[str] = (),
        colorterm: str = "",
        utf8: bool = True,
    ) -> None:
        """Raises TerminalError where the terminal cannot be drawn on.

        `features` are the client's (-2, -T); `terminal_features` and `terminal_overrides` the values of the
        options of that name; `colorterm` the client's $COLORTERM.
        """
        self.name = name
        self.utf8 = utf8
        self.capabilities = dict(entry)
        self.overrides = tuple(terminal_overrides)
        self.applied: set[str] = set()
        self.features: set[str] = set(features)
        self.rgb = self.colours_256 = self.vt100_like = False
        for value in terminal_features:
            pattern, _, rest = value.partition(":")
            if fnmatchcase(name, pattern):
                self.features |= parse_features(rest, ":")
        if colorterm.lower() in ("truecolor", "24bit"):
            self.features.add("RGB")
        elif "256" in colorterm:
            self.features.add("256")
        self._apply_overrides()
        for required in ("clear", "cup"):
            if not self.has(required):
                raise TerminalError(f"open terminal failed: terminal does not support {required}")
        if self.flag("XT") or self.string("clear").startswith("\x1b["):
            # Derived from the VT100: safe to ask it who it is; it has or ignores these features.
            self.vt100_like = True
            self.features |= {"bpaste", "focus", "title"}
        if (self.flag("Tc") or self.flag("RGB")) and not (self.has("setrgbf") and self.has("setrgbb")):
            self.features.add("RGB")
        self.add_features(())

    def add_features(self, names: Iterable[str]) -> bool:
        """Turns on more features; says whether that changed anything."""
        self.features |= set(names)
        new = [name for name in FEATURES if name in self.features and name not in self.applied]
        for name in new:
            for override in FEATURES[name]:
                self._override(override)
        if new:
            self.applied |= set(new)
            self._apply_overrides()
        return bool(new)

    def _override(self, text: str) -> None:
        name, equals, value = text.partition("=")
        if not name:
            return
        if not equals and name.endswith("@"):
            self.capabilities.pop(name[:-1], None)
        elif name in FLAGS:
            self.capabilities[name] = True
        elif name in NUMBERS:
            if value.isdigit():
                self.capabilities[name] = int(value)
        else:
            self.capabilities[name] = _unescape(value)

    def _apply_overrides(self) -> None:
        for value in self.overrides:
            pattern, *settings = split_colons(value)
            if fnmatchcase(self.name, pattern):
                for setting in settings:
                    self._override(setting)
        self.rgb = self.has("setrgbf") and self.has("setrgbb")
        self.colours_256 = bool(self.applied & {"256", "RGB"})
        # A terminal without automatic margins: the last cell of the screen cannot be written safely.
        self.no_margin_wrap = not self.flag("am")
        acs = self.string("acsc") or ASCII_LINE_DRAWING
        self.acs = dict(zip(acs[::2], acs[1::2], strict=False))

    def has(self, name: str) -> bool:
        return name in self.capabilities

    def flag(self, name: str) -> bool:
        return bool(self.capabilities.get(name))

    def number(self, name: str) -> int:
        value = self.capabilities.get(name, 0)
        return value if isinstance(value, int) else 0

    def string(self, name: str) -> str:
        """The raw value of a string capability, "" where the terminal lacks it."""
        value = self.capabilities.get(name, "")
        return value if isinstance(value, str) else ""

    def code(self, name: str, *parameters: Parameter) -> str:
        """The bytes (one character each) of a capability with its parameters filled in."""
        value = self.capabilities.get(name, "")
        return tparm(value, *parameters) if isinstance(value, str) else ""

    @property
    def colours(self) -> int:
        """How many indexed colours the terminal shows."""
        return 256 if self.colours_256 else self.number("colors")

    @property
    def margins(self) -> bool:
        """Whether the terminal has left and right margins."""
        return self.has("Cmg") and self.has("Clmg")

    @property
    def line_drawing_charset(self) -> bool:
        """Whether lines are drawn with the alternate character set rather than as UTF-8."""
        if self.has("U8") and self.number("U8") == 0:
            return True
        return not self.utf8
