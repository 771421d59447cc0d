"""The hyperlinks of a screen (OSC 8): cells hold a number, this table says which address it means."""

from __future__ import annotations

#: Links kept for one screen; the oldest go first.
MAX_HYPERLINKS = 5000

#: Bytes 0x80 to 0xFF that are not UTF-8, as Python's decoder keeps them (error handler surrogateescape).
FIRST_BYTE, LAST_BYTE = 0xDC80, 0xDCFF


def visible(text: str) -> str:
    """Text with control characters, backslashes and bytes that are not UTF-8 spelled as vis(3) does (octal,
    C style)."""
    if text.isprintable() and "\\" not in text:
        return text
    out = []
    for i, char in enumerate(text):
        if char == "\\":
            out.append("\\\\")
        elif char < " " or char == "\x7f":
            out.append(_escape(char, text[i + 1 : i + 2]))
        elif FIRST_BYTE <= ord(char) <= LAST_BYTE:
            out.append(f"\\{ord(char) & 0xFF:03o}")
        else:
            out.append(char)
    return "".join(out)


_C_STYLE = {"\n": "\n", "\t": "\t", "\r": "\\r", "\b": "\\b", "\a": "\\a", "\v": "\\v", "\f": "\\f"}


def _escape(char: str, after: str) -> str:
    if char == "\0":
        return "\\000" if after.isdigit() else "\\0"
    return _C_STYLE.get(char) or f"\\{ord(char):03o}"


class Hyperlinks:
    """Numbered links. A link without an id is new each time; one with an id is found again."""

    __slots__ = ("_by_key", "_by_number", "_next")

    def __init__(self) -> None:
        self._next: int = 1
        #: number -> (address, id)
        self._by_number: dict[int, tuple[str, str]] = {}
        self._by_key: dict[tuple[str, str], int] = {}

    def put(self, uri: str, link_id: str) -> int:
        """The number of a link, a new one if need be."""
        key = (visible(uri), visible(link_id))
        if link_id:
            found = self._by_key.get(key)
            if found is not None:
                return found
        number = self._next
        self._next += 1
        self._by_number[number] = key
        if link_id:
            self._by_key[key] = number
        if len(self._by_number) >= MAX_HYPERLINKS:
            self._forget(next(iter(self._by_number)))
        return number

    def _forget(self, number: int) -> None:
        key = self._by_number.pop(number)
        if self._by_key.get(key) == number:
            del self._by_key[key]

    def get(self, number: int) -> tuple[str, str] | None:
        """(address, id) of a number, or None for 0 and for links no longer kept."""
        return self._by_number.get(number)

    def reset(self) -> None:
        """Forget all links; numbers go on."""
        self._by_number.clear()
        self._by_key.clear()

    def copy(self) -> Hyperlinks:
        """The links there are now, by the same numbers."""
        copy = Hyperlinks()
        copy._next = self._next
        copy._by_number = dict(self._by_number)
        copy._by_key = dict(self._by_key)
        return copy
