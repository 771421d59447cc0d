"""Record what a tmux executable makes of texts, argument vectors and key names.

usage: python -m compat_tests.grammar.record TMUX
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from typing import Any

from compat_tests.grammar.cases import ARGVS, KEYS, TEXTS
from compat_tests.grammar.oracle import Oracle
from compat_tests.grammar.support import FIXTURES

# How many random texts of each sort are kept; more were compared once.
RANDOM_TEXTS = 150

_TOKENS = [
    "display",
    "ls",
    "set",
    "foo",
    "if",
    "bind",
    "x",
    "-p",
    "-t",
    "%1",
    "%%",
    "two",
    "nothing",
    "lines",
    "broken",
    "FOO=1",
    "A=2",
    ";",
    ";",
    "{",
    "}",
    "\n",
    "\n",
    " ",
    "# c",
    "#{version}",
    "%if 1",
    "%if 0",
    "%if #{nosuch}",
    "%if #{version}",
    "%elif 1",
    "%elif 0",
    "%else",
    "%endif",
    "%endif\n",
    "%if 1\n",
    "\n%endif\n",
    "%if 0\n",
    "%else\n",
    "%hidden",
    '"',
    "'",
    "\\",
    "\\\n",
    '\\"',
    "$FOO",
    "${EMPTY}",
    "$",
    "~",
    "~root",
    "\\u00e9",
    "\\101",
    "\\n",
    "\t",
    "\r\n",
    'a"b c"d',
    "'q;r'",
    '"$FOO"',
    "é",
    "-",
    "--",
    "#",
    '"~/x"',
    "%endif ; ",
    '"\n  # c\n"',
]
_CHARACTERS = " \n;{}%#$~\"'\\abnu012=-Fx\t,"
_WORDS = ["a", "b c", '"x y"', "'z'", "$FOO", "é", "-p", "\\;", "%3", "~", '"#{v}"']


def tokens(rng: random.Random) -> str:
    return "".join(rng.choice(_TOKENS) + rng.choice(["", " ", " "]) for _ in range(rng.randrange(1, 14)))


def characters(rng: random.Random) -> str:
    start = rng.choice(["display ", "", "if 1 "])
    return start + "".join(rng.choice(_CHARACTERS) for _ in range(rng.randrange(1, 16)))


def programs(rng: random.Random, depth: int = 0) -> str:
    """Mostly valid configurations."""
    if depth > 2:
        return "display z"

    def command() -> str:
        sort = rng.random()
        if sort < 0.25:
            blank = rng.choice(" \n")
            return f"if 1 {{{blank}{programs(rng, depth + 1)}{blank}}}"
        if sort < 0.35:
            return f"set -g @a {{{programs(rng, depth + 1)}}}"
        return rng.choice(["display ", "display ", "two "]) + rng.choice(_WORDS)

    def line() -> str:
        sort = rng.random()
        if sort < 0.15:
            middle = f"%elif {rng.choice('01')}\n{programs(rng, depth + 1)}\n" if rng.random() < 0.5 else ""
            end = f"%else\n{command()}\n" if rng.random() < 0.5 else ""
            return f"%if {rng.choice('01')}\n{programs(rng, depth + 1)}\n{middle}{end}%endif"
        if sort < 0.25:
            return f"%if {rng.choice('01')} {command()} %else {command()} %endif ; {command()}"
        if sort < 0.35:
            return rng.choice(["badcmd", "display -Z x", "ls \\\n-Z", 'display "a\nb" c', "# comment"])
        return rng.choice([" ; ", ";"]).join(command() for _ in range(rng.choice([1, 1, 1, 2, 3])))

    return "\n".join(line() + rng.choice(["", " # end"]) for _ in range(rng.randrange(1, 4)))


def texts() -> list[str]:
    sorts: list[Callable[[random.Random], str]] = [tokens, characters, programs]
    rng = random.Random(37)
    return TEXTS + [sort(rng) for sort in sorts for _ in range(RANDOM_TEXTS)]


def printed_key(oracle: Oracle, name: str, table: str) -> str | None:
    """How list-keys prints the key of this name; None if there is no such key."""
    if oracle("bind-key", "-T", table, "--", name.replace(";", "\\;"), "list-sessions")[1]:
        return None
    # A single key would be shown as a message.
    oracle("bind-key", "-T", table, "M-C-S-F7", "show-buffer")
    lines = oracle("list-keys", "-T", table)[0].split("\n")
    line = next(each for each in lines if each.endswith("list-sessions"))
    return line.split(f"-T {table}")[1].removesuffix("list-sessions").strip()


def save(name: str, version: str, cases: list[Any]) -> None:
    rows = ",\n".join(json.dumps(case) for case in cases)
    (FIXTURES / name).write_text(f'{{"tmux": {json.dumps(version)}, "cases": [\n{rows}\n]}}\n')


def main() -> None:
    with Oracle(sys.argv[1]) as oracle:
        oracle.start()
        version = oracle("display-message", "-p", "#{version}")[0].strip()
        save("texts.json", version, [[text, oracle.parse(text)] for text in texts()])
        save("argvs.json", version, [[argv, *oracle(*argv)] for argv in ARGVS])
        keys = [[name, printed_key(oracle, name, f"K{number}")] for number, name in enumerate(KEYS)]
        save("keys.json", version, keys)


if __name__ == "__main__":
    main()
