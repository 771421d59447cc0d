"""Flags and operands of one command, read by getopt's rules and printed back.

Flags cluster (`-dP`), a value may be glued (`-tname`) or be the next argument, `--` or the first operand
ends the flags (nothing is permuted), a flag may be repeated and then its last value counts.
"""

from __future__ import annotations

from tmuxish.grammar.errors import FlagError
from tmuxish.numbers import NumberError, parse_number, parse_percentage
from tmuxish.quoting import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tmuxish.grammar.nodes import CommandList


class Args:
    """The flags and operands given to one command."""

    __slots__ = ("_flags", "operands")

    def __init__(self) -> None:
        self._flags: dict[str, list[str | None]] = {}
        self.operands: list[str | CommandList] = []

    def has(self, flag: str) -> bool:
        return flag in self._flags

    def count(self, flag: str) -> int:
        """How often the flag was given."""
        return len(self._flags.get(flag, ()))

    def get(self, flag: str) -> str | None:
        """The flag's last value; None if it was not given or takes none."""
        values = self._flags.get(flag)
        return values[-1] if values else None

    def all(self, flag: str) -> list[str]:
        """All values of a repeated flag, in order."""
        return [value for value in self._flags.get(flag, ()) if value is not None]

    def letters(self) -> list[str]:
        """The flags given, each once, in the order of their codes (as hooks list them)."""
        return sorted(self._flags)

    def set(self, flag: str, value: str | None = None) -> None:
        """Add a flag as if it had been given."""
        self._flags.setdefault(flag, []).append(value)

    def text(self, index: int) -> str | None:
        """An operand as text (a block as its commands); None if there are fewer."""
        return str(self.operands[index]) if index < len(self.operands) else None

    def texts(self, start: int = 0) -> list[str]:
        """The operands from `start` on as text."""
        return [str(operand) for operand in self.operands[start:]]

    def number(self, flag: str, low: int, high: int) -> int:
        """The flag's last value as a whole number; NumberError says "missing", "too small" ..."""
        value = self.get(flag)
        if value is None:
            raise NumberError("missing")
        return parse_number(value, low, high)

    def percentage(self, flag: str, low: int, high: int, whole: int) -> int:
        """The same, where `N%` means that share of `whole`."""
        if not self.has(flag):
            raise NumberError("missing")
        return parse_percentage(self.get(flag) or "", low, high, whole)

    def replaced(self, values: Sequence[str]) -> Args:
        """A copy with `%1`, `%2`, ... and `%%` in every flag value and operand replaced by `values`."""
        from tmuxish.grammar.templates import replace_all  # seldom

        copy = Args()
        copy._flags = {
            flag: [value if value is None else replace_all(value, values) for value in given]
            for flag, given in self._flags.items()
        }
        copy.operands = [
            replace_all(operand, values) if isinstance(operand, str) else operand.replaced(values)
            for operand in self.operands
        ]
        return copy

    def __str__(self) -> str:
        """As tmux prints them: flags without a value in one cluster, then those with, then operands."""
        letters = self.letters()
        plain = "".join(flag * self.count(flag) for flag in letters if self._flags[flag][-1] is None)
        parts = [f"-{plain}"] if plain else []
        for flag in letters:
            parts += [f"-{flag} {quote(value)}" for value in self.all(flag)]
        for operand in self.operands:
            parts.append(quote(operand) if isinstance(operand, str) else f"{{ {operand} }}")
        return " ".join(parts)


