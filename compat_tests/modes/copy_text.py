"""What is in the pane that copy mode is tested on: a history of some hundred rows of every kind of text."""

from __future__ import annotations

from collections.abc import Callable

LINES = 74

_LONG_WORDS = "the quick brown fox jumps over the lazy dog and then runs home along the long river bank"

#: Kinds of lines; each gets the number of its line.
_KINDS: list[Callable[[int], str]] = [
    lambda n: f"line {n} alpha beta gamma",
    lambda n: f"    if (list[{n}] == {{2, 3}}) {{ call(a, b[c]); }}",
    lambda n: "",
    lambda n: f"\033[31mred{n}\033[0m and \033[1;42mbold on green\033[0m plain",
    lambda n: f"one,two;three --- four...five/{n}/usr/share",
    lambda n: f"日本語 テキスト {n} and 한국어 end",
    lambda n: f"cafe\u0301 nai\u0308ve re\u0301sume\u0301 {n}",
    lambda n: f"col1\tcol2\t{n}\tlast",
    lambda n: f"{n} {_LONG_WORDS}",
    lambda n: "trailing blanks   ",
    lambda n: f"\tindented by a tab {n}",
    lambda n: f"UPPER Lower MiXeD foo FOO Foo foofoo {n}",
    lambda n: "  ",
    lambda n: f"\033]133;A\033\\$ make target-{n}\033]133;C\033\\",
    lambda n: f"made target-{n} (ok)",
    lambda n: f"{n}:" + "x0123456789" * 8,
    lambda n: "{",
    lambda n: f"  [({n})",
    lambda n: "",
    lambda n: "",
    lambda n: "  ]",
    lambda n: "}",
    lambda n: f"\033]8;;https://example.org/{n}\033\\a link\033]8;;\033\\ behind it",
    lambda n: "\033(0lqqk\033(B boxes \033(0x\033(Bq",
    lambda n: f"{n}全角文字だけの長い行は画面の端で折り返されますから続きは次の行に出ます終わり。ok",
    lambda n: f"a b  c d{n} -- !! e",
]


def content() -> bytes:
    """What the program in the pane prints."""
    lines = [_KINDS[number % len(_KINDS)](number) for number in range(LINES)]
    return ("\r\n".join(lines) + "\r\nlast row \033[2;5H").encode()
