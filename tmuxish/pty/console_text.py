"""Between a pane's bytes and the text that a Windows console is read and written as.

pywinpty gives and takes `str`, each call by itself: a character beyond the Basic Multilingual Plane may
arrive as one half in this read and the other in the next, a byte sequence that we send may be cut anywhere.
Both directions therefore remember what is incomplete. Nothing here depends on the system.
"""

from __future__ import annotations

import codecs
import re

# What the console asks of its terminal on its own behalf when it starts, before the program has written
# anything: key records instead of characters, and focus reports. A pane's program asks for neither by that.
OWN_REQUESTS = frozenset({"\x1b[?9001h", "\x1b[?1004h"})

# The start of the output: whole control sequences (CSI, OSC with either end), then perhaps a part of one.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_PARTIAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?\Z")

# Longest start of a sequence that is waited for; the console's own title sequence is the longest.
PREFACE_LIMIT = 4096


class ConsoleOutput:
    """Text as the console gives it, to the bytes of a terminal: UTF-8.

    own_requests: whether the console begins with requests of its own (a pseudo console does), which are left
    out.
    """

    def __init__(self, *, own_requests: bool) -> None:
        self._expected = set(OWN_REQUESTS) if own_requests else set()
        self._preface = ""
        self._half = ""  # the first half of a surrogate pair

    def feed(self, text: str) -> bytes:
        """The bytes that are complete now."""
        if self._expected:
            text = self._without_requests(text)
        if self._half:
            text, self._half = self._half + text, ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return _encode(text)

    def finish(self) -> bytes:
        """What is left when no more will come."""
        text, self._preface, self._half = self._preface + self._half, "", ""
        return _encode(text)

    def _without_requests(self, text: str) -> str:
        """Leave out each of the console's requests once, as long as only sequences have come."""
        text, self._preface = self._preface + text, ""
        kept, position = [], 0
        while self._expected and (match := _SEQUENCE.match(text, position)):
            position = match.end()
            if match[0] in self._expected:
                self._expected.discard(match[0])
            else:
                kept.append(match[0])
        rest = text[position:]
        if self._expected and len(rest) <= PREFACE_LIMIT and (not rest or _PARTIAL.match(rest)):
            self._preface = rest
            rest = ""
        else:
            self._expected.clear()
        return "".join(kept) + rest


class ConsoleInput:
    """Bytes for a program, to the text that the console takes.

    What is no UTF-8 becomes U+FFFD: the console has no way to take it. A character that is cut is sent whole,
    with its last byte.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes) -> str:
        """The characters that are complete now."""
        return self._decoder.decode(data)


def _encode(text: str) -> bytes:
    """UTF-8. A half of a surrogate pair that stands alone is no character."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