class FlagSpec:
    """What one command takes: flags (with or without a value), how many operands, which may be blocks."""

    __slots__ = ("_takes_value", "blocks", "max_operands", "min_operands")

    def __init__(
        self,
        takes_value: dict[str, bool],
        min_operands: int,
        max_operands: int,
        blocks: Callable[[Args, int], bool] | None = None,
    ) -> None:
        self._takes_value = takes_value
        self.min_operands = min_operands
        self.max_operands = max_operands  # -1: any number
        self.blocks = blocks

    @classmethod
    def from_usage(
        cls,
        usage: str,
        extra: str = "",
        *,
        refused: str = "",
        min_operands: int | None = None,
        max_operands: int | None = None,
        blocks: Callable[[Args, int], bool] | None = None,
    ) -> FlagSpec:
        """Read a usage text such as `[-dP] [-t target-pane] name [value ...]`; see Command."""
        takes_value: dict[str, bool] = {}
        operands = usage
        while operands.startswith("[-"):
            part, _, operands = operands[2:].partition("]")
            operands = operands.lstrip()
            letters, blank, _ = part.partition(" ")
            for letter in letters.replace("|", "").replace("-", ""):
                takes_value[letter] = bool(blank)
        for letter, follower in zip(extra, extra[1:] + " ", strict=False):
            if letter != ":":
                takes_value[letter] = follower == ":"
        for letter in refused:
            del takes_value[letter]
        low, high = _operand_bounds(operands)
        return cls(
            takes_value,
            low if min_operands is None else min_operands,
            high if max_operands is None else max_operands,
            blocks,
        )

    def template(self) -> str:
        """The flags in getopt's notation, sorted."""
        return "".join(letter + (":" if value else "") for letter, value in sorted(self._takes_value.items()))

    def parse(self, values: Sequence[str | CommandList], start: int = 0) -> Args:
        """Read flags and operands from `values[start:]`; raise FlagError with tmux's text."""
        args = Args()
        index = start
        end = len(values)
        while index < end:
            value = values[index]
            if not isinstance(value, str) or len(value) < 2 or value[0] != "-":
                break
            index += 1
            if value == "--":
                break
            index = self._cluster(args, value, values, index)
        if index < end:
            self._operands(args, values, index)
        given = len(args.operands)
        if given < self.min_operands:
            raise FlagError(f"too few arguments (need at least {self.min_operands})")
        if given > self.max_operands >= 0:
            raise FlagError(f"too many arguments (need at most {self.max_operands})")
        return args

    def _cluster(self, args: Args, text: str, values: Sequence[str | CommandList], index: int) -> int:
        """Read one `-abc` argument; return the index of the next one."""
        for position in range(1, len(text)):
            letter = text[position]
            takes_value = self._takes_value.get(letter)
            if takes_value is None:
                raise FlagError(_flag_complaint(letter))
            if not takes_value:
                args.set(letter)
                continue
            glued = text[position + 1 :]
            if glued:
                args.set(letter, glued)
                return index
            if index == len(values):
                raise FlagError(f"-{letter} expects an argument")
            value = values[index]
            if not isinstance(value, str):
                raise FlagError(f"-{letter} argument must be a string")
            args.set(letter, value)
            return index + 1
        return index

    def _operands(self, args: Args, values: Sequence[str | CommandList], index: int) -> None:
        operands = args.operands
        for value in values[index:]:
            if not isinstance(value, str) and not (self.blocks and self.blocks(args, len(operands))):
                raise FlagError(f'argument {len(operands) + 1} must be "string"')
            operands.append(value)


def _flag_complaint(letter: str) -> str:
    """Why this letter is no flag; tmux reads bytes, so of a longer character it names the first byte."""
    if letter == "?":
        return ""
    byte = letter.encode("utf-8", "surrogateescape")[:1].decode("utf-8", "surrogateescape")
    if letter.isascii() and letter.isalnum():
        return f"unknown flag -{letter}"
    return f"invalid flag -{byte}"


def _operand_bounds(operands: str) -> tuple[int, int]:
    """(least, most) operands that a usage's tail allows; most is -1 where it has `...`."""
    least = most = depth = 0
    for word in operands.replace("[", " [ ").replace("]", " ] ").split():
        if word == "[":
            depth += 1
        elif word == "]":
            depth -= 1
        elif word == "...":
            return least, -1
        else:
            most += 1
            least += not depth
    return least, most
