"""Random formats: nests of every operator, with braces and commas mostly, but not always, in order."""

from __future__ import annotations

import random

from compat_tests.language.texts import words

MAX_DEPTH = 4

_NAMES = words("random_names")
_WORDS = [
    "a",
    "main",
    "foo bar",
    "1",
    "0",
    "",
    "x,y",
    "#,",
    "##",
    "世界",
    "é",
    "-3",
    "7",
    "#S",
    "#W:#I",
    "%%",
    ".",
]
_PREFIXES = words("random_modifiers")
_COMPARISONS = ["==", "!=", "<", ">", "<=", ">=", "||", "&&", "m", "m/r", "m/i", "m/ri"]
_OPERATORS = ["+", "-", "*", "/", "m", "%%", "==", "!=", "<", "<=", ">", ">="]
# In tmux, a loop inside a loop of the same kind sorts the outer one as well: one order a kind and template.
_ORDERS = {"S": ["", "/n", "/nr"], "W": ["", "/r", "/n"], "P": ["", "/r"]}


class Generator:
    """Templates from one random stream."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._orders: dict[str, str] = {}

    def template(self) -> str:
        """Some pieces side by side; one in twelve with a character lost or doubled."""
        self._orders = {loop: self._rng.choice(orders) for loop, orders in _ORDERS.items()}
        text = "".join(self._piece(0) for _ in range(self._rng.randint(1, 3)))
        if self._rng.random() < 1 / 12:
            at = self._rng.randrange(len(text) or 1)
            text = text[:at] + self._rng.choice(["", "#", "}", ",", "{", ":"]) + text[at + 1 :]
        return text

    def _piece(self, depth: int) -> str:
        choose = self._rng.random()
        if depth >= MAX_DEPTH or choose < 0.15:
            return self._rng.choice(_WORDS)
        if choose < 0.3:
            return f"#{{{self._rng.choice(_NAMES)}}}"
        return self._rng.choice([self._modified, self._condition, self._comparison, self._sum, self._loop])(
            depth + 1
        )

    def _operand(self, depth: int) -> str:
        return "".join(self._piece(depth) for _ in range(self._rng.choice([1, 1, 1, 2])))

    def _modified(self, depth: int) -> str:
        prefixes = ";".join(self._rng.sample(_PREFIXES, self._rng.choice([1, 1, 2, 3])))
        body = self._rng.choice(_NAMES) if self._rng.random() < 0.6 else self._piece(depth)
        return f"#{{{prefixes}:{body}}}"

    def _condition(self, depth: int) -> str:
        pairs = []
        for _ in range(self._rng.choice([1, 1, 1, 2])):
            test = self._rng.choice(_NAMES) if self._rng.random() < 0.5 else self._piece(depth)
            pairs += [test, self._operand(depth)]
        default = [self._operand(depth)] if self._rng.random() < 0.9 else []
        return f"#{{?{','.join([*pairs, *default])}}}"

    def _comparison(self, depth: int) -> str:
        return f"#{{{self._rng.choice(_COMPARISONS)}:{self._operand(depth)},{self._operand(depth)}}}"

    def _sum(self, depth: int) -> str:
        flags = self._rng.choice(["", "", "|f", "|f|1"])
        left, right = (
            str(self._rng.randint(-20, 20)) if self._rng.random() < 0.6 else self._piece(depth) for _ in "lr"
        )
        return f"#{{e|{self._rng.choice(_OPERATORS)}{flags}:{left},{right}}}"

    def _loop(self, depth: int) -> str:
        body = f"{self._operand(depth)} "
        if self._rng.random() < 0.3:
            body += f",<{self._operand(depth)}>"
        loop, order = self._rng.choice(list(self._orders.items()))
        return f"#{{{loop}{order}:{body}}}"
