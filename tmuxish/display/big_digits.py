"""Characters of five by five blocks, for the clock and for numbers on panes."""

from __future__ import annotations

# Columns and rows of one, and columns from one to the next.
SIZE = 5
STEP = 6

# Each row of a character from left to right, the highest bit first.
_BITS = {
    "0": (31, 17, 17, 17, 31),
    "1": (1, 1, 1, 1, 1),
    "2": (31, 1, 31, 16, 31),
    "3": (31, 1, 31, 1, 31),
    "4": (17, 17, 31, 1, 1),
    "5": (31, 16, 31, 1, 31),
    "6": (31, 16, 31, 17, 31),
    "7": (31, 1, 1, 1, 1),
    "8": (31, 17, 31, 17, 31),
    "9": (31, 17, 31, 1, 31),
    ":": (0, 4, 0, 4, 0),
    "A": (31, 17, 31, 17, 17),
    "P": (31, 17, 31, 16, 16),
    "M": (17, 27, 21, 17, 17),
}


def blocks(text: str) -> list[tuple[int, int]]:
    """(column, row) of every block of a text; characters there is no drawing of are blank."""
    return [
        (number * STEP + column, row)
        for number, char in enumerate(text)
        for row, bits in enumerate(_BITS.get(char, ()))
        for column in range(SIZE)
        if bits >> (SIZE - 1 - column) & 1
    ]
