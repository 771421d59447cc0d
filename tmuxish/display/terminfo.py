"""Reads compiled terminfo entries itself.

The stdlib's `curses.setupterm` works once per process (later calls are ignored), while one server talks to
clients with different terminals; and it is missing on Windows and in small containers. The file format is
term(5): a header of six little-endian shorts, names, booleans, numbers, string offsets, string table, and
ncurses' extended section with named capabilities.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping

Capabilities = dict[str, "str | int | bool"]

MAGIC = 0o432
MAGIC_WIDE_NUMBERS = 0o1036
# Largest entry ncurses itself accepts with extended numbers (MAX_ENTRY_SIZE2).
MAX_ENTRY_SIZE = 32768

SYSTEM_FOLDERS = ("/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo")

# Positions of the predefined capabilities that tmux reads, in the order of term.h.
# gn and hc (a generic or hardcopy terminal) say that it cannot be used.
FLAG_INDEX = {"am": 1, "bce": 28, "gn": 6, "hc": 7}
NUMBER_INDEX = {"colors": 13}
STRING_INDEX = {
    "acsc": 146, "bel": 1, "blink": 26, "bold": 27, "civis": 13, "clear": 5, "cnorm": 16, "csr": 3,
    "cub": 111, "cub1": 14, "cud": 107, "cud1": 11, "cuf": 112, "cuf1": 17, "cup": 10, "cuu": 114,
    "cuu1": 19, "cvvis": 20, "dch": 105, "dch1": 21, "dim": 30, "dl": 106, "dl1": 22, "ech": 37,
    "ed": 7, "el": 6, "el1": 269, "enacs": 155, "fsl": 47, "home": 12, "hpa": 8, "ich": 108,
    "ich1": 52, "il": 110, "il1": 53, "indn": 109, "invis": 32, "kcbt": 148, "kcub1": 79, "kcud1": 61,
    "kcuf1": 83, "kcuu1": 87, "kDC": 191, "kdch1": 59, "kEND": 194, "kend": 164, "kHOM": 199,
    "khome": 76, "kIC": 200, "kich1": 77, "kind": 84, "kLFT": 201, "kmous": 355, "knp": 81, "kNXT": 204,
    "kpp": 82, "kPRV": 206, "kRIT": 210, "kri": 85, "op": 297, "rev": 34, "ri": 130, "rin": 113,
    "rmacs": 38, "rmcup": 40, "rmkx": 88, "setab": 360, "setaf": 359, "sgr0": 39, "sitm": 311,
    "smacs": 25, "smcup": 28, "smkx": 89, "smso": 35, "smul": 36, "tsl": 135, "vpa": 127,
    "kf1": 66, "kf10": 67, **{f"kf{n}": 66 + n for n in range(2, 10)},
    **{f"kf{n}": 205 + n for n in range(11, 64)},
}  # fmt: skip


def folders(environment: Mapping[str, str]) -> Iterator[str]:
    """Where entries are looked for, first match wins: the user's settings, then the system's folders."""
    if environment.get("TERMINFO"):
        yield environment["TERMINFO"]
    if environment.get("HOME"):
        yield os.path.join(environment["HOME"], ".terminfo")
    for folder in environment.get("TERMINFO_DIRS", "").split(":"):
        if folder:
            yield folder
    yield from SYSTEM_FOLDERS


def read_entry(name: str, environment: Mapping[str, str]) -> Capabilities | None:
    """The capabilities of terminal `name` on this host, or None where it has no (readable) entry."""
    if not name or "/" in name or name in (".", ".."):
        return None
    for folder in folders(environment):
        # Most systems name the sub-folder by the first letter, macOS by its hexadecimal code.
        for sub in (name[0], f"{ord(name[0]):x}"):
            try:
                with open(os.path.join(folder, sub, name), "rb") as file:
                    data = file.read(MAX_ENTRY_SIZE + 1)
            except OSError:
                continue
            if len(data) <= MAX_ENTRY_SIZE:
                try:
                    return parse(data)
                except (ValueError, struct.error):
                    continue
    return None


class _Reader:
    """A cursor over the bytes of an entry."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.data):
            raise ValueError("truncated terminfo entry")
        self.at += count
        return self.data[self.at - count : self.at]

    def integers(self, count: int, width: int = 2) -> tuple[int, ...]:
        return struct.unpack(f"<{count}{'h' if width == 2 else 'i'}", self.take(count * width))

    def align(self) -> None:
        self.at += self.at & 1


def _string_at(table: bytes, offset: int) -> str:
    end = table.find(b"\0", offset)
    return table[offset : end if end >= 0 else None].decode("latin-1")


def parse(data: bytes) -> Capabilities:
    """The capabilities in a compiled entry. Raises ValueError (or struct.error) for anything else."""
    reader = _Reader(data)
    magic, names, flag_count, number_count, string_count, table_size = reader.integers(6)
    if magic not in (MAGIC, MAGIC_WIDE_NUMBERS):
        raise ValueError("not a terminfo entry")
    width = 4 if magic == MAGIC_WIDE_NUMBERS else 2
    reader.take(names)
    flags = reader.take(flag_count)
    reader.align()
    numbers = reader.integers(number_count, width)
    offsets = reader.integers(string_count)
    table = reader.take(table_size)

    found: Capabilities = {}
    for name, index in FLAG_INDEX.items():
        if index < flag_count and flags[index] == 1:
            found[name] = True
    for name, index in NUMBER_INDEX.items():
        if index < number_count and numbers[index] >= 0:
            found[name] = numbers[index]
    for name, index in STRING_INDEX.items():
        if index < string_count and offsets[index] >= 0:
            found[name] = _string_at(table, offsets[index])
    reader.align()
    if reader.at < len(data):
        _parse_extended(reader, width, found)
    return found


def _parse_extended(reader: _Reader, width: int, found: Capabilities) -> None:
    """Adds the user-defined capabilities, whose names stand behind their values in the string table."""
    flag_count, number_count, string_count, _total, _size = reader.integers(5)
    flags = reader.take(flag_count)
    reader.align()
    numbers = reader.integers(number_count, width)
    offsets = reader.integers(string_count)
    name_offsets = reader.integers(flag_count + number_count + string_count)
    table = reader.data[reader.at :]

    values_end = 0
    for offset in offsets:
        if offset >= 0:
            values_end = max(values_end, offset + len(_string_at(table, offset)) + 1)
    names = [_string_at(table, values_end + offset) for offset in name_offsets]
    for name, flag in zip(names, flags, strict=False):
        if flag == 1:
            found[name] = True
    for name, number in zip(names[flag_count:], numbers, strict=False):
        if number >= 0:
            found[name] = number
    for name, offset in zip(names[flag_count + number_count :], offsets, strict=False):
        if offset >= 0:
            found[name] = _string_at(table, offset)
