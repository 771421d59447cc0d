"""What is fed to real tmux (record.py) and to the emulator (test_recorded.py)."""

from __future__ import annotations

import random

from .streams import stream

#: Sizes each named case is shown at: as fed, and after resizes.
SIZES = [(80, 24), (60, 24), (33, 10), (100, 30)]
HISTORY_LIMIT = 30

_LINES = "".join(f"line{i}\r\n" for i in range(10))

NAMED: dict[str, bytes] = {
    name: text.encode("utf-8")
    for name, text in {
        "plain": "hello\r\nworld",
        "wrap": "x" * 100 + "\r\n" + "y" * 80 + "z",
        "quarter-width-lines": "\x1b[31m"
        + "a" * 20
        + "\x1b[0m\r\n\x1b[32m"
        + "b" * 10
        + "\x1b[1m"
        + 10 * "c",
        "colours": "\x1b[1;31mred\x1b[0m n \x1b[38;5;208mx\x1b[48;2;1;2;3my\x1b[4:3;58:5:9mu\x1b[m\r\n"
        "\x1b[53mover\x1b[55m",
        "bright": "\x1b[97;104mx\x1b[90;107my",
        "underlines": "\x1b[4ma\x1b[21mb\x1b[4:0mc\x1b[4:5md\x1b[24me",
        "underline-colour": "\x1b[58;2;1;2;3;4mx\x1b[59my",
        "attributes": "\x1b[2mq\x1b[22;1mw\x1b[7;8;9;5;3me",
        "wide": "日本語abc\r\n" + "日" * 41,
        "wide-overwritten": "日本\x1b[2Gx\r\n日本\x1b[3Gy\r\n日本語\x1b[4G語\r\nab日\x1b[3Gz",
        "wide-last-column": "\x1b[80G日x\r\n\x1b[79G日x",
        "joined": "e\u0301a\u0300 👩\u200d👩\u200d👧 🇬🇧🇫🇷x ✋🏻 ☺\ufe0f❤\ufe0fz",
        "skin-tones": "🏻👋 👋🏽🏽 👩🏽",
        "variation-selector": "a\ufe0fb#\ufe0f\u20e3 x\u200dy",
        "variation-selector-last-column": "\x1b[80Ga\ufe0f",
        "joiner-first": "\u200dabc\u0301",
        "joiner-then-tab": " \u200d\tx",
        "many-marks": "e" + "\u0301" * 20 + "x",
        "hangul-filler": "a\u3164b",
        "jamo": "\u1100\u1161\u11a8x",
        "tabs": "a\tb\tc\r\n\t\tx\r\nabcdefghi\r\x1b[31m\tq",
        "tab-overwritten": "a\tb\x1b[3Gx\r\na\tb\x1b[2Gé\r\na\tb\x1b[2Gx\r\n\t\x1b[37D語\t",
        "tab-stops": "\x1b[3g\x1b[5G\x1bH\x1b[20G\x1bH\r\ta\tb\tc",
        "back-tab": "\x1b[40G\x1b[2Zx",
        "background-erase": "\x1b[44m\x1b[2J\x1b[5;5Hhi\x1b[K\r\n\n\x1b[0mx",
        "erase-line": "hello world\x1b[5D\x1b[K\r\nhello\x1b[1K\r\nabc\x1b[2Kd",
        "insert-delete-characters": "abcdef\x1b[3D\x1b[2@XY\r\nabcdef\x1b[4D\x1b[2P\r\nabcdef\x1b[5D\x1b[3X",
        "insert-delete-lines": "1\r\n2\r\n3\r\n4\r\n5\x1b[3;1H\x1b[2L\x1b[5;1H\x1b[M",
        "trailing-blanks": "abc   \r\nabc\x1b[10C\r\nabc\x1b[41m   \x1b[m\r\n",
        "margins": "\x1b[5;10r" + "".join(f"l{i}\r\n" for i in range(30)) + "\x1b[r",
        "origin-mode": "\x1b[5;10r\x1b[?6h\x1b[2;3Ha\x1b[99;1Hb\x1b7\x1b[?6l\x1b8c",
        "scroll-up-down": _LINES + "\x1b[3S\x1b[2Tx",
        "reverse-index": "\x1b[Ha\r\nb\r\nc\x1b[H\x1bM\x1bMx",
        "next-line": "a\x1bEb\x1bDc",
        "index-at-bottom": "\x1b[24;1Ha\x1bDb",
        "clear-into-history": _LINES + "\x1b[2Jafter",
        "clear-history": _LINES * 5 + "\x1b[3J\x1b[H\x1b[J",
        "alternate": "main text\r\n\x1b[?1049halt\x1b[5;5Hx\x1b[?1049lback",
        "alternate-stays": "main\r\n" * 30 + "\x1b[?1049h\x1b[31malt screen\r\n" * 3,
        "alternate-1047": "abc\x1b[?1047hdef\x1b[?1047lghi\x1b[?1049lj",
        "line-drawing": "\x1b(0lqqk\x1b(B done \x0e\x1b)0xx\x0f",
        "line-drawing-repeat": "\x1b(0\U0001f3fd\x1b[1b",
        "repeat": "ab\x1b[5bc日\x1b[3b",
        "alignment": "\x1b#8",
        "insert-mode": "abcdef\r\x1b[4hXY日\x1b[4l",
        "no-wrap": "\x1b[?7l" + "x" * 90 + "Y日Z",
        "title": "\x1b]0;ti\\t#(x)le\x07\x1b]2;é\x1b\\",
        "apc-title": "\x1b_apc title\x1b\\x",
        "hyperlinks": "\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\ no \x1b]8;id=z;http://b\x07zz\x1b[0mstill\x1b]8;;\x07",
        "hyperlink-sgr-reset": "\x1b]8;;http://x\x07a\x1b[mb",
        "hyperlink-at-edge": "\x1b]8;;http://x\x07\x1b[5;80Hb",
        "odd-sequences": "\x1b[3\r1mX\x1b[1;\x18abc\x1b[?>5hY\x1b[1:2CZ\x1b[99999999999Cq",
        "backspace-over-wrap": "x" * 80 + "y\b\b\bz",
        "cursor-addressing": "\x1b[99;99Hx\x1b[5Gy\x1b[3dz\x1b[10;20fw",
        "save-restore": "abc\x1b[s\x1b[10;10Hx\x1b[uY",
        "reset": "abc\r\n" * 5 + "\x1bcnew",
        "prompts": "\x1b]133;A\x07$ ls\r\n\x1b]133;C\x07out\r\n",
        "device-control": "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\ok\x1bP1$r\x1b\\k",
    }.items()
} | {
    "bad-utf8": b"\xff\xfeabc\xe2\x28\xa1 \xe9\xc3\xa9 \xf0\x9f\x98 ok \xc3\x28\xa0\xa1",
    "escape-inside-utf8": b"\xe2\x94\x1b[31m\x80z",
}

