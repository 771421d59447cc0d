"""Random extended regular expressions and texts to try them on; the same ones every time."""

from __future__ import annotations

import random

SEED = 20
COUNT = 400

_ATOMS = ["a", "b", "c", ".", "[ab]", "[^a]", "[[:alpha:]]", r"\w", r"\.", "a", "b"]
_REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{,1}", "{0}", "{1,}"]
_DEEPEST = 4


def _pattern(chance: random.Random, depth: int = 0) -> str:
    kind = chance.random()
    if depth >= _DEEPEST or kind < 0.35:
        return chance.choice(_ATOMS)
    first = _pattern(chance, depth + 1)
    if kind < 0.55:
        return first + _pattern(chance, depth + 1)
    if kind < 0.7:
        return f"({first})"
    if kind < 0.85:
        either = f"{first}|{_pattern(chance, depth + 1)}"
        return either if kind > 0.82 else f"({either})"
    return (first if len(first) == 1 else f"({first})") + chance.choice(_REPEATS)


def corpus() -> list[tuple[str, str]]:
    """Patterns, some anchored, and texts."""
    chance = random.Random(SEED)
    pairs: list[tuple[str, str]] = []
    for number in range(COUNT):
        pattern = _pattern(chance)
        if number % 5 == 0:
            pattern = "^" + pattern
        if number % 7 == 0:
            pattern += "$"
        pairs.append((pattern, "".join(chance.choices("aabbc -.", k=chance.randint(0, 8)))))
    return pairs
