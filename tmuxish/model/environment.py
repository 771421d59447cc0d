"""Environments: the server's own, one per session, and what a new program gets of them.

A variable may be set, set but hidden from programs (``set-environment -h``), or marked as removed
(``-r``): removed in a session means that a program there does not get it even if the global environment
has it. Names are listed in byte order.
"""

from __future__ import annotations

from tmuxish.early import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# What makes a name in update-environment a pattern.
_WILDCARDS = frozenset("*?[")
# Marks of removal that are kept to be used again.
MAX_MARKS = 256
_marks: dict[tuple[str, bool], Variable] = {}
_SHELL_SPECIAL = pattern(r'[$`"\\]')


class Variable:
    """One variable, which never changes. `value` None is the mark that it is removed."""

    __slots__ = ("hidden", "name", "value")

    def __init__(self, name: str, value: str | None, hidden: bool = False) -> None:
        self.name = name
        self.value = value
        self.hidden = hidden

    def line(self) -> str:
        """As show-environment prints it."""
        return f"-{self.name}" if self.value is None else f"{self.name}={self.value}"

    def shell_line(self) -> str:
        """As show-environment -s prints it: a command for a Bourne shell."""
        if self.value is None:
            return f"unset {self.name};"
        escaped = _SHELL_SPECIAL.sub(r"\\\g<0>", self.value)
        return f'{self.name}="{escaped}"; export {self.name};'


class Environment:
    """A set of variables."""

    __slots__ = ("_variables",)

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._variables: dict[str, Variable] = {}
        for name, value in (values or {}).items():
            self.set(name, value)

    def __iter__(self) -> Iterator[Variable]:
        """The variables, removed and hidden ones too, by name."""
        return iter(sorted(self._variables.values(), key=lambda variable: _bytes(variable.name)))

    def __len__(self) -> int:
        return len(self._variables)

    def find(self, name: str) -> Variable | None:
        return self._variables.get(name)

    def value(self, name: str) -> str | None:
        """The value, or None where it is unknown or marked as removed."""
        variable = self._variables.get(name)
        return None if variable is None else variable.value

    def set(self, name: str, value: str, *, hidden: bool = False) -> None:
        self._variables[name] = Variable(name, value, hidden)

    def clear(self, name: str) -> None:
        """Mark it as removed."""
        old = self._variables.get(name)
        self._variables[name] = _removed(name, old is not None and old.hidden)

    def unset(self, name: str) -> None:
        """Forget it, and any mark of it."""
        self._variables.pop(name, None)

    def put(self, assignment: str, *, hidden: bool = False) -> None:
        """Set from ``NAME=VALUE`` (the value of ``-e``). Text without ``=`` has no effect, as in tmux."""
        name, equals, value = assignment.partition("=")
        if equals:
            self.set(name, value, hidden=hidden)

    def update_from(self, client: Environment, patterns: Iterable[str]) -> None:
        """Apply update-environment: take what matches a pattern from a client's environment.

        A pattern that matches nothing there is marked as removed.
        """
        for wanted in patterns:
            if _WILDCARDS.isdisjoint(wanted):
                variable = client.find(wanted)
                found = [] if variable is None else [variable]
            else:
                from fnmatch import fnmatchcase  # a server's start does not pay for it

                found = [variable for variable in client if fnmatchcase(variable.name, wanted)]
            for variable in found:
                if variable.value is not None:
                    self.set(variable.name, variable.value)
            if not found:
                self.clear(wanted)

    def apply_to(self, variables: dict[str, str]) -> None:
        """Lay this over what a program is to get: later layers win, removed and hidden ones go."""
        for variable in self._variables.values():
            if variable.value is None or variable.hidden:
                variables.pop(variable.name, None)
            elif variable.name:
                variables[variable.name] = variable.value


def _removed(name: str, hidden: bool) -> Variable:
    """The mark of removal; each new session has a dozen of them, all the same."""
    mark = _marks.get((name, hidden))
    if mark is None:
        if len(_marks) >= MAX_MARKS:
            _marks.clear()
        mark = _marks[name, hidden] = Variable(name, None, hidden)
    return mark


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