#: Seeds of random streams, on small screens and resized to others.
SEEDS = range(150)


def random_case(seed: int) -> tuple[bytes, list[tuple[int, int]]]:
    """A random stream, and the sizes it is shown at, the first being the size it is fed at."""
    rnd = random.Random(seed)
    cols, rows = rnd.choice([10, 20, 37, 80]), rnd.choice([3, 5, 10])
    sizes = [(cols, rows)]
    sizes += [(rnd.choice([7, 15, 20, 30, 50, 80]), rnd.choice([3, 5, 8, 12])) for _ in range(2)]
    return stream(seed, 25, cols, rows).encode(), sizes


QUERIES: list[str] = [
    "\x1b[c",
    "\x1b[>c",
    "\x1b[0c",
    "\x1b[1c",
    "\x1b[1:2c",
    "\x1b[?62;1c",
    "\x1b[=c",
    "\x1bZ",
    "\x05",
    "\x1b[>q",
    "\x1b[>0q",
    "\x1b[5n",
    "\x1b[6n",
    "\x1b[6;1n",
    "\x1b[?15n",
    "\x1b[x",
    "x" * 80 + "\x1b[6n",
    "\x1b[?6h\x1b[5;10r\x1b[6n",
    "\x1b[?996n",
    *(f"\x1b[?{mode}$p" for mode in (1, 2, 3, 6, 7, 12, 25, 47, 1000, 1002, 1003, 1004, 1005, 1006)),
    *(f"\x1b[?{mode}$p" for mode in (1047, 1049, 2004, 2026, 2031, 9999)),
    *(f"\x1b[{mode}$p" for mode in (2, 4, 20)),
    "\x1b[4h\x1b[4$p",
    "\x1b[?2026h\x1b[?2026$p\x1b[?2026l",
    "\x1b[3 q\x1b[?12$p",
    "\x1b[?12h\x1b[?12$p",
    "\x1b[?1003h\x1b[?1000$p\x1b[?1003$p",
    "\x1b[?25l\x1b[?25$p\x1b[?7l\x1b[?7$p",
    "\x1b[?1049h\x1b[?1049$p\x1b[?47$p",
    "\x1b[ p",
    "\x1b[14t",
    "\x1b[15t",
    "\x1b[16t",
    "\x1b[18t",
    "\x1b[19t",
    "\x1b[14;18t",
    "\x1b[8;10;20t\x1b[18t",
    "\x1b[11t\x1b[13t\x1b[20t",
    "\x1b[9;1;18t",
    "\x1bP$q q\x1b\\",
    "\x1b[4 q\x1bP$q q\x1b\\",
    "\x1bP$qm\x1b\\",
    "\x1bP$q r\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1b]10;?\x07",
    "\x1b]11;?\x1b\\",
    "\x1b]11;rgb:11/22/33\x07\x1b]11;?\x1b\\",
    "\x1b]10;#aabbcc\x07\x1b]10;?\x07",
    "\x1b]12;red\x07\x1b]12;?\x07",
    "\x1b]110\x07\x1b]10;?\x07",
    "\x1b]4;5;rgb:1/2/3\x07\x1b]4;5;?\x07",
    "\x1b]4;5;rgb:aaaa/bbbb/cccc;6;blue\x07\x1b]4;5;?;6;?\x07",
    "\x1b]4;1;#123456\x07\x1b]104;1\x07\x1b]4;1;?\x07",
    "\x1b]11;white\x07\x1b[?996n",
    "\x1b]11;black\x07\x1b[?996n",
    "\x1b]11;cmyk:0/0/0/1\x07\x1b]11;?\x07",
    "\x1b]11;10,20,30\x07\x1b]11;?\x07",
    "\x1b]11; grey50 \x07\x1b]11;?\x07",
    "\x1b]10;rgb:111/222/333\x07\x1b]10;?\x07",
    "\x1b]52;c;?\x07",
]
