"""Expands terminfo parameter strings (`\\E[%i%p1%d;%p2%dH`), the language of terminfo(5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Parameter = int | str

# One step of the language: %-sequences, or text between them.
_STEP = re.compile(
    r"%(?:(?P<format>:?[-+# ]*\d*(?:\.\d+)?[doxXs])|'(?P<char>.)'|\{(?P<number>\d+)\}|p(?P<param>[1-9])"
    r"|P(?P<store>[a-zA-Z])|g(?P<load>[a-zA-Z])|(?P<op>[-+*/m&|^=<>AO!~%ci?te;l]))|(?P<text>[^%]+)",
    re.DOTALL,
)

_BINARY: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b if b else 0,
    "m": lambda a, b: a % b if b else 0,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "=": lambda a, b: int(a == b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "A": lambda a, b: int(bool(a) and bool(b)),
    "O": lambda a, b: int(bool(a) or bool(b)),
}


@lru_cache(maxsize=256)
def _steps(template: str) -> tuple[tuple[str, str], ...]:
    return tuple((match.lastgroup or "", match[match.lastgroup or 0]) for match in _STEP.finditer(template))


def _skip(steps: tuple[tuple[str, str], ...], index: int, stop_at_else: bool) -> int:
    """Index after the `%e` or `%;` that ends the branch starting at `index` (nested `%?` are passed over)."""
    depth = 0
    while index < len(steps):
        kind, value = steps[index]
        index += 1
        if kind != "op":
            continue
        if value == "?":
            depth += 1
        elif value == ";":
            if depth == 0:
                return index
            depth -= 1
        elif value == "e" and depth == 0 and stop_at_else:
            return index
    return index


class _Machine:
    """The stack machine: parameters, stack, variables and the output so far."""

    def __init__(self, parameters: tuple[Parameter, ...]) -> None:
        self.parameters = list(parameters)
        self.stack: list[Parameter] = []
        self.variables: dict[str, Parameter] = {}
        self.out: list[str] = []

    def pop(self) -> Parameter:
        return self.stack.pop() if self.stack else 0

    def number(self) -> int:
        value = self.pop()
        return value if isinstance(value, int) else 0

    def operator(self, name: str) -> None:
        if name in _BINARY:
            right, left = self.number(), self.number()
            self.stack.append(_BINARY[name](left, right))
        elif name == "i":
            for index in (0, 1):
                if index < len(self.parameters):
                    value = self.parameters[index]
                    if isinstance(value, int):
                        self.parameters[index] = value + 1
        elif name == "%":
            self.out.append("%")
        elif name == "c":
            self.out.append(chr(self.number() & 0xFF))
        elif name == "l":
            self.stack.append(len(str(self.pop())))
        elif name == "!":
            self.stack.append(int(not self.number()))
        elif name == "~":
            self.stack.append(~self.number())

    def step(self, kind: str, value: str) -> None:
        if kind == "text":
            self.out.append(value)
        elif kind == "param":
            index = int(value) - 1
            self.stack.append(self.parameters[index] if index < len(self.parameters) else 0)
        elif kind == "number":
            self.stack.append(int(value))
        elif kind == "char":
            self.stack.append(ord(value))
        elif kind == "format":
            shown: Parameter = str(self.pop()) if value.endswith("s") else self.number()
            self.out.append(f"%{value.lstrip(':')}" % shown)
        elif kind == "store":
            self.variables[value] = self.pop()
        elif kind == "load":
            self.stack.append(self.variables.get(value, 0))
        else:
            self.operator(value)


@lru_cache(maxsize=4096)
def tparm(template: str, *parameters: Parameter) -> str:
    """`template` with its parameters filled in. What the language does not know is left out."""
    if "%" not in template:
        return template
    machine = _Machine(parameters)
    steps = _steps(template)
    index = 0
    while index < len(steps):
        kind, value = steps[index]
        index += 1
        if kind == "op" and value == "t":
            if not machine.pop():
                index = _skip(steps, index, stop_at_else=True)
        elif kind == "op" and value == "e":
            index = _skip(steps, index, stop_at_else=False)
        elif kind != "op" or value not in ("?", ";"):
            machine.step(kind, value)
    return "".join(machine.out)
