"""Bytes that are not UTF-8, replaced as tmux replaces them.

tmux decides how long a character is by its first byte and then takes that many bytes, whatever they are,
as long as their top bit is set; if they make no character, one U+FFFD stands for all of them. An ASCII
character ends the attempt, an escape sequence does not. Python's decoder groups such bytes differently,
so it leaves them as surrogates and they come here.
"""

from __future__ import annotations

import re

from .hyperlinks import FIRST_BYTE, LAST_BYTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emulator import Emulator

REPLACEMENT = "\ufffd"

_BYTE = re.compile(f"[{chr(FIRST_BYTE)}-{chr(LAST_BYTE)}]")


def next_broken(text: str, start: int) -> int:
    """Where the next byte that is not UTF-8 stands in decoded text, or its end."""
    match = _BYTE.search(text, start)
    return len(text) if match is None else match.start()


def _length(first: int) -> int:
    """Bytes of the character that `first` begins, 0 if none does."""
    if 0xC2 <= first <= 0xDF:
        return 2
    if 0xE0 <= first <= 0xEF:
        return 3
    return 4 if 0xF0 <= first <= 0xF4 else 0


class BrokenCharacter:
    """A character of which so far only some bytes, perhaps wrong ones, have been read."""

    __slots__ = ("_bytes", "_wanted")

    def __init__(self) -> None:
        self._bytes: bytes = b""
        self._wanted: int = 0

    @property
    def started(self) -> bool:
        """Whether bytes are waiting for more."""
        return self._wanted > 0

    def reset(self) -> None:
        """Forget them."""
        self._bytes = b""
        self._wanted = 0

    def feed(self, text: str, pos: int, emulator: Emulator) -> int:
        """Go on at `text[pos]` until the character is decided, an escape begins or the text ends."""
        while pos < len(text):
            char = text[pos]
            if char == "\x7f":
                pos += 1
            elif char < "\x80":
                if char != "\x1b":
                    self.reset()
                    emulator.write_replacement()
                return pos
            else:
                pos += 1
                self._add(char.encode("utf-8", "surrogateescape"), emulator)
            if not self.started:
                return pos
        return pos

    def _add(self, data: bytes, emulator: Emulator) -> None:
        """Take the bytes of one decoded character or stray byte."""
        for at in range(len(data)):
            if not self.started:
                self._wanted = _length(data[at])
                if self._wanted == 0:
                    emulator.write_replacement()
                    continue
            self._bytes += data[at : at + 1]
            if len(self._bytes) == self._wanted:
                self._decide(emulator)

    def _decide(self, emulator: Emulator) -> None:
        """All bytes are there: a character after all, or not."""
        data = self._bytes
        self.reset()
        try:
            char = data.decode("utf-8")
        except UnicodeDecodeError:
            emulator.write_replacement()
            return
        emulator.write_any(char)
        emulator.last_char = char
