"""pyte, an emulator by others, shows the same screen for what it can do."""

from __future__ import annotations

import random

import pyte
import pytest

from tmuxish.emulator import Emulator
from tmuxish.emulator import style as styles

COLS, ROWS = 40, 10

#: pyte cannot show half overwritten wide characters, leaves rows behind when lines are deleted, and has its
#: own ideas of pending wrap: all characters are narrow, and lines stay short of the edge.
WORDS = ["abc", "hello world", "x", " ", "naïve", "─│┌", "ß", "12345"]
SGR = ["0", "1", "3", "4", "7", "31", "42", "1;32", "39", "49", "22", "24", "27"]


def command(rnd: random.Random) -> str:
    """One thing both understand alike."""
    kind = rnd.random()
    if kind < 0.5:
        return rnd.choice(WORDS) + rnd.choice(["", "", "\r\n"])
    if kind < 0.6:
        return rnd.choice(["\r\n", "\r", "\n", "\x1bM", "\x1b7\x1b[3;3Hs\x1b8"])
    if kind < 0.7:
        return f"\x1b[{rnd.choice(SGR)}m"
    if kind < 0.85:
        return f"\x1b[{rnd.randint(1, ROWS)};{rnd.randint(1, COLS - 15)}H"
    return "\x1b[" + rnd.choice(["K", "1K", "2K", "2P", "3@", "4X", "L", "2A", "B", "3C", "2D"])


def pyte_rows(screen: pyte.Screen) -> list[str]:
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize("seed", range(60))
def test_same_screen(seed: int) -> None:
    rnd = random.Random(seed)
    # Back to the left before the edge: what happens there differs between terminals.
    text = "".join(command(rnd) + ("\r\n" if n % 2 else "\r\x1b[5C") for n in range(60))
    screen = pyte.Screen(COLS, ROWS)
    pyte.Stream(screen).feed(text)
    emulator = Emulator(COLS, ROWS)
    emulator.feed(text.encode())
    assert emulator.text_lines() == pyte_rows(screen)
    assert (emulator.cursor_x, emulator.cursor_y) == (screen.cursor.x, screen.cursor.y)
    check_bold(emulator, screen)


def check_bold(emulator: Emulator, screen: pyte.Screen) -> None:
    """Attributes agree wherever there is a character."""
    for y, row in enumerate(emulator.lines):
        for x, char in enumerate(row.text):
            if char.isalnum():
                style = styles.style_of(row.style_at(x))
                cell = screen.buffer[y][x]
                assert bool(style.attrs & styles.BRIGHT) == cell.bold
                assert bool(style.attrs & styles.REVERSE) == cell.reverse
                assert (style.fg == 1) == (cell.fg == "red")
