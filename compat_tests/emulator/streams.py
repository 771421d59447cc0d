"""Random terminal output: well-formed but reckless sequences, the same for the same seed."""

from __future__ import annotations

import random

WORDS = [
    "abc",
    "hello world ",
    "x",
    " ",
    "日本語",
    "é",
    "naïve",
    "🎉",
    "👩",
    "\u200d",
    "\ufe0f",
    "\u0301",
    "\U0001f1ec",
    "\U0001f1e7",
    "👋",
    "\U0001f3fd",
    "─│┌",
    "→",
    "\u3164",
    "ｗ",
    "q" * 10,
    "z" * 20,
    "\t",
    "ab\tc",
    "a" * 85,
    "0" * 40,
]
CONTROLS = ["\r\n", "\n", "\r", "\b", "\t", "\r\n", "\r\n", "\x1bM", "\x1bD", "\x1bE"]
ESCAPES = [
    "\x1b7",
    "\x1b8",
    "\x1b(0",
    "\x1b(B",
    "\x0e",
    "\x0f",
    "\x1b)0",
    "\x1bc",
    "\x1b#8",
    "\x1b]8;;http://x\x07",
    "\x1b]8;;\x07",
    "\x1b]8;id=a;http://y\x1b\\",
    "\x1b]133;A\x07",
    "\x1b[s",
    "\x1b[u",
]
SIMPLE_SGR = [
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    9,
    21,
    22,
    24,
    27,
    30,
    31,
    37,
    38,
    39,
    41,
    44,
    48,
    49,
    53,
    55,
    90,
    97,
    100,
    107,
]
LONG_SGR = ["4:3", "4:6", "58;5;3", "58:2::1:2:3", "59", "0", "38:2:1:2:3", "38:5:7", ""]
SCREEN_MODES = ["6", "7", "1049", "1047", "47", "25", "3"]


def control_sequence(rnd: random.Random, cols: int, rows: int) -> str:
    """One control sequence that does something."""
    kind = rnd.random()
    if kind < 0.25:
        return "\x1b[" + ";".join(str(rnd.choice(SIMPLE_SGR)) for _ in range(rnd.randint(0, 3))) + "m"
    if kind < 0.33:
        colour = rnd.choice(["38;5;{}", "48;5;{}", "38;2;1;2;{}", "48;2;9;8;{}"]).format(rnd.randint(0, 255))
        return f"\x1b[{rnd.choice([colour, *LONG_SGR])}m"
    if kind < 0.45:
        return f"\x1b[{rnd.randint(1, rows + 1)};{rnd.randint(1, cols + 2)}H"
    if kind < 0.5:
        return "\x1b[" + rnd.choice(["", "0", "1", "2"]) + rnd.choice("KJ")
    if kind < 0.53:
        return f"\x1b[{rnd.randint(1, rows)};{rnd.randint(1, rows)}r"
    if kind < 0.57:
        return "\x1b[?" + rnd.choice(SCREEN_MODES) + rnd.choice("hl")
    if kind < 0.6:
        return "\x1b[4" + rnd.choice("hl")
    if kind < 0.64:
        return f"\x1b[{rnd.choice([0, 3])}g" + ("\x1bH" if rnd.random() < 0.5 else "")
    count = rnd.choice(["", "", "1", "2", "3", "5", "10", str(cols)])
    return f"\x1b[{count}{rnd.choice('@ABCDEFGLMPSTXZ`bdfLM')}"


def stream(seed: int, length: int, cols: int, rows: int) -> str:
    """`length` pieces of output for a screen of this size."""
    rnd = random.Random(seed)
    out = []
    for _ in range(length):
        kind = rnd.random()
        if kind < 0.45:
            out.append(rnd.choice(WORDS))
        elif kind < 0.62:
            out.append(rnd.choice(CONTROLS))
        elif kind < 0.95:
            out.append(control_sequence(rnd, cols, rows))
        else:
            out.append(rnd.choice(ESCAPES))
    return "".join(out)
